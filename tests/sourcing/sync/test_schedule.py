"""Feeds start by the clock, once, whoever keeps it."""

import asyncio
from datetime import timedelta

import pytest

import marketplace.reactions  # noqa: F401 — the jobs
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.relay import drain
from marketplace.sourcing.schedule_feeds import schedule_feeds
from marketplace.sourcing.start_run import start_run
from marketplace.sourcing.sync.claim import MAX_ATTEMPTS
from marketplace.sourcing.sync_feed import sync_feed
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.feeds import Feed, events, feed, lamps, rows
from tests.support.loopback import answer, saying, serving

pytestmark = pytest.mark.usefixtures("database")


async def due(**more) -> Feed:
    return await feed(
        transport="http", url="http://127.0.0.1:9/feed.csv", due_at=now() - timedelta(minutes=1), **more
    )


async def runs(vera: Feed) -> list[dict]:
    async with acting_as(vera.supplier):
        return await fetch("SELECT * FROM feed_run WHERE feed = $1 ORDER BY id", vera.id)


async def test_a_due_feed_gets_one_run_from_two_schedulers():
    vera = await due()
    await asyncio.gather(schedule_feeds(), schedule_feeds())
    assert [r["trigger"] for r in await runs(vera)] == ["schedule"]
    assert timedelta(minutes=50) < await vera.value("due_at") - now() < timedelta(minutes=70)


async def test_a_feed_that_is_busy_paused_archived_or_by_hand_is_left_alone():
    busy, paused, archived = await due(), await due(enabled=False), await due(archived_at=now())
    by_hand = await feed(transport="http", url="http://127.0.0.1:9/feed.csv")
    await start_run(busy.supplier, busy.id)
    await schedule_feeds()
    assert [len(await runs(f)) for f in (busy, paused, archived, by_hand)] == [1, 0, 0, 0]


async def test_one_run_at_a_time_whoever_asks():
    vera = await due()
    first = await asyncio.gather(
        *[start_run(vera.supplier, vera.id) for _ in range(3)], return_exceptions=True
    )
    assert sum(isinstance(r, int) for r in first) == 1
    assert sum(isinstance(r, Refused) for r in first) == 2
    with pytest.raises(NotFound):
        await start_run(await world.supplier("charlie"), vera.id)


async def test_a_message_that_comes_twice_runs_once():
    vera = await feed()
    run = await vera.start(rows(*lamps(3)))
    ended = await asyncio.gather(*[sync_feed(vera.supplier, run, attempt=0) for _ in range(3)])
    assert sorted(str(e) for e in ended) == ["None", "None", "applied"]


async def test_the_event_brings_the_run_to_a_worker(monkeypatch):
    async with serving(saying(answer(200, rows(*lamps(3)).encode()))) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        vera = await feed(transport="http", url=server.url(), due_at=now())
        await schedule_feeds()
        async with platform_scope("only this feed's"):
            await execute(
                "UPDATE outbox SET relayed_at = now() WHERE payload->>'supplier' <> $1", str(vera.supplier)
            )
        await drain()
    assert [r["state"] for r in await runs(vera)] == ["applied"]


async def test_a_run_that_is_interrupted_again_and_again_is_given_up():
    vera = await feed()
    await vera.set(every_minutes=60, due_at=now())
    for told in (1, 1, 2, 2):  # at once, then like any failure that goes on
        run = await vera.start(rows(*lamps(3)))
        async with platform_scope("five killed workers"):
            await execute(
                "UPDATE feed_run SET state = 'applying', attempts = $2, beat_at = now() - interval '1 hour' WHERE id = $1",
                run,
                MAX_ATTEMPTS,
            )
        await schedule_feeds()
        row = await vera.run(run)
        assert (row["state"], row["error"]) == ("failed", "gave_up")
        assert len(await events("feed.failing", vera.supplier)) == told
    assert await vera.value("due_at") > now() + timedelta(hours=6)


async def test_a_worker_given_up_for_dead_cannot_finish_what_another_started():
    vera = await feed()
    run = await vera.start(rows(*lamps(3)))
    async with platform_scope("another took it on"):
        await execute(
            "UPDATE feed_run SET attempts = 1, state = 'fetching', beat_at = now() WHERE id = $1", run
        )
    assert await sync_feed(vera.supplier, run, attempt=0) is None
    assert await vera.offers() == {}


async def test_two_feeds_of_one_supplier_at_the_same_time_both_apply():
    full = await feed()
    await full.send(rows(*lamps(50)))
    quick = await feed(full.supplier, speed="stock", vanished="keep")
    a = await full.start(rows(*lamps(50, title="New")))
    b = await quick.start(rows(*[{"sku": f"L-{n:03}", "quantity": "3"} for n in range(50, 0, -1)]))
    ended = await asyncio.gather(sync_feed(full.supplier, a), sync_feed(full.supplier, b))
    assert [str(e) for e in ended] == ["applied", "applied"]
    offers = await full.offers()
    assert {o["title"] for o in offers.values()} == {"New"}
    assert len({o["quantity"] for o in offers.values()}) == 1


async def test_something_nobody_foresaw_starts_the_run_again_and_is_told(monkeypatch):
    from marketplace.sourcing.sync import run as module

    vera = await feed()
    await vera.send(rows(*lamps(3)))
    run = await vera.start(rows(*lamps(3, title="New")))

    async def explode(*_):
        raise ZeroDivisionError("boom")

    with monkeypatch.context() as patched:
        patched.setattr(module, "write", explode)
        with pytest.raises(ZeroDivisionError):
            await sync_feed(vera.supplier, run)
    row = await vera.run(run)
    assert (row["state"], "boom" in row["message"]) == ("pending", True)
    assert (await vera.work(run, 1))["state"] == "applied"


async def test_progress_is_seen_by_others_while_the_run_is_open(monkeypatch):
    from marketplace.sourcing.sync import run as module
    from marketplace.sourcing.sync import write as writing

    vera = await feed()
    await vera.send(rows(*lamps(30)))
    run = await vera.start(rows(*lamps(31, title="New")))
    seen = {}

    async def look(facts, said, counts):
        seen.update(
            await asyncio.create_task(_outside(vera, run), context=__import__("contextvars").Context())
        )
        return await writing.write(facts, said, counts)

    monkeypatch.setattr(module, "write", look)
    await vera.work(run)
    assert (seen["state"], seen["phase"], seen["done_rows"]) == ("applying", "applying", 31)
    assert seen["offers"] == 30


async def _outside(vera: Feed, run: int) -> dict:
    async with acting_as(vera.supplier):
        return {
            **(await vera.run(run)),
            "offers": await fetch_value("SELECT count(*) FROM offer WHERE supplier = $1", vera.supplier),
        }
