"""A question about offers as a page's address, or the hidden fields of its form, say it; and back."""

from collections.abc import Callable
from urllib.parse import urlencode

from marketplace.catalogue.offer_query import SORTS, OfferQuery

NEEDS_COSTS = ("cost", "-cost", "margin")


def asked(get: Callable[[str], str], *, costs: bool) -> OfferQuery:
    """What makes no sense is left out: an address is no form. Sorting by cost needs the permission to see costs."""
    supplier, sort = get("supplier"), get("sort")
    if sort not in SORTS or (sort in NEEDS_COSTS and not costs):
        sort = "newest"
    return OfferQuery(
        words=get("q")[:200],
        suppliers=(int(supplier),) if supplier.isdecimal() and len(supplier) < 19 else (),
        category=get("category")[:500],
        brand=get("brand")[:200],
        in_stock=get("stock") == "1",
        unlisted=get("unlisted") == "1",
        sort=sort,  # type: ignore[arg-type]
    )


def as_fields(query: OfferQuery) -> dict[str, str]:
    """Only what is set, so that addresses stay short."""
    said = {
        "q": query.words,
        "supplier": str(query.suppliers[0]) if query.suppliers else "",
        "category": query.category,
        "brand": query.brand,
        "stock": "1" if query.in_stock else "",
        "unlisted": "1" if query.unlisted else "",
        "sort": query.sort if query.sort != "newest" else "",
    }
    return {name: value for name, value in said.items() if value}


def address(base: str, query: OfferQuery, **more: str) -> str:
    """`base` with this question; `more` goes on top, and an empty value takes its name away."""
    fields = {name: value for name, value in {**as_fields(query), **more}.items() if value}
    return f"{base}?{urlencode(fields)}" if fields else base
