"""To the merchant's people: a shopper withdraws, or a withdrawal can be paid back."""

from marketplace.notices.addresses import dashboard_url
from marketplace.notices.claim_facts import items_of_withdrawal, read_withdrawal
from marketplace.notices.order_facts import read_order
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def withdrawal_to_settle(merchant: int, withdrawal: int, *, new: bool) -> None:
    """Written once each. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_withdrawal(withdrawal)
        reader = await tenant_as_reader(merchant)
        await tell_people(
            merchant,
            "withdrawal_to_settle",
            permission="claims",
            once=f"{withdrawal}.{'declared' if new else 'due'}",
            about=f"withdrawal:{withdrawal}",
            withdrawal=row,
            order=await read_order(row["order"]),
            items=await items_of_withdrawal(row),
            new=new,
            url=dashboard_url(reader.slug, f"/withdrawals/{withdrawal}"),
        )
