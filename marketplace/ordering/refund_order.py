"""Money of an order is promised back: reserved on its lines and on its charge, sent by a job after the commit."""

from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.outbox import emit
from marketplace.ledger.refund import request_refund
from marketplace.ledger.refund import retry_refund as request_again
from marketplace.ordering.finish_payment import finish_payment
from marketplace.ordering.progress import lock_order
from marketplace.ordering.timeline import note
from tenants.scope import acting_as


async def refund_order(
    merchant: int,
    order: int,
    *,
    lines: dict[int, int],
    shipping: int | None = 0,
    reason: str,
    key: str,
    who: str = "system",
) -> int | None:
    """Promise `lines` (order line -> amount, gross) and `shipping` (None: all that is left of it) back.

    The same `key` is the same refund. Answers its id, or None when there is nothing to give back. Raises NotFound, Refused
    above a cap: captured, less what is promised back already.
    """
    async with acting_as(merchant):
        await lock_order(order)
        charge = await fetch_value("SELECT charge FROM orders WHERE id = $1", order)
        if charge is None:
            raise NotFound(f"a charge of order {order}")
        left = await shipping_left(order)
        shipping = left if shipping is None else shipping
        if not any(lines.values()) and not shipping:
            return None
        refund, new = await request_refund(charge, key=key, lines=lines, shipping=shipping, reason=reason)
        if new:
            if shipping > left:
                raise Refused(
                    "That is more than was paid for shipping and not yet given back.", field="shipping"
                )
            await _reserve(order, lines)
            await note(
                merchant,
                order,
                "refund_requested",
                who=who,
                why=reason,
                refund=refund,
                amount=sum(lines.values()) + shipping,
            )
            await emit("refund.requested", merchant=merchant, order=order, refund=refund)
    return refund


async def shipping_left(order: int) -> int:
    """Shipping that was captured and is not promised back, in the open scope, minor units."""
    row = await fetch_one(
        """
        SELECT o.shipping_captured - o.shipping_refunded
               - coalesce((SELECT sum((r.lines->>'shipping')::bigint) FROM refund r
                            WHERE r.charge = o.charge AND r.state IN ('requested', 'sent')), 0)::bigint AS left
          FROM orders o WHERE o.id = $1""",
        order,
    )
    return max(0, int(row["left"])) if row else 0


async def send_refund(merchant: int, refund: int) -> None:
    """Steps two and three of a requested refund. Nothing happens when it was answered before. Raises GatewayUnavailable."""
    async with acting_as(merchant):
        attempt = await fetch_value(
            "SELECT a.id FROM refund r JOIN payment_attempt a ON a.charge = r.charge AND a.kind = 'refund'"
            " AND (a.detail->>'refund')::bigint = r.id AND a.state IN ('requested', 'sent') WHERE r.id = $1",
            refund,
        )
    if attempt is not None:
        await finish_payment(merchant, attempt)


async def retry_refund(merchant: int, refund: int, *, who: str) -> None:
    """A person tries a failed refund again. Raises Stale when it is not failed, Refused above a cap."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT o.id, r.lines->'lines' AS lines FROM refund r JOIN orders o ON o.charge = r.charge WHERE r.id = $1",
            refund,
        )
        if row is None:
            raise NotFound(f"refund {refund}")
        await lock_order(row["id"])
        await request_again(refund)
        amounts = await fetch(
            "SELECT part.line::bigint AS line, part.amount::bigint AS amount FROM refund r, jsonb_each_text(r.lines->'lines') AS part (line, amount) WHERE r.id = $1",
            refund,
        )
        await _reserve(row["id"], {a["line"]: a["amount"] for a in amounts})
        await note(merchant, row["id"], "refund_requested", who=who, why="tried_again", refund=refund)
        await emit("refund.requested", merchant=merchant, order=row["id"], refund=refund)


async def _reserve(order: int, lines: dict[int, int]) -> None:
    for line, amount in sorted(lines.items()):
        if amount and not await execute(
            "UPDATE order_line SET refund_reserved = refund_reserved + $3 WHERE id = $1"
            ' AND "order" = $2 AND refund_reserved + $3 <= captured',
            line,
            order,
            amount,
        ):
            raise Refused("That is more than was paid and not yet given back.", field=f"amount_{line}")
