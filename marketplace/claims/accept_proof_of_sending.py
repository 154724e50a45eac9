"""The shopper showed that the goods were sent back: the refund is due without waiting for them (L221-24)."""

from marketplace.claims.states import WITHDRAWAL, Withdrawal
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def accept_proof_of_sending(merchant: int, withdrawal: int, *, by: str) -> None:
    """Raises NotFound, and Stale when it does not wait for goods."""
    async with acting_as(merchant):
        if await fetch_value("SELECT id FROM withdrawal WHERE id = $1", withdrawal) is None:
            raise NotFound(f"withdrawal {withdrawal}")
        await move(
            WITHDRAWAL,
            "withdrawal",
            withdrawal,
            Withdrawal.REFUND_DUE,
            was=Withdrawal.AWAITING_GOODS,
            goods_at=now(),
            decided_by=by,
        )
        await emit("withdrawal.refund_due", merchant=merchant, withdrawal=withdrawal)
