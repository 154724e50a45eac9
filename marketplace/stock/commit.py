"""What was reserved is sold: reservations become commitments, in the transaction that writes the order."""

from collections.abc import Sequence

import msgspec

from marketplace.kernel.clock import now
from marketplace.kernel.database import connection, execute
from marketplace.stock.guard import Want, could_have, give, give_back, take_over
from marketplace.stock.parts import MADE_OF, lock_parts
from marketplace.stock.rows import covered, end_reservations, lock_rows, make_rows, open_reservations
from marketplace.stock.tell import stock_changed
from tenants.scope import acting_as


class Sale(msgspec.Struct, frozen=True):
    """`quantity` units of an offer for one line of an order."""

    order_line: int
    offer: int
    quantity: int
    buffer: int = 0


class _Short(Exception):
    """Undoes what was committed before the offer that fell short."""


async def commit(merchant: int, cart: int | None, sales: Sequence[Sale]) -> dict[int, int]:
    """Turn the cart's reservations into commitments of order lines. Answers {}: all of it is sold.

    What the reservations no longer cover (they expired while a bank was asked, or the set is made of other parts by now) is taken
    anew under the guard. When that falls short nothing is changed, and the answer is offer -> units it could have given.
    """
    need: dict[int, int] = {}
    for sale in sales:
        need[sale.offer] = need.get(sale.offer, 0) + sale.quantity
    buffers = {sale.offer: sale.buffer for sale in sales}
    async with acting_as(merchant):
        await make_rows(need)
        await lock_rows(need if cart is None else {*need, *(await open_reservations(cart))})
        await lock_parts(need, cart=cart)
        _, ours = await covered(cart) if cart is not None else ({}, {})
        short: dict[int, int] = {}
        try:
            async with connection().transaction():
                held = await end_reservations(cart, "sold") if cart is not None else {}
                for offer in sorted(held):
                    await give_back(offer, held=held[offer])
                for offer in sorted(need):  # what was held is sold unasked: it was ours
                    await take_over(offer, committed=min(need[offer], ours.get(offer, 0)))
                for offer in sorted(need):
                    kept = min(need[offer], ours.get(offer, 0))
                    want = Want(offer, need[offer] - kept, buffers[offer])
                    if want.quantity and not await give(want, committed=want.quantity):
                        short[offer] = await could_have(want) + kept
                if short:
                    raise _Short
                await write_commitments(merchant, sales)
                await stock_changed({*need, *held})
        except _Short:
            return short
    return {}


async def write_commitments(merchant: int, sales: Sequence[Sale]) -> None:
    """The hold rows of sales whose stock rows were raised already."""
    for sale in sorted(sales, key=lambda s: (s.offer, s.order_line)):
        await execute(
            "INSERT INTO hold (offer, merchant, supplier, quantity, kind, order_line, created_at, parts, part_units)"
            f" SELECT o.id, $2, o.supplier, $3, 'commitment', $4, $5, {MADE_OF} FROM offer o WHERE o.id = $1",
            sale.offer,
            merchant,
            sale.quantity,
            sale.order_line,
            now(),
        )
