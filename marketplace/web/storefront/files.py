"""What a shop serves beside its pages: its colours, its mark, and what search engines ask for."""

from html import escape

from litestar import Response, get
from litestar_htmx import HTMXRequest

from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.settings import settings
from marketplace.web.storefront import themes
from marketplace.web.storefront.front import Front
from tenants.scope import shop_scope

DAY = "public, max-age=86400"
YEAR = "public, max-age=31536000, immutable"
SITEMAP_MOST = 50_000  # a sitemap holds no more (sitemaps.org)


@get("/theme.css", opt={"public": True})
async def theme_css(front: Front, v: str = "") -> Response[str]:
    """The shop's variables. An inline style is not allowed, so they are a file of their own, named by its digest."""
    return Response(
        themes.style_sheet(front.palette),
        media_type="text/css",
        headers={"Cache-Control": YEAR if v == front.digest else "no-cache"},
    )


@get("/logo.svg", opt={"public": True})
async def logo(front: Front) -> Response[str]:
    """Shown by `<img>` only, where nothing in it runs; opened by itself it has no script, style or origin either."""
    async with shop_scope(front.shop.merchant):
        drawing = await fetch_value(
            "SELECT logo_svg FROM storefront WHERE merchant = $1", front.shop.merchant
        )
    if not drawing:
        raise NotFound("a logo")
    return _drawing(drawing)


@get("/favicon.svg", opt={"public": True})
async def favicon(front: Front) -> Response[str]:
    """The first letter of the shop's name on its colour."""
    look = themes.variables(front.palette)
    corner = min(front.palette.radius, 16)
    letter = escape(front.shop.name.strip()[:1].upper())
    return _drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="{corner}"'
        f' fill="{look["accent"]}"/><text x="16" y="23" font-family="Georgia, serif" font-size="20" font-weight="700"'
        f' text-anchor="middle" fill="{look["on-accent"]}">{letter}</text></svg>'
    )


def _drawing(body: str) -> Response[str]:
    return Response(
        body,
        media_type="image/svg+xml",
        headers={
            "Cache-Control": DAY,
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )


@get("/robots.txt", opt={"public": True})
async def robots(request: HTMXRequest) -> Response[str]:
    """Carts, orders and searches are not for search engines."""
    closed = "".join(
        f"Disallow: {path}\n" for path in ("/cart", "/checkout", "/orders/", "/order-link", "/search")
    )
    return Response(
        f"User-agent: *\n{closed}Sitemap: {origin(request)}/sitemap.xml\n",
        media_type="text/plain",
        headers={"Cache-Control": DAY},
    )


@get("/sitemap.xml", opt={"public": True})
async def sitemap(request: HTMXRequest, front: Front) -> Response[str]:
    async with shop_scope(front.shop.merchant):
        rows = await fetch(
            "SELECT slug, updated_at FROM listing WHERE will = 'live' ORDER BY id LIMIT $1",
            SITEMAP_MOST - 100,
        )
    base = escape(origin(request))
    pages = [
        "/",
        *(f"/categories/{shelf.slug}" for shelf in front.shelves),
        "/legal/shipping",
        "/legal/returns",
    ]
    urls = [f"<url><loc>{base}{escape(path)}</loc></url>" for path in pages] + [
        f"<url><loc>{base}/products/{escape(row['slug'])}</loc><lastmod>{row['updated_at']:%Y-%m-%d}</lastmod></url>"
        for row in rows
    ]
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(urls)
        + "</urlset>\n",
        media_type="application/xml",
        headers={"Cache-Control": "public, max-age=3600"},
    )


def origin(request: HTMXRequest) -> str:
    """What comes before a path in an address that leaves the page: canonical links, sitemaps, pictures to be shared."""
    return f"{settings().public_scheme}://{request.headers.get('host', request.state.shop.host)}"
