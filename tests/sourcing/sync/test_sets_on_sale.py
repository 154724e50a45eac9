"""What a run says of sets is what stock sells them by, from the next buyer on: their parts, as they were last told."""

from datetime import datetime, timedelta

import pytest

from marketplace.catalogue.propagate import propagate
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.sourcing.undo_run import undo_run
from marketplace.sourcing.why_sellable import why_sellable
from marketplace.stock.count_from import count_from
from marketplace.stock.end import end
from tenants.scope import platform_scope
from tests.support import world
from tests.support.bedroom import Bedroom
from tests.support.feeds import Feed, events, feed, rows

pytestmark = pytest.mark.usefixtures("database", "sums_hold")

COLUMNS = ("sku", "title", "price", "currency", "quantity", "set parts")


def file(*more: tuple, parts: str = "BED, 2x STAND", beds: str = "5", stands: str = "5") -> str:
    said = [
        ("SET", "Bedroom", "500", "EUR", "0", parts),
        ("BED", "Bed", "300", "EUR", beds, ""),
        ("STAND", "Nightstand", "100", "EUR", stands, ""),
        *more,
    ]
    return rows(*[dict(zip(COLUMNS, row, strict=True)) for row in said])


async def shop(content: str = "", **more: object) -> tuple[Feed, Bedroom]:
    """Vera sent her file, and Alice sells what is in it."""
    vera = await feed(**more)
    assert (await vera.send(content or file()))["state"] == "applied"
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    ids = {sku: row["id"] for sku, row in (await vera.offers()).items()}
    return vera, Bedroom(alice, vera.supplier, vera.id, ids["BED"], ids["STAND"], ids["SET"])


async def made_of(vera: Feed) -> dict[str, dict[str, int]]:
    async with platform_scope("look"):
        found = await fetch(
            "SELECT o.sku, p.sku AS part, l.units FROM offer_part l JOIN offer o ON o.id = l.offer JOIN part p ON p.id = l.part"
            " WHERE l.supplier = $1 ORDER BY o.sku, p.sku",
            vera.supplier,
        )
    made: dict[str, dict[str, int]] = {}
    for row in found:
        made.setdefault(row["sku"], {})[row["part"]] = row["units"]
    return made


async def test_a_set_of_the_first_file_is_sold_with_its_parts():
    vera, its = await shop()
    assert await made_of(vera) == {
        "SET": {"BED": 1, "STAND": 2},
        "BED": {"BED": 1},
        "STAND": {"STAND": 1},
    }
    assert await its.take(bed=4) == {}
    assert await its.all_left() == (1, 1, 5)
    assert await its.take(set=1) == {}
    assert await its.all_left() == (0, 0, 3)


async def test_a_set_of_sets_takes_what_is_no_set_itself():
    duo = ("DUO", "Two bedrooms and a bed", "900", "EUR", "", "2x SET, BED")
    vera, _ = await shop(file(duo))
    assert (await made_of(vera))["DUO"] == {"BED": 3, "STAND": 4}


async def test_a_feed_without_sets_keeps_nothing_of_them():
    vera = await feed()
    await vera.send("sku,title,price,currency,quantity\nBED,Bed,300,EUR,5\n")
    assert await made_of(vera) == {}
    async with platform_scope("look"):
        assert await fetch("SELECT 1 FROM part WHERE supplier = $1", vera.supplier) == []


