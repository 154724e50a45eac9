"""The timeline of an order: who did what, when and why. Rows the shopper may see are marked."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute


async def note(
    merchant: int,
    order: int,
    what: str,
    *,
    was: str | None = None,
    now_: str | None = None,
    who: str = "system",
    why: str | None = None,
    shopper_sees: bool = False,
    **detail: Any,
) -> None:
    """One row, in the open scope. `what` is a code; screens have its words. `detail` is ids and small facts."""
    await execute(
        'INSERT INTO order_transition (merchant, "order", at, what, was, now, who, why, detail, shopper_sees)'
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)",
        merchant,
        order,
        now(),
        what,
        was,
        now_,
        who,
        why,
        json.dumps(detail),
        shopper_sees,
    )
