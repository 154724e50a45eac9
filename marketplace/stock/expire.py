"""Reservations past their time give their stock back. Runs by the clock, across merchants."""

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.stock.guard import give_back
from marketplace.stock.parts import return_parts
from marketplace.stock.rows import lock_rows
from marketplace.stock.tell import stock_changed
from tenants.scope import platform_scope

BATCH = 500


async def expire() -> int:
    """End what expired. Answers how many reservations that were. Stock rows first, in id order, like everybody."""
    total = 0
    while ended := await _expire_some():
        total += ended
    return total


async def _expire_some() -> int:
    async with platform_scope("reservations expire"):
        due = await fetch(
            "SELECT id, offer FROM hold WHERE kind = 'reservation' AND ended_at IS NULL AND expires_at <= $1"
            " ORDER BY expires_at LIMIT $2",
            now(),
            BATCH,
        )
        if not due:
            return 0
        await lock_rows({h["offer"] for h in due})
        ended = await fetch(  # asked again: its shopper may have extended it meanwhile
            "UPDATE hold SET ended_at = $2, why = 'expired' WHERE id = ANY($1) AND ended_at IS NULL AND expires_at <= $2"
            " RETURNING offer, quantity, parts, part_units",
            [h["id"] for h in due],
            now(),
        )
        await return_parts(ended)
        units: dict[int, int] = {}
        for hold in ended:
            units[hold["offer"]] = units.get(hold["offer"], 0) + hold["quantity"]
        for offer in sorted(units):
            await give_back(offer, held=units[offer])
        await stock_changed(units)
    return len(due)
