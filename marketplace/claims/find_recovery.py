"""A debit note, found through what the open scope may see."""

from typing import Any

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound


async def find_recovery(recovery: int, **side: int) -> dict[str, Any]:
    """The `recovery` row, seen from `side` (merchant=… or supplier=…). Raises NotFound."""
    row = await fetch_one("SELECT * FROM recovery WHERE id = $1", recovery)
    if row is None or any(row[column] != tenant for column, tenant in side.items()):
        raise NotFound(f"recovery {recovery}")
    return row


def order_of(recovery: dict[str, Any]) -> dict[str, Any]:
    """The supplier order it is about, as the supplier thread wants it."""
    return {
        "id": recovery["supplier_order"],
        "merchant": recovery["merchant"],
        "supplier": recovery["supplier"],
    }
