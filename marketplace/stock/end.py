"""Commitments end when what was sold is no longer wanted, or cannot be had: refused, cancelled."""

from collections.abc import Sequence

from marketplace.stock.commit import Sale
from marketplace.stock.guard import give_back
from marketplace.stock.parts import lock_parts
from marketplace.stock.rows import end_reservations, lock_rows, open_reservations, shrink
from marketplace.stock.tell import stock_changed
from tenants.scope import acting_as


async def end(merchant: int, sales: Sequence[Sale], *, why: str) -> int:
    """End these units of order lines' commitments; `why` is refused or cancelled. Answers how many were still open."""
    ended = 0
    async with acting_as(merchant):
        await lock_rows({sale.offer for sale in sales})
        await lock_parts((), lines={sale.order_line for sale in sales})
        for sale in sorted(sales, key=lambda s: (s.offer, s.order_line)):
            units = await shrink(sale.order_line, sale.offer, sale.quantity, why)
            await give_back(sale.offer, committed=units)
            ended += units
        await stock_changed(sale.offer for sale in sales)
    return ended


async def release_cart(merchant: int, cart: int, *, why: str = "cancelled") -> int:
    """End every reservation of a cart, at once. Answers how many units came back."""
    async with acting_as(merchant):
        await lock_rows(await open_reservations(cart))
        await lock_parts((), cart=cart)
        ended = await end_reservations(cart, why)
        for offer in sorted(ended):
            await give_back(offer, held=ended[offer])
        await stock_changed(ended)
    return sum(ended.values())
