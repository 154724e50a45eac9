"""“We have it”: the supplier received the order. It has not answered yet."""

from marketplace.fulfilment.states import SUPPLIER_ORDER, SupplierOrder
from marketplace.fulfilment.supplier_progress import lock_supplier_order
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.errors import Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

UNSENT = (SupplierOrder.DRAFTED, SupplierOrder.HELD)


async def acknowledge(supplier: int, supplier_order: int, *, who: str) -> None:
    """Say so once; afterwards it says nothing new. Raises NotFound, Stale when it was cancelled."""
    async with acting_as(supplier):
        row = await lock_supplier_order(supplier_order)
        refuse_unsent(row["state"])
        if row["state"] == SupplierOrder.CANCELLED:
            raise Stale(f"supplier order {supplier_order} was cancelled")
        if row["state"] != SupplierOrder.SENT:
            return
        await move(
            SUPPLIER_ORDER,
            "supplier_order",
            supplier_order,
            SupplierOrder.ACKNOWLEDGED,
            acknowledged_at=now(),
        )
        await note_supplier_order(supplier_order, "acknowledged", was="sent", now_="acknowledged", who=who)
        await emit(
            "supplier_order.acknowledged",
            merchant=row["merchant"],
            supplier=supplier,
            supplier_order=supplier_order,
        )


def refuse_unsent(state: str) -> None:
    """What was not sent to the supplier is not there for it. Raises Stale."""
    if state in UNSENT:
        raise Stale("this order was not sent yet")
