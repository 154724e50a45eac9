"""The shelves: the front page, categories, search, and suggestions while one types."""

from litestar import Response, get
from litestar_htmx import HTMXRequest

from marketplace.catalogue.browse import home as read_home
from marketplace.catalogue.browse import list_products, suggest
from marketplace.web.storefront.filters import Filters
from marketplace.web.storefront.front import Front, shop_page


@get("/", opt={"public": True})
async def home(request: HTMXRequest, front: Front) -> Response[str]:
    found = await read_home(front.shop.merchant)
    return shop_page(
        request,
        front,
        "home.html",
        featured=found.featured or found.newest,
        newest=found.newest if found.featured else [],
        reduced=found.reduced,
        total=found.total,
    )


@get("/categories/{slug:str}", opt={"public": True})
async def category(request: HTMXRequest, front: Front, slug: str, after: str | None = None) -> Response[str]:
    return await _list(request, front, Filters.read(request, front.shop.currency, category=slug), after)


@get("/search", opt={"public": True})
async def search(request: HTMXRequest, front: Front, after: str | None = None) -> Response[str]:
    """Without words: everything."""
    return await _list(request, front, Filters.read(request, front.shop.currency), after)


@get("/search/suggestions", opt={"public": True})
async def suggestions(request: HTMXRequest, front: Front, q: str = "") -> Response[str]:
    found = await suggest(front.shop.merchant, q)
    return shop_page(request, front, "shelf/_suggestions.html", found=found, query=q.strip()[:100])


async def _list(request: HTMXRequest, front: Front, filters: Filters, after: str | None) -> Response[str]:
    listed = await list_products(front.shop.merchant, filters.query, after=after)
    return shop_page(
        request,
        front,
        "shelf/show.html",
        "shelf/_list.html",
        listed=listed,
        filters=filters,
        query=filters.query.words,
        after=after,
    )
