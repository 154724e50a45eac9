"""Each class of work has its own process, and all of them fit into what PostgreSQL allows."""

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit

import asyncpg
import pytest

from marketplace import worker
from marketplace.kernel.broker import JOBS, QUEUES, Job
from marketplace.kernel.database import fetch_one
from marketplace.worker import FETCHES_FILES, THREADS, connections
from tenants import jobs
from tenants.scope import platform_scope
from tests.support import world

ALLOWED = 100 - 3  # PostgreSQL's default, less what it keeps for the administrator


def test_all_processes_of_one_machine_fit_into_the_servers_connections():
    assert connections(web_processes=2, pool_size=8) <= ALLOWED


def test_every_queue_is_drained_by_exactly_one_class_of_worker():
    import marketplace.reactions  # noqa: F401  (declares every job)

    drained = [queue for queues in QUEUES.values() for queue in queues]
    assert sorted(drained) == sorted({job.queue for job in JOBS.values()})
    assert THREADS.keys() == QUEUES.keys()


def test_every_class_of_worker_can_be_started_by_its_name():
    from marketplace.cli import worker as command

    [kind] = command.params
    assert set(kind.type.choices) == set(QUEUES)
    assert set(FETCHES_FILES) < set(QUEUES)


def test_whoever_works_on_a_mapping_does_not_wait_for_a_long_sync():
    import marketplace.reactions  # noqa: F401

    class_of = {queue: kind for kind, queues in QUEUES.items() for queue in queues}
    sync, probe, trial = (class_of[JOBS[f"sourcing.{name}"].queue] for name in ("sync", "probe", "try_out"))
    assert sync not in (probe, trial)


async def test_a_scheduler_whose_lock_is_lost_stops_keeping_time(database, admin_url, monkeypatch):
    """It would go on beside the one that has the lock now."""
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)
    at_work, ended = asyncio.Event(), asyncio.Event()

    async def keep_time():
        at_work.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    alone = asyncio.create_task(worker._alone(keep_time()))
    try:
        await asyncio.wait_for(at_work.wait(), 10)
        admin = await asyncpg.connect(admin_url)
        await admin.execute(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND l.objid = $1 AND d.datname = $2",
            worker.SCHEDULER_LOCK,
            urlsplit(database).path[1:],
        )
        await admin.close()
        with pytest.raises(
            (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
        ):
            await asyncio.wait_for(alone, 10)
        await asyncio.wait_for(ended.wait(), 10)
    finally:
        alone.cancel()


async def test_a_job_that_fails_because_the_database_went_away_is_rung_again_soon(database, monkeypatch):
    """What cannot be written down at once is written when the database is back: the job does not wait for its lease."""
    monkeypatch.setattr(jobs, "PAUSES", (0.01, 0.01, 0.01))
    away = [2]

    async def fail() -> None:
        raise ConnectionResetError

    async def failed(delivery: int, failure: Exception) -> None:
        if away[0]:
            away[0] -= 1
            raise asyncpg.CannotConnectNowError
        await written(delivery, failure)

    written = jobs._failed
    monkeypatch.setattr(jobs, "_failed", failed)
    event = await world.insert("outbox", event="test.event", payload={})
    delivery = await world.insert("delivery", outbox=event, actor="test", queue="feeds", args={"n": 1})
    assert not await jobs.perform(Job(fail, "feeds", 3600), {}, tenant=None, delivery=delivery)
    async with platform_scope("a test looks"):
        row = await fetch_one(
            "UPDATE delivery SET done_at = now() WHERE id = $1 RETURNING error, ring_at - now() AS pause",
            delivery,
        )
    assert "ConnectionResetError" in row["error"]
    assert row["pause"] < timedelta(seconds=10)