async def test_parts_left_out_by_a_filter_are_counted_between_sets():
    pair = ("PAIR", "Two nightstands", "450", "EUR", "", "2x STAND")
    vera = await feed(vanished="zero")
    await vera.send(file(pair))
    known = json.loads(await vera.value("mapping"))
    filters = [{"column": "price", "test": "at_least", "values": ["400"]}]
    await vera.set(mapping=json.dumps({**known, "filters": filters}), mapping_version=2)
    for stands in ("6", "7"):
        assert (await vera.send(file(pair, stands=stands)))["state"] == "applied"
    offers = await vera.offers()
    assert (offers["STAND"]["not_sellable"], offers["SET"]["sells_up_to"], offers["PAIR"]["sells_up_to"]) == ("vanished", 3, 3)  # fmt: skip
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    its = Bedroom(
        alice, vera.supplier, vera.id, offers["PAIR"]["id"], offers["STAND"]["id"], offers["SET"]["id"]
    )
    assert (await its.left(its.set), await its.left(its.bed)) == (3, 3)
    await its.buy(its.set, 2)
    assert (await its.left(its.set), await its.left(its.bed)) == (1, 1)


async def test_a_run_that_changes_a_set_counts_new_sales_by_its_new_parts():
    vera, its = await shop()
    await its.buy(its.set, 1)
    await vera.send(file(parts="BED, STAND"))
    assert (await made_of(vera))["SET"] == {"BED": 1, "STAND": 1}
    assert await its.all_left() == (3, 4, 3)
    await its.buy(its.set, 1)
    assert await its.all_left() == (2, 3, 2)
    assert its.set in (await events("stock.changed", vera.supplier))[-1]["offers"]


async def test_a_set_that_is_none_any_more_takes_no_parts_and_one_it_was_sold_as_still_does():
    vera, its = await shop()
    await its.buy(its.set, 1)
    await vera.send(file(parts="").replace("EUR,0,", "EUR,9,"))
    assert "SET" not in await made_of(vera)
    assert await its.all_left() == (8, 4, 3)
    await its.buy(its.set, 1)
    assert await its.all_left() == (7, 4, 3)


async def test_a_mapping_that_no_longer_names_parts_makes_sets_plain():
    vera, its = await shop()
    known = json.loads(await vera.value("mapping"))
    known["columns"].pop("parts")
    await vera.set(mapping=json.dumps(known), mapping_version=2)
    await vera.send(file().replace("EUR,0,", "EUR,9,"))
    assert "SET" not in await made_of(vera)
    assert await its.left(its.set) == 9


async def test_what_was_sold_before_a_file_named_the_parts_comes_off_them():
    vera, its = await shop(file(parts="").replace("EUR,0,", "EUR,2,"))
    await its.buy(its.set, 1)
    await its.buy(its.bed, 1)
    assert await its.all_left() == (1, 4, 5)
    await vera.send(file())
    assert await its.all_left() == (1, 3, 3)


async def test_a_part_that_comes_to_be_sold_by_itself_shares_with_the_sets_that_were_sold():
    lamp = ("LAMP", "Lamp", "50", "EUR", "", "SHADE")
    vera = await feed()
    await vera.send(file(lamp, ("SHADE", "Shade", "", "EUR", "3", "")))
    shade = await vera.offer("SHADE")
    assert (await vera.offer("LAMP"))["sells_up_to"] == 3
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    its = Bedroom(alice, vera.supplier, vera.id, shade["id"], 0, (await vera.offer("LAMP"))["id"])
    await its.buy(its.set, 1)
    await vera.send(file(lamp, ("SHADE", "Shade", "20", "EUR", "3", "")))
    assert await its.left(its.bed) == 2


@pytest.mark.parametrize("vanished", ["keep", "zero", "retire"])
async def test_a_set_that_is_not_listed_stays_what_it_was(vanished):
    vera, its = await shop(file(("LAMP", "Lamp", "50", "EUR", "9", "")), vanished=vanished)
    await its.buy(its.set, 1)
    left = "\n".join(
        row for row in file(("LAMP", "Lamp", "50", "EUR", "8", "")).splitlines() if "SET" not in row
    )
    for _ in range(2):
        assert (await vera.send(left))["state"] == "applied"
        left = left.replace("EUR,8,", "EUR,7,")
    assert (await made_of(vera))["SET"] == {"BED": 1, "STAND": 2}
    assert await its.left(its.set) == (1 if vanished == "keep" else 0)
    assert (await its.left(its.bed), await its.left(its.stand)) == (4, 3)


