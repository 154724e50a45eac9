"""Vera sends a bad file: it waits for her, or she takes it back."""

import asyncio

import pytest

from marketplace.kernel import json
from marketplace.kernel.database import execute
from marketplace.kernel.errors import NotFound, Refused, Stale
from marketplace.sourcing.apply_held_run import apply_held_run
from marketplace.sourcing.clean_runs import clean_runs
from marketplace.sourcing.drop_run import drop_run
from marketplace.sourcing.edit_offers import edit_offers
from marketplace.sourcing.sync import run as applying
from marketplace.sourcing.undo_run import undo_run
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.feeds import Feed, events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def held() -> tuple[Feed, dict]:
    vera = await feed()
    await vera.send(rows(*lamps(40)))
    return vera, await vera.send(rows(*lamps(10, title="Half")))


async def apply(vera: Feed, run: int) -> dict:
    await apply_held_run(vera.supplier, run, by="Vera")
    return await vera.work(run, (await vera.run(run))["attempts"])


async def test_half_a_file_is_held_shows_its_diff_and_changes_nothing():
    vera, run = await held()
    assert (run["state"], run["vanished"], run["reasons"][0]["alarm"]) == ("held", 30, "vanished")
    assert {o["title"] for o in (await vera.offers()).values()} >= {"Lamp 1", "Lamp 40"}
    async with acting_as(vera.supplier):
        kinds = {
            r["kind"]: r["n"]
            for r in await world_fetch(
                "SELECT kind, count(*) AS n FROM run_diff WHERE run = $1 GROUP BY kind", run["id"]
            )
        }
    assert kinds == {"changed": 10, "vanished": 30}
    assert [e["run"] for e in await events("feed_run.held", vera.supplier)] == [run["id"]]


async def world_fetch(sql: str, *args: object) -> list[dict]:
    from marketplace.kernel.database import fetch

    return await fetch(sql, *args)


async def test_a_person_applies_it_all_the_same():
    vera, run = await held()
    done = await apply(vera, run["id"])
    assert (done["state"], done["decided_by"], done["vanished"]) == ("applied", "Vera", 30)
    offers = await vera.offers()
    assert (offers["L-001"]["title"], offers["L-040"]["not_sellable"]) == ("Half", "vanished")


async def test_a_held_run_is_applied_once():
    vera, run = await held()
    await apply_held_run(vera.supplier, run["id"], by="Vera")
    with pytest.raises(Stale):
        await apply_held_run(vera.supplier, run["id"], by="Bert")
    charlie = await world.supplier("charlie")
    with pytest.raises(NotFound):
        await apply_held_run(charlie, run["id"], by="Charlie")


async def test_a_dropped_file_is_not_proposed_again_and_confirms_nothing():
    vera, run = await held()
    await drop_run(vera.supplier, run["id"], by="Vera")
    assert (await vera.run(run["id"]))["state"] == "dropped"
    before = (await vera.offer())["as_of"]
    again = await vera.start(rows(*lamps(10, title="Half")))
    # a person who sends it by hand means it: it is read, and held again
    assert (await vera.work(again))["state"] == "held"
    assert (await vera.offer())["as_of"] == before
    with pytest.raises(Stale):
        await drop_run(vera.supplier, run["id"], by="Vera")


async def test_a_newer_file_takes_the_place_of_a_held_one():
    vera, run = await held()
    better = await vera.send(rows(*lamps(40, price="12.75")))
    assert better["state"] == "applied"
    assert (await vera.run(run["id"]))["state"] == "dropped"
    with pytest.raises(Stale):
        await apply_held_run(vera.supplier, run["id"], by="Vera")


async def test_while_a_file_waits_the_same_file_does_not_ask_again():
    vera, run = await held()
    again = await vera.send(rows(*lamps(10, title="Half")))
    assert (again["state"], (await vera.run(run["id"]))["state"]) == ("unchanged", "held")


async def test_prices_that_lost_their_decimal_point_are_held():
    vera = await feed()
    await vera.send(rows(*lamps(40)))
    run = await vera.send(rows(*lamps(40, price="1250")))
    assert run["state"] == "held"
    assert (run["reasons"][0]["alarm"], run["reasons"][0]["hint"]) == ("moved", "hundredfold")


