"""Which supplier orders served a complaint's lines, and how many of the complained units came from each."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel.database import fetch

_SERVING = """
SELECT l.id, l.order_line, l.supplier_order, l.supplier, l.sku, l.title, l.pack_quantity, l.unit_cost_e4,
       l.ordered, l.accepted, l.shipped, l.delivered, so.number, so.currency, so.freight, so.agreement, so.purpose,
       card.name AS supplier_name
  FROM supplier_order_line l
  JOIN supplier_order so ON so.id = l.supplier_order
  LEFT JOIN tenant_card card ON card.tenant = l.supplier
 WHERE l.order_line = ANY($1) AND l.accepted > 0
 ORDER BY l.order_line, l.id DESC
"""


@dataclass(frozen=True)
class Served:
    """`units` of the order line, out of this supplier order line (`pack_quantity` of its units each)."""

    row: dict[str, Any]
    units: int


async def served_by(lines: dict[int, int]) -> list[Served]:
    """Spread each order line's complained units over the supplier orders that took them, the latest first: a replacement
    that is complained about is its own supplier's matter. In the merchant's open scope."""
    left = dict(lines)
    found = []
    for row in await fetch(_SERVING, sorted(lines)):
        units = min(left[row["order_line"]], row["accepted"] // row["pack_quantity"])
        if units > 0:
            left[row["order_line"]] -= units
            found.append(Served(row, units))
    return found
