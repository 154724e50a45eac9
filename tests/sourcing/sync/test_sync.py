"""A file comes, and the supplier's offers are what it says."""

import pytest

from marketplace.kernel import json
from marketplace.kernel.database import execute
from marketplace.sourcing.mapping import Mapping, to_json
from tenants.scope import acting_as
from tests.support import world
from tests.support.feeds import events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def test_a_first_file_makes_offers_with_the_proposed_mapping():
    vera = await feed()
    run = await vera.send(rows(*lamps(3)))
    assert (run["state"], run["rows"], run["accepted"], run["new"], run["message"]) == (
        "applied",
        3,
        3,
        3,
        None,
    )
    offer = await vera.offer("L-002")
    assert (offer["title"], offer["price_e4"], offer["currency"], offer["quantity"], offer["sells_up_to"]) == (
        "Lamp 2", 125_000, "EUR", 10, 10)  # fmt: skip
    assert (offer["not_sellable"], offer["first_run"], offer["feed"]) == (None, run["id"], vera.id)
    assert await vera.value("mapping_version") == 1


async def test_a_file_without_key_or_title_waits_for_a_mapping():
    vera = await feed()
    run = await vera.send("colour,size\nred,M\nblue,L\n")
    assert (run["state"], run["error"]) == ("failed", "needs_mapping")
    assert await vera.offers() == {}


async def test_the_same_file_again_is_not_read_again():
    vera = await feed()
    await vera.send(rows(*lamps(3)))
    run = await vera.send(rows(*lamps(3)))
    assert (run["state"], run["rows"], run["error"]) == ("unchanged", 0, None)


async def test_only_what_changed_is_written_and_leaves_a_trail():
    vera = await feed()
    first = await vera.send(rows(*lamps(30)))
    second = await vera.send(rows(lamp(1, price="13.00"), *lamps(30)[1:]))
    assert (second["changed"], second["unchanged"], second["repriced"], second["new"]) == (1, 29, 1, 0)
    offers = await vera.offers()
    assert offers["L-001"]["price_e4"] == 130_000
    assert {o["last_run"] for o in offers.values()} == {first["id"], second["id"]}
    assert offers["L-002"]["last_run"] == first["id"]
    [change] = await vera.trail()
    assert (change["kind"], change["run"], change["before"], change["after"]) == (
        "changed", second["id"], {"price_e4": 125_000}, {"price_e4": 130_000})  # fmt: skip
    assert await vera.trail("L-002") == []


async def test_an_unchanged_offer_is_as_fresh_as_the_last_run():
    vera = await feed()
    first = await vera.send(rows(*lamps(3)))
    second = await vera.send(rows(*lamps(3), lamp(4)))
    offers = await vera.offers()
    assert offers["L-001"]["stock_time"] == first["source_time"] < second["source_time"]
    assert {o["as_of"] for o in offers.values()} == {second["source_time"]}


async def test_every_linked_merchant_is_told_and_nobody_else():
    vera = await feed()
    alice, bob, charlie = await world.merchant(), await world.merchant("bob"), await world.merchant("charlie")
    await world.agreement(alice, vera.supplier)
    await world.agreement(bob, vera.supplier, state="paused")
    await world.agreement(charlie, vera.supplier, state="ended")
    run = await vera.send(rows(*lamps(2)))
    told = await events("feed.applied", vera.supplier)
    assert told == [{"merchant": m, "supplier": vera.supplier, "run": run["id"]} for m in (alice, bob)]


async def test_of_two_rows_with_one_key_the_last_wins_and_both_lines_are_named():
    vera = await feed()
    run = await vera.send(rows(lamp(1, title="First"), lamp(2), lamp(1, title="Second")))
    assert (run["rows"], run["accepted"], run["merged"], run["new"]) == (3, 2, 1, 2)
    assert (await vera.offer())["title"] == "Second"
    assert any("lines 2 and 4" in i["reason"] for i in await vera.issues(run["id"]))


