"""What a received return means on the merchant's side: units returned, a complaint that waits for the merchant again, a
withdrawal whose money is due."""

from typing import Any

from marketplace.claims.clocks import answer_by
from marketplace.claims.states import CLAIM, WITHDRAWAL, Claim, Return, Withdrawal
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order, progress
from tenants.scope import acting_as

_RETURNED = """
UPDATE order_line ol SET returned = least(ol.delivered, ol.returned + back.units)
  FROM (SELECT l.order_line, sum(rl.received / l.pack_quantity)::bigint AS units
          FROM goods_return_line rl JOIN supplier_order_line l ON l.id = rl.supplier_order_line
         WHERE rl.goods_return = $1 GROUP BY l.order_line) back
 WHERE ol.id = back.order_line
"""


async def book_return(merchant: int, goods_return: int, by: str) -> bool:
    """Once a return, however often it is asked; answers whether it was this time. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one("SELECT * FROM goods_return WHERE id = $1 FOR UPDATE", goods_return)
        if row is None:
            raise NotFound(f"return {goods_return}")
        if row["booked_at"] is not None:
            return False
        await execute("UPDATE goods_return SET booked_at = $2 WHERE id = $1", goods_return, now())
        if row["state"] == Return.ACCEPTED:
            order = await fetch_value(
                "SELECT order_id FROM supplier_order WHERE id = $1", row["supplier_order"]
            )
            await lock_order(order)
            await execute(_RETURNED, goods_return)
            await progress(merchant, order, who=by, why="returned")
        if row["claim_id"]:
            await _claim_goes_on(merchant, row, by)
        if row["withdrawal_id"]:
            await _money_is_due(merchant, row)
        return True


async def _claim_goes_on(merchant: int, row: dict[str, Any], by: str) -> None:
    claim = await fetch_one("SELECT state FROM claim WHERE id = $1 FOR UPDATE", row["claim_id"])
    if claim is None or claim["state"] != Claim.AWAITING_RETURN:
        return  # settled meanwhile, on trust
    was = await move(CLAIM, "claim", row["claim_id"], Claim.OPEN, answer_by=answer_by(now()), alerted_at=None)
    await note_step(
        merchant,
        row["claim_id"],
        "goods_back",
        who=by,
        was=was,
        now=Claim.OPEN,
        why=row["received_note"],
        accepted=row["state"] == Return.ACCEPTED,
        rma=row["rma_number"],
    )


async def _money_is_due(merchant: int, row: dict[str, Any]) -> None:
    """Goods that were refused leave the withdrawal waiting for a person's decision."""
    open_ones = await fetch_value(
        "SELECT count(*) FROM goods_return WHERE withdrawal_id = $1 AND state IN ('authorised','in_transit')",
        row["withdrawal_id"],
    )
    withdrawal = await fetch_one(
        "SELECT state FROM withdrawal WHERE id = $1 FOR UPDATE", row["withdrawal_id"]
    )
    if row["state"] != Return.ACCEPTED or open_ones or withdrawal is None:
        return
    if withdrawal["state"] == Withdrawal.AWAITING_GOODS:
        await move(WITHDRAWAL, "withdrawal", row["withdrawal_id"], Withdrawal.REFUND_DUE, goods_at=now())
        await emit("withdrawal.refund_due", merchant=merchant, withdrawal=row["withdrawal_id"])
