"""The shopper's bank promises the amount. Nothing is charged yet."""

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from marketplace.kernel.moves import move
from marketplace.ledger.attempt import Attempt, close, intend
from marketplace.ledger.gateways import Answer
from marketplace.ledger.states import CHARGE, Charge


async def intend_authorise(
    merchant: int, *, key: str, amount: int, currency: str, source: str, gateway: str
) -> tuple[int, int]:
    """A charge and the intent to authorise it, in the open scope; the same key is the same charge.

    Answers (charge, attempt).
    """
    charge = await fetch_value(
        "INSERT INTO charge (merchant, key, gateway, currency, amount, created_at) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        merchant,
        key,
        gateway,
        currency,
        amount,
        now(),
    )
    charge = charge or await fetch_value("SELECT id FROM charge WHERE key = $1", key)
    return charge, await intend(charge, "authorise", key=f"{key}.authorise", amount=amount, source=source)


async def record_authorise(attempt: int, answer: Answer) -> Attempt | None:
    """The bank's answer, in the open scope. None when it was recorded before."""
    closed = await close(attempt, answer)
    if closed is None:
        return None
    if not answer.ok:
        await move(CHARGE, "charge", closed.charge, Charge.FAILED)
        return closed
    await move(
        CHARGE,
        "charge",
        closed.charge,
        Charge.AUTHORISED,
        authorised=closed.amount,
        reference=answer.reference,
        card_hint=answer.card_hint,
        authorised_at=now(),
        authorisation_ends_at=answer.authorisation_ends_at,
    )
    return closed
