"""What happened to a complaint, row by row; written in the transaction that made it happen."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute


async def note_step(
    merchant: int,
    claim: int,
    what: str,
    *,
    who: str,
    was: str | None = None,
    now: str | None = None,
    why: str | None = None,
    **detail: Any,
) -> None:
    """`what` is the step's stable name, `who` a person's name or "shopper" | "supplier" | "system"."""
    await execute(
        "INSERT INTO claim_transition (merchant, claim, what, was, now, who, why, detail)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)",
        merchant,
        claim,
        what,
        was,
        now,
        who,
        why,
        json.dumps(detail),
    )
