"""To the shopper: the merchant has written about a complaint."""

from marketplace.notices.claim_facts import read_claim, read_message
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def claim_answered(merchant: int, claim: int, message: int) -> None:
    """Written once a message. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_claim(claim)
        said = await read_message(message)
        await tell_shopper(
            merchant,
            row["order"],
            "claim_answered",
            once=message,
            about=f"claim:{claim}",
            path=f"/claims/{claim}",
            claim=row,
            text=said["body"],
            who=said["author_name"],
            asks=row["state"] == "awaiting_shopper",
        )
