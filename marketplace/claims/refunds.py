"""How much of an order can still be given back, and asking for it. Caps are captured less what is promised back already;
the database's CHECKs hold them for whoever forgets."""

from dataclasses import dataclass

from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.outbox import emit
from marketplace.ledger.refund import request_refund


@dataclass(frozen=True)
class RefundableLine:
    """Money in minor units, VAT included; `units` live ones (ordered less cancelled). `cap` is what can still go back."""

    order_line: int
    title: str
    unit_price: int
    units: int
    captured: int
    promised: int

    @property
    def cap(self) -> int:
        return self.captured - self.promised


@dataclass(frozen=True)
class Refundable:
    order: int
    charge: int | None
    currency: str
    lines: dict[int, RefundableLine]
    shipping_cap: int
    cap: int  # of the charge as a whole


_HEAD = """
SELECT o.id, o.charge, o.currency, o.shipping_captured, o.shipping_refunded,
       coalesce(c.captured - c.refund_reserved, 0) AS cap,
       coalesce((SELECT sum((r.lines->>'shipping')::bigint) FROM refund r
                  WHERE r.charge = o.charge AND r.state IN ('requested', 'sent')), 0)::bigint AS shipping_promised
  FROM orders o LEFT JOIN charge c ON c.id = o.charge WHERE o.id = $1
"""


async def read_refundable(order: int, *, lock: bool = False) -> Refundable:
    """In the merchant's open scope. `lock` keeps every other refund of this order out until the transaction ends. Raises
    NotFound."""
    if lock:
        await execute("SELECT 1 FROM orders WHERE id = $1 FOR UPDATE", order)
    head = await fetch_one(_HEAD, order)
    if head is None:
        raise NotFound(f"order {order}")
    rows = await fetch(
        "SELECT id AS order_line, title, unit_price, ordered - cancelled AS units, captured, refund_reserved AS promised"
        ' FROM order_line WHERE "order" = $1 ORDER BY position, id',
        order,
    )
    return Refundable(
        order=order,
        charge=head["charge"],
        currency=head["currency"],
        lines={row["order_line"]: RefundableLine(**row) for row in rows},
        shipping_cap=max(0, head["shipping_captured"] - head["shipping_refunded"] - head["shipping_promised"]),
        cap=head["cap"],
    )


async def ask_refund(
    merchant: int, of: Refundable, *, lines: dict[int, int], shipping: int, reason: str, key: str
) -> int:
    """Promise the money back, in the open scope: reserved on each line and on the charge, sent by a job after commit.

    The same `key` is the same refund. Answers its id. Raises Refused above a cap, or when nothing was charged.
    """
    if of.charge is None:
        raise Refused("Nothing was charged for this order.", field="amount")
    refund, new = await request_refund(of.charge, key=key, lines=lines, shipping=shipping, reason=reason)
    if not new:
        return refund
    for line, amount in sorted(lines.items()):
        if amount and not await execute(
            "UPDATE order_line SET refund_reserved = refund_reserved + $2 WHERE id = $1 AND refund_reserved + $2 <= captured",
            line,
            amount,
        ):
            raise Refused(
                "That is more than was paid and not yet given back.", field=f"amount_{line}"
            )
    await emit("refund.requested", merchant=merchant, refund=refund)
    return refund
