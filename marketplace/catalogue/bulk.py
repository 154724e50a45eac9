"""Many rows in one statement. Row security refuses COPY, so rows travel as one JSON document."""

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch

CATALOGUE_LOCK = 7  # the first key of the advisory locks of this package


async def insert_rows(
    table: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, conflict: str = ""
) -> int:
    """Insert `rows` (columns as in `types`: name → PostgreSQL type) in the open scope. Answers how many went in.

    `conflict` is the text after ON CONFLICT. Names are ours, never a person's.
    """
    if not rows:
        return 0
    columns = ", ".join(f'"{c}"' for c in types)
    record = ", ".join(f'"{c}" {kind}' for c, kind in types.items())
    tail = f" ON CONFLICT {conflict}" if conflict else ""
    return await execute(
        f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM jsonb_to_recordset($1::jsonb) AS r({record}){tail}',
        json.dumps([{c: row.get(c) for c in types} for row in rows]),
    )


async def new_ids(table: str, how_many: int) -> list[int]:
    """Ids for rows about to be inserted, so that their children can be made in the same breath."""
    rows = await fetch(
        f"SELECT nextval(pg_get_serial_sequence('\"{table}\"', 'id')) AS id FROM generate_series(1, $1)",
        how_many,
    )
    return [int(row["id"]) for row in rows]


async def lock_catalogue(merchant: int) -> None:
    """Until the transaction ends nobody else reckons or makes products for this merchant: no deadlock, no double."""
    await execute("SELECT pg_advisory_xact_lock($1::int, ($2 % 2147483647)::int)", CATALOGUE_LOCK, merchant)