async def test_a_part_that_is_not_listed_stops_the_set_and_keeps_what_was_sold_of_it():
    vera, its = await shop(vanished="keep")
    await its.buy(its.set, 1)
    await vera.send("\n".join(row for row in file().splitlines() if "BED,Bed" not in row))
    assert (await vera.offer("SET"))["not_sellable"] == "part_unknown"
    assert await its.take(set=1) == {its.set: 0}
    assert await its.left(its.bed) == 4


async def test_undoing_a_run_brings_no_parts_back_as_it_brings_no_quantity_back():
    vera, its = await shop()
    bad = await vera.send(file(parts="BED"))
    await its.buy(its.set, 1)
    await undo_run(vera.supplier, bad["id"], by="Vera")
    assert (await made_of(vera))["SET"] == {"BED": 1}
    assert await its.all_left() == (4, 4, 5)
    await vera.send(file(beds="6"))
    assert (await made_of(vera))["SET"] == {"BED": 1, "STAND": 2}
    assert await its.all_left() == (1, 5, 5)


async def test_a_held_run_changes_no_set():
    vera, _ = await shop(limits='{"zeroed_bp": 1, "min_rows": 1}')
    run = await vera.send(file(parts="BED", beds="0"))
    assert run["state"] == "held"
    assert (await made_of(vera))["SET"] == {"BED": 1, "STAND": 2}


async def test_the_next_file_counts_a_set_and_its_parts_once():
    vera, its = await shop(lag_hours=1)
    sale = await its.buy(its.set, 2)
    await count_from(its.merchant, sale.order_line, its.set, 2, now() - timedelta(hours=2))
    await vera.send(file(beds="3", stands="1"))
    assert await its.all_left() == (0, 3, 1)


async def test_sets_of_a_catalogue_without_stock_follow_the_stock_feed_of_their_parts():
    plain = "sku,title,price,currency,set parts\nSET,Bedroom,500,EUR,BED + 2x STAND\nBED,Bed,300,EUR,\nSTAND,Nightstand,100,EUR,\n"
    vera, its = await shop(plain)
    assert (await made_of(vera))["SET"] == {"BED": 1, "STAND": 2}
    quick = await feed(vera.supplier, speed="stock", vanished="keep")
    await quick.send("sku,quantity\nSET,4\nBED,5\nSTAND,5\n")
    assert await its.all_left() == (2, 5, 5)
    assert await its.take(bed=4) == {}
    assert await its.all_left() == (1, 1, 5)


async def test_sets_and_parts_may_be_in_two_files_of_the_supplier():
    parts = "sku,title,price,currency,quantity\nBED,Bed,300,EUR,5\nSTAND,Nightstand,100,EUR,5\n"
    vera = await feed()
    await vera.send(parts)
    sets = await feed(vera.supplier)
    mixed = 'sku,title,price,currency,set parts\nSET,Bedroom,500,EUR,"BED, 2x STAND"\nODD,Odd,500,EUR,"BED, GONE"\n'
    await sets.send(mixed)
    assert await made_of(vera) == {"SET": {"BED": 1, "STAND": 2}, "BED": {"BED": 1}, "STAND": {"STAND": 1}}


async def test_a_set_within_a_set_may_be_in_another_file_too():
    vera, its = await shop()
    more = await feed(vera.supplier)
    room = 'sku,title,price,currency,quantity,set parts\nHOME,Home,900,EUR,,"2x SET, BED, LAMP"\nLAMP,Lamp,9,EUR,8,\n'
    for quantity in ("8", "7"):
        assert (await more.send(room.replace("EUR,8", f"EUR,{quantity}")))["state"] == "applied"
        made = await made_of(vera)
        assert made["HOME"] == {"BED": 3, "LAMP": 1, "STAND": 4}
        assert made["SET"] == {"BED": 1, "STAND": 2}
    assert await its.all_left() == (2, 5, 5)


