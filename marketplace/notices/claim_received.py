"""A complaint was filed: its receipt to the shopper, and the alarm to the merchant's people."""

from marketplace.claims.words import cause_word, wish_word
from marketplace.notices.claim_facts import items_of, read_claim, read_message
from marketplace.notices.claim_to_answer import claim_to_answer
from marketplace.notices.order_facts import read_order
from marketplace.notices.tell_shopper import tell_shopper
from tenants.scope import acting_as


async def claim_received(merchant: int, claim: int, message: int) -> None:
    """Written once a complaint. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_claim(claim)
        locale = (await read_order(row["order"]))["locale"]
        await tell_shopper(
            merchant,
            row["order"],
            "claim_received",
            once=claim,
            about=f"claim:{claim}",
            path=f"/claims/{claim}",
            claim=row,
            cause=cause_word(row["cause"], locale),
            wish=wish_word(row["wish"], locale),
            items=await items_of(claim),
            text=(await read_message(message))["body"],
            photos=row["photos"],
        )
        await claim_to_answer(merchant, claim, message, new=True)
