"""To the shopper: a parcel has left, with its tracking number. From the merchant; the supplier is not named."""

from typing import Any

from marketplace.fulfilment.carriers import carrier_name
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.notices.order_facts import Item, address_of, item, read_lines, read_order
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as

_SHIPMENT = """
SELECT s.*, so.order_id FROM shipment s JOIN supplier_order so ON so.id = s.supplier_order WHERE s.id = $1
"""
_IN_IT = """
SELECT l.order_line, sum(sl.quantity)::bigint / l.pack_quantity AS units
  FROM shipment_line sl JOIN supplier_order_line l ON l.id = sl.supplier_order_line
 WHERE sl.shipment = $1 GROUP BY l.order_line, l.pack_quantity
"""


async def order_shipped(merchant: int, shipment: int) -> None:
    """Written once a shipment. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(_SHIPMENT, shipment)
        if row is None:
            raise NotFound(f"shipment {shipment}")
        lines = await read_lines(row["order_id"])
        await tell_shopper(
            merchant,
            row["order_id"],
            "order_shipped",
            once=shipment,
            shipment=row,
            carrier=carrier_name(row["carrier"]),
            items=await _in_it(shipment, lines),
            rest=[item(line, left) for line in lines if (left := _still_to_come(line)) > 0],
            address=address_of(await read_order(row["order_id"])),
        )


async def _in_it(shipment: int, lines: list[dict[str, Any]]) -> list[Item]:
    units = {r["order_line"]: r["units"] for r in await fetch(_IN_IT, shipment)}
    return [item(line, max(1, units[line["id"]])) for line in lines if line["id"] in units]


def _still_to_come(line: dict[str, Any]) -> int:
    return int(line["ordered"] - line["cancelled"] - line["shipped"])