async def test_stock_that_all_went_to_nought_is_held():
    vera = await feed()
    await vera.send(rows(*lamps(40)))
    run = await vera.send(rows(*lamps(40, quantity="0")))
    assert (run["state"], run["zeroed"], run["reasons"][0]["alarm"]) == ("held", 40, "zeroed")


async def test_a_feeds_own_limits_hold():
    vera = await feed()
    await vera.set(limits=json.dumps({"vanished_bp": 100}))
    await vera.send(rows(*lamps(40)))
    assert (await vera.send(rows(*lamps(39))))["state"] == "held"


async def test_undo_restores_texts_prices_and_presence_but_no_quantity():
    vera = await feed()
    await vera.send(rows(*lamps(40, brand="Lumo")))
    bad = await vera.send(
        rows(
            lamp(1, brand="Oops", price="12.99", quantity="3", title="Broken"),
            *lamps(39, brand="Lumo")[1:],
            lamp(41),
        )
    )
    report = await undo_run(vera.supplier, bad["id"], by="Vera")
    offers = await vera.offers()
    one = offers["L-001"]
    assert (one["title"], one["brand"], one["price_e4"], one["quantity"], one["sells_up_to"]) == (
        "Lamp 1", "Lumo", 125_000, 3, 3)  # fmt: skip
    assert (offers["L-040"]["not_sellable"], offers["L-040"]["missing_runs"]) == (None, 0)
    assert offers["L-041"]["retired_at"] is not None
    assert (report["restored"], report["retired"], report["left"]) == (2, 1, 0)
    assert (await vera.run(bad["id"]))["state"] == "undone"
    assert [c["kind"] for c in await vera.trail()] == ["changed", "undone"]


async def test_undo_leaves_alone_what_changed_since_and_lists_it():
    vera = await feed()
    await vera.send(rows(*lamps(20)))
    bad = await vera.send(rows(*[lamp(n, title=f"Bad {n}", price="13.00") for n in (1, 2)], *lamps(20)[2:]))
    await vera.send(
        rows(lamp(1, title="Later", price="13.00"), lamp(2, title="Bad 2", price="13.00"), *lamps(20)[2:])
    )
    report = await undo_run(vera.supplier, bad["id"], by="Vera")
    offers = await vera.offers()
    assert (offers["L-001"]["title"], offers["L-001"]["price_e4"]) == ("Later", 125_000)
    assert (offers["L-002"]["title"], offers["L-002"]["price_e4"]) == ("Lamp 2", 125_000)
    assert (report["left"], report["examples"]) == (
        1,
        [{"sku": "L-001", "title": "Later", "fields": ["title"]}],
    )


async def test_undo_does_not_sell_what_the_run_found_sold_out():
    vera = await feed()
    await vera.send(rows(*lamps(20)))
    bad = await vera.send(rows(lamp(1, quantity="0", title="Bad"), *lamps(20)[1:]))
    await undo_run(vera.supplier, bad["id"], by="Vera")
    offer = await vera.offer()
    assert (offer["title"], offer["sells_up_to"], offer["not_sellable"]) == ("Lamp 1", 0, "out_of_stock")


async def test_an_undone_file_is_not_applied_again_but_the_next_one_is():
    vera = await feed()
    await vera.send(rows(*lamps(20)))
    bad = await vera.send(rows(*lamps(20, title="Bad")))
    await undo_run(vera.supplier, bad["id"], by="Vera")
    assert await vera.value("content_stands") is False
    await vera.send(rows(*lamps(20, title="Bad", brand="Lumo")))
    assert (await vera.offer())["title"] == "Bad"


async def test_undo_restores_the_mapping():
    vera = await feed()
    await vera.send(rows(*lamps(20, brand="Lumo")))
    mapping = json.loads(await vera.value("mapping"))
    mapping["columns"]["title"] = "brand"
    async with acting_as(vera.supplier):
        await execute(
            "UPDATE feed SET mapping = $2::jsonb, mapping_version = 2 WHERE id = $1",
            vera.id,
            json.dumps(mapping),
        )
    bad = await vera.send(rows(*lamps(20, brand="Lumo", price="12.60")))
    assert (await vera.offer())["title"] == "Lumo"
    assert (await undo_run(vera.supplier, bad["id"], by="Vera"))["mapping"] is True
    assert json.loads(await vera.value("mapping"))["columns"]["title"] == "title"
    assert (await vera.offer())["title"] == "Lamp 1"


