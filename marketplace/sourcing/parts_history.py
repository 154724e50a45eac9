"""What the parts of a set left of it at a minute of the past: how many there were, by their own trails, less what open holds took of them
then. Holds keep what they took of each part; what a set is made of is read as it is now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch
from marketplace.sourcing.offer_history import state_at, trail_of

_MADE_OF = """
SELECT op.part, op.units, op.sells_up_to, to_jsonb(po) AS part_offer FROM offer_part op LEFT JOIN offer po ON po.id = op.part_offer
 WHERE op.offer = $1"""

#: units of each part that holds of those who draw on it had taken, as far as the tenant may see them
_TAKEN = """
SELECT took.part, sum(h.quantity * took.units)::bigint AS units
  FROM hold h CROSS JOIN LATERAL unnest(h.parts, h.part_units) AS took (part, units)
 WHERE h.offer IN (SELECT offer FROM offer_part WHERE part = ANY($1)) AND took.part = ANY($1)
   AND h.created_at <= $2 AND (h.ended_at IS NULL OR h.ended_at > $2) GROUP BY 1"""


async def sufficed(offer: int, at: datetime) -> int | None:
    """Units of the offer that its parts sufficed for at `at`, in the open scope. None without parts, or where nobody said how many there
    were of any. Negative when more was sold than there was."""
    parts = await fetch(_MADE_OF, offer)
    if not parts:
        return None
    rows = await fetch(_TAKEN, [part["part"] for part in parts], at)
    taken = {row["part"]: row["units"] for row in rows}
    left = [((await _there_were(part, at)), taken.get(part["part"], 0), part["units"]) for part in parts]
    known = [(there - gone) // units for there, gone, units in left if there is not None]
    return min(known, default=None)


async def _there_were(part: dict[str, Any], at: datetime) -> int | None:
    """Of a part that is no offer, what its set's file says."""
    if part["part_offer"] is None:
        return int(part["sells_up_to"])
    offer = json.loads(part["part_offer"])
    then = state_at(offer, await trail_of(offer["id"]), at)
    stated = then["sells_up_to"] or then["quantity"] is not None or then["availability"] is not None
    return int(then["sells_up_to"] or 0) if stated else None
