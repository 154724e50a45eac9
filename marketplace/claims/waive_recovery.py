"""The merchant gives a debit note up, and says why."""

from marketplace.claims.find_recovery import find_recovery, order_of
from marketplace.claims.states import RECOVERY, Recovery
from marketplace.claims.supplier_thread import say_to_other_side
from marketplace.claims.thread import words
from marketplace.claims.timeline import note_step
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def waive_recovery(merchant: int, recovery: int, *, text: str, by: str) -> None:
    """Raises NotFound, Refused (no words), and Stale when it is settled or waived."""
    async with acting_as(merchant):
        row = await find_recovery(recovery, merchant=merchant)
        body = words(text)
        await move(RECOVERY, "recovery", recovery, Recovery.WAIVED)
        await say_to_other_side(
            order_of(row),
            author="merchant",
            author_name=by,
            body=body,
            claim=row["claim_id"],
            recovery=recovery,
        )
        if row["claim_id"]:
            await note_step(
                merchant, row["claim_id"], "recovery_waived", who=by, number=row["number"], why=body
            )
        await emit("recovery.waived", merchant=merchant, supplier=row["supplier"], recovery=recovery)
