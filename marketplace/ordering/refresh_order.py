"""Somebody else changed a quantity of an order (goods came back): its header follows."""

from marketplace.ordering.progress import lock_order, progress
from tenants.scope import acting_as


async def refresh_order(merchant: int, order: int) -> None:
    """Derive the state anew. May run twice."""
    async with acting_as(merchant):
        await lock_order(order)
        await progress(merchant, order)
