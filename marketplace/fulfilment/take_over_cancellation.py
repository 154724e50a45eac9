"""The supplier's word on a cancellation reaches the shopper's order."""

from marketplace.fulfilment.take_over import take_over
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order
from marketplace.ordering.timeline import note
from tenants.scope import acting_as


async def take_over_cancellation(merchant: int, supplier_order: int, *, granted: bool) -> None:
    """Acting as the merchant; may run twice. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one("SELECT order_id, number FROM supplier_order WHERE id = $1", supplier_order)
        if row is None:
            raise NotFound(f"supplier order {supplier_order}")
        await lock_order(row["order_id"])
        if not granted:
            await note(merchant, row["order_id"], "cancellation_denied", who="supplier", number=row["number"])
            await emit("order.cancellation_denied", merchant=merchant, order=row["order_id"])
        await take_over(merchant, row["order_id"])
