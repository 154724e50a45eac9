"""One answer to many waiting fields: what is kept is written for all of them at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.facts import show_facts
from marketplace.catalogue.follow_feed import as_field, as_row
from marketplace.catalogue.merge import Choice, decided
from marketplace.catalogue.read_queues import MARK
from marketplace.catalogue.recode import recoded
from marketplace.catalogue.show_fields import show_fields
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as

SLICE = 500


async def decide_fields(
    merchant: int,
    decisions: Sequence[int],
    choice: Choice,
    *,
    seen: Mapping[int, str] | None = None,
    who: str = "",
) -> int:
    """Answer these (ids of `pending_decisions`), a transaction for each `SLICE`. Answers how many it was given to: not to those that
    somebody decided meanwhile, nor to those whose feed says something else than what was `seen` (id → `Decision.mark`)."""
    done = 0
    for begin in range(0, len(decisions), SLICE):
        async with acting_as(merchant):
            await lock_catalogue(merchant)
            rows = await fetch(
                f"SELECT f.*, {MARK} AS mark FROM field_state f WHERE f.merchant = $1 AND f.id = ANY($2) AND f.pending ORDER BY f.id",
                merchant,
                list(decisions[begin : begin + SLICE]),
            )
            known = [row for row in rows if (seen or {}).get(row["id"], row["mark"]) == row["mark"]]
            await _answer(merchant, known, choice, who)
            done += len(known)
    return done


async def _answer(merchant: int, rows: Sequence[dict[str, Any]], choice: Choice, who: str) -> None:
    """What waits has an own value, so that none is to be read from the storefront."""
    answers = [(row, decided(as_field(row), choice, shown=None)) for row in rows]
    await execute(
        "UPDATE field_state f SET feed_value = r.feed_value, taken_value = r.taken_value, own_value = r.own_value, lock = r.lock,"
        " pending = r.pending, pending_since = NULL, decided_by = $2, updated_at = now()"
        " FROM jsonb_to_recordset($1::jsonb) r (id bigint, feed_value text, taken_value text, own_value text, lock text, pending boolean)"
        " WHERE f.id = r.id",
        json.dumps([{"id": row["id"], **as_row(field)} for row, field in answers]),
        who or None,
    )
    await show_fields(merchant, [(r["product"], r["field"]) for r in rows if r["variant"] is None])
    await show_facts([(r["variant"], r["field"], field) for r, field in answers if r["variant"] is not None])
    await recoded(merchant, [(r["product"], r["variant"]) for r in rows if r["field"] == "gtin"])