async def test_a_set_whose_parts_nobody_counts_is_sold_by_its_own_number():
    plain = "sku,title,price,currency,set parts\nSET,Bedroom,500,EUR,BED + 2x STAND\nBED,Bed,300,EUR,\nSTAND,Nightstand,100,EUR,\n"
    vera, its = await shop(plain)
    quick = await feed(vera.supplier, speed="stock", vanished="keep")
    await quick.send("sku,quantity\nSET,4\n")
    assert await its.all_left() == (4, 0, 0)
    assert await its.take(set=4) == {}
    assert await its.left(its.set) == 0


async def test_merchants_are_told_when_sets_and_parts_together_are_more_than_the_supplier_has():
    vera, its = await shop(file(beds="3", stands="9"))
    await its.buy(its.set, 1)
    await its.buy(its.bed, 2)
    await vera.send(file(beds="2", stands="9"))
    [told] = await events("offer.oversold", vera.supplier)
    assert (told["merchant"], sorted(told["offers"])) == (its.merchant, sorted([its.set, its.bed]))


async def test_a_stock_feed_that_knows_nothing_of_sets_moves_them_with_their_parts():
    vera, its = await shop()
    quick = await feed(vera.supplier, speed="stock", vanished="keep")
    await quick.send("sku,quantity\nBED,1\n")
    assert await its.all_left() == (1, 1, 5)
    assert (await made_of(vera))["SET"] == {"BED": 1, "STAND": 2}


async def test_a_run_that_only_moves_a_part_is_carried_to_the_sets_of_it_on_the_shops_pages():
    vera, its = await shop()
    variant = await world.variant(its.merchant, its.set)
    quick = await feed(vera.supplier, speed="stock", vanished="keep")
    run = await quick.send("sku,quantity\nBED,1\n")
    await propagate(its.merchant, vera.supplier, run["id"])
    async with platform_scope("look"):
        assert await fetch_value("SELECT available FROM variant WHERE id = $1", variant) == 1


async def test_a_number_typed_by_a_person_counts_for_the_sets_of_the_part():
    _, its = await shop()
    async with platform_scope("typed"):
        await execute("UPDATE offer SET sells_up_to = 1, quantity = 1 WHERE id = $1", its.bed)
    assert await its.all_left() == (1, 1, 5)


async def test_of_a_past_minute_it_is_told_that_a_set_or_a_part_was_sold_out_by_the_other():
    vera, its = await shop(file(beds="1", stands="2"))

    async def was(at: datetime | None, offer: int) -> tuple[str | None, int]:
        why = await why_sellable(vera.supplier, offer, at)
        return why.code, why.available

    before = now()
    sale = await its.buy(its.set, 1)
    sold = now()
    assert [await was(before, each) for each in (its.set, its.bed, its.stand)] == [
        (None, 1),
        (None, 1),
        (None, 2),
    ]
    assert await was(sold, its.bed) == ("sold_out", 0)
    assert await end(its.merchant, [sale], why="cancelled") == 1
    assert [await was(each, its.bed) for each in (before, sold, None)] == [
        (None, 1),
        ("sold_out", 0),
        (None, 1),
    ]
    await its.buy(its.bed, 1)
    assert [await was(each, its.set) for each in (before, sold, now())] == [
        (None, 1),
        ("sold_out", 0),
        ("sold_out", 0),
    ]


async def test_of_a_past_minute_the_parts_of_a_set_are_counted_as_they_were_then():
    vera, its = await shop(file(beds="0", stands="5"))
    poor = now()
    await vera.send(file(beds="2", stands="5"))
    rich = now()
    await vera.send(file(beds="0", stands="4"))
    said = [(await why_sellable(vera.supplier, its.set, at)) for at in (poor, rich, now())]
    assert [(why.code, why.available) for why in said] == [
        ("out_of_stock", 0),
        (None, 2),
        ("out_of_stock", 0),
    ]
