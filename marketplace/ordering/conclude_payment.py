"""What follows from a gateway's answer, drawn once, in the transaction that records it.

Each conclusion answers what it came to, and the attempt that must follow it at once, if any.
"""

from collections.abc import Awaitable, Callable

import msgspec

from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.outbox import emit
from marketplace.ledger.authorise import record_authorise
from marketplace.ledger.capture import record_capture
from marketplace.ledger.gateways import Answer
from marketplace.ledger.refund import record_refund
from marketplace.ledger.void import intend_void, record_void
from marketplace.ordering.commit_order import commit_order
from marketplace.ordering.timeline import note
from marketplace.ordering.write_order import abandon


class Finished(msgspec.Struct, frozen=True):
    """`outcome`: placed, declined, sold_out, captured, not_captured, voided, not_voided, refunded, not_refunded, or
    already when somebody drew the conclusions before."""

    outcome: str
    order: int | None = None
    code: str | None = None


Concluded = tuple[Finished, int | None]


async def _authorised(merchant: int, attempt: int, answer: Answer) -> Concluded:
    order = await _order_of(attempt, lock=True)
    closed = await record_authorise(attempt, answer)
    if closed is None:
        return Finished(await _known_outcome(order, answer), order), None
    if not answer.ok:
        await note(merchant, order, "payment_declined", why=answer.code)
        return Finished("declined", order, answer.code), None
    if await commit_order(merchant, order):
        return Finished("placed", order), None
    await abandon(merchant, order, "sold_out")
    release = await intend_void(closed.charge, key=f"{closed.key}.void", amount=closed.amount)
    return Finished("sold_out", order), release


async def _captured(merchant: int, attempt: int, answer: Answer) -> Concluded:
    order = await _order_of(attempt, lock=True)
    closed = await record_capture(attempt, answer)
    if closed is None:
        return Finished("already", order), None
    if not answer.ok:
        await execute("UPDATE orders SET flagged = 'capture_failed' WHERE id = $1", order)
        await note(merchant, order, "capture_failed", why=answer.code)
        await emit("order.capture_failed", merchant=merchant, order=order, code=answer.code)
        return Finished("not_captured", order, answer.code), None
    for line, amount in sorted((int(k), v) for k, v in closed.detail["lines"].items()):
        await execute("UPDATE order_line SET captured = captured + $2 WHERE id = $1", line, amount)
    await execute(
        "UPDATE orders SET shipping_captured = shipping_captured + $2 WHERE id = $1",
        order,
        int(closed.detail["shipping"]),
    )
    await note(merchant, order, "captured", shopper_sees=True, amount=closed.amount, currency=closed.currency)
    await emit("order.captured", merchant=merchant, order=order, amount=closed.amount)
    return Finished("captured", order), None


async def _voided(merchant: int, attempt: int, answer: Answer) -> Concluded:
    order = await _order_of(attempt, lock=True)
    closed = await record_void(attempt, answer)
    if closed is None:
        return Finished("already", order), None
    what = "released" if answer.ok else "release_failed"
    await note(
        merchant,
        order,
        what,
        why=answer.code,
        shopper_sees=answer.ok,
        amount=closed.amount,
        currency=closed.currency,
    )
    return Finished("voided" if answer.ok else "not_voided", order, answer.code), None


async def _refunded(merchant: int, attempt: int, answer: Answer) -> Concluded:
    order = await _order_of(attempt, lock=True)
    closed = await record_refund(attempt, answer)
    if closed is None:
        return Finished("already", order), None
    lines = sorted((int(k), v) for k, v in closed.detail["lines"].items())
    refund, shipping = int(closed.detail["refund"]), int(closed.detail["shipping"])
    if answer.ok:
        for line, amount in lines:
            await execute("UPDATE order_line SET refunded = refunded + $2 WHERE id = $1", line, amount)
        await execute(
            "UPDATE orders SET shipping_refunded = shipping_refunded + $2 WHERE id = $1", order, shipping
        )
        await note(
            merchant,
            order,
            "refunded",
            shopper_sees=True,
            refund=refund,
            amount=closed.amount,
            currency=closed.currency,
        )
        await emit("refund.done", merchant=merchant, order=order, refund=refund, amount=closed.amount)
        return Finished("refunded", order), None
    for line, amount in lines:
        await execute(
            "UPDATE order_line SET refund_reserved = refund_reserved - $2 WHERE id = $1", line, amount
        )
    await note(merchant, order, "refund_failed", why=answer.code, refund=refund)
    await emit("refund.failed", merchant=merchant, order=order, refund=refund, code=answer.code)
    return Finished("not_refunded", order, answer.code), None


CONCLUSIONS: dict[str, Callable[[int, int, Answer], Awaitable[Concluded]]] = {
    "authorise": _authorised,
    "capture": _captured,
    "void": _voided,
    "refund": _refunded,
}


async def _order_of(attempt: int, *, lock: bool) -> int:
    """The order this pays for; its cart first, then itself: the order in which everybody locks them."""
    row = await fetch_one(
        "SELECT o.id, o.cart FROM payment_attempt a JOIN orders o ON o.charge = a.charge WHERE a.id = $1",
        attempt,
    )
    assert row is not None
    if lock:
        await execute("SELECT 1 FROM cart WHERE id = $1 FOR NO KEY UPDATE", row["cart"])
        await execute("SELECT 1 FROM orders WHERE id = $1 FOR NO KEY UPDATE", row["id"])
    return int(row["id"])


async def _known_outcome(order: int, answer: Answer) -> str:
    if not answer.ok:
        return "declined"
    row = await fetch_one("SELECT number FROM orders WHERE id = $1", order)
    return "placed" if row and row["number"] else "sold_out"