@pytest.mark.parametrize("last", ["as it was", "changed"])
async def test_a_key_repeated_once_as_it_was_and_once_changed_is_what_its_last_row_says(last):
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    before, after = lamp(1), lamp(1, title="Changed")
    pair = (after, before) if last == "as it was" else (before, after)
    run = await vera.send(rows(*pair, *lamps(5)[1:]))
    assert (run["rows"], run["accepted"], run["merged"]) == (6, 5, 1)
    assert (await vera.offer())["title"] == ("Lamp 1" if last == "as it was" else "Changed")
    assert run["vanished"] == 0


async def test_rejected_rows_are_kept_with_line_and_reason_and_every_row_is_accounted_for():
    vera = await feed()
    run = await vera.send(
        rows(lamp(1), {"title": "No key", "price": "3"}, lamp(3, title=""), lamp(4), lamp(4))
    )
    assert (run["rows"], run["accepted"], run["merged"], run["attached"], run["rejected"]) == (5, 2, 1, 0, 2)
    rejected = [i for i in await vera.issues(run["id"]) if i["kind"] == "rejected"]
    assert [i["line"] for i in rejected] == [3, 4]
    assert all(i["reason"] and i["raw"] for i in rejected)


async def test_columns_that_are_not_sent_change_nothing():
    vera = await feed()
    await vera.send(rows(*lamps(3, brand="Lumo", description="Warm light")))
    run = await vera.send(rows(*lamps(3, price="14.00")))
    assert run["changed"] == 3
    offer = await vera.offer()
    assert (offer["brand"], offer["description"], offer["price_e4"]) == ("Lumo", "Warm light", 140_000)


async def test_a_sent_empty_cell_empties_the_field():
    vera = await feed()
    await vera.send(rows(*lamps(3, brand="Lumo")))
    await vera.send(rows(lamp(1, brand=""), *lamps(3, brand="Lumo")[1:]))
    offers = await vera.offers()
    assert (offers["L-001"]["brand"], offers["L-002"]["brand"]) == (None, "Lumo")
    [change] = await vera.trail()
    assert (change["before"], change["after"]) == ({"brand": "Lumo"}, {})


async def test_an_unknown_stock_word_keeps_the_quantity_with_its_age_and_is_reported_every_time():
    vera = await feed()
    first = await vera.send(rows(*lamps(5)))
    for price in ("12.60", "12.70"):
        run = await vera.send(rows(lamp(1, quantity="ask Bert", price=price), *lamps(5)[1:]))
        offer = await vera.offer()
        assert (offer["quantity"], offer["sells_up_to"], offer["not_sellable"]) == (10, 10, None)
        assert offer["as_of"] == first["source_time"]
        assert (await vera.offer("L-002"))["as_of"] == run["source_time"]
        assert any(i["sku"] == "L-001" and "ask Bert" in i["reason"] for i in await vera.issues(run["id"]))
    back = await vera.send(rows(lamp(1, quantity="7"), *lamps(5)[1:]))
    assert ((await vera.offer())["quantity"], (await vera.offer())["as_of"]) == (7, back["source_time"])


async def test_a_new_row_with_an_unknown_stock_word_is_not_sellable():
    vera = await feed()
    await vera.send(rows(lamp(1, quantity="ask Bert"), *lamps(5)[1:]))
    offer = await vera.offer()
    assert (offer["quantity"], offer["sells_up_to"], offer["not_sellable"]) == (None, 0, "stock_unreadable")
    await vera.send(rows(lamp(1, quantity="ask Bert", title="Other"), *lamps(5)[1:]))
    assert (await vera.offer())["not_sellable"] == "stock_unreadable"


async def test_older_numbers_never_overwrite_newer_ones():
    vera = await feed()
    await vera.send(rows(*lamps(3)))
    async with acting_as(vera.supplier):
        await execute(
            "UPDATE offer SET quantity = 4, sells_up_to = 4, stock_time = now() + interval '1 hour', hash = NULL"
            " WHERE supplier = $1 AND sku = 'L-001'",
            vera.supplier,
        )
    run = await vera.send(rows(*lamps(3, title="Renamed")))
    offer = await vera.offer()
    assert (run["older"], offer["quantity"], offer["title"]) == (1, 4, "Renamed")


