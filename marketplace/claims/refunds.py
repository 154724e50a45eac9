"""How much of an order can still be given back: captured, less what is promised back already."""

from dataclasses import dataclass

from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.ledger.refund_cap import LineCap, ShippingCap
from marketplace.ordering.progress import lock_order
from marketplace.ordering.refund_order import shipping_left


@dataclass(frozen=True)
class Refundable:
    """Caps by order line, and the order's shipping; gross minor units of `currency`."""

    order: int
    currency: str
    lines: dict[int, LineCap]
    prices: dict[int, int]
    shipping: ShippingCap

    def worth(self, line: int, units: int) -> int:
        """What `units` of a line were paid, as far as it may still go back."""
        return min(self.lines[line].left, self.prices[line] * units)


async def read_refundable(order: int, *, lock: bool = False) -> Refundable:
    """In the merchant's open scope. `lock` keeps every other change of this order out until the transaction ends. Raises
    NotFound."""
    if lock:
        await lock_order(order)
    currency = await fetch_value("SELECT currency FROM orders WHERE id = $1", order)
    if currency is None:
        raise NotFound(f"order {order}")
    rows = await fetch(
        "SELECT id, unit_price, captured, refund_reserved FROM order_line"
        ' WHERE "order" = $1 ORDER BY position, id',
        order,
    )
    return Refundable(
        order=order,
        currency=currency,
        lines={
            r["id"]: LineCap(line_id=r["id"], captured=r["captured"], reserved=r["refund_reserved"])
            for r in rows
        },
        prices={r["id"]: r["unit_price"] for r in rows},
        shipping=ShippingCap(captured=await shipping_left(order)),
    )
