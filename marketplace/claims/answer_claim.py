"""The merchant writes to the shopper about a complaint; asking for a photo or a detail hands the turn over."""

from marketplace.claims.find import find_claim
from marketplace.claims.states import CLAIM, Claim
from marketplace.claims.thread import said_just_now, say, words
from marketplace.claims.timeline import note_step
from marketplace.kernel.database import execute
from marketplace.kernel.errors import Refused
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def answer_claim(merchant: int, claim: int, *, text: str, by: str, asks: bool = False) -> int:
    """Answers the message's id. `asks`: the complaint waits for the shopper, and the merchant's clock stops.

    Raises NotFound, Refused (empty, too long, closed).
    """
    async with acting_as(merchant):
        row = await find_claim(claim, lock=True)
        body = words(text)
        if row["state"] not in (Claim.OPEN, Claim.AWAITING_SHOPPER, Claim.AWAITING_RETURN):
            raise Refused("This complaint is closed.", field="text")
        if known := await said_just_now(claim, "merchant", body):
            return known
        message = await say(merchant, claim, audience="shopper", author="merchant", author_name=by, body=body)
        if asks and row["state"] == Claim.OPEN:
            was = await move(CLAIM, "claim", claim, Claim.AWAITING_SHOPPER, answer_by=None)
            await note_step(merchant, claim, "asked", who=by, was=was, now=Claim.AWAITING_SHOPPER)
        else:
            await execute("UPDATE claim SET answer_by = NULL, alerted_at = NULL WHERE id = $1", claim)
            await note_step(merchant, claim, "answered", who=by)
        await emit("claim.answered", merchant=merchant, claim=claim, message=message)
        return message
