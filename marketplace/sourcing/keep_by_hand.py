"""A supplier without a feed keeps its offers itself. They belong to one feed of the grid, whose quantities do not age in a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.kernel.database import fetch_value
from marketplace.kernel.fetching import N_
from marketplace.sourcing.create_feed import create_feed
from marketplace.sourcing.edit_offers import Edited, edit_offers
from tenants.scope import acting_as

NAME = N_("By hand")


async def keep_by_hand(
    supplier: int,
    rows: Sequence[Mapping[str, Any]],
    *,
    shown: Mapping[str, Mapping[str, Any]] | None = None,
    by: str,
) -> Edited:
    """Write rows as they were typed; see `edit_offers`. Raises Invalid with keys "row.field", Refused."""
    async with acting_as(supplier):
        feed = await fetch_value(
            "SELECT id FROM feed WHERE supplier = $1 AND transport = 'grid' AND archived_at IS NULL ORDER BY id LIMIT 1",
            supplier,
        )
    if feed is None:
        feed = await create_feed(supplier, NAME, transport="grid", by=by)
    return await edit_offers(supplier, rows, feed=feed, shown=shown, by=by)
