"""From when a supplier's feed may have counted a sale: at its acceptance, its shipment, or its delivery (`net_of`)."""

from datetime import datetime

from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as


async def count_from(merchant: int, order_line: int, offer: int, units: int, at: datetime) -> int:
    """Mark the first `units` of the line's open, unmarked commitment as counted from `at`. Answers how many it marked.

    A part is split off: the rest is not counted yet. `end_counted` ends what is marked, once a feed's source time is
    later than `at` by the feed's lag.
    """
    left = units
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT id, quantity FROM hold WHERE order_line = $1 AND offer = $2 AND kind = 'commitment'"
            " AND ended_at IS NULL AND counted_from IS NULL ORDER BY id FOR UPDATE",
            order_line,
            offer,
        )
        for hold in rows:
            if not left:
                break
            part = min(left, hold["quantity"])
            await _mark(hold["id"], part, hold["quantity"], at)
            left -= part
    return units - left


async def _mark(hold: int, part: int, whole: int, at: datetime) -> None:
    if part < whole:
        await execute(
            "INSERT INTO hold (offer, merchant, supplier, quantity, parts, part_units, kind, order_line, created_at)"
            " SELECT offer, merchant, supplier, quantity - $2, parts, part_units, kind, order_line, created_at FROM hold WHERE id = $1",
            hold,
            part,
        )
    await execute("UPDATE hold SET quantity = $2, counted_from = $3 WHERE id = $1", hold, part, at)
