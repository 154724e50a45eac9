"""A run that waits for a person, with its file kept. A newer file takes its place: it is what the source says now."""

from __future__ import annotations

from pathlib import Path

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from marketplace.kernel.fetching import N_
from marketplace.kernel.outbox import emit
from marketplace.sourcing.breaker import Verdict
from marketplace.sourcing.states import FeedRun
from marketplace.sourcing.sync import finish
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.fetching import Got
from marketplace.sourcing.sync.outcome import Outcome
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.transports import upload
from tenants.scope import acting_as

#: an unchanged run that says why confirms nothing
WAITS = N_("The same file is waiting for a decision.")
OLDER = N_(
    "This file is older than the one that was read last: nothing of it is used. Send it by hand to use it all the same."
)


async def hold(
    task: Task, got: Got, path: Path, verdict: Verdict, outcome: Outcome, progress: Progress
) -> FeedRun:
    """Write the run down as held, with the breaker's reasons; nothing of it is applied."""
    file_key = task.file_key or await upload.keep(path)
    told = await _alarms_waiting(task.feed)
    await finish.drop_held(task.feed, task.run)
    if not {str(reason.alarm) for reason in verdict.reasons} <= told:
        await emit("feed_run.held", supplier=task.supplier, feed=task.feed, run=task.run)
    await progress.stop()
    await finish.write_run(
        task,
        "diffed",
        "held",
        file_key=file_key,
        held_at=now(),
        reasons=json.dumps(msgspec.to_builtins(verdict.reasons)),
        **outcome.columns(task, got),
    )
    return FeedRun.HELD


async def _alarms_waiting(feed: int) -> set[str]:
    """What people were told of and have not decided about, in the open scope: an hourly file with the same fault is one alert."""
    waiting = await fetch_value("SELECT reasons FROM feed_run WHERE feed = $1 AND state = 'held'", feed)
    return {str(reason["alarm"]) for reason in json.loads(waiting)} if waiting is not None else set()


async def same_file_waits(task: Task, sha: str | None) -> bool:
    """Whether this very file is waiting for a decision already, in which case the run ends: the same diff need not be shown twice."""
    if task.decided:
        return False
    async with acting_as(task.supplier):
        held = await fetch_value(
            "SELECT id FROM feed_run WHERE feed = $1 AND state = 'held' AND sha = $2 AND mapping_version = $3",
            task.feed,
            sha,
            max(task.mapping_version, 1),
        )
        if held is None:
            return False
        await finish.write_run(
            task, "fetching", "unchanged", sha=sha, mapping_version=task.mapping_version, message=WAITS
        )
    return True


async def newer_was_read(task: Task, got: Got) -> bool:
    """Whether the file is older than what this feed said last, in which case the run ends: texts and presence have no time of their own,
    and a mirror that lags behind must not bring back what is gone. A list of stock alone is judged row by row. At another address
    nothing was read yet."""
    says_what_there_is = task.speed == "full" or task.vanished != "keep"
    if task.decided or task.content_sha is None or task.agreement is not None or not says_what_there_is:
        return False
    async with acting_as(task.supplier):
        confirmed = await fetch_value("SELECT confirmed_at FROM feed_pulse WHERE feed = $1", task.feed)
        if confirmed is None or got.source_time >= confirmed:
            return False
        await finish.write_run(
            task,
            "fetching",
            "unchanged",
            sha=got.sha,
            source_time=got.source_time,
            mapping_version=task.mapping_version,
            message=OLDER,
        )
    return True
