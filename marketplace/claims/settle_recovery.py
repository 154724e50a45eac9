"""The merchant books a debit note as paid, or netted against the supplier's invoice."""

from marketplace.claims.find_recovery import find_recovery
from marketplace.claims.states import RECOVERY, Recovery
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def settle_recovery(merchant: int, recovery: int, *, by: str) -> None:
    """Raises NotFound, and Stale unless it is issued or accepted: what is disputed is not settled."""
    async with acting_as(merchant):
        row = await find_recovery(recovery, merchant=merchant)
        await move(RECOVERY, "recovery", recovery, Recovery.SETTLED, settled_at=now())
        if row["claim_id"]:
            await note_step(merchant, row["claim_id"], "recovery_settled", who=by, number=row["number"])
        await emit("recovery.settled", merchant=merchant, supplier=row["supplier"], recovery=recovery)
