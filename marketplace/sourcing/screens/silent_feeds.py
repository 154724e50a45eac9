"""What the silence of feeds has taken off sale, for the first pages of those who must know."""

from __future__ import annotations

from typing import Any

from marketplace.kernel.database import fetch, fetch_value
from marketplace.sourcing.silence import STOPPED_A_SALE, WAITING
from tenants.scope import acting_as


async def silent_feeds(supplier: int) -> list[dict[str, Any]]:
    """Feeds whose silence has stopped the sale of something, the longest first: feed, name, confirmed_at."""
    async with acting_as(supplier):
        return await fetch(
            f"SELECT p.feed, p.name, p.confirmed_at FROM feed_pulse p WHERE p.supplier = $1 AND {STOPPED_A_SALE}"
            " ORDER BY p.confirmed_at",
            supplier,
        )


async def stopped_offers(merchant: int) -> int:
    """Offers of a merchant's suppliers that are not sold for it."""
    async with acting_as(merchant):
        return int(
            await fetch_value(
                "SELECT count(*) FROM feed_pulse p JOIN agreement a ON a.supplier = p.supplier AND a.merchant = $1 AND a.state = 'active'"
                f" JOIN offer o ON {WAITING} WHERE {STOPPED_A_SALE}",
                merchant,
            )
        )
