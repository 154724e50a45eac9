"""host -> tenant. Any host we do not know is nobody's: 404, never a default tenant."""

import time
from dataclasses import dataclass

from marketplace.kernel.database import fetch_one
from tenants.scope import platform_scope

KEEP_SECONDS = 20


@dataclass(frozen=True)
class Shop:
    """The merchant behind a storefront host."""

    merchant: int
    slug: str
    name: str
    locale: str
    zone: str
    currency: str
    host: str


_cache: dict[str, tuple[float, Shop | None]] = {}


async def shop_at(host: str) -> Shop | None:
    """The shop at `host` (lower case, no port), or None. Answers are kept for a few seconds per process."""
    kept = _cache.get(host)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    async with platform_scope("resolve a host"):
        row = await fetch_one(
            "SELECT t.id AS merchant, t.slug, t.name, t.locale, t.zone, t.currency, d.host FROM domain d"
            " JOIN tenant t ON t.id = d.tenant WHERE d.host = $1 AND t.kind = 'merchant' AND t.closed_at IS NULL",
            host,
        )
    shop = Shop(**row) if row else None
    if len(_cache) > 10_000:
        _cache.clear()
    _cache[host] = (time.monotonic() + KEEP_SECONDS, shop)
    return shop


def forget_hosts() -> None:
    _cache.clear()
