"""However many workers there are, a host is called by few at once, and left alone when it asks."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

import pytest

from marketplace import shared_turns
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.fetching import AskedToWait
from marketplace.kernel.politeness import Politeness
from marketplace.shared_turns import SharedTurns
from tenants.scope import platform_scope
from tests.support.world import unique

pytestmark = pytest.mark.usefixtures("database")
ROOT = Path(__file__).resolve().parents[1]

CALLER = """
import asyncio, json, sys, time
async def main(host, calls):
    from marketplace.kernel.database import start_pool, stop_pool
    from marketplace.kernel.politeness import Politeness
    from marketplace.shared_turns import SharedTurns
    await start_pool(4)
    manners, spans = Politeness(at_once=2, shared=SharedTurns()), []
    async def call():
        async with manners.turn(host):
            began = time.time()
            await asyncio.sleep(0.15)
            spans.append((began, time.time()))
    await asyncio.gather(*(call() for _ in range(calls)))
    await stop_pool()
    print(json.dumps(spans))
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(shared_turns, "LOOK_SECONDS", 0.02)


async def left(host: str) -> int:
    async with platform_scope("look"):
        return await fetch_value("SELECT count(*) FROM host_turn WHERE host = $1 AND until > now()", host)


async def test_several_processes_together_keep_to_a_hosts_places():
    host = unique("host")
    callers = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            CALLER,
            host,
            "4",
            cwd=ROOT,
            env=dict(os.environ),
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(3)
    ]
    spans = [span for caller in callers for span in json.loads((await caller.communicate())[0])]
    assert len(spans) == 12
    most = max(sum(began <= at < ended for began, ended in spans) for at, _ in spans)
    assert most == 2
    assert await left(host) == 0


async def test_whoever_came_first_is_served_first():
    host, served = unique("host"), []
    photos, feeds = (Politeness(at_once=1, shared=SharedTurns()) for _ in range(2))

    async def call(manners: Politeness, name: str) -> None:
        async with manners.turn(host):
            served.append(name)
            await asyncio.sleep(0.1)

    waiting = [asyncio.create_task(call(photos, "photo"))]
    await asyncio.sleep(0.05)
    waiting.append(asyncio.create_task(call(feeds, "feed")))
    await asyncio.sleep(0.02)
    waiting += [asyncio.create_task(call(photos, "photo")) for _ in range(3)]
    await asyncio.gather(*waiting)
    assert served[:2] == ["photo", "feed"]


async def test_silence_one_worker_was_asked_for_is_kept_by_the_others():
    host = unique("host")
    one, other = (Politeness(patience=1, shared=SharedTurns()) for _ in range(2))
    async with one.turn(host):
        one.asked_to_wait(host, 600)
    with pytest.raises(AskedToWait) as said:
        async with other.turn(host):
            pass
    assert 590 < said.value.retry_after <= 600
    async with other.turn(unique("host")):
        pass
    async with platform_scope("ten minutes pass"):
        await execute("UPDATE host_silence SET until = now() + interval '0.2 seconds' WHERE host = $1", host)
    began = time.monotonic()
    async with other.turn(host):
        assert time.monotonic() - began > 0.1


async def test_a_killed_workers_turn_lapses_and_one_that_works_long_is_kept(monkeypatch):
    monkeypatch.setattr(shared_turns, "SAY_SECONDS", 0.05)
    monkeypatch.setattr(shared_turns, "LAPSES_SECONDS", 0.3)
    host = unique("host")
    manners = Politeness(at_once=1, shared=SharedTurns())
    async with platform_scope("a worker that was killed"):
        await execute("INSERT INTO host_turn (host, until) VALUES ($1, now() + interval '0.2 seconds')", host)
    async with asyncio.timeout(5), manners.turn(host):
        entered = asyncio.Event()

        async def second() -> None:
            async with Politeness(at_once=1, shared=SharedTurns()).turn(host):
                entered.set()

        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.8)  # longer than a ticket lasts
        assert not entered.is_set()
    await waiting
    assert await left(host) == 0


async def test_a_caller_who_gives_up_while_waiting_holds_nobody_up():
    host = unique("host")
    one, other = (Politeness(at_once=1, shared=SharedTurns()) for _ in range(2))
    async with one.turn(host):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), other.turn(host):
                pass
        assert await left(host) == 1
    assert await left(host) == 0


async def test_a_caller_who_gives_up_before_its_turn_is_noted_leaves_nothing_behind(monkeypatch):
    host, take = unique("host"), shared_turns._take

    async def slow(host: str) -> int:
        ticket = await take(host)
        await asyncio.sleep(0.2)
        return ticket

    monkeypatch.setattr(shared_turns, "_take", slow)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), Politeness(at_once=1, shared=SharedTurns()).turn(host):
            pass
    assert await left(host) == 0
