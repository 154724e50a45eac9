"""kill -9 at any moment of a run: the old catalogue or the new, never a mix, and the run goes on by itself."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from marketplace.kernel.database import execute
from marketplace.sourcing.schedule_feeds import schedule_feeds
from tenants.scope import platform_scope
from tests.support.feeds import Feed, events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")
POINTS = 20
ROOT = Path(__file__).resolve().parents[3]
OLD = rows(*lamps(12))
NEW = rows(
    *lamps(9, title="New", price="12.99", quantity="4")[1:], lamp(13, title="New"), lamp(14, title="New")
)


class Workers:
    """The process that forks workers to be killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def run(self, vera: Feed, run: int, at: int) -> str:
        order = {"supplier": vera.supplier, "run": run, "attempt": 0, "at": at}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return (await self.process.stdout.readline()).decode().strip()


@pytest.fixture
async def workers(database: str):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.killed_worker", cwd=ROOT, env=dict(os.environ),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    yield Workers(process)
    process.stdin.close()
    await process.wait()


async def catalogue(vera: Feed) -> set[tuple]:
    return {
        (o["sku"], o["title"], o["price_e4"], o["quantity"], o["not_sellable"], o["missing_runs"])
        for o in (await vera.offers()).values()
    }


async def prepared() -> tuple[Feed, int]:
    vera = await feed()
    await vera.set(limits=json.dumps({"vanished_bp": None}))
    await vera.send(OLD)
    return vera, await vera.start(NEW)


async def test_wherever_a_worker_is_killed_the_catalogue_is_the_old_or_the_new_and_the_run_restarts(workers):
    vera, run = await prepared()
    old = await catalogue(vera)
    talks = int(await workers.run(vera, run, at=-1))
    new = await catalogue(vera)
    assert len(new) == 14
    assert len(old) == 12
    seen = set()
    for point in range(POINTS):
        vera, run = await prepared()
        at = 2 + point * (2 * talks - 1) // (POINTS - 1)
        assert await workers.run(vera, run, at=at) == "killed", at
        left = await catalogue(vera)
        assert left in (old, new), f"a mix after a kill at {at}"
        seen.add(left == new)
        await _revive(vera, run)
        assert await catalogue(vera) == new
        assert (await vera.run(run))["state"] == "applied"
        assert len(await vera.trail("L-002")) == 1
    assert seen == {True, False}


async def _revive(vera: Feed, run: int) -> None:
    """The scheduler finds the silent run, as it would half a minute later, and a worker takes it on."""
    async with platform_scope("time passes"):
        await execute("UPDATE feed_run SET beat_at = now() - interval '1 minute' WHERE id = $1", run)
    await schedule_feeds()
    for wanted in await events("feed_run.wanted", vera.supplier):
        if wanted["run"] == run:
            await vera.work(run, wanted["attempt"])
