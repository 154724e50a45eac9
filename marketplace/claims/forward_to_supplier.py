"""The merchant tells a supplier of a complaint: words of its own, or the shopper's as the merchant edited them, and the
photos it picked. What is not forwarded, the supplier never sees."""

from collections.abc import Sequence

from marketplace.claims.find import find_claim
from marketplace.claims.supplier_thread import copy_photos, said_just_now, say_to_other_side
from marketplace.claims.thread import words
from marketplace.claims.timeline import note_step
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

_CONCERNED = """
SELECT so.id, so.merchant, so.supplier, so.number FROM supplier_order so
 WHERE so.id = $1 AND EXISTS (
    SELECT 1 FROM claim_line cl JOIN supplier_order_line l ON l.order_line = cl.order_line
     WHERE cl.claim = $2 AND l.supplier_order = so.id)
"""


async def forward_to_supplier(
    merchant: int, claim: int, supplier_order: int, *, text: str, by: str, attachments: Sequence[int] = ()
) -> int:
    """Answers the forwarded message's id. `attachments` are ids of this complaint's photos, copied.

    Raises NotFound (also for a supplier order that none of the complaint's lines went to), Refused (empty, too long).
    """
    async with acting_as(merchant):
        await find_claim(claim, lock=True)
        concerned = await fetch_one(_CONCERNED, supplier_order, claim)
        if concerned is None:
            raise NotFound(f"supplier order {supplier_order} of claim {claim}")
        body = words(text)
        if known := await said_just_now(supplier_order, claim, "merchant", body):
            return known
        message = await say_to_other_side(
            concerned, author="merchant", author_name=by, body=body, claim=claim
        )
        if await copy_photos(concerned, message, claim, attachments) != len(set(attachments)):
            raise Refused("One of these photos is not of this complaint.", field="attachments")
        await note_step(merchant, claim, "forwarded", who=by, supplier_order=concerned["number"])
        await emit("claim.forwarded", merchant=merchant, supplier=concerned["supplier"], message=message)
        return message
