"""Before a limit passes unnoticed: answers that shoppers wait for and refunds that the law dates are told once, and
returns that never came are given up."""

from marketplace.claims.clocks import ALARM_ANSWER, ALARM_REFUND
from marketplace.claims.states import RETURN, Return
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as, platform_scope

_NEAR = """
WITH claims AS (
    UPDATE claim SET alerted_at = $1 WHERE closed_at IS NULL AND alerted_at IS NULL AND answer_by < $2 RETURNING id, merchant),
withdrawals AS (
    UPDATE withdrawal SET alerted_at = $1 WHERE state IN ('declared', 'awaiting_goods', 'refund_due') AND refund IS NULL
       AND alerted_at IS NULL AND refund_by < $3 RETURNING id, merchant)
SELECT merchant, array_agg(id) FILTER (WHERE kind = 'claim') AS claims,
       array_agg(id) FILTER (WHERE kind = 'withdrawal') AS withdrawals
  FROM (SELECT 'claim' AS kind, id, merchant FROM claims UNION ALL SELECT 'withdrawal', id, merchant FROM withdrawals) near
 GROUP BY merchant ORDER BY merchant
"""


async def sound_alarms() -> int:
    """One event `limits.near` a merchant, once a limit. Answers how many merchants were told."""
    at = now()
    async with platform_scope("limits that are near"):
        near = await fetch(_NEAR, at, at + ALARM_ANSWER, at + ALARM_REFUND)
        for row in near:
            await emit(
                "limits.near",
                merchant=row["merchant"],
                claims=row["claims"] or [],
                withdrawals=row["withdrawals"] or [],
            )
    return len(near)


async def give_up_returns() -> int:
    """Returns whose date has passed expire; should they come after all, they can still be received. Answers how many."""
    async with platform_scope("returns that never came"):
        late = await fetch(
            "SELECT id, merchant FROM goods_return WHERE state IN ('authorised', 'in_transit') AND return_by < $1"
            " ORDER BY id LIMIT 500",
            now(),
        )
    for row in late:
        async with acting_as(row["merchant"]):
            await move(RETURN, "goods_return", row["id"], Return.EXPIRED)
            await emit("return.expired", merchant=row["merchant"], goods_return=row["id"])
    return len(late)
