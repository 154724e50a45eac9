"""A supplier says it has less than was sold of it. Paid orders stand; those that have not left are flagged for a person."""

from collections.abc import Sequence

from marketplace.kernel.database import fetch
from marketplace.ordering.timeline import note
from tenants.scope import acting_as


async def flag_oversold(merchant: int, offers: Sequence[int]) -> list[int]:
    """Flag the orders with an open commitment on one of `offers` and units that have not left. Answers those newly flagged."""
    async with acting_as(merchant):
        rows = await fetch(
            """
            UPDATE orders o SET flagged = 'oversold'
             WHERE o.flagged IS NULL AND o.id IN (
                   SELECT l."order" FROM hold h JOIN order_line l ON l.id = h.order_line
                    WHERE h.offer = ANY($1) AND h.kind = 'commitment' AND h.ended_at IS NULL
                      AND l.shipped < l.ordered - l.cancelled)
            RETURNING o.id""",
            list(offers),
        )
        flagged = sorted(r["id"] for r in rows)
        for order in flagged:
            await note(merchant, order, "flagged", why="oversold", offers=list(offers))
    return flagged