async def test_a_run_is_undone_once_and_only_by_its_supplier_while_it_is_recent():
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    bad = await vera.send(rows(*lamps(5, title="Bad")))
    with pytest.raises(NotFound):
        await undo_run(await world.supplier("charlie"), bad["id"], by="Charlie")
    async with platform_scope("age"):
        await execute("UPDATE feed_run SET created_at = now() - interval '40 days' WHERE id = $1", bad["id"])
        for _ in range(10):
            await execute(
                "INSERT INTO feed_run (supplier, feed, state) VALUES ($1, $2, 'applied')",
                vera.supplier,
                vera.id,
            )
    with pytest.raises(Refused):
        await undo_run(vera.supplier, bad["id"], by="Vera")
    async with platform_scope("age"):
        await execute("UPDATE feed_run SET created_at = now() - interval '20 days' WHERE id = $1", bad["id"])
    await undo_run(vera.supplier, bad["id"], by="Vera")
    with pytest.raises(Stale):
        await undo_run(vera.supplier, bad["id"], by="Vera")


async def test_undoing_the_first_run_takes_its_offers_and_its_mapping_away_and_the_next_file_begins_anew():
    vera = await feed()
    first = await vera.send(rows(*lamps(5)))
    report = await undo_run(vera.supplier, first["id"], by="Vera")
    assert (report["retired"], report["restored"], report["mapping"]) == (5, 0, True)
    assert await vera.value("mapping") is None
    assert {o["not_sellable"] for o in (await vera.offers()).values()} == {"vanished"}
    again = await vera.send(rows(*[{**line, "brand": "Lumo"} for line in lamps(4)]))
    assert (again["state"], again["changed"]) == ("applied", 4)
    offers = await vera.offers()
    assert (offers["L-001"]["not_sellable"], offers["L-001"]["retired_at"]) == (None, None)
    assert offers["L-005"]["retired_at"] is not None
    assert await vera.value("mapping") is not None


async def test_runs_are_undone_one_after_the_other_back_to_the_beginning():
    vera = await feed()
    await vera.send(rows(*lamps(20)))
    second = await vera.send(rows(*lamps(20, title="Second"), lamp(21)))
    third = await vera.send(rows(*lamps(20, title="Third"), lamp(21, title="Renamed")))
    assert (await undo_run(vera.supplier, third["id"], by="Vera"))["left"] == 0
    assert (await vera.offer())["title"] == "Second"
    report = await undo_run(vera.supplier, second["id"], by="Vera")
    offers = await vera.offers()
    assert (report["restored"], report["retired"], report["left"]) == (20, 1, 0)
    assert offers["L-001"]["title"] == "Lamp 1"
    assert offers["L-021"]["retired_at"] is not None


async def test_an_offer_a_bad_run_brought_goes_although_its_stock_moved_since_but_not_when_a_person_wrote_on_it():
    vera = await feed()
    await vera.send(rows(*lamps(20)))
    bad = await vera.send(rows(*lamps(20), lamp(21), lamp(22)))
    await vera.send(rows(*lamps(20), lamp(21, quantity="7"), lamp(22)))
    await edit_offers(vera.supplier, [{"sku": "L-022", "title": "Mine"}], by="Vera")
    report = await undo_run(vera.supplier, bad["id"], by="Vera")
    offers = await vera.offers()
    assert (report["retired"], report["left"], report["examples"][0]["sku"]) == (1, 1, "L-022")
    assert (offers["L-021"]["retired_at"] is None, offers["L-022"]["retired_at"]) == (False, None)


