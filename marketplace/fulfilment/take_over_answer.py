"""A supplier answered, or granted a cancellation: the merchant's order follows."""

from marketplace.fulfilment.take_over import take_over
from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


async def take_over_answer(merchant: int, supplier_order: int) -> None:
    """Acting as the merchant; may run twice. Raises NotFound."""
    async with acting_as(merchant):
        order = await fetch_value("SELECT order_id FROM supplier_order WHERE id = $1", supplier_order)
        if order is None:
            raise NotFound(f"supplier order {supplier_order}")
        await take_over(merchant, order)
