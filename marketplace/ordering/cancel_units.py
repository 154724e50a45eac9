"""Units are taken off an order: the shopper or the merchant no longer wants them, or nobody can serve them.

The quantities and the holds; whether a supplier must be asked first is fulfilment's to know (`fulfilment/cancel_order.py`).
"""

from collections.abc import Mapping, Sequence

from marketplace.kernel.database import execute
from marketplace.kernel.errors import Stale
from marketplace.kernel.outbox import emit
from marketplace.ordering.timeline import note
from marketplace.stock.commit import Sale
from marketplace.stock.end import end


async def cancel_units(
    merchant: int,
    order: int,
    units: Mapping[int, int],
    *,
    holds: Sequence[Sale] = (),
    who: str,
    why: str,
) -> None:
    """Take `units` (order line -> units) off, end `holds`; in the open scope, order locked. `why`: shopper, merchant,
    no_source, withdrawal, authorisation. The caller derives the header with `progress`. Raises Stale when that many units
    are no longer free to cancel."""
    for line, count in sorted(units.items()):
        if count and not await execute(
            'UPDATE order_line SET cancelled = cancelled + $3 WHERE id = $1 AND "order" = $2'
            " AND accepted + cancelled + $3 <= ordered",
            line,
            order,
            count,
        ):
            raise Stale(f"{count} units of line {line} can no longer be cancelled")
    await end(merchant, holds, why="cancelled")
    lines = {str(line): count for line, count in sorted(units.items()) if count}
    if lines:
        await note(merchant, order, "cancelled", who=who, why=why, shopper_sees=True, lines=lines)
        await emit("order.units_cancelled", merchant=merchant, order=order, lines=lines, why=why, who=who)
