"""Money goes back. Promised once: what is requested, sent or done is reserved on the charge, and the database caps it."""

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.moves import move
from marketplace.ledger.attempt import Attempt, close, intend
from marketplace.ledger.gateways import Answer
from marketplace.ledger.post import post_refunded
from marketplace.ledger.states import REFUND, Refund


async def request_refund(
    charge: int, *, key: str, lines: dict[int, int], shipping: int, reason: str
) -> tuple[int, bool]:
    """A refund REQUESTED, its amount reserved on the charge, and the intent to send it, in the open scope.

    `lines` is order line -> amount, gross. Answers (refund, whether it is new: the same key is the same refund). Raises
    Refused when it is nothing, or more than was captured and not yet promised back.
    """
    amount = sum(lines.values()) + shipping
    if known := await fetch_value("SELECT id FROM refund WHERE key = $1", key):
        return int(known), False
    if amount <= 0:
        raise Refused("There is nothing to give back.", field="amount")
    await _reserve(charge, amount)
    refund = await fetch_value(
        "INSERT INTO refund (merchant, charge, key, amount, currency, reason, lines, created_at)"
        " SELECT merchant, id, $2, $3, currency, $4, $5::jsonb, $6 FROM charge WHERE id = $1 RETURNING id",
        charge,
        key,
        amount,
        reason,
        json.dumps({"lines": {str(line): part for line, part in lines.items()}, "shipping": shipping}),
        now(),
    )
    await _intend(refund)
    return int(refund), True


async def retry_refund(refund: int) -> int:
    """A failed refund is requested again, in the open scope: reserved again, under a new key. Answers the attempt."""
    row = await fetch_one("SELECT charge, amount FROM refund WHERE id = $1", refund)
    if row is None:
        raise NotFound(f"refund {refund}")
    await move(REFUND, "refund", refund, Refund.REQUESTED, was=Refund.FAILED, error=None)
    await _reserve(row["charge"], row["amount"])
    return await _intend(refund)


async def record_refund(attempt: int, answer: Answer) -> Attempt | None:
    """The gateway's answer, in the open scope: entries first. None when it was recorded before.

    A no gives the reservation back: a person decides what to do, and may retry.
    """
    closed = await close(attempt, answer)
    if closed is None:
        return None
    refund = int(closed.detail["refund"])
    if not answer.ok:
        await move(REFUND, "refund", refund, Refund.FAILED, error=answer.code)
        await execute(
            "UPDATE charge SET refund_reserved = refund_reserved - $2 WHERE id = $1",
            closed.charge,
            closed.amount,
        )
        return closed
    shipping = int(closed.detail["shipping"])
    await post_refunded(closed.charge, key=closed.key, goods=closed.amount - shipping, shipping=shipping)
    await execute("UPDATE charge SET refunded = refunded + $2 WHERE id = $1", closed.charge, closed.amount)
    await move(REFUND, "refund", refund, Refund.DONE, done_at=now())
    return closed


async def _reserve(charge: int, amount: int) -> None:
    """Guarded by its own condition for the message, and by a CHECK for everybody who forgets it."""
    if not await execute(
        "UPDATE charge SET refund_reserved = refund_reserved + $2 WHERE id = $1 AND refund_reserved + $2 <= captured",
        charge,
        amount,
    ):
        raise Refused("That is more than was paid and not yet given back.", field="amount")


async def _intend(refund: int) -> int:
    row = await fetch_one(
        "UPDATE refund SET attempts = attempts + 1 WHERE id = $1 RETURNING charge, key, amount, lines, attempts",
        refund,
    )
    assert row is not None
    detail = {"refund": refund, **json.loads(row["lines"])}
    return await intend(
        row["charge"], "refund", key=f"{row['key']}.{row['attempts']}", amount=row["amount"], detail=detail
    )
