"""Sets and what they are made of: whoever sells a set sells its parts, and the part of a set is sold once.

A `part` counts what open holds took of it: of the sets that need it, and of the offer that it is by itself. `offer_part` says what
one unit of an offer takes. A hold keeps what its offer was made of when it was taken, and gives exactly that back: a feed may change
a set while somebody pays for it.

Locked after `stock`, in id order. Whoever holds an offer's stock row keeps the feed from changing what it is made of.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marketplace.kernel.database import connection, execute, fetch, fetch_value

_OF_CART = "FROM hold h{} WHERE h.cart = {} AND h.kind = 'reservation' AND h.ended_at IS NULL AND"

#: asked once a statement: whether any supplier of the merchant in scope has sets
_SELLS_SETS = """(SELECT EXISTS (
    SELECT 1 FROM agreement sa CROSS JOIN LATERAL (SELECT 1 FROM offer_part sp WHERE sp.supplier = sa.supplier LIMIT 1) has_sets
     WHERE sa.merchant = current_setting('app.tenant_id')::bigint))"""


#: somebody says how many there are of the part: where nobody does, a set is sold by its own number
STATED = "(po.id IS NULL OR po.sells_up_to > 0 OR po.quantity IS NOT NULL OR po.availability IS NOT NULL)"


def suffice(besides: str = "0") -> str:
    """SQL: how many units of the offer `o` its parts suffice for, NULL without parts or when nobody says how many
    there are of any. `besides` are units of the part `p` to add."""
    return f"""(
    SELECT min(floor((coalesce(po.sells_up_to, op.sells_up_to) - p.taken + {besides})::numeric / op.units))
      FROM offer_part op JOIN part p ON p.id = op.part LEFT JOIN offer po ON po.id = op.part_offer
     WHERE op.offer = o.id AND {STATED})"""


def besides_of(cart: str) -> str:
    """SQL: units of the part `p` that the cart of this placeholder reserves."""
    took = " CROSS JOIN LATERAL unnest(h.parts, h.part_units) AS took (part, units)"
    return (
        f"coalesce((SELECT sum(h.quantity * took.units) {_OF_CART.format(took, cart)} took.part = p.id), 0)"
    )


def taken(cart: str | None = None, *, many: bool = False) -> str:
    """SQL: units of the offer `o`, with the stock row `s` or none, that are gone: held and sold, or more when its parts suffice for
    less. What the cart of this placeholder reserves itself, of the offer or of its parts, is not gone. `many`: of very many offers,
    in a merchant's scope; one whose suppliers have no sets looks up none of them."""
    own = besides = "0"
    if cart is not None:
        own = f"coalesce((SELECT sum(h.quantity) {_OF_CART.format('', cart)} h.offer = o.id), 0)"
        besides = besides_of(cart)
    left = suffice(besides)
    if many:
        left = f"CASE WHEN {_SELLS_SETS} THEN {left} END"
    return f"GREATEST(coalesce(s.held + s.committed, 0) - {own}, o.sells_up_to - {left})::bigint"


#: the columns `parts`, `part_units` of a new hold on the offer `o`
MADE_OF = ", ".join(
    f"(SELECT array_agg(op.{column} ORDER BY op.part) FROM offer_part op WHERE op.offer = o.id)"
    for column in ("part", "units")
)

_CONCERNED = """
SELECT part FROM offer_part WHERE offer = ANY($1)
 UNION SELECT unnest(h.parts) FROM hold h
        WHERE h.parts IS NOT NULL AND h.ended_at IS NULL AND (h.cart = $2 OR h.order_line = ANY($3))"""

#: the buffer is in units of the offer that is sold, as if the feed had just been read
_GIVE = f"""
UPDATE part p SET taken = p.taken + m.units * $2::bigint
  FROM offer_part m
  JOIN agreement a ON a.supplier = m.supplier AND a.merchant = current_setting('app.tenant_id')::bigint
  LEFT JOIN offer po ON po.id = m.part_offer
 WHERE m.offer = $1 AND p.id = m.part
   AND (NOT {STATED} OR coalesce(po.sells_up_to, m.sells_up_to) - p.taken
                         >= m.units::numeric * ($2::bigint + GREATEST($3::bigint, a.safety_stock)))"""


async def lock_parts(offers: Iterable[int], *, cart: int | None = None, lines: Iterable[int] = ()) -> None:
    """Wait for, and keep, the parts of `offers` and those that the open holds of a cart or of order lines took. Their stock rows are
    locked already."""
    await _lock([row["part"] for row in await fetch(_CONCERNED, list(offers), cart, list(lines))])


async def _lock(parts: Sequence[int]) -> None:
    if parts:
        await fetch("SELECT id FROM part WHERE id = ANY($1) ORDER BY id FOR UPDATE", parts)


class _TooFew(Exception):
    """Undoes what was taken of the parts before the one that fell short."""


async def give_parts(offer: int, units: int, buffer: int) -> bool:
    """Take the parts of `units` of the offer for the merchant in scope: of each of them, or of none when one does not suffice."""
    kinds = await fetch_value("SELECT count(*) FROM offer_part WHERE offer = $1", offer)
    if not kinds:
        return True
    try:
        async with connection().transaction():
            if await execute(_GIVE, offer, units, buffer) != kinds:
                raise _TooFew
    except _TooFew:
        return False
    return True


async def add_parts(offer: int, units: int) -> None:
    """Take the parts of `units` that were the caller's a moment ago, unasked."""
    await execute(
        "UPDATE part p SET taken = p.taken + m.units * $2::bigint FROM offer_part m WHERE m.offer = $1 AND p.id = m.part",
        offer,
        units,
    )


async def return_parts(ended: Sequence[Mapping[str, Any]]) -> None:
    """Give back what holds took that just ended: rows of `parts`, `part_units` and the `quantity` that ended."""
    units: dict[int, int] = {}
    for row in ended:
        for part, each in zip(row["parts"] or (), row["part_units"] or (), strict=True):
            units[part] = units.get(part, 0) + each * row["quantity"]
    if not units:
        return
    await _lock(list(units))
    await execute(
        "UPDATE part p SET taken = p.taken - u.units FROM unnest($1::bigint[], $2::bigint[]) AS u (part, units) WHERE p.id = u.part",
        list(units),
        list(units.values()),
    )


async def charge_open_holds(offers: Sequence[int]) -> None:
    """Open holds that were taken while their offers had no parts take those they have now: what was sold before still comes off
    the parts. The offers' stock rows are locked. In the supplier's scope."""
    rows = await fetch(
        "SELECT o.id, sum(h.quantity)::bigint AS units FROM hold h JOIN offer o ON o.id = h.offer"
        " WHERE h.offer = ANY($1) AND h.ended_at IS NULL AND h.parts IS NULL"
        " AND EXISTS (SELECT 1 FROM offer_part op WHERE op.offer = o.id) GROUP BY o.id ORDER BY o.id",
        list(offers),
    )
    if not rows:
        return
    sold = [row["id"] for row in rows]
    await lock_parts(sold)
    for row in rows:
        await add_parts(row["id"], row["units"])
    await execute(
        "UPDATE hold h SET (parts, part_units) = (SELECT array_agg(op.part ORDER BY op.part), array_agg(op.units ORDER BY op.part)"
        " FROM offer_part op WHERE op.offer = h.offer) WHERE h.offer = ANY($1) AND h.ended_at IS NULL AND h.parts IS NULL",
        sold,
    )
