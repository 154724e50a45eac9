"""Goods never came back: a complaint that waited for them is the merchant's turn again."""

from marketplace.claims.clocks import answer_by
from marketplace.claims.states import CLAIM, Claim
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.moves import move
from tenants.scope import acting_as


async def return_expired(merchant: int, goods_return: int) -> None:
    """Nothing to do when the complaint went on without them. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one("SELECT claim_id, rma_number FROM goods_return WHERE id = $1", goods_return)
        if row is None:
            raise NotFound(f"return {goods_return}")
        claim = row["claim_id"] and await fetch_one(
            "SELECT id, state FROM claim WHERE id = $1 FOR UPDATE", row["claim_id"]
        )
        if not claim or claim["state"] != Claim.AWAITING_RETURN:
            return
        was = await move(CLAIM, "claim", claim["id"], Claim.OPEN, answer_by=answer_by(now()), alerted_at=None)
        await note_step(
            merchant,
            claim["id"],
            "return_expired",
            who="system",
            was=was,
            now=Claim.OPEN,
            rma=row["rma_number"],
        )
