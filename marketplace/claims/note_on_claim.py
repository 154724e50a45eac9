"""A note among the merchant's own people; neither the shopper nor a supplier reads it."""

from marketplace.claims.find import find_claim
from marketplace.claims.thread import say, words
from tenants.scope import acting_as


async def note_on_claim(merchant: int, claim: int, *, text: str, by: str) -> int:
    """Answers the message's id. Raises NotFound, Refused."""
    async with acting_as(merchant):
        await find_claim(claim)
        body = words(text)
        return await say(merchant, claim, audience="staff", author="merchant", author_name=by, body=body)
