"""The workers and the scheduler, assembled: one process a class of queue, and one that rings and keeps the time."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

import dramatiq
from asyncpg import PostgresError
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.middleware import Middleware

from marketplace.kernel import json
from marketplace.kernel.broker import QUEUES, bind, broker_connections, make_broker
from marketplace.kernel.database import engine, execute, start_pool, stop_pool
from marketplace.kernel.periodic import PERIODIC, Periodic
from marketplace.kernel.politeness import share
from marketplace.shared_turns import SharedTurns
from tenants.jobs import run_job
from tenants.scope import platform_scope

logger = logging.getLogger(__name__)
BEAT_SECONDS = 4
#: these are polite to a host together; payments wait for nobody's photos
FETCHES_FILES = ("feeds", "looks", "media")
THREADS = {"orders": 8, "catalogue": 4, "feeds": 2, "looks": 2, "media": 6}
GIVES_WAY = {
    "feeds": 10,
    "media": 10,
}  # niceness: an import takes what pages, orders and people at a screen leave
MORE_CONNECTIONS = 2  # than threads, in a worker's pool: signs of life and progress are told beside the work
SCHEDULER_LOCK = 7_316_001  # one scheduler an installation, whoever gets the lock


def run_worker(kind: str) -> None:
    """Drain the queues of one class until SIGTERM or SIGINT. Raises KeyError for a class that does not exist."""
    import marketplace.reactions  # noqa: F401  (declares every job)

    os.nice(GIVES_WAY.get(kind, 0))
    if kind in FETCHES_FILES:
        share(SharedTurns())
    queues = set(QUEUES[kind])
    broker = make_broker([_Pool(f"worker:{kind}", THREADS[kind] + MORE_CONNECTIONS)], queues=len(queues))
    bind(broker, run_job)
    worker = dramatiq.Worker(broker, queues=queues, worker_threads=THREADS[kind], worker_timeout=500)
    worker.start()
    _until_told_to_stop()
    worker.stop(timeout=20_000)
    broker.close()


def connections(web_processes: int, pool_size: int) -> int:
    """The most that all processes of one machine keep open to PostgreSQL (docs/ARCHITECTURE.md, "Connections")."""
    workers = sum(
        THREADS[kind] + MORE_CONNECTIONS + broker_connections(len(queues)) for kind, queues in QUEUES.items()
    )
    return web_processes * pool_size + workers + pool_size + broker_connections(0)


def _until_told_to_stop() -> None:
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    while not stop.wait(1.0):
        pass


class _Pool(Middleware):
    """Opens the engine's pool on the loop that async actors run on, and says that this process is alive."""

    def __init__(self, process: str, size: int) -> None:
        self.process, self.size = process, size
        self.beating: Future[None] | None = None

    def before_worker_boot(self, broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        thread = get_event_loop_thread()
        assert thread is not None
        thread.run_coroutine(start_pool(self.size))
        self.beating = asyncio.run_coroutine_threadsafe(beat_forever(self.process), thread.loop)

    def before_worker_shutdown(self, broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        if self.beating is not None:
            self.beating.cancel()
        thread = get_event_loop_thread()
        if thread is not None:
            with contextlib.suppress(OSError, PostgresError):  # the database may be gone before us
                thread.run_coroutine(forget(self.process))


async def beat_forever(process: str) -> None:
    """What /health reads."""
    detail = json.dumps({"host": socket.gethostname(), "pid": os.getpid()})
    while True:
        try:
            async with platform_scope("say we are alive"):
                await execute(
                    "INSERT INTO heartbeat (process, at, detail) VALUES ($1, now(), $2::jsonb)"
                    " ON CONFLICT (process) DO UPDATE SET at = now(), detail = excluded.detail",
                    process,
                    detail,
                )
        except Exception:
            logger.exception("could not write a sign of life")
        await asyncio.sleep(BEAT_SECONDS)


async def forget(process: str) -> None:
    async with platform_scope("say goodbye"):
        await execute("DELETE FROM heartbeat WHERE process = $1", process)


def run_scheduler() -> None:
    """The relay and everything that runs by the clock, until SIGTERM or SIGINT."""
    import marketplace.reactions  # noqa: F401  (declares every job and every periodic)

    broker = make_broker([])
    bind(broker, run_job)
    asyncio.run(_schedule(broker))
    broker.close()


async def _schedule(broker: dramatiq.Broker) -> None:
    from marketplace.relay import relay_forever

    await start_pool()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    work: list[Coroutine[Any, Any, None]] = [
        relay_forever(broker),
        _alone(_keep_time()),
        beat_forever("scheduler"),
    ]
    tasks = [asyncio.create_task(w) for w in work]
    told = asyncio.create_task(stop.wait())
    ended, _ = await asyncio.wait([told, *tasks], return_when=asyncio.FIRST_COMPLETED)
    for task in (told, *tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if told not in ended:  # a scheduler that keeps no time must not look alive: the supervisor starts another
        raise SchedulerBroken from next(iter(ended)).exception()
    await forget("scheduler")
    await stop_pool()


class SchedulerBroken(RuntimeError):
    """A part of the scheduler ended by itself, most often because the database went away."""


async def _alone(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` while holding the scheduler's lock: a second scheduler waits for the first one's death. Raises what the work
    raises, and when the lock is lost with the connection that holds it."""
    pool = engine().pool
    assert pool is not None
    async with pool.acquire() as holder:
        # the lock is the database's: nothing in this process could signal that it is free
        while not await holder.fetchval("SELECT pg_try_advisory_lock($1)", SCHEDULER_LOCK):  # noqa: ASYNC110
            await asyncio.sleep(2)
        working = asyncio.create_task(work)
        try:
            while not working.done():
                await asyncio.sleep(BEAT_SECONDS)
                await holder.fetchval("SELECT 1")
            await working
        finally:
            working.cancel()


async def _keep_time() -> None:
    await asyncio.gather(*(_repeat(p) for p in PERIODIC))


async def _repeat(periodic: Periodic) -> None:
    while True:
        try:
            await periodic.run()
        except Exception:
            logger.exception("%s failed; it runs again in %s s", periodic.name, periodic.seconds)
        await asyncio.sleep(periodic.seconds)
