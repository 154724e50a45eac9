"""The one place where stock is given out: an UPDATE that only touches the row while enough is left.

    available = what the feed lets be sold - held - committed - buffer

across all merchants who sell the offer. Reading first and writing after sells what is already gone: 470 of 10 units to
500 buyers (experiments). Here PostgreSQL judges the row as it is at the moment of writing.
"""

import msgspec

from marketplace.kernel.database import execute, fetch_value


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
    """Add to the offer's `held` and `committed` if that many more are available to the merchant in scope.

    The stock row exists (`make_rows`). False when there are not enough, or the agreement is not active.
    """
    return await execute(_GIVE, want.offer, held, committed, want.buffer) == 1


async def give_back(offer: int, *, held: int = 0, committed: int = 0) -> None:
    """Take off what was held or committed. Never guarded: more stock is always welcome."""
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
            "SELECT GREATEST(0, o.sells_up_to - coalesce(s.held + s.committed, 0) - GREATEST($2, a.safety_stock))"
            " FROM offer o JOIN agreement a ON a.supplier = o.supplier"
            " AND a.merchant = current_setting('app.tenant_id')::bigint LEFT JOIN stock s ON s.offer = o.id"
            " WHERE o.id = $1 AND a.state = 'active' AND o.retired_at IS NULL AND NOT o.excluded AND o.not_sellable IS NULL",
            want.offer,
            want.buffer,
        )
        or 0
    )
