"""Clocks nobody kept: an answer that is missing, goods that did not leave, a parcel that should be there. Runs by the clock.

Each is raised once: an event and a row on the timeline, for both parties.
"""

from datetime import timedelta

from marketplace.fulfilment.policy import read_policy
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as, platform_scope

_UNANSWERED = (
    "SELECT id, merchant, supplier FROM supplier_order WHERE state IN ('sent', 'acknowledged') AND ack_by < $1"
    " AND alerted_at IS NULL ORDER BY id LIMIT 500"
)
_LATE = (
    "SELECT id, merchant, supplier FROM supplier_order WHERE state IN ('answered', 'partly_shipped') AND ship_by < $1"
    " AND late_at IS NULL ORDER BY id LIMIT 500"
)


async def watch_clocks() -> int:
    """Raise what is overdue and was not raised. Answers how many."""
    raised = await _raise(_UNANSWERED, "alerted_at", "unanswered")
    raised += await _raise(_LATE, "late_at", "late")
    return raised + await _raise_parcels()


async def _raise(query: str, stamp: str, what: str) -> int:
    async with platform_scope(f"supplier orders that are {what}"):
        due = await fetch(query, now())
    for row in due:
        async with acting_as(row["merchant"]):
            fresh = await execute(
                f"UPDATE supplier_order SET {stamp} = $2 WHERE id = $1 AND {stamp} IS NULL", row["id"], now()
            )
            if fresh:
                await note_supplier_order(row["id"], what)
                await emit(
                    f"supplier_order.{what}",
                    merchant=row["merchant"],
                    supplier=row["supplier"],
                    supplier_order=row["id"],
                )
    return len(due)


async def _raise_parcels() -> int:
    """The withdrawal clock and the shopper hang on a delivery nobody confirmed: the merchant looks after it."""
    async with platform_scope("parcels on their way"):
        merchants = await fetch(
            "SELECT DISTINCT merchant FROM shipment WHERE state IN ('announced', 'in_transit') AND alerted_at IS NULL"
        )
    raised = 0
    for row in merchants:
        async with acting_as(row["merchant"]):
            policy = await read_policy(row["merchant"])
            overdue = await fetch(
                "UPDATE shipment SET alerted_at = $1 WHERE merchant = $3 AND state IN ('announced', 'in_transit')"
                " AND alerted_at IS NULL AND shipped_at < $2 RETURNING id, supplier",
                now(),
                now() - timedelta(days=policy.parcel_overdue_days),
                row["merchant"],
            )
            for parcel in sorted(overdue, key=lambda p: p["id"]):
                await emit(
                    "shipment.overdue",
                    merchant=row["merchant"],
                    supplier=parcel["supplier"],
                    shipment=parcel["id"],
                )
            raised += len(overdue)
    return raised
