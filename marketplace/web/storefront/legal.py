"""Pages the law asks for, made from the merchant's identity and the shop's own rules."""

from litestar import Response, get
from litestar_htmx import HTMXRequest

from marketplace.catalogue.withdrawal_exclusions import SENTENCES
from marketplace.kernel.errors import NotFound
from marketplace.web.storefront.front import Front, shop_page

PAGES = ("notice", "terms", "privacy", "returns", "shipping")


@get("/legal/{page:str}", opt={"public": True})
async def legal_page(request: HTMXRequest, front: Front, page: str) -> Response[str]:
    if page not in PAGES:
        raise NotFound("a legal page")
    return shop_page(request, front, f"legal/{page}.html", exclusions=list(SENTENCES.values()))


@get("/contact", opt={"public": True})
async def contact(request: HTMXRequest, front: Front) -> Response[str]:
    return shop_page(request, front, "legal/contact.html")
