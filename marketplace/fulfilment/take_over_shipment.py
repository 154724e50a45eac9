"""A parcel left, arrived or was lost: the merchant's order follows, and the shopper is told once a parcel."""

from typing import Any

from marketplace.fulfilment.take_over import take_over
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order
from marketplace.ordering.timeline import note
from tenants.scope import acting_as

_TOLD = {"announced": "shipped", "in_transit": "shipped", "delivered": "delivered", "lost": "lost",
         "returned_to_sender": "returned_to_sender", "voided": "shipment_voided"}  # fmt: skip


async def take_over_shipment(merchant: int, shipment: int) -> None:
    """Acting as the merchant; may run twice. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT s.id, s.number, s.state, s.carrier, s.tracking_number, so.order_id, so.purpose FROM shipment s"
            " JOIN supplier_order so ON so.id = s.supplier_order WHERE s.id = $1",
            shipment,
        )
        if row is None:
            raise NotFound(f"shipment {shipment}")
        await lock_order(row["order_id"])
        fresh = await _tell_once(merchant, row)
        await take_over(merchant, row["order_id"])
        if fresh == "shipped":
            await emit("order.shipped", merchant=merchant, order=row["order_id"], shipment=shipment)
        elif fresh == "delivered":
            await emit("order.delivered", merchant=merchant, order=row["order_id"], shipment=shipment)
        elif fresh in ("lost", "returned_to_sender"):
            await emit("shipment.lost", merchant=merchant, order=row["order_id"], shipment=shipment)


async def _tell_once(merchant: int, row: dict[str, Any]) -> str | None:
    """The timeline's row for the parcel's state; None when it has it. A parcel that arrives unannounced has left, too."""
    what = _TOLD[row["state"]]
    if await _said(row["order_id"], what, row["id"]):
        return None
    await note(
        merchant,
        row["order_id"],
        what,
        who="supplier",
        shopper_sees=what != "shipment_voided",
        shipment=row["id"],
        carrier=row["carrier"],
        tracking_number=row["tracking_number"],
    )
    return what


async def _said(order: int, what: str, shipment: int) -> bool:
    return bool(
        await fetch_value(
            'SELECT EXISTS (SELECT 1 FROM order_transition WHERE "order" = $1 AND what = $2'
            " AND (detail->>'shipment')::bigint = $3)",
            order,
            what,
            shipment,
        )
    )
