"""The clock of feeds: starts those that are due, and restarts runs whose worker is gone.

Any number of schedulers may do it at once: a due feed is taken with SKIP LOCKED and moved on, and the unique index allows one run
at work.
"""

from __future__ import annotations

import random
from datetime import timedelta

from msgspec import Struct

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from marketplace.sourcing.start_run import insert_run
from marketplace.sourcing.sync.claim import MAX_ATTEMPTS
from marketplace.sourcing.sync.finish import count_failure
from tenants.scope import platform_scope

BATCH = 50
SILENT_SECONDS = 30.0  # without a beat: the worker is gone
JITTER = 0.1  # of the interval, so that feeds of one hour do not all start in the same second


class Scheduled(Struct, frozen=True):
    started: int
    restarted: int
    given_up: int


async def schedule_feeds() -> Scheduled:
    """One pass. Answers how many runs it started, restarted, and gave up."""
    restarted, given_up = await _restart_silent()
    return Scheduled(await _start_due(), restarted, given_up)


async def _start_due() -> int:
    started = 0
    async with platform_scope("feeds that are due"):
        due = await fetch(
            "SELECT id, supplier, every_minutes FROM feed WHERE enabled AND archived_at IS NULL AND due_at <= now()"
            " AND url IS NOT NULL ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED",
            BATCH,
        )
        for feed in due:
            run = await insert_run(feed["supplier"], feed["id"], "schedule")
            started += run is not None
            pause = timedelta(minutes=feed["every_minutes"]) * random.uniform(1 - JITTER, 1 + JITTER)
            await execute("UPDATE feed SET due_at = $2 WHERE id = $1", feed["id"], now() + pause)
    return started


async def _restart_silent() -> tuple[int, int]:
    """A killed worker left nothing half written: its run begins anew.

    Not FOR UPDATE: the server may not have noticed yet that the worker is gone, whose rows still hold the run's key.
    """
    restarted = given_up = 0
    async with platform_scope("runs whose worker is gone"):
        silent = await fetch(
            "SELECT id, supplier, feed, attempts FROM feed_run WHERE state IN ('fetching', 'diffed', 'applying')"
            " AND beat_at < now() - make_interval(secs => $1) ORDER BY id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED",
            SILENT_SECONDS,
            BATCH,
        )
        for run in silent:
            if run["attempts"] >= MAX_ATTEMPTS:
                given_up += await _give_up(run["id"], run["supplier"], run["feed"])
                continue
            await execute("UPDATE feed_run SET state = 'pending', phase = NULL WHERE id = $1", run["id"])
            await emit("feed_run.wanted", supplier=run["supplier"], run=run["id"], attempt=run["attempts"])
            restarted += 1
    return restarted, given_up


async def _give_up(run: int, supplier: int, feed: int) -> int:
    await execute(
        "UPDATE feed_run SET state = 'failed', finished_at = now(), phase = NULL, error = 'gave_up', message = $2 WHERE id = $1",
        run,
        f"The import was interrupted {MAX_ATTEMPTS} times: it may need more memory or time than there is.",
    )
    if (
        await count_failure(supplier, feed, run) == 1
    ):  # five attempts were lost: people hear of it at once, and then as of any failure
        await emit("feed.failing", supplier=supplier, feed=feed, run=run)
    return 1
