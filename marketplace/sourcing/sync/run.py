"""One run from its file to its end: read into a temporary table, compare, judge, write; one transaction as the supplier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.outbox import emit
from marketplace.sourcing import breaker
from marketplace.sourcing.mapping import Mapping, to_json
from marketplace.sourcing.states import FeedRun
from marketplace.sourcing.sync import compare, finish, price_list, reading
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.columns import Sent, sent
from marketplace.sourcing.sync.compare import Counts, FeedFacts
from marketplace.sourcing.sync.fetching import Got, fetch, work_folder
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.findings import write as write_findings
from marketplace.sourcing.sync.known import Known, load, nothing_known
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.sync.reading import Reading
from marketplace.sourcing.sync.records import Records
from marketplace.sourcing.sync.sample import write_sample
from marketplace.sourcing.sync.shortfall import end_commitments, tell_short
from marketplace.sourcing.sync.stage import stage
from marketplace.sourcing.sync.write import write
from marketplace.sourcing.transports import upload
from tenants.scope import acting_as

#: the offers of a supplier are in memory or soon will be: a thousand look-ups cost less than reading a million rows
_SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1"
MANY_NEW = 1_000


async def run(task: Task, progress: Progress) -> FeedRun:
    """Fetch and apply. Answers the state the run ended in. Raises the named failures of `failure.NAMED`, RunLost."""
    with work_folder(task) as folder:
        got = await fetch(task, folder)
        if got.path is None or (got.sha == task.known_sha and not task.decided and task.file_key is None):
            await progress.stop()
            await finish.unchanged(task, got, end_commitments)
            return FeedRun.UNCHANGED
        progress.say("reading")
        mapping, proposed = await reading.mapping_for(task, got.path)
        return await _apply(task, got, got.path, mapping, proposed, progress)


async def _apply(
    task: Task, got: Got, path: Path, mapping: Mapping, proposed: bool, progress: Progress
) -> FeedRun:
    if got.sha is not None and not task.decided:
        kept = await _waiting(task, got.sha)
        if kept is not None:
            return kept
    findings = Findings()
    async with acting_as(task.supplier):
        await execute(_SETTINGS)
        known = await _known(task)
        reader = await reading.open_reading(path, mapping, known, path.parent)
        staged = await stage(Records(reader, findings), findings, progress)
        said = sent(reader.sent, speed=task.speed)
        progress.say("comparing")
        await lock_offers(task.supplier)
        facts = await _facts(task, got, mapping)
        rows = await _settle(facts, said, known, findings, reader)
        if task.agreement is not None:
            counts = await price_list.compare(facts, task.agreement)
        else:
            counts = await compare.compare(facts, said, known, staged - rows["lost"])
        values = _values(task, got, mapping, reader, findings, rows, counts)
        await write_sample(facts, counts) if task.agreement is None else await price_list.write_sample(facts)
        await write_findings(task.supplier, task.run, _issues(findings, reader))
        verdict = _judge(task, counts)
        if not task.decided:
            await progress.enter(FeedRun.DIFFED, "judging")
        if verdict.hold and not task.decided:
            return await _hold(task, got, path, verdict, values, progress)
        if not task.decided:
            await progress.enter(FeedRun.APPLYING, "applying")
        progress.say("applying")
        await _write(task, facts, said, counts)
        progress.say("ending")
        await _close(task, got, facts, proposed, mapping)
        await progress.stop()
        previous = await _previous_mapping(task)
        await finish.write_run(task, "applying", "applied", previous_mapping=previous, **values)
    if counts.new > MANY_NEW:
        await _refresh_statistics(task.supplier)
    return FeedRun.APPLIED


async def _refresh_statistics(supplier: int) -> None:
    """After a large import the planner believes the offers are few, until the server looks by itself, minutes later: every plan that
    joins with them would be wrong by then. Apart from the run, which is over."""
    async with acting_as(supplier):
        await execute("SELECT refresh_offer_statistics()")


async def _previous_mapping(task: Task) -> str | None:
    """The mapping of the last applied run when this one was read with another: undoing brings it back."""
    row = await fetch_one(
        "SELECT mapping, mapping_version FROM feed_run WHERE feed = $1 AND state IN ('applied', 'undone') ORDER BY id DESC LIMIT 1",
        task.feed,
    )
    return (
        row["mapping"] if row is not None and row["mapping_version"] != max(task.mapping_version, 1) else None
    )


async def _waiting(task: Task, sha: str) -> FeedRun | None:
    """The same file may be waiting for a decision already: asking again would only show the same diff."""
    async with acting_as(task.supplier):
        held = await fetch_value(
            "SELECT id FROM feed_run WHERE feed = $1 AND state = 'held' AND sha = $2 AND mapping_version = $3",
            task.feed,
            sha,
            task.mapping_version,
        )
        if held is None:
            return None
        await finish.write_run(
            task,
            "fetching",
            "unchanged",
            sha=sha,
            mapping_version=task.mapping_version,
            message="The same file is waiting for a decision.",
        )
    return FeedRun.UNCHANGED


async def _known(task: Task) -> Known:
    if task.agreement is not None or task.first:
        return nothing_known()
    known = await load(task.supplier, task.feed, speed=task.speed)
    if task.rehash:
        known.digests.clear()
    return known


async def _facts(task: Task, got: Got, mapping: Mapping) -> FeedFacts:
    return FeedFacts(
        supplier=task.supplier,
        feed=task.feed,
        run=task.run,
        speed=task.speed,
        agreement=task.agreement,
        vanished=task.vanished,
        retire_after=task.retire_after,
        source_time=got.source_time,
        move_size_bp=breaker.limits_of(task.limits).move_size_bp,
        confirmed_at=await fetch_value("SELECT confirmed_at FROM feed_pulse WHERE feed = $1", task.feed),
        alone=not await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM feed WHERE supplier = $1 AND id <> $2 AND speed = 'full' AND agreement IS NULL)",
            task.supplier,
            task.feed,
        ),
        rehash=task.rehash,
    )


async def _settle(
    facts: FeedFacts, said: Sent, known: Known, findings: Findings, reader: Reading
) -> dict[str, int]:
    """Merge duplicates and refuse what nobody described; answers the counts of the file's records, which add up."""
    merged = await compare.merge_duplicates(known, facts, findings, nested=reader.nested)
    refused = await compare.refuse_unknown(facts, said, findings, nested=reader.nested)
    rejected = findings.rejected + refused.records
    return {
        "rows": reader.rows,
        "merged": merged.records,
        "attached": reader.attached,
        "rejected": rejected,
        "accepted": reader.rows - merged.records - reader.attached - rejected,
        "lost": merged.rows + refused.rows,
    }


