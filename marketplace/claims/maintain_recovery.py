"""The merchant stands by a disputed debit note, with its reasons: the supplier is asked again."""

from marketplace.claims.find_recovery import find_recovery, order_of
from marketplace.claims.states import RECOVERY, Recovery
from marketplace.claims.supplier_thread import say_to_other_side
from marketplace.claims.thread import words
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def maintain_recovery(merchant: int, recovery: int, *, text: str, by: str) -> None:
    """Raises NotFound, Refused (no words), and Stale when it is not disputed."""
    async with acting_as(merchant):
        row = await find_recovery(recovery, merchant=merchant)
        body = words(text)
        await move(RECOVERY, "recovery", recovery, Recovery.ISSUED, answered_at=None)
        message = await say_to_other_side(
            order_of(row),
            author="merchant",
            author_name=by,
            body=body,
            claim=row["claim_id"],
            recovery=recovery,
        )
        await emit("claim.forwarded", merchant=merchant, supplier=row["supplier"], message=message)
