"""Nothing will be taken: the promise is given back, and nobody was charged."""

from marketplace.kernel.moves import move
from marketplace.ledger.attempt import Attempt, close, intend
from marketplace.ledger.gateways import Answer
from marketplace.ledger.states import CHARGE, Charge


async def intend_void(charge: int, *, key: str, amount: int) -> int:
    """The intent to release the whole authorisation, in the open scope. Answers the attempt."""
    return await intend(charge, "void", key=key, amount=amount)


async def record_void(attempt: int, answer: Answer) -> Attempt | None:
    """The gateway's answer, in the open scope. None when it was recorded before.

    A no leaves the charge authorised; it runs out by itself, and `run_out` closes it then.
    """
    closed = await close(attempt, answer)
    if closed is not None and answer.ok:
        await move(CHARGE, "charge", closed.charge, Charge.VOIDED)
    return closed
