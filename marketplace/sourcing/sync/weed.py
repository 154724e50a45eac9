"""Rows of a staged file that are taken out before it is compared: those another row of the same key replaces, and those of articles
that nobody described."""

from __future__ import annotations

from typing import NamedTuple

from marketplace.kernel.database import copy_into, execute, fetch, fetch_value
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.columns import Sent
from marketplace.sourcing.sync.compare import FeedFacts
from marketplace.sourcing.sync.findings import KEPT, Findings
from marketplace.sourcing.sync.known import Known

NAMED = 100  # duplicates that are told one by one


class Lost(NamedTuple):
    """What was taken out of `stage`: records of the file that have no row left, and rows."""

    records: int
    rows: int


async def merge_duplicates(known: Known, facts: FeedFacts, findings: Findings, *, nested: bool) -> Lost:
    """The last row of a key wins. `nested`: a record gives several rows, and is merged when none of them stands."""
    merged = await _merge_staged(findings, nested)
    await _unmet(known)
    beaten = await _merge_with_met(known, facts, findings) if known.met else Lost(0, 0)
    return Lost(merged.records + beaten.records, merged.rows + beaten.rows)


async def _merge_staged(findings: Findings, nested: bool) -> Lost:
    await execute(
        "CREATE TEMP TABLE repeated ON COMMIT DROP AS SELECT sku, max(ctid) AS last FROM stage GROUP BY sku HAVING count(*) > 1"
    )
    losers = await fetch(
        "SELECT s.sku, s.line, w.line AS winner FROM repeated r JOIN stage s ON s.sku = r.sku AND s.ctid <> r.last"
        " JOIN stage w ON w.ctid = r.last ORDER BY s.line LIMIT $1",
        NAMED,
    )
    for row in losers:
        _note_duplicate(findings, row["sku"], row["line"], row["winner"])
    if not losers:
        return Lost(0, 0)
    return await _take_out("stage s USING repeated r WHERE s.sku = r.sku AND s.ctid <> r.last", nested)


async def _take_out(what: str, nested: bool) -> Lost:
    if not nested:
        rows = await execute(f"DELETE FROM {what}")
        return Lost(rows, rows)
    count = "SELECT count(DISTINCT line) FROM stage"
    before = await fetch_value(count)
    rows = await execute(f"DELETE FROM {what}")
    return Lost(before - await fetch_value(count), rows)


def _note_duplicate(findings: Findings, sku: str, line: int, winner: int) -> None:
    findings.note(f"SKU “{sku}” is on lines {line} and {winner}: the last one is used", line=line, sku=sku)


async def _unmet(known: Known) -> None:
    """The feed's offers whose record, as it was, is not in the file: changed or gone."""
    await execute("CREATE TEMP TABLE unmet (id bigint) ON COMMIT DROP")
    if len(known):
        await copy_into("unmet", known.unmet())
        await execute("ANALYZE unmet")


async def _merge_with_met(known: Known, facts: FeedFacts, findings: Findings) -> Lost:
    """A key may be in the file twice, once as it was and once changed."""
    both = await fetch(
        f"SELECT s.sku, s.line, o.{facts.digest} AS digest FROM stage s {statements.OFFER_OF_ROW}"
        f" WHERE {facts.mine} AND o.{facts.digest} IS NOT NULL AND o.missing_runs = 0 AND o.retired_at IS NULL"
        " AND o.id NOT IN (SELECT id FROM unmet)",
        facts.supplier,
        facts.feed,
    )
    met = known.lines_of({row["digest"] for row in both}) if both else {}
    beaten = []
    for row in both:
        other = met[row["digest"]]
        _note_duplicate(findings, row["sku"], min(other, row["line"]), max(other, row["line"]))
        if other > row["line"]:
            beaten.append(row["sku"])
    if beaten:
        await execute("DELETE FROM stage WHERE sku = ANY($1)", beaten)
    return Lost(len(both), len(beaten))


async def refuse_unknown(facts: FeedFacts, sent: Sent, findings: Findings, *, nested: bool) -> Lost:
    """Take out rows of articles that nobody described. Where the file has titles, the reader asks for one on each row."""
    if facts.owns and "title" in sent.fields:
        return Lost(0, 0)
    await execute("CREATE TEMP TABLE undescribed (sku text, line bigint) ON COMMIT DROP")
    count = await execute(
        "INSERT INTO undescribed SELECT s.sku, s.line FROM stage s"
        " WHERE NOT EXISTS (SELECT 1 FROM offer o WHERE o.supplier = $1 AND o.sku = s.sku)",
        facts.supplier,
    )
    if not count:
        return Lost(0, 0)
    for row in await fetch("SELECT sku, line FROM undescribed ORDER BY line LIMIT $1", KEPT):
        findings.refuse(row["line"], row["sku"])
    return await _take_out("stage s USING undescribed u WHERE s.sku = u.sku", nested)
