"""The words between a merchant and a supplier about one supplier order. Both read them, so nothing of the shopper is in
them but what the merchant chose to copy."""

from collections.abc import Sequence
from typing import Any

from marketplace.claims.thread import TWICE
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value

_COPY = """
INSERT INTO forwarded_photo (merchant, supplier, message, content_type, body, width, height)
SELECT $1, $2, $3, a.content_type, a.body, a.width, a.height
  FROM attachment a WHERE a.claim = $4 AND a.id = ANY($5) ORDER BY a.id
"""


async def say_to_other_side(
    supplier_order: dict[str, Any],
    *,
    author: str,
    author_name: str,
    body: str,
    claim: int | None = None,
    recovery: int | None = None,
) -> int:
    """Add a message about `supplier_order` (a row with id, merchant, supplier); answers its id. `author` is merchant | supplier."""
    made: int = await fetch_value(
        "INSERT INTO forwarded_message (merchant, supplier, supplier_order, recovery, claim_id, author, author_name, body)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        supplier_order["merchant"],
        supplier_order["supplier"],
        supplier_order["id"],
        recovery,
        claim,
        author,
        author_name,
        body,
    )
    return made


async def copy_photos(
    supplier_order: dict[str, Any], message: int, claim: int, attachments: Sequence[int]
) -> int:
    """Copy the complaint's `attachments` to the message; answers how many there were. No file name goes with them."""
    return await execute(
        _COPY, supplier_order["merchant"], supplier_order["supplier"], message, claim, list(attachments)
    )


async def said_just_now(supplier_order: int, claim: int | None, author: str, body: str) -> int | None:
    """The message with these very words that `author` sent a moment ago: a form sent twice."""
    found: int | None = await fetch_value(
        "SELECT id FROM forwarded_message WHERE supplier_order = $1 AND claim_id IS NOT DISTINCT FROM $2 AND author = $3"
        " AND body = $4 AND at > $5 ORDER BY id DESC LIMIT 1",
        supplier_order,
        claim,
        author,
        body,
        now() - TWICE,
    )
    return found
