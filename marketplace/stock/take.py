"""Reserve offers for a cart, all or nothing, for ten minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from marketplace.kernel.clock import now
from marketplace.kernel.database import connection, execute
from marketplace.stock.guard import Want, could_have, give, give_back, take_over
from marketplace.stock.keep import keep
from marketplace.stock.parts import MADE_OF, lock_parts
from marketplace.stock.rows import covered, end_reservations, lock_rows, make_rows, open_reservations
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

    Rows locked in id order, in one transaction; never across an outside call. All or nothing: with a shortage the reservations
    stay as they were and the answer says which offers fell short. Lock the cart before: two tabs are one shopper.
    """
    until = now() + timedelta(minutes=minutes)
    wanted = {want.offer: want for want in wants}
    async with acting_as(merchant):
        await make_rows(wanted)
        await lock_rows({*wanted, *(await open_reservations(cart))})
        await lock_parts(wanted, cart=cart)
        held, ours = await covered(cart)
        changed = [
            o
            for o in sorted({*wanted, *held})
            if held.get(o, 0) != (wanted[o].quantity if o in wanted else 0)
        ]
        short: dict[int, int] = {}
        try:
            async with connection().transaction():
                ended = await end_reservations(cart, "checkout_changed", changed)
                for offer in changed:
                    await give_back(offer, held=ended.get(offer, 0))
                again = [wanted[offer] for offer in changed if offer in wanted and wanted[offer].quantity]
                for want in again:
                    await take_over(want.offer, held=min(want.quantity, ours.get(want.offer, 0)))
                for want in again:
                    kept = min(want.quantity, ours.get(want.offer, 0))
                    more = msgspec.structs.replace(want, quantity=want.quantity - kept)
                    if more.quantity and not await give(more, held=more.quantity):
                        short[want.offer] = await could_have(more) + kept
                if short:
                    raise _Short
                await _write(merchant, cart, again, until)
                await stock_changed(changed)
        except _Short:
            return Taken(until, short)
        await keep(merchant, cart, until=until)
    return Taken(until, {})


async def _write(merchant: int, cart: int, wants: Sequence[Want], until: datetime) -> None:
    for want in wants:
        await execute(
            "INSERT INTO hold (offer, merchant, supplier, quantity, kind, cart, created_at, expires_at, parts, part_units)"
            f" SELECT o.id, $2, o.supplier, $3, 'reservation', $4, $5, $6, {MADE_OF} FROM offer o WHERE o.id = $1",
            want.offer,
            merchant,
            want.quantity,
            cart,
            now(),
            until,
        )
