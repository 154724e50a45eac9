"""A supplier's first file: there is nothing to compare with, so offers are written while the file is still being read.

The database works on one batch while the reader makes the next; it is one transaction all the same. Keys are told apart by the reader,
which costs memory, because asking the database about each batch would cost more.
"""

from __future__ import annotations

from pathlib import Path

from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.columns import EVERYTHING
from marketplace.sourcing.sync.compare import Counts, FeedFacts
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.known import nothing_known
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.sync.made_of import stage_sets
from marketplace.sourcing.sync.outcome import Outcome
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.sync.reading import open_reading
from marketplace.sourcing.sync.records import Records, table
from marketplace.sourcing.sync.sample import write_new
from marketplace.sourcing.sync.stage import Batches, copy


async def is_first(task: Task, mapping: Mapping) -> bool:
    """Whether the supplier has no offer at all, in which case nobody else makes one until the transaction ends."""
    titled = "title" in mapping.columns or "title" in mapping.fixed
    if not (task.first and titled and task.speed == "full" and task.agreement is None):
        return False
    await lock_offers(task.supplier)
    return not await fetch_value("SELECT EXISTS (SELECT 1 FROM offer WHERE supplier = $1)", task.supplier)


async def read_in(facts: FeedFacts, path: Path, mapping: Mapping, progress: Progress) -> Outcome:
    """Write every row of the file as a new offer. Raises FeedRefused."""
    findings = Findings()
    reader = await open_reading(path, mapping, nothing_known(), path.parent, dedup=True)
    await execute(table())
    insert = statements.insert_new(EVERYTHING, alone=True)
    made = refused = 0
    records = Records(reader, findings)
    async with Batches(records, progress) as read:
        while (batch := await read.next()) is not None:
            staged = await copy(batch.rows, records.columns, findings)
            await stage_sets(batch.sets)
            if batch.merged:
                removed, replaced = await _make_room(facts)
                staged, made = staged - removed, made - replaced
            if not made:
                await write_new(facts)
            written = await execute(insert, *facts.said, facts.run)
            if written < staged:
                refused += await _refuse_untitled(findings)
            made += written
            await execute("TRUNCATE stage")
    return Outcome(
        mapping, reader, findings, EVERYTHING, Counts(new=made), reader.merged, refused, written=True
    )


async def _make_room(facts: FeedFacts) -> tuple[int, int]:
    """The last row of a key wins, in this batch and over earlier ones. Answers how many rows and how many offers gave way."""
    removed = await execute(
        "DELETE FROM stage s USING (SELECT sku, max(ctid) AS last FROM stage GROUP BY sku HAVING count(*) > 1) r"
        " WHERE s.sku = r.sku AND s.ctid <> r.last"
    )
    replaced = await execute(
        "DELETE FROM offer WHERE id = ANY (ARRAY(SELECT (SELECT o.id FROM offer o WHERE o.supplier = $1 AND o.sku = s.sku) FROM stage s))",
        facts.supplier,
    )
    return removed, replaced


async def _refuse_untitled(findings: Findings) -> int:
    """Rows without a title, of a file that turned out to have none."""
    rows = await fetch("SELECT sku, line FROM stage WHERE title IS NULL ORDER BY line")
    for row in rows:
        findings.refuse(row["line"], row["sku"])
    return len(rows)
