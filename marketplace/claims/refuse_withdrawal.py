"""The merchant refuses a withdrawal, with the legal reason, in words to the shopper."""

from marketplace.claims.states import WITHDRAWAL, Withdrawal
from marketplace.claims.thread import words
from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def refuse_withdrawal(merchant: int, withdrawal: int, *, text: str, by: str) -> None:
    """Raises NotFound, Refused (no words), and Stale once the refund is due: the goods are back."""
    async with acting_as(merchant):
        if await fetch_value("SELECT id FROM withdrawal WHERE id = $1", withdrawal) is None:
            raise NotFound(f"withdrawal {withdrawal}")
        why = words(text)
        await move(WITHDRAWAL, "withdrawal", withdrawal, Withdrawal.REFUSED, refused_why=why, decided_by=by)
        await emit("withdrawal.refused", merchant=merchant, withdrawal=withdrawal)
