"""To the shopper: the signed link to the order page again."""

from datetime import datetime

from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def order_link(merchant: int, order: int, asked_at: datetime | str) -> None:
    """Written once a request, told apart by its moment. Raises NotFound."""
    async with acting_as(merchant):
        await tell_shopper(merchant, order, "order_link", once=f"{order}.{asked_at}")
