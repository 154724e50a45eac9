"""Reserve offers for a cart, all or nothing, for ten minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from marketplace.kernel.clock import now
from marketplace.kernel.database import connection, execute
from marketplace.stock.guard import Want, could_have, give, give_back
from marketplace.stock.keep import keep
from marketplace.stock.rows import end_reservations, make_rows, open_reservations
from marketplace.stock.tell import stock_changed
from tenants.scope import acting_as

MINUTES = 10


class Taken(msgspec.Struct, frozen=True):
    """`short` is offer -> units it could have given; when it is not empty nothing was changed."""

    expires_at: datetime
    short: dict[int, int]


class _Short(Exception):
    """Undoes what was taken before the offer that fell short."""


async def take(merchant: int, cart: int, wants: Sequence[Want], *, minutes: int = MINUTES) -> Taken:
    """Make the cart's reservations exactly `wants`: take what is missing, give back what is too much, extend the rest.

    Rows in id order, in one transaction; never across an outside call. All or nothing: with a shortage the reservations
    stay as they were and the answer says which offers fell short. Lock the cart before: two tabs are one shopper.
    """
    until = now() + timedelta(minutes=minutes)
    wanted = {want.offer: want for want in wants}
    async with acting_as(merchant):
        await make_rows(wanted)
        held = await open_reservations(cart)
        short: dict[int, int] = {}
        try:
            async with connection().transaction():
                for offer in sorted({*wanted, *held}):
                    want = wanted.get(offer, Want(offer, 0))
                    if not await _shift(want, want.quantity - held.get(offer, 0)):
                        short[offer] = await could_have(want) + held.get(offer, 0)
                if short:
                    raise _Short
                await _rewrite(merchant, cart, wanted, held, until)
        except _Short:
            return Taken(until, short)
        await keep(merchant, cart, until=until)
    return Taken(until, {})


async def _shift(want: Want, change: int) -> bool:
    if change > 0:
        return await give(want, held=change)
    await give_back(want.offer, held=-change)
    return True


async def _rewrite(
    merchant: int, cart: int, wanted: dict[int, Want], held: dict[int, int], until: datetime
) -> None:
    changed = [o for o in {*wanted, *held} if held.get(o, 0) != (wanted[o].quantity if o in wanted else 0)]
    await end_reservations(cart, "checkout_changed", changed)
    await stock_changed(changed)
    for offer in sorted(set(changed) & set(wanted)):
        if wanted[offer].quantity:
            await execute(
                "INSERT INTO hold (offer, merchant, supplier, quantity, kind, cart, created_at, expires_at)"
                " SELECT o.id, $2, o.supplier, $3, 'reservation', $4, $5, $6 FROM offer o WHERE o.id = $1",
                offer,
                merchant,
                wanted[offer].quantity,
                cart,
                now(),
                until,
            )
