"""The shopper writes on, from the order's signed link: an answer, a photo that was asked for, or a no to a rejection."""

from collections.abc import Sequence

from marketplace.claims.clocks import answer_by
from marketplace.claims.find import find_claim
from marketplace.claims.photos import SentPhoto, attach, make_ours
from marketplace.claims.states import CLAIM, Claim
from marketplace.claims.thread import said_just_now, say, words
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.kernel.errors import Refused
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def reply_to_claim(
    merchant: int, order: int, claim: int, *, text: str, author: str, photos: Sequence[SentPhoto] = ()
) -> int:
    """Answers the message's id; the merchant's clock starts again. A reply to a rejection opens the complaint again.

    `order` is the one the link is bound to: its complaints, and no other, can be replied to. Raises NotFound, Refused
    (empty, too long, a bad photo, settled).
    """
    async with acting_as(merchant):
        await find_claim(claim, order=order)
    ours = await make_ours(photos)  # takes its time: with no transaction open
    body = words(text, least=0 if ours else 1)
    async with acting_as(merchant):
        row = await find_claim(claim, order=order, lock=True)
        if row["state"] in (Claim.RESOLVED, Claim.WITHDRAWN):
            raise Refused(
                "This complaint is settled. If something else is wrong, please report it anew.", field="text"
            )
        if known := await said_just_now(claim, "shopper", body):
            return known
        message = await say(
            merchant, claim, audience="shopper", author="shopper", author_name=author, body=body
        )
        await attach(merchant, claim, message, ours)
        if row["state"] in (Claim.AWAITING_SHOPPER, Claim.REJECTED):
            await _open_again(merchant, claim)
        else:
            await execute(
                "UPDATE claim SET answer_by = coalesce(answer_by, $2) WHERE id = $1", claim, answer_by(now())
            )
        await emit("claim.replied", merchant=merchant, claim=claim, message=message)
        return message


async def _open_again(merchant: int, claim: int) -> None:
    """A rejection that is contested is no longer the resolution; the timeline keeps it."""
    was = await move(
        CLAIM, "claim", claim, Claim.OPEN, answer_by=answer_by(now()), alerted_at=None, closed_at=None
    )
    if was == Claim.REJECTED:
        await execute("DELETE FROM resolution WHERE claim = $1 AND kind = 'rejected'", claim)
    await note_step(merchant, claim, "replied", who="shopper", was=was, now=Claim.OPEN)
