"""Where the links in mails lead. A signed link shows on GET and acts on POST, is bound to one object, and expires.

The purposes below are what the pages behind the links unsign with.
"""

from marketplace.kernel.database import fetch_value
from marketplace.kernel.settings import settings
from marketplace.kernel.signing import sign

ORDER = "order"  # (merchant, order): the shopper's order page, its claims and its withdrawal
SUPPLIER_ORDER = "supplier_order"  # (supplier, supplier order): accept and ship without signing in

#: complaints under the guarantee of conformity reach two years back
ORDER_DAYS = 760
SUPPLIER_ORDER_DAYS = 60


def platform_url(path: str = "/") -> str:
    return _url(settings().platform_hosts[0], path)


async def shop_url(merchant: int, path: str = "/") -> str:
    """On the merchant's own host; in the open scope of that merchant."""
    host = await fetch_value(
        "SELECT host FROM domain WHERE tenant = $1 ORDER BY is_primary DESC, id LIMIT 1", merchant
    )
    return _url(host, path) if host else platform_url(path)


async def order_url(merchant: int, order: int, path: str = "") -> str:
    """The shopper's order page by signed link; `path` is what follows, as "/claims/new"."""
    return await shop_url(merchant, f"/orders/{sign(ORDER, merchant, order, days=ORDER_DAYS)}{path}")


def supplier_order_url(supplier: int, supplier_order: int) -> str:
    token = sign(SUPPLIER_ORDER, supplier, supplier_order, days=SUPPLIER_ORDER_DAYS)
    return platform_url(f"/supplier-orders/{token}")


def dashboard_url(slug: str, path: str) -> str:
    return platform_url(f"/dashboard/{slug}{path}")


def portal_url(slug: str, path: str) -> str:
    return platform_url(f"/portal/{slug}{path}")


def _url(host: str, path: str) -> str:
    """Development hosts carry the port we listen on; a domain is served on its scheme's own."""
    local = host in ("localhost", "127.0.0.1") or host.endswith(".localhost")
    port = f":{settings().port}" if local and settings().port not in (80, 443) else ""
    return f"{settings().public_scheme}://{host}{port}{path}"
