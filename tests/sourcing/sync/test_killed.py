"""kill -9 at any moment of a run: the old catalogue or the new, never a mix, and the run goes on by itself."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from marketplace.kernel.database import execute
from marketplace.sourcing.apply_held_run import apply_held_run
from marketplace.sourcing.schedule_feeds import schedule_feeds
from tenants.scope import platform_scope
from tests.support.feeds import Feed, events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")
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
        attempt = (await vera.run(run))["attempts"]
        order = {"supplier": vera.supplier, "run": run, "attempt": attempt, "at": at}
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


async def changing() -> tuple[Feed, int]:
    """A run that changes, adds and loses offers."""
    vera = await feed()
    await vera.set(limits=json.dumps({"vanished_bp": None}))
    await vera.send(OLD)
    return vera, await vera.start(NEW)


async def importing() -> tuple[Feed, int]:
    """The supplier's first file, which is written while it is read."""
    vera = await feed()
    return vera, await vera.start(NEW)


async def decided() -> tuple[Feed, int]:
    """A run that was held, and that a person let through."""
    vera = await feed()
    await vera.set(limits=json.dumps({"min_rows": 1}))
    await vera.send(OLD)
    run = await vera.send(NEW)
    assert run["state"] == "held"
    await apply_held_run(vera.supplier, run["id"], by="Vera")
    return vera, run["id"]


@pytest.mark.parametrize(
    ("prepared", "points", "before", "after", "changes"),
    [(changing, 20, 12, 14, 1), (importing, 10, 0, 10, 0), (decided, 10, 12, 14, 1)],
    ids=["a run", "the first import", "a held run that was let through"],
)
async def test_wherever_a_worker_is_killed_the_catalogue_is_the_old_or_the_new_and_the_run_restarts(
    workers, prepared, points, before, after, changes
):
    vera, run = await prepared()
    old = await catalogue(vera)
    talks = int(await workers.run(vera, run, at=-1))
    new = await catalogue(vera)
    assert (len(old), len(new)) == (before, after)
    assert (await vera.run(run))["state"] == "applied"
    seen = set()
    for point in range(points):
        vera, run = await prepared()
        at = 2 + point * (2 * talks - 1) // (points - 1)
        assert await workers.run(vera, run, at=at) == "killed", at
        left = await catalogue(vera)
        assert left in (old, new), f"a mix after a kill at {at}"
        seen.add(left == new)
        await _revive(vera, run)
        assert await catalogue(vera) == new
        assert (await vera.run(run))["state"] == "applied", f"not taken up after a kill at {at}"
        assert len(await vera.trail("L-002")) == changes
    assert seen == {True, False}


async def _revive(vera: Feed, run: int) -> None:
    """The scheduler finds the silent run, as it would half a minute later, and a worker takes it on."""
    async with platform_scope("time passes"):
        await execute("UPDATE feed_run SET beat_at = now() - interval '1 minute' WHERE id = $1", run)
    await schedule_feeds()
    for wanted in await events("feed_run.wanted", vera.supplier):
        if wanted["run"] == run:
            await vera.work(run, wanted["attempt"])  # those of attempts that began already find nothing