def _values(
    task: Task,
    got: Got,
    mapping: Mapping,
    reader: Reading,
    findings: Findings,
    rows: dict[str, int],
    counts: Counts,
) -> dict[str, Any]:
    """The run's columns: what was read, and what it does."""
    names = ("new", "changed", "returned", "vanished", "zeroed", "repriced", "restocked", "retired", "older")
    done = {name: getattr(counts, name) for name in names}
    done["changed"] += done.pop("returned")
    return {
        **{name: value for name, value in rows.items() if name != "lost"},
        **done,
        "unchanged": max(rows["accepted"] - done["new"] - done["changed"], 0),
        "warned": findings.warned,
        "done_rows": rows["rows"],
        "sha": got.sha,
        "bytes": got.bytes,
        "etag": got.etag,
        "last_modified": got.last_modified,
        "source_time": got.source_time,
        "mapping": json.dumps(to_json(mapping)),
        "mapping_version": max(task.mapping_version, 1),
        "format": mapping.format,
        "message": None,
    }


def _issues(findings: Findings, reader: Reading) -> list[Any]:
    for warning in reader.warnings:
        findings.note(warning)
    return findings.all()


def _judge(task: Task, counts: Counts) -> breaker.Verdict:
    found = breaker.Counts(**{name: getattr(counts, name) for name in breaker.Counts.__struct_fields__})
    return breaker.judge(found, breaker.limits_of(task.limits), first_run=task.first)


async def _hold(
    task: Task,
    got: Got,
    path: Path,
    verdict: breaker.Verdict,
    values: dict[str, Any],
    progress: Progress,
) -> FeedRun:
    """Keep the file and wait for a person. A run that waited before gives way: its file is no longer what the source says."""
    file_key = task.file_key or await upload.keep(path)
    await drop_held(task.feed, task.run)
    await emit("feed_run.held", supplier=task.supplier, feed=task.feed, run=task.run)
    await progress.stop()
    await finish.write_run(
        task,
        "diffed",
        "held",
        file_key=file_key,
        reasons=json.dumps(msgspec.to_builtins(verdict.reasons)),
        **values,
    )
    return FeedRun.HELD


async def drop_held(feed: int, by_run: int) -> None:
    """A newer file takes the place of one that waits."""
    await execute(
        "UPDATE feed_run SET state = 'dropped', finished_at = now(), message = 'A newer file came before anybody decided.'"
        " WHERE feed = $1 AND state = 'held' AND id <> $2",
        feed,
        by_run,
    )


async def _write(task: Task, facts: FeedFacts, said: Sent, counts: Counts) -> None:
    if task.agreement is not None:
        await price_list.write(facts, task.agreement)
    else:
        await write(facts, said, counts)


async def _close(task: Task, got: Got, facts: FeedFacts, proposed: bool, mapping: Mapping) -> None:
    """What follows from an applied file, in the same transaction; commitments last, for they lock stock."""
    await drop_held(task.feed, task.run)
    if proposed:
        await execute(
            "UPDATE feed SET mapping = $2::jsonb, mapping_version = 1 WHERE id = $1 AND mapping IS NULL",
            task.feed,
            json.dumps(to_json(mapping)),
        )
    await finish.keep_file_facts(task, got)
    await finish.confirm(task, got.source_time)
    await finish.tell_merchants(task.supplier, task.run, agreement=task.agreement)
    if task.agreement is None:
        await tell_short(task.supplier, task.run, got.source_time)
        await end_commitments(task, got.source_time)
