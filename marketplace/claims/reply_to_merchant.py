"""The supplier answers what a merchant forwarded."""

from marketplace.claims.supplier_thread import said_just_now, say_to_other_side
from marketplace.claims.thread import words
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def reply_to_merchant(supplier: int, message: int, *, text: str, by: str) -> int:
    """`message` is any one of the thread. Answers the new one's id. Raises NotFound, Refused."""
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT supplier_order AS id, merchant, supplier, recovery, claim_id FROM forwarded_message"
            " WHERE id = $1 AND supplier = $2",
            message,
            supplier,
        )
        if row is None:
            raise NotFound(f"message {message}")
        body = words(text)
        if known := await said_just_now(row["id"], row["claim_id"], "supplier", body):
            return known
        made = await say_to_other_side(
            row,
            author="supplier",
            author_name=by,
            body=body,
            claim=row["claim_id"],
            recovery=row["recovery"],
        )
        await emit("claim.supplier_replied", merchant=row["merchant"], supplier=supplier, message=made)
        return made
