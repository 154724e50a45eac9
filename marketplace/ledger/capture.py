"""What was promised is taken: once, for what is accepted; the rest is released with it."""

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.kernel.moves import move
from marketplace.ledger.attempt import Attempt, close, intend
from marketplace.ledger.gateways import Answer
from marketplace.ledger.post import post_captured
from marketplace.ledger.states import CHARGE, Charge


async def intend_capture(
    charge: int, *, key: str, lines: dict[int, int], shipping: int, final: bool = True
) -> int:
    """The intent to capture `lines` (order line -> amount, gross) and `shipping`, in the open scope. Answers the attempt."""
    detail = {
        "lines": {str(line): amount for line, amount in lines.items()},
        "shipping": shipping,
        "final": final,
    }
    return await intend(charge, "capture", key=key, amount=sum(lines.values()) + shipping, detail=detail)


async def record_capture(attempt: int, answer: Answer) -> Attempt | None:
    """The gateway's answer, in the open scope: entries first, then the charge. None when it was recorded before.

    A final no (the authorisation ran out) fails the charge: a person asks the shopper.
    """
    closed = await close(attempt, answer)
    if closed is None:
        return None
    if not answer.ok:
        await move(CHARGE, "charge", closed.charge, Charge.FAILED)
        return closed
    shipping = int(closed.detail["shipping"])
    await post_captured(closed.charge, key=closed.key, goods=closed.amount - shipping, shipping=shipping)
    await execute("UPDATE charge SET captured = captured + $2 WHERE id = $1", closed.charge, closed.amount)
    state = Charge.CAPTURED if closed.detail.get("final", True) else Charge.PARTIALLY_CAPTURED
    await move(CHARGE, "charge", closed.charge, state, captured_at=now())
    return closed
