"""Rows that are no longer in the file: kept, not sold, or retired after so many runs."""

import json

import pytest

from tests.support.feeds import Feed, feed, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def without_first(vera: Feed, count: int = 10, **more) -> dict:
    return await vera.send(rows(*lamps(count, **more)[1:]))


async def test_kept_offers_go_on_selling_and_age():
    vera = await feed(vanished="keep")
    first = await vera.send(rows(*lamps(10)))
    run = await without_first(vera)
    offer = await vera.offer()
    assert (run["vanished"], offer["not_sellable"], offer["sells_up_to"]) == (1, None, 10)
    assert offer["as_of"] == first["source_time"]


async def test_vanished_offers_are_not_sold_and_keep_their_quantity():
    vera = await feed(vanished="zero")
    await vera.send(rows(*lamps(10)))
    run = await without_first(vera)
    offer = await vera.offer()
    assert (run["vanished"], offer["not_sellable"], offer["retired_at"], offer["quantity"]) == (
        1,
        "vanished",
        None,
        10,
    )
    assert [c["kind"] for c in await vera.trail()] == ["vanished"]
    again = await without_first(vera, title="Other")
    assert again["vanished"] == 0
    assert len(await vera.trail()) == 1


async def test_what_another_mapping_leaves_out_is_gone_at_its_first_run_and_the_breaker_sees_it():
    vera = await feed(vanished="zero", limits="{}")
    await vera.send(rows(*lamps(30)))
    mapping = json.loads(await vera.value("mapping"))
    only = [{"column": "sku", "test": "is", "values": [f"L-{n:03}" for n in range(1, 30)]}]
    await vera.set(mapping=json.dumps({**mapping, "filters": only}), mapping_version=2)
    run = await vera.send(rows(*lamps(30)))
    assert (run["vanished"], run["unchanged"]) == (1, 29)
    assert (await vera.offers())["L-030"]["not_sellable"] == "vanished"
    few = [{"column": "sku", "test": "is", "values": ["L-001"]}]
    await vera.set(
        mapping=json.dumps({**mapping, "filters": few}), mapping_version=3, limits='{"min_rows": 1}'
    )
    run = await vera.send(rows(*lamps(30)))
    assert (run["state"], run["vanished"]) == ("held", 28)


async def test_an_offer_that_comes_back_is_sold_again_even_when_its_row_is_as_it_was():
    vera = await feed(vanished="zero")
    await vera.send(rows(*lamps(10)))
    await without_first(vera)
    run = await vera.send(rows(*lamps(10)))
    offer = await vera.offer()
    assert (run["changed"], offer["not_sellable"], offer["missing_runs"]) == (1, None, 0)
    assert offer["as_of"] == run["source_time"]
    assert [c["kind"] for c in await vera.trail()] == ["vanished", "returned"]


async def test_offers_are_retired_after_so_many_runs_and_return():
    vera = await feed(vanished="retire", retire_after=2)
    await vera.send(rows(*lamps(10)))
    await without_first(vera)
    assert (await vera.offer())["retired_at"] is None
    run = await without_first(vera, title="Other")
    assert run["retired"] == 1
    assert (await vera.offer())["retired_at"] is not None
    await vera.send(rows(*lamps(10, title="Third")))
    offer = await vera.offer()
    assert (offer["retired_at"], offer["missing_runs"], offer["not_sellable"]) == (None, 0, None)
    assert [c["kind"] for c in await vera.trail()] == ["vanished", "retired", "returned"]


async def test_another_feeds_offers_do_not_vanish():
    vera = await feed()
    await vera.send(rows(*lamps(10)))
    second = await feed(vera.supplier)
    await second.send(rows(*[{**line, "sku": "M" + line["sku"]} for line in lamps(5)]))
    assert {o["not_sellable"] for o in (await vera.offers()).values()} == {None}