async def test_undo_takes_back_that_offers_returned_and_brings_back_those_that_were_retired():
    vera = await feed(vanished="retire", retire_after=1)
    await vera.send(rows(*lamps(20)))
    await vera.send(rows(*lamps(20)[1:]))
    bad = await vera.send(rows(*lamps(20)[:-1]))
    offers = await vera.offers()
    assert (offers["L-001"]["not_sellable"], offers["L-020"]["retired_at"] is None) == (None, False)
    await undo_run(vera.supplier, bad["id"], by="Vera")
    offers = await vera.offers()
    assert (offers["L-001"]["not_sellable"], offers["L-001"]["retired_at"] is None) == ("vanished", False)
    assert (offers["L-020"]["not_sellable"], offers["L-020"]["retired_at"]) == (None, None)


async def test_an_undone_mapping_is_not_what_a_later_undo_brings_back():
    vera = await feed()
    await vera.send(rows(*lamps(20, brand="Lumo")))
    good = json.loads(await vera.value("mapping"))
    await vera.set(
        mapping=json.dumps({**good, "columns": {**good["columns"], "title": "brand"}}), mapping_version=2
    )
    bad = await vera.send(rows(*lamps(20, brand="Lumo", price="12.60")))
    await undo_run(vera.supplier, bad["id"], by="Vera")
    fine = await vera.send(rows(*lamps(20, brand="Lumo", price="12.70")))
    await undo_run(vera.supplier, fine["id"], by="Vera")
    assert json.loads(await vera.value("mapping"))["columns"]["title"] == "title"


async def test_a_run_that_is_being_applied_is_dropped_at_once_and_writes_nothing(monkeypatch):
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    asked = asyncio.Event()

    async def slow(*_):
        asked.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(applying, "_write", slow)
    run = await vera.start(rows(*lamps(5, price="12.60")))
    work = asyncio.create_task(vera.work(run))
    async with asyncio.timeout(10):
        await asked.wait()
        await drop_run(vera.supplier, run, by="Vera")
        assert (await work)["state"] == "dropped"
    assert (await vera.offer())["price_e4"] == 125_000


async def test_the_last_ten_runs_keep_their_trail_however_old_they_are_and_older_ones_lose_it():
    vera = await feed()
    for n in range(13):
        run = await vera.send(rows(*lamps(3, title=f"Title {n}")))
    async with platform_scope("a long time passes"):
        for sql in (
            "UPDATE offer_change SET at = at - interval '500 days' WHERE supplier = $1",
            "UPDATE feed_run SET created_at = created_at - interval '500 days' WHERE supplier = $1",
        ):
            await execute(sql, vera.supplier)
    await clean_runs()
    assert len(await vera.trail()) == 10
    report = await undo_run(vera.supplier, run["id"], by="Vera")
    assert report["restored"] == 3
    assert (await vera.offer())["title"] == "Title 11"


async def test_of_the_runs_that_found_nothing_new_the_last_of_each_hour_is_remembered():
    vera = await feed()
    async with platform_scope("a week of runs"):
        await execute(
            "INSERT INTO feed_run (supplier, feed, state, created_at, finished_at, source_time)"
            " SELECT $1, $2, 'unchanged', t, t, t FROM generate_series(date_trunc('hour', now()) - interval '5 days',"
            " date_trunc('hour', now()) - interval '4 days' - interval '1 second', interval '10 minutes') AS t",
            vera.supplier,
            vera.id,
        )
    await clean_runs()
    async with acting_as(vera.supplier):
        left = await world_fetch(
            "SELECT extract(minute FROM created_at)::int AS m FROM feed_run WHERE feed = $1", vera.id
        )
    assert [row["m"] for row in left] == [50] * 24


async def test_a_year_of_hourly_runs_is_looked_through_in_no_time():
    vera = await feed()
    async with platform_scope("a year of runs"):
        await execute(
            "INSERT INTO feed_run (supplier, feed, state, created_at, finished_at, source_time)"
            " SELECT $1, $2, 'unchanged', t, t, t FROM generate_series(now() - interval '399 days', now() - interval '3 days', '1 hour') AS t",
            vera.supplier,
            vera.id,
        )
    async with asyncio.timeout(5):
        await clean_runs()
    async with acting_as(vera.supplier):
        [left] = await world_fetch("SELECT count(*) AS n FROM feed_run WHERE feed = $1", vera.id)
    assert left["n"] == 396 * 24 + 1
