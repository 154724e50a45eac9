"""The gateway has paid a refund: a withdrawal it was for is done."""

from marketplace.claims.states import WITHDRAWAL, Withdrawal
from marketplace.kernel.database import fetch_one
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def note_refund(merchant: int, refund: int) -> None:
    """Nothing to do for a refund of something else, or when it was noted before."""
    async with acting_as(merchant):
        row = await fetch_one("SELECT id, state FROM withdrawal WHERE refund = $1 FOR UPDATE", refund)
        if row is None or row["state"] == Withdrawal.REFUNDED:
            return
        await move(WITHDRAWAL, "withdrawal", row["id"], Withdrawal.REFUNDED)
        await emit("withdrawal.refunded", merchant=merchant, withdrawal=row["id"])
