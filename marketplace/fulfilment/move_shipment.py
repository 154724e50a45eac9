"""A parcel moves along: by its carrier, its supplier, its merchant, or the shopper who has it. Either party's scope will do."""

from datetime import datetime

from marketplace.fulfilment.states import SHIPMENT, Shipment
from marketplace.fulfilment.supplier_progress import lock_supplier_order, recount_parcels, supplier_progress
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import NotFound, Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def move_shipment(
    tenant: int,
    shipment: int,
    to: Shipment,
    *,
    source: str,
    who: str = "system",
    note: str | None = None,
    at: datetime | None = None,
) -> bool:
    """Move the parcel, acting as its merchant or its supplier. `source`: carrier, supplier, shopper, merchant, time_out.

    False when it is there already. Raises NotFound, Stale when there is no way from where it is.
    """
    async with acting_as(tenant):
        row = await fetch_one(
            "SELECT merchant, supplier, supplier_order FROM shipment WHERE id = $1", shipment
        )
        if row is None:
            raise NotFound(f"shipment {shipment}")
        await lock_supplier_order(row["supplier_order"])
        state = await fetch_one("SELECT state FROM shipment WHERE id = $1", shipment)
        assert state is not None
        if state["state"] == to:
            return False
        if not SHIPMENT.can(state["state"], to):
            raise Stale(f"a parcel that is {state['state']} cannot become {to}")
        moment = at or now()
        was = await move(SHIPMENT, "shipment", shipment, to)
        if to is Shipment.DELIVERED:
            await execute("UPDATE shipment SET delivered_at = $2 WHERE id = $1", shipment, moment)
        await execute(
            "INSERT INTO tracking_event (merchant, supplier, shipment, at, was, now, source, who, note)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            row["merchant"],
            row["supplier"],
            shipment,
            moment,
            was.value,
            to.value,
            source,
            who,
            note,
        )
        await recount_parcels(row["supplier_order"])
        await supplier_progress(row["supplier_order"], who=who)
        await emit("shipment.moved", merchant=row["merchant"], supplier=row["supplier"], shipment=shipment)
        return True


async def mark_delivered(
    tenant: int, shipment: int, *, source: str, who: str = "system", at: datetime | None = None
) -> bool:
    """It is there. See `move_shipment`."""
    return await move_shipment(tenant, shipment, Shipment.DELIVERED, source=source, who=who, at=at)
