"""The timeline of an order to a supplier, which both parties read."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute


async def note_supplier_order(
    supplier_order: int,
    what: str,
    *,
    was: str | None = None,
    now_: str | None = None,
    who: str = "system",
    why: str | None = None,
    **detail: Any,
) -> None:
    """One row, in either party's open scope. `what` is a code. Never a retail price or a shopper's word: both read it."""
    await execute(
        "INSERT INTO supplier_order_transition (merchant, supplier, supplier_order, at, what, was, now, who, why, detail)"
        " SELECT merchant, supplier, id, $2, $3, $4, $5, $6, $7, $8::jsonb FROM supplier_order WHERE id = $1",
        supplier_order,
        now(),
        what,
        was,
        now_,
        who,
        why,
        json.dumps(detail),
    )
