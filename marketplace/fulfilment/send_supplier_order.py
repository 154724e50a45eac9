"""An order goes to its supplier, over every channel, once: intent, the sending with no transaction open, the result."""

from marketplace.fulfilment.channels import ALWAYS, ChannelFailed, DispatchAttempt, channel
from marketplace.fulfilment.clocks import clock_of
from marketplace.fulfilment.states import SUPPLIER_ORDER, SupplierOrder
from marketplace.fulfilment.supplier_progress import lock_supplier_order
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.timeline import note
from tenants.scope import acting_as

_UNSENT = (SupplierOrder.DRAFTED, SupplierOrder.HELD)


async def send_supplier_order(merchant: int, supplier_order: int) -> bool:
    """Send what is drafted or held; False when it was sent before, or cancelled. Raises NotFound, ChannelFailed."""
    async with acting_as(merchant):
        row = await lock_supplier_order(supplier_order)
        if row["state"] not in _UNSENT:
            return False
        attempts = await _intend(row["merchant"], row["supplier"], supplier_order)
    for attempt in attempts:
        try:
            await channel(attempt.channel)(attempt)
        except ChannelFailed as failure:
            async with acting_as(merchant):
                await execute(
                    "UPDATE dispatch_attempt SET error = $2 WHERE id = $1", attempt.id, str(failure)
                )
            raise
    async with acting_as(merchant):
        return await _sent(merchant, supplier_order, [a.id for a in attempts])


async def _intend(merchant: int, supplier: int, supplier_order: int) -> list[DispatchAttempt]:
    """The attempts that are not done, made when there are none: the key says what is sent, not how often."""
    for name in ALWAYS:
        await execute(
            "INSERT INTO dispatch_attempt (merchant, supplier_order, channel, key, state, created_at)"
            " VALUES ($1, $2, $3, $4, 'sent', $5) ON CONFLICT (key) DO NOTHING",
            merchant,
            supplier_order,
            name,
            f"supplier_order.{supplier_order}.{name}",
            now(),
        )
    rows = await fetch(
        "SELECT id, merchant, supplier_order, channel, key FROM dispatch_attempt"
        " WHERE supplier_order = $1 AND state <> 'done' ORDER BY id",
        supplier_order,
    )
    return [DispatchAttempt(**row, supplier=supplier) for row in rows]


async def _sent(merchant: int, supplier_order: int, attempts: list[int]) -> bool:
    row = await lock_supplier_order(supplier_order)
    await execute(
        "UPDATE dispatch_attempt SET state = 'done', ended_at = $2, error = NULL WHERE id = ANY($1)",
        attempts,
        now(),
    )
    if row["state"] not in _UNSENT:
        return False
    clock = await clock_of(row["agreement"])
    lead = await fetch_value(
        "SELECT max(o.lead_days) FROM supplier_order_line l JOIN offer o ON o.id = l.offer WHERE l.supplier_order = $1",
        supplier_order,
    )
    at = now()
    was = await move(
        SUPPLIER_ORDER,
        "supplier_order",
        supplier_order,
        SupplierOrder.SENT,
        sent_at=at,
        ack_by=clock.ack_by(at),
        ship_by=clock.ship_by(at, lead),
        hold_until=None,
    )
    await note_supplier_order(supplier_order, "sent", was=was.value, now_="sent", channels=list(ALWAYS))
    await note(
        merchant, row["order_id"], "sent_to_supplier", supplier_order=supplier_order, number=row["number"]
    )
    await emit(
        "supplier_order.sent", merchant=merchant, supplier=row["supplier"], supplier_order=supplier_order
    )
    return True
