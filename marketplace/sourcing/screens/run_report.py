"""What a machine asks of a run: found by its number alone, with the rows that were rejected, in the order of the file."""

from __future__ import annotations

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as

Place = tuple[int, int]  # (line, id); a row whose line nobody knows is on line 0


async def run_report(supplier: int, run: int) -> dict[str, Any]:
    """The columns of `feed_run`, `reasons` and `columns` as lists. Raises NotFound, also for another supplier's run one may read of."""
    async with acting_as(supplier):
        row = await fetch_one("SELECT * FROM feed_run WHERE id = $1 AND supplier = $2", run, supplier)
    if row is None:
        raise NotFound
    row["reasons"] = json.loads(row["reasons"]) or []
    row["columns"] = json.loads(row["columns"]) or []
    return row


async def is_archived(supplier: int, feed: int) -> bool:
    """Raises NotFound, also for the grid, which is no feed that a file is sent to."""
    async with acting_as(supplier):
        row = await fetch_one("SELECT archived_at FROM feed WHERE id = $1 AND transport <> 'grid'", feed)
    if row is None:
        raise NotFound
    return row["archived_at"] is not None


async def issues_by_line(
    supplier: int, run: int, kind: str, *, after: Place | None = None, most: int = 100
) -> tuple[list[dict[str, Any]], Place | None]:
    """(rows, place to go on after). `kind` is rejected or warning; a run keeps the first 5,000."""
    line, last = after or (-1, 0)
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT id, coalesce(line, 0) AS place, line, sku, reason, raw FROM run_issue WHERE run = $1 AND kind = $2"
            " AND (coalesce(line, 0), id) > ($3, $4) ORDER BY coalesce(line, 0), id LIMIT $5",
            run,
            kind,
            line,
            last,
            most + 1,
        )
    for row in rows:
        row["raw"] = json.loads(row["raw"]) or []
    more = (rows[most - 1]["place"], rows[most - 1]["id"]) if len(rows) > most else None
    return rows[:most], more
