"""To the shopper: a withdrawal is refused, with its legal reason."""

from marketplace.notices.claim_facts import read_withdrawal
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def withdrawal_refused(merchant: int, withdrawal: int) -> None:
    """To the address of the declaration. Written once. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_withdrawal(withdrawal)
        await tell_shopper(
            merchant,
            row["order"],
            "withdrawal_refused",
            once=withdrawal,
            about=f"withdrawal:{withdrawal}",
            path="/withdrawal",
            to=row["email"],
            withdrawal=row,
        )
