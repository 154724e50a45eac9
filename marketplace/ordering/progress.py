"""The header of an order follows its lines: after every change of a quantity, in the same transaction."""

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.derive import LineQuantities, header_state
from marketplace.ordering.states import ORDER, Order
from marketplace.ordering.timeline import note

_ARRIVED = (Order.DELIVERED, Order.LOST, Order.RETURNED)
_LEFT = (Order.SHIPPED, Order.CANCELLED, Order.PARTLY_DELIVERED, *_ARRIVED)
_UNPAID = (Order.AWAITING_PAYMENT, Order.ABANDONED)


async def progress(merchant: int, order: int, *, who: str = "system", why: str | None = None) -> Order:
    """Derive the state, move to it when it is another, and tell the rest of the house. In the open scope, order locked."""
    row = await fetch_one("SELECT state, delivered_at FROM orders WHERE id = $1", order)
    assert row is not None
    was = Order(row["state"])
    if was in _UNPAID:
        return was
    now_is = header_state(await quantities(order))
    if now_is is not was:
        await move(ORDER, "orders", order, now_is, was=was)
        await note(
            merchant, order, "state", was=was.value, now_=now_is.value, who=who, why=why, shopper_sees=False
        )
    if now_is in _LEFT:
        await execute("UPDATE orders SET flagged = NULL WHERE id = $1 AND flagged = 'oversold'", order)
    if now_is in _ARRIVED and row["delivered_at"] is None:
        await execute("UPDATE orders SET delivered_at = $2 WHERE id = $1", order, now())
        await emit("order.arrived", merchant=merchant, order=order)
    if now_is is Order.CANCELLED and was is not Order.CANCELLED:
        await emit("order.cancelled", merchant=merchant, order=order, why=why)
    await emit("order.progressed", merchant=merchant, order=order)
    return now_is


async def lock_order(order: int) -> None:
    """Everybody who changes an order waits here: before its supplier orders, and before stock.

    NO KEY: a timeline row may still be written by somebody who holds one of those, or they would wait for each other.
    """
    await execute("SELECT 1 FROM orders WHERE id = $1 FOR NO KEY UPDATE", order)


async def quantities(order: int) -> list[LineQuantities]:
    rows = await fetch(
        "SELECT ordered, cancelled, refused, accepted, shipped, delivered, lost, returned FROM order_line"
        ' WHERE "order" = $1 ORDER BY id',
        order,
    )
    return [LineQuantities(**row) for row in rows]
