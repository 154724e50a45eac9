"""Any other address of a shop: a page of this very shop that says so, with its search."""

from litestar import Response, get
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import NotFound
from marketplace.web.storefront.front import Front


@get("/{rest:path}", opt={"public": True})
async def nothing_here(request: HTMXRequest, front: Front, rest: str) -> Response[str]:
    raise NotFound(rest)
