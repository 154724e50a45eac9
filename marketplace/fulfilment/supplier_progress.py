"""The header of an order to a supplier follows its lines: quantities first, then this, in the same transaction."""

from typing import Any

from marketplace.fulfilment.derive import SupplierLineQuantities, answered_state
from marketplace.fulfilment.states import SUPPLIER_ORDER, SupplierOrder
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.money import minor_from_e4
from marketplace.kernel.moves import move

_STAMPS = {
    SupplierOrder.ANSWERED: "answered_at",
    SupplierOrder.REFUSED: "answered_at",
    SupplierOrder.SHIPPED: "shipped_at",
    SupplierOrder.COMPLETED: "completed_at",
}
_RECOUNT = """
UPDATE supplier_order_line l SET shipped = f.shipped, delivered = f.delivered, lost = f.lost
  FROM (SELECT line.id,
               coalesce(sum(sl.quantity) FILTER (WHERE s.state <> 'voided'), 0) AS shipped,
               coalesce(sum(sl.quantity) FILTER (WHERE s.state = 'delivered'), 0) AS delivered,
               coalesce(sum(sl.quantity) FILTER (WHERE s.state IN ('lost', 'returned_to_sender')), 0) AS lost
          FROM supplier_order_line line
          LEFT JOIN shipment_line sl ON sl.supplier_order_line = line.id
          LEFT JOIN shipment s ON s.id = sl.shipment
         WHERE line.supplier_order = $1 GROUP BY line.id) f
 WHERE l.id = f.id
"""


async def lock_supplier_order(supplier_order: int) -> dict[str, Any]:
    """Either party's door to it: the row, kept until the transaction ends. Raises NotFound for a stranger's."""
    row = await fetch_one("SELECT * FROM supplier_order WHERE id = $1 FOR NO KEY UPDATE", supplier_order)
    if row is None:
        raise NotFound(f"supplier order {supplier_order}")
    return row


async def read_lines(supplier_order: int) -> list[dict[str, Any]]:
    return await fetch(
        "SELECT * FROM supplier_order_line WHERE supplier_order = $1 ORDER BY position, id", supplier_order
    )


async def recount_parcels(supplier_order: int) -> None:
    """What left, arrived and was lost, from the parcels."""
    await execute(_RECOUNT, supplier_order)


async def supplier_progress(
    supplier_order: int, *, who: str = "system", why: str | None = None
) -> SupplierOrder:
    """Derive the state from the lines and move there; bring the amounts in line with what is still live."""
    lines = await read_lines(supplier_order)
    row = await fetch_one("SELECT state, currency FROM supplier_order WHERE id = $1", supplier_order)
    assert row is not None
    was = SupplierOrder(row["state"])
    await _reprice(supplier_order, lines, row["currency"])
    derived = answered_state(_quantities(line) for line in lines)
    if derived is None or derived is was or not SUPPLIER_ORDER.can(was, derived):
        return was
    await move(SUPPLIER_ORDER, "supplier_order", supplier_order, derived, was=was)
    if stamp := _STAMPS.get(derived):
        await execute(f"UPDATE supplier_order SET {stamp} = $2 WHERE id = $1", supplier_order, now())
    await note_supplier_order(supplier_order, "state", was=was.value, now_=derived.value, who=who, why=why)
    return derived


def _quantities(line: dict[str, Any]) -> SupplierLineQuantities:
    return SupplierLineQuantities(**{f: line[f] for f in SupplierLineQuantities.__struct_fields__})


async def _reprice(supplier_order: int, lines: list[dict[str, Any]], currency: str) -> None:
    """Goods are what is neither refused nor cancelled; freight and fee stay, unless nothing is left."""
    live = [(line, line["ordered"] - line["refused"] - line["cancelled"]) for line in lines]
    goods = sum(minor_from_e4(line["unit_cost_e4"] * units, currency) for line, units in live)
    keep = 1 if any(units for _, units in live) else 0
    await execute(
        "UPDATE supplier_order SET goods = $2, freight = freight * $3, fee = fee * $3, total = $2 + (freight + fee) * $3"
        " WHERE id = $1",
        supplier_order,
        goods,
        keep,
    )
