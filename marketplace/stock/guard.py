"""The one place where stock is given out: an UPDATE that only touches the row while enough is left.

    available = what the feed lets be sold - held - committed - buffer

across all merchants who sell the offer, and of a set no more than its parts suffice for. Reading first and writing after sells what is already gone: 470 of 10 units to
500 buyers (experiments). Here PostgreSQL judges the row as it is at the moment of writing.
"""

import msgspec

from marketplace.kernel.database import execute, fetch_value
from marketplace.stock.parts import add_parts, give_parts, taken


class Want(msgspec.Struct, frozen=True):
    """Units of one offer that somebody wants, and the units of it that must stay (safety stock, widened by its age)."""

    offer: int
    quantity: int
    buffer: int = 0


#: `held` is what checkouts reserve, `committed` what was sold and the feed has not counted yet
_GIVE = """
UPDATE stock s SET held = s.held + $2::bigint, committed = s.committed + $3::bigint
  FROM offer o
  JOIN agreement a ON a.supplier = o.supplier AND a.merchant = current_setting('app.tenant_id')::bigint
 WHERE s.offer = $1 AND o.id = s.offer AND a.state = 'active'
   AND o.retired_at IS NULL AND NOT o.excluded AND o.not_sellable IS NULL
   AND o.sells_up_to - s.held - s.committed - GREATEST($4, a.safety_stock) >= $2::bigint + $3::bigint
"""


async def give(want: Want, *, held: int = 0, committed: int = 0) -> bool:
    """Add to the offer's `held` and `committed` if that many more are available to the merchant in scope, and take their parts.

    The stock row exists (`make_rows`). False, and nothing is taken, when there are not enough, or the agreement is not active.
    """
    if await execute(_GIVE, want.offer, held, committed, want.buffer) != 1:
        return False
    if await give_parts(want.offer, held + committed, want.buffer):
        return True
    await give_back(want.offer, held=held, committed=committed)
    return False


async def take_over(offer: int, *, held: int = 0, committed: int = 0) -> None:
    """Add to `held` and `committed` what the caller's own hold gave back a moment ago, under the same lock. Never guarded: it was ours."""
    if held or committed:
        await give_back(offer, held=-held, committed=-committed)
        await add_parts(offer, held + committed)


async def give_back(offer: int, *, held: int = 0, committed: int = 0) -> None:
    """Take off what was held or committed. Never guarded: more stock is always welcome. What the hold took of parts comes back where
    it ends (`stock.rows`)."""
    if held or committed:
        await execute(
            "UPDATE stock SET held = held - $2, committed = committed - $3 WHERE offer = $1",
            offer,
            held,
            committed,
        )


async def could_have(want: Want) -> int:
    """Units of the offer the merchant in scope could take now; for the message, never for the decision."""
    return int(
        await fetch_value(
            f"SELECT GREATEST(0, o.sells_up_to - {taken()} - GREATEST($2, a.safety_stock))"
            " FROM offer o JOIN agreement a ON a.supplier = o.supplier"
            " AND a.merchant = current_setting('app.tenant_id')::bigint LEFT JOIN stock s ON s.offer = o.id"
            " WHERE o.id = $1 AND a.state = 'active' AND o.retired_at IS NULL AND NOT o.excluded AND o.not_sellable IS NULL",
            want.offer,
            want.buffer,
        )
        or 0
    )
