"""A mapping is tried on a large file: what the supplier does beside it does not wait for the end, and no run is seen."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from marketplace.kernel.database import fetch_value
from marketplace.sourcing.change_feed import change_feed
from marketplace.sourcing.change_mapping import change_mapping
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.sync import rehearse as rehearsal
from marketplace.sourcing.sync.rehearse import rehearse
from tenants.api_keys import make_api_key
from tenants.scope import acting_as
from tests.support import feeds

pytestmark = pytest.mark.usefixtures("database")


@asynccontextmanager
async def being_tried(feed: feeds.Feed, folder, monkeypatch):
    """The trial of a proposed mapping stands still where it has compared everything,
    until the block ends; then it is done."""
    path = folder / "feed.csv"
    path.write_text(feeds.rows(*feeds.lamps(3)))
    mapping = propose(path, path.name).mapping
    there, go_on = asyncio.Event(), asyncio.Event()
    examples = rehearsal._examples

    async def slow(run):
        there.set()
        await go_on.wait()
        return await examples(run)

    monkeypatch.setattr(rehearsal, "_examples", slow)
    trial = asyncio.create_task(rehearse(feed.supplier, feed.id, path, mapping))
    try:
        async with asyncio.timeout(20):
            await there.wait()
        yield mapping
    finally:
        go_on.set()
        found = await trial
    assert found["effect"]["new"] == 3


async def test_saving_the_mapping_the_settings_and_a_new_key_do_not_wait_for_a_trial(tmp_path, monkeypatch):
    vera = await feeds.feed(mapping=None)
    async with being_tried(vera, tmp_path, monkeypatch) as mapping, asyncio.timeout(5):
        await change_mapping(vera.supplier, vera.id, mapping, by="Vera")
        await change_feed(vera.supplier, vera.id, name="Lamps", by="Vera")
        await make_api_key(vera.supplier, "ERP", by="Vera")


async def test_a_trial_leaves_no_run_and_nobody_sees_one_meanwhile(tmp_path, monkeypatch):
    vera = await feeds.feed(mapping=None)
    async with being_tried(vera, tmp_path, monkeypatch):
        assert await _runs(vera) == 0
    assert await _runs(vera) == 0
    assert await vera.offers() == {}


async def _runs(vera: feeds.Feed) -> int:
    async with acting_as(vera.supplier):
        return await fetch_value("SELECT count(*) FROM feed_run WHERE feed = $1", vera.id)
