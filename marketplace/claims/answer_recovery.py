"""The supplier accepts a debit note, or disputes it with its reasons."""

from marketplace.claims.find_recovery import find_recovery, order_of
from marketplace.claims.states import RECOVERY, Recovery
from marketplace.claims.supplier_thread import say_to_other_side
from marketplace.claims.thread import words
from marketplace.kernel.clock import now
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def answer_recovery(supplier: int, recovery: int, *, accept: bool, text: str, by: str) -> None:
    """`text` is required to dispute, welcome to accept. Raises NotFound, Refused, and Stale when it is settled, waived or
    answered so before."""
    answer = Recovery.ACCEPTED if accept else Recovery.DISPUTED
    async with acting_as(supplier):
        row = await find_recovery(recovery, supplier=supplier)
        body = words(text, least=0 if accept else 1)
        await move(RECOVERY, "recovery", recovery, answer, answered_at=now(), answer=body or None)
        if body:
            await say_to_other_side(
                order_of(row),
                author="supplier",
                author_name=by,
                body=body,
                claim=row["claim_id"],
                recovery=recovery,
            )
        await emit("recovery.answered", merchant=row["merchant"], supplier=supplier, recovery=recovery)
