"""How a run ends: applied, held, unchanged or failed. Written with what it did, or, when it failed, apart from it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.outbox import emit
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.failure import Failure
from marketplace.sourcing.sync.fetching import Got
from marketplace.sourcing.sync.progress import RunLost
from tenants.scope import acting_as

ALERT_AFTER = 3  # failures in a row
LONGEST_BACKOFF = timedelta(hours=24)


async def write_run(task: Task, was: str, to: str, **values: Any) -> None:
    """The run's last move, in the transaction of what it did. Raises RunLost when it was taken away: then nothing is kept."""
    names = list(values)
    sets = "".join(f', "{name}" = ${place}' for place, name in enumerate(names, start=5))
    moved = await execute(
        f"UPDATE feed_run SET state = $4, finished_at = clock_timestamp(), phase = NULL{sets} WHERE id = $1 AND attempts = $2 AND state = $3",
        task.run,
        task.attempt,
        was,
        to,
        *values.values(),
    )
    if not moved:
        raise RunLost


async def keep_file_facts(task: Task, got: Got) -> None:
    """The feed's last file is this one, and it stands. A feed that leads elsewhere by now asks there without the old server's words."""
    await execute(
        "UPDATE feed SET content_sha = $2, content_stands = true, last_ok_at = now(), failures = 0,"
        " etag = CASE WHEN url = $3 THEN $4 END, last_modified = CASE WHEN url = $3 THEN $5 END WHERE id = $1",
        task.feed,
        f"{got.sha}:{task.reads_as}",
        task.url,
        got.etag,
        got.last_modified,
    )


async def drop_held(feed: int, by_run: int, *, until: datetime | None = None) -> None:
    """In the open scope: whatever waited gives way to `by_run`, unless its file is true of later than `until`."""
    await execute(
        "UPDATE feed_run SET state = 'dropped', finished_at = now(), message = 'A newer file came before anybody decided.'"
        " WHERE feed = $1 AND state = 'held' AND id <> $2 AND ($3::timestamptz IS NULL OR source_time <= $3)",
        feed,
        by_run,
        until,
    )


async def confirm(task: Task, source_time: datetime) -> None:
    """Move the feed's pulse: what it did not change is as fresh as this. A price list of one merchant has none."""
    await execute(
        "UPDATE feed_pulse SET confirmed_at = greatest(confirmed_at, $2) WHERE feed = $1",
        task.feed,
        source_time,
    )


async def tell_merchants(supplier: int, run: int | None, *, agreement: int | None = None) -> None:
    """One event for each linked merchant, or for the one whose price list it was."""
    linked = await fetch(
        "SELECT merchant FROM agreement WHERE supplier = $1 AND active_since IS NOT NULL AND state IN ('active', 'paused')"
        " AND ($2::bigint IS NULL OR id = $2) ORDER BY merchant",
        supplier,
        agreement,
    )
    for row in linked:
        await emit("feed.applied", merchant=row["merchant"], supplier=supplier, run=run)


async def unchanged(task: Task, got: Got, end_commitments: Any) -> None:
    """The file is the one we know. It confirms what it said, unless a person had dropped or undone it: a source that went back to it
    takes back what waited for a decision."""
    async with acting_as(task.supplier):
        message = None
        if task.content_stands:
            await drop_held(task.feed, task.run, until=got.source_time)
            stale = await _pulse_was_stale(task.feed)
            await confirm(task, got.source_time)
            ended = await end_commitments(task, got.source_time)
            if stale or ended:
                await tell_merchants(task.supplier, task.run, agreement=task.agreement)
        else:
            message = "This is the file that was dropped or undone: nothing of it is used."
        await _keep_validators(task, got)
        await write_run(
            task,
            "fetching",
            "unchanged",
            sha=got.sha,
            source_time=got.source_time,
            message=message,
            mapping_version=task.mapping_version,
        )


async def _keep_validators(task: Task, got: Got) -> None:
    """What the server calls this file, which it may not have told us yet: an upload has no name there."""
    await execute(
        "UPDATE feed SET last_ok_at = now(), failures = 0, etag = CASE WHEN $2 AND url = $3 THEN $4 ELSE etag END,"
        " last_modified = CASE WHEN $2 AND url = $3 THEN $5 ELSE last_modified END WHERE id = $1",
        task.feed,
        task.file_key is None,
        task.url,
        got.etag,
        got.last_modified,
    )


async def _pulse_was_stale(feed: int) -> bool:
    """Whether the lease had begun to run out: then being confirmed is news."""
    return bool(
        await fetch_value(
            "SELECT coalesce(confirmed_at < now() - make_interval(hours => stale_after_hours::int), true)"
            " FROM feed_pulse WHERE feed = $1",
            feed,
        )
    )


async def failed(task: Task, failure: Failure) -> None:
    """Write why, wait longer before the next try, and tell people after `ALERT_AFTER` failures in a row."""
    async with acting_as(task.supplier):
        moved = await execute(
            "UPDATE feed_run SET state = 'failed', finished_at = now(), phase = NULL, error = $3, message = $4, error_line = $5,"
            " error_column = $6 WHERE id = $1 AND attempts = $2 AND state IN ('pending', 'fetching', 'diffed', 'applying')",
            task.run,
            task.attempt,
            failure.code,
            failure.message,
            failure.line,
            failure.column,
        )
        if moved:
            await count_failure(task.supplier, task.feed, task.run)


async def count_failure(supplier: int, feed: int, run: int) -> int:
    """Back off and alert, in the open scope. Answers how many there were in a row."""
    row = await fetch_one(
        "UPDATE feed SET failures = failures + 1 WHERE id = $1 RETURNING failures, every_minutes, due_at",
        feed,
    )
    assert row is not None
    if row["due_at"] is not None:
        await execute(
            "UPDATE feed SET due_at = $2 WHERE id = $1",
            feed,
            _next_try(row["every_minutes"], row["failures"]),
        )
    if row["failures"] == ALERT_AFTER:
        await emit("feed.failing", supplier=supplier, feed=feed, run=run)
    return int(row["failures"])


def _next_try(every_minutes: int, failures: int) -> datetime:
    pause = min(timedelta(minutes=every_minutes) * 2 ** min(failures - 1, 12), LONGEST_BACKOFF)
    return now() + pause * random.uniform(0.9, 1.1)


async def crashed(task: Task, error: Exception, *, last: bool) -> None:
    """Something nobody foresaw. The run starts again at once, or fails when it was its last attempt."""
    async with acting_as(task.supplier):
        if last:
            await failed(
                task, Failure("internal", f"The import broke off: {type(error).__name__}: {error}"[:500])
            )
            return
        again = await execute(
            "UPDATE feed_run SET state = 'pending', message = $3, phase = NULL WHERE id = $1 AND attempts = $2"
            " AND state IN ('fetching', 'diffed', 'applying')",
            task.run,
            task.attempt,
            f"The import broke off and was started again: {type(error).__name__}: {error}"[:500],
        )
        if again:
            await emit("feed_run.wanted", supplier=task.supplier, run=task.run, attempt=task.attempt)
