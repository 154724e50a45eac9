"""The front door, and choosing where to sit when one has several seats."""

from litestar import Response, get
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.kernel.database import fetch
from marketplace.kernel.settings import settings
from marketplace.web.access import person_guard
from marketplace.web.rendering import page
from tenants.scope import platform_scope


@get("/", opt={"public": True})
async def start(request: HTMXRequest) -> Response[str]:
    return page(request, "platform/start.html", demo=settings().demo, shops=await _demo_shops())


@get("/desks", guards=[person_guard])
async def desks(request: HTMXRequest, stay: bool = False) -> Response[str] | Redirect:
    """Whoever has one seat is taken to it, unless they ask to `stay`: languages and further accounts are chosen here."""
    seats = request.state.signed_in.seats
    if len(seats) == 1 and not stay and not request.state.signed_in.is_operator:
        where = "dashboard" if seats[0].kind == "merchant" else "portal"
        return Redirect(f"/{where}/{seats[0].slug}", status_code=303)
    return page(request, "platform/desks.html", seats=seats)


async def _demo_shops() -> list[dict[str, str]]:
    if not settings().demo:
        return []
    async with platform_scope("list the demo's shops"):
        rows = await fetch(
            "SELECT t.name, t.locale, d.host FROM tenant t JOIN domain d ON d.tenant = t.id AND d.is_primary"
            " WHERE t.kind = 'merchant' AND t.closed_at IS NULL ORDER BY t.id LIMIT 6"
        )
    return [
        {"name": r["name"], "url": f"{settings().public_scheme}://{r['host']}:{settings().port}/"}
        for r in rows
    ]