async def test_a_value_that_no_column_can_hold_costs_its_row_not_the_run():
    vera = await feed()
    run = await vera.send(
        rows(lamp(1), lamp(2, title="Lone \ud800"), lamp(3)).encode("utf-8", "surrogatepass")
    )
    assert run["state"] == "applied"
    assert run["accepted"] + run["rejected"] == 3


async def test_a_row_that_cannot_be_sold_says_why():
    vera = await feed()
    await vera.send(
        rows(lamp(1, price=""), lamp(2, quantity="0"), lamp(3), lamp(4, price="call us"), *lamps(9)[4:])
    )
    why = {sku: o["not_sellable"] for sku, o in (await vera.offers()).items()}
    assert (why["L-001"], why["L-002"], why["L-003"], why["L-004"]) == (
        "no_price",
        "out_of_stock",
        None,
        "price_unreadable",
    )


async def test_options_pictures_and_makers_are_kept_and_compared():
    vera = await feed()
    line = lamp(1, color="Red", image_link="https://cdn.example/1.jpg,https://cdn.example/2.jpg")
    await vera.send(rows(line, *lamps(5)[1:]))
    offer = await vera.offer()
    assert offer["images"] == ["https://cdn.example/1.jpg", "https://cdn.example/2.jpg"]
    assert "Red" in offer["options"]
    run = await vera.send(rows({**line, "color": "Blue"}, *lamps(5)[1:]))
    assert run["changed"] == 1
    assert "Blue" in (await vera.offer())["options"]


async def test_a_public_price_that_changes_beside_a_cost_is_the_recommended_price():
    vera = await feed()
    mapping = {"sku": "sku", "title": "title", "cost": "cost", "price": "price", "quantity": "quantity"}
    said = Mapping(
        format="csv",
        delimiter=",",
        header_row=1,
        columns=mapping,
        currency="EUR",
        price_means="public",
        price_vat="excluded",
    )
    await vera.set(mapping=json.dumps(to_json(said)))
    await vera.send(rows(lamp(1, cost="5.00")))
    assert (await vera.offer())["msrp_e4"] == 125_000
    await vera.send(rows(lamp(1, cost="5.00", price="15.00")))
    offer = await vera.offer()
    assert (offer["price_e4"], offer["msrp_e4"]) == (50_000, 150_000)


async def test_keys_repeated_across_the_batches_of_a_first_file_are_what_their_last_row_says(monkeypatch):
    from marketplace.sourcing.sync import records

    monkeypatch.setattr(records, "BATCH", 3)
    vera = await feed()
    twice = [lamp(n, title=f"Again {n}") for n in (1, 5)]
    run = await vera.send(rows(*lamps(8), *twice, lamp(5, title="Last"), lamp(9)))
    assert (run["rows"], run["accepted"], run["merged"], run["new"]) == (12, 9, 3, 9)
    offers = await vera.offers()
    assert (offers["L-001"]["title"], offers["L-005"]["title"], len(offers)) == ("Again 1", "Last", 9)
    assert any("lines 2 and 10" in i["reason"] for i in await vera.issues(run["id"]))
    again = await vera.send(rows(*lamps(8), *twice, lamp(5, title="Last"), lamp(9), lamp(10)))
    assert (again["changed"], again["new"], again["accepted"], again["merged"]) == (0, 1, 10, 3)


async def test_a_second_feed_of_a_supplier_is_compared_with_what_the_first_brought():
    vera = await feed()
    await vera.send(rows(*lamps(3)))
    second = await feed(vera.supplier)
    run = await second.send(rows(lamp(2, title="Mine now"), lamp(4)))
    assert (run["new"], run["changed"]) == (1, 1)
    offers = await vera.offers()
    assert (offers["L-002"]["feed"], offers["L-002"]["title"], offers["L-001"]["not_sellable"]) == (
        second.id,
        "Mine now",
        None,
    )
