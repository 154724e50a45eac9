"""To the merchant's people: a shopper reports a problem, or has answered."""

from marketplace.claims.words import cause_word, wish_word
from marketplace.notices.addresses import dashboard_url
from marketplace.notices.claim_facts import read_claim, read_message
from marketplace.notices.order_facts import read_order
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def claim_to_answer(merchant: int, claim: int, message: int, *, new: bool) -> None:
    """Written once a message. Raises NotFound."""
    async with acting_as(merchant):
        row = await read_claim(claim)
        reader = await tenant_as_reader(merchant)
        await tell_people(
            merchant,
            "claim_to_answer",
            permission="claims",
            once=message,
            about=f"claim:{claim}",
            claim=row,
            order=await read_order(row["order"]),
            cause=cause_word(row["cause"], reader.locale),
            wish=wish_word(row["wish"], reader.locale),
            text=(await read_message(message))["body"],
            photos=row["photos"],
            new=new,
            url=dashboard_url(reader.slug, f"/claims/{claim}"),
        )
