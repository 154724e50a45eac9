"""The shopper takes a complaint back: it turned up, or works after all."""

from marketplace.claims.find import find_claim
from marketplace.claims.states import CLAIM, Claim
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def withdraw_claim(merchant: int, order: int, claim: int) -> None:
    """Raises NotFound, and Stale when it was closed before."""
    async with acting_as(merchant):
        await find_claim(claim, order=order)
        was = await move(CLAIM, "claim", claim, Claim.WITHDRAWN, closed_at=now(), answer_by=None)
        await note_step(merchant, claim, "withdrawn", who="shopper", was=was, now=Claim.WITHDRAWN)
        await emit("claim.withdrawn", merchant=merchant, claim=claim)
