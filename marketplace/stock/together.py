"""Whether offers can be had together: a set and its part, or two sets with a part in common, may each be there and not both.

For what a page says before anybody takes anything; the guard decides.
"""

from collections.abc import Sequence

from marketplace.kernel.database import fetch
from marketplace.stock.guard import Want
from marketplace.stock.parts import STATED, besides_of

_PARTS = f"""
SELECT op.offer, op.part, op.units, coalesce(po.sells_up_to, op.sells_up_to) - p.taken + {besides_of("$2")} AS left_of_it
  FROM offer_part op JOIN part p ON p.id = op.part LEFT JOIN offer po ON po.id = op.part_offer
 WHERE op.offer = ANY($1) AND {STATED} ORDER BY op.offer, op.part"""


async def short_together(wants: Sequence[Want], cart: int | None) -> dict[int, int]:
    """Offers of `wants` that the parts do not suffice for once those of smaller id were served, with the units they suffice for. In a
    merchant's scope; what `cart` reserves counts as there."""
    made_of: dict[int, list[tuple[int, int]]] = {}
    left: dict[int, int] = {}
    for row in await fetch(_PARTS, [want.offer for want in wants], cart):
        made_of.setdefault(row["offer"], []).append((row["part"], row["units"]))
        left[row["part"]] = int(row["left_of_it"])
    short: dict[int, int] = {}
    for want in sorted(wants, key=lambda want: want.offer):
        parts = made_of.get(want.offer, [])
        could = min((left[part] // units for part, units in parts), default=want.quantity + want.buffer)
        if could - want.buffer < want.quantity:
            short[want.offer] = max(0, could - want.buffer)
        for part, units in parts:
            left[part] -= units * min(want.quantity, short.get(want.offer, want.quantity))
    return short
