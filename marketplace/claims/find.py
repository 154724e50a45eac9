"""A complaint, found through what the open scope may see. A stranger's is not there."""

from typing import Any

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound


async def find_claim(claim: int, *, order: int | None = None, lock: bool = False) -> dict[str, Any]:
    """The `claim` row; with `order`, only when it is about that order. `lock` holds it to the end of the transaction.
    Raises NotFound."""
    row = await fetch_one(
        'SELECT * FROM claim WHERE id = $1 AND ($2::bigint IS NULL OR "order" = $2)'
        + (" FOR UPDATE" if lock else ""),
        claim,
        order,
    )
    if row is None:
        raise NotFound(f"claim {claim}")
    return row
