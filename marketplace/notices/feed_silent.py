"""A feed fell silent and its stock is sold no more: to those who can send its file, and to the merchants who sell from it."""

from typing import Any

from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.i18n import translator
from marketplace.notices.addresses import dashboard_url, portal_url
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.tell_people import tell_people
from marketplace.sourcing.silence import LEASE_ENDED, WAITING
from tenants.scope import acting_as

_PULSE = f"""
SELECT p.feed, p.supplier, p.name, p.confirmed_at, p.stop_after_hours, c.name AS supplier_name, c.slug AS supplier_slug
  FROM feed_pulse p JOIN tenant_card c ON c.tenant = p.supplier
 WHERE p.feed = $1 AND p.supplier = $2 AND {LEASE_ENDED}"""


async def feed_silent(supplier: int, feed: int, since: str) -> None:
    """To the feed's people. Written once a silence; nothing when it was heard of meanwhile. Raises NotFound."""
    async with acting_as(supplier):
        pulse = await fetch_one(_PULSE, feed, supplier)
        if pulse is None:
            return
        articles = await fetch_value(
            f"SELECT count(*) FROM offer o JOIN feed_pulse p ON p.feed = $1 WHERE {WAITING}", feed
        )
        last = await fetch_one(
            "SELECT state, message, error FROM feed_run WHERE feed = $1 ORDER BY id DESC LIMIT 1", feed
        )
        reader = await tenant_as_reader(supplier)
        await _tell(
            supplier,
            pulse,
            since,
            permission="feeds",
            count=articles,
            merchants=await fetch_value(
                "SELECT count(*) FROM agreement WHERE supplier = $1 AND state = 'active'", supplier
            ),
            last=_how(last, reader.locale),
            url=portal_url(reader.slug, f"/feeds/{feed}"),
        )


async def sale_stopped(merchant: int, supplier: int, feed: int, since: str) -> None:
    """To a merchant's people who sell from it. Not when nothing of it is in the shop, nor when they look after the feed themselves,
    which they are told as its people. Raises NotFound."""
    async with acting_as(merchant):
        pulse = await fetch_one(_PULSE, feed, supplier)
        managed = await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM tenant WHERE id = $1 AND managed_by = $2)", supplier, merchant
        )
        if pulse is None or managed:
            return
        listings = await fetch_value(
            "SELECT count(DISTINCT v.product) FROM feed_pulse p JOIN match m ON m.supplier = p.supplier AND m.state = 'confirmed'"
            " JOIN offer o ON o.id = m.offer JOIN variant v ON v.id = m.variant"
            f" JOIN listing l ON l.product = v.product AND l.will = 'live' WHERE p.feed = $1 AND {WAITING}",
            feed,
        )
        if not listings:
            return
        reader = await tenant_as_reader(merchant)
        await _tell(
            merchant,
            pulse,
            since,
            permission="sourcing",
            count=listings,
            merchants=None,
            last=None,
            url=dashboard_url(reader.slug, f"/suppliers/{pulse['supplier_slug']}"),
        )


async def _tell(tenant: int, pulse: dict[str, Any], since: str, *, permission: str, **values: Any) -> None:
    await tell_people(
        tenant,
        "feed_silent",
        permission=permission,
        once=f"{pulse['feed']}.{since}",
        about=f"feed:{pulse['feed']}",
        pulse=pulse,
        **values,
    )


def _how(run: dict[str, Any] | None, locale: str) -> str | None:
    """Why the last run gave nothing, where it says so."""
    if run is None or run["state"] != "failed":
        return None
    said = run["message"] or run["error"]
    return translator(locale)(said) if said else None
