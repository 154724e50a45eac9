"""The product's page: what is read for it, and its forms filled with what is shown now."""

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.catalogue.read_product import ProductShown, read_product
from marketplace.catalogue.read_queues import Waiting, pending_decisions
from marketplace.catalogue.read_sources import ProductSource, price_trail, read_sources
from marketplace.catalogue.withdrawal_exclusions import SENTENCES
from marketplace.kernel.database import fetch_value
from marketplace.kernel.i18n import translator
from marketplace.kernel.settings import settings
from marketplace.web.access import Desk
from marketplace.web.dashboard.listings_amounts import typed_amount
from marketplace.web.dashboard.listings_page import category_choices, row_context
from marketplace.web.dashboard.listings_typed import PARTY, mark_of
from marketplace.web.forms import Form
from marketplace.web.rendering import page
from tenants.scope import acting_as


async def product_page(
    request: HTMXRequest,
    desk: Desk,
    product: int,
    *,
    words: Form | None = None,
    safety: Form | None = None,
    address: Form | None = None,
    photos: Form | None = None,
    prices: Form | None = None,
    done: Mapping[str, Any] | None = None,
    saved: bool = False,
    status: int = 200,
) -> Response[str]:
    """Whatever form was being filled in keeps what was typed. Raises NotFound."""
    shown = await read_product(desk.tenant, product)
    waiting = await pending_decisions(desk.tenant, of=Waiting(product=product))
    sources = await read_sources(desk.tenant, product)
    return page(
        request,
        "dashboard/listings/show.html",
        status=status,
        p=shown,
        words=words or _words(shown),
        safety=safety or _safety(shown),
        address=address or _address(shown),
        photo_form=photos or Form.empty(),
        price_form=prices or Form.empty(),
        waiting=waiting.rows,
        sources=sources,
        names=_names(sources),
        trail=await price_trail(desk.tenant, product),
        categories=await category_choices(desk.tenant),
        shop_address=await _in_the_shop(desk.tenant, shown),
        exclusions=[(code.value, translator(request.state.locale)(text)) for code, text in SENTENCES.items()],
        typed=lambda amount: typed_amount(amount, desk.currency, request.state.locale),
        mark_of=mark_of,
        done=done,
        saved=saved,
        **row_context(request, desk),
    )


async def field_block(request: HTMXRequest, desk: Desk, product: int, field: str) -> Response[str]:
    """One field of the form of words, as it stands now."""
    shown = await read_product(desk.tenant, product)
    return page(
        request,
        "dashboard/listings/_word.html",
        p=shown,
        words=_words(shown),
        name=field,
        names=_names(await read_sources(desk.tenant, product)),
        categories=await category_choices(desk.tenant),
        waiting=(await pending_decisions(desk.tenant, of=Waiting(product=product))).rows,
        mark_of=mark_of,
        **row_context(request, desk),
    )


def _names(sources: list[ProductSource]) -> dict[int, str]:
    return {source.supplier: source.supplier_name for source in sources}


def _words(shown: ProductShown) -> Form:
    names = ("title", "description", "brand", "category", "warnings")
    return Form.empty(**{name: shown.fields[name].value for name in names})


def _safety(shown: ProductShown) -> Form:
    said: dict[str, Any] = {"withdrawal_excluded": shown.withdrawal_excluded}
    for name in ("manufacturer", "responsible"):
        party = shown.fields[name].value or {}
        said |= {f"{name}_{part}": party.get(part) for part in PARTY}
    return Form.empty(**said)


def _address(shown: ProductShown) -> Form:
    return Form.empty(
        slug=shown.slug,
        seo_title=shown.seo_title,
        seo_description=shown.seo_description,
        featured="1" if shown.featured else None,
    )


async def _in_the_shop(merchant: int, shown: ProductShown) -> str | None:
    """The address of its page in the shop, once it has one: drafts and what is retired have none."""
    if shown.will not in ("live", "paused"):
        return None
    async with acting_as(merchant):
        host = await fetch_value(
            "SELECT host FROM domain WHERE tenant = $1 ORDER BY is_primary DESC, id LIMIT 1", merchant
        )
    port = f":{settings().port}" if settings().demo else ""
    return f"{settings().public_scheme}://{host}{port}/products/{shown.slug}" if host else None
