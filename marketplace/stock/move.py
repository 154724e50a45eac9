"""A commitment goes from one offer to another, both in one transaction: sold once, whoever serves it."""

from collections.abc import Sequence

from marketplace.kernel.database import connection
from marketplace.stock.commit import Sale, write_commitments
from marketplace.stock.guard import Want, could_have, give, give_back
from marketplace.stock.parts import lock_parts
from marketplace.stock.rows import lock_rows, make_rows, shrink
from marketplace.stock.tell import stock_changed
from tenants.scope import acting_as


class _Short(Exception):
    """Undoes what was moved before the offer that fell short."""


async def move(
    merchant: int, from_: Sequence[Sale], to: Sequence[Sale], *, why: str = "moved"
) -> dict[int, int]:
    """End the commitments `from_` and take `to`. Answers {} when done; else nothing changed, and offer -> units it could
    have given. Units of `from_` that the feed has counted already end nothing."""
    need: dict[int, int] = {}
    for sale in to:
        need[sale.offer] = need.get(sale.offer, 0) + sale.quantity
    buffers = {sale.offer: sale.buffer for sale in to}
    async with acting_as(merchant):
        await make_rows(need)
        await lock_rows({*need, *(sale.offer for sale in from_)})
        await lock_parts(need, lines={sale.order_line for sale in from_})
        short: dict[int, int] = {}
        try:
            async with connection().transaction():
                for sale in from_:
                    ended = await shrink(sale.order_line, sale.offer, sale.quantity, why)
                    await give_back(sale.offer, committed=ended)
                for offer in sorted(need):
                    want = Want(offer, need[offer], buffers[offer])
                    if not await give(want, committed=want.quantity):
                        short[offer] = await could_have(want)
                if short:
                    raise _Short
                await write_commitments(merchant, to)
                await stock_changed({*need, *(sale.offer for sale in from_)})
        except _Short:
            return short
    return {}
