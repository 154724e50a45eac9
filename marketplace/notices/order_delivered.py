"""To the shopper: the last parcel arrived; what to do if it did not, and until when the order can be withdrawn from."""

from marketplace.claims.withdrawable import read_withdrawable
from marketplace.notices.order_facts import item, read_lines
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def order_delivered(merchant: int, order: int) -> None:
    """Written once an order. Raises NotFound."""
    async with acting_as(merchant):
        may = await read_withdrawable(order)
        lines = await read_lines(order)
        await tell_shopper(
            merchant,
            order,
            "order_delivered",
            once=order,
            items=[item(line, line["delivered"]) for line in lines if line["delivered"]],
            withdraw_until=may.until if may.possible else None,
        )
