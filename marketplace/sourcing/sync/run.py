"""One run from its file to its end: read into a temporary table, compare, judge, write; one transaction as the supplier."""

from __future__ import annotations

from pathlib import Path

from marketplace.kernel.database import execute, fetch_value
from marketplace.sourcing import breaker
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.mapping.row_times import says_when_counted
from marketplace.sourcing.states import FeedRun
from marketplace.sourcing.sync import compare, finish, first_import, price_list, reading, weed
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.close import close
from marketplace.sourcing.sync.columns import sent
from marketplace.sourcing.sync.compare import FeedFacts
from marketplace.sourcing.sync.fetching import Got, fetch, work_folder
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.findings import write as write_findings
from marketplace.sourcing.sync.hold import hold, newer_was_read, same_file_waits
from marketplace.sourcing.sync.keep_undone import LEFT
from marketplace.sourcing.sync.known import Known, load, nothing_known
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.sync.outcome import Outcome
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.sync.records import Records
from marketplace.sourcing.sync.sample import write_sample
from marketplace.sourcing.sync.shortfall import end_commitments
from marketplace.sourcing.sync.stage import stage
from marketplace.sourcing.sync.write import write
from tenants.scope import acting_as

#: the offers of a supplier are in memory or soon will be: a thousand look-ups cost less than reading a million rows
SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1"
MANY_NEW, MANY_REWRITTEN = 1_000, 50_000


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
        if await same_file_waits(task, got.sha) or await newer_was_read(task, got):
            return FeedRun.UNCHANGED
        return await _apply(task, got, got.path, mapping, proposed, progress)


async def _apply(
    task: Task, got: Got, path: Path, mapping: Mapping, proposed: bool, progress: Progress
) -> FeedRun:
    async with acting_as(task.supplier):
        await execute(SETTINGS)
        facts = await facts_of(task, got, mapping)
        if await first_import.is_first(task, mapping):
            outcome = await first_import.read_in(facts, path, mapping, progress)
        else:
            outcome = await read_and_compare(task, facts, path, mapping, progress)
        await write_findings(task.supplier, task.run, outcome.issues())
        if not task.decided:
            await progress.enter(FeedRun.DIFFED, "judging")
            verdict = judge(task, outcome)
            if verdict.hold:
                return await hold(task, got, path, verdict, outcome, progress)
            await progress.enter(FeedRun.APPLYING, "applying")
        rewritten = await _write(task, facts, outcome)
        progress.say("ending")
        await close(task, got, mapping, proposed, outcome, progress)
    if outcome.counts.new > MANY_NEW:
        await _refresh_statistics(task.supplier)
    if rewritten > MANY_REWRITTEN:
        await _settle(task.supplier)
    return FeedRun.APPLIED


async def read_and_compare(
    task: Task, facts: FeedFacts, path: Path, mapping: Mapping, progress: Progress, *, lock: bool = True
) -> Outcome:
    """Stage the file beside the offers, and say what it would change. Without `lock` others may write meanwhile: enough for a look."""
    findings, known = Findings(), await _known(task)
    reader = await reading.open_reading(path, mapping, known, path.parent)
    staged = await stage(Records(reader, findings), findings, progress)
    said = sent(reader.sent, speed=task.speed)
    progress.say("comparing")
    await compare.look_up_only()
    if lock:
        await lock_offers(task.supplier)
    merged = await weed.merge_duplicates(known, facts, findings, nested=reader.nested)
    refused = await weed.refuse_unknown(facts, said, findings, nested=reader.nested)
    if task.agreement is not None:
        counts = await price_list.compare(facts, task.agreement)
        await price_list.write_sample(facts)
    else:
        counts = await compare.compare(facts, said, known, staged - merged.rows - refused.rows)
        await write_sample(facts, said, counts)
    if counts.undone:
        findings.note(LEFT.format(count=counts.undone))
    return Outcome(mapping, reader, findings, said, counts, merged.records, refused.records)


async def _known(task: Task) -> Known:
    if task.agreement is not None or task.first:
        return nothing_known()
    known = await load(task.supplier, task.feed, speed=task.speed, orphaned=task.orphaned)
    if task.rehash:
        known.distrust()
    return known


async def facts_of(task: Task, got: Got, mapping: Mapping) -> FeedFacts:
    limits = breaker.limits_of(task.limits)
    return FeedFacts(
        supplier=task.supplier,
        feed=task.feed,
        run=task.run,
        speed=task.speed,
        agreement=task.agreement,
        vanished=task.vanished,
        retire_after=task.retire_after,
        source_time=got.source_time,
        move_size_bp=limits.move_size_bp,
        surge_times=limits.surge_times,
        confirmed_at=await fetch_value("SELECT confirmed_at FROM feed_pulse WHERE feed = $1", task.feed),
        alone=not await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM feed WHERE supplier = $1 AND id <> $2 AND speed = 'full' AND agreement IS NULL)",
            task.supplier,
            task.feed,
        ),
        rehash=task.rehash,
        counted=says_when_counted(mapping),
        meant=task.trigger in ("upload", "retry"),
    )


def judge(task: Task, outcome: Outcome) -> breaker.Verdict:
    """What the feed's breaker says of it."""
    names = breaker.Counts.__struct_fields__
    found = breaker.Counts(**{name: getattr(outcome.counts, name) for name in names})
    return breaker.judge(found, breaker.limits_of(task.limits), first_run=task.first)


async def _write(task: Task, facts: FeedFacts, outcome: Outcome) -> int:
    """Answers how many offers were rewritten."""
    if outcome.written:
        return 0
    if task.agreement is not None:
        await price_list.write(facts, task.agreement)
        return 0
    return await write(facts, outcome.sent, outcome.counts)


async def _refresh_statistics(supplier: int) -> None:
    """After a large import the planner believes the offers are few, until the server looks by itself, minutes later: every plan that
    joins with them would be wrong by then. Apart from the run, which is over."""
    async with acting_as(supplier):
        await execute("SELECT refresh_offer_statistics()")


async def _settle(supplier: int) -> None:
    """Whoever first reads rows after they were rewritten marks each of them as committed, page by page: of a million offers some seconds,
    which the next run, or somebody's page, would otherwise wait for. Apart from the run, which is over."""
    async with acting_as(supplier):
        await execute("SELECT count(*) FROM offer WHERE supplier = $1 AND missing_runs < 0", supplier)
