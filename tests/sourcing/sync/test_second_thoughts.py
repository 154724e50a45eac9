"""What follows a decision: a source that mends itself, a file that nobody wanted and that comes again, a person who wants it after all."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.errors import Stale
from marketplace.sourcing.change_feed import change_feed
from marketplace.sourcing.drop_run import drop_run
from marketplace.sourcing.edit_offers import edit_offers
from marketplace.sourcing.repeat_run import repeat_run
from marketplace.sourcing.sync import claim
from marketplace.sourcing.undo_run import undo_run
from tests.support.feeds import Feed, events, feed, lamp, lamps, rows
from tests.support.loopback import Server, answer, saying, serving

pytestmark = pytest.mark.usefixtures("database")
GOOD, HALF, BAD = (rows(*those).encode() for those in (lamps(40), lamps(10), lamps(40, title="Bad")))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    async def open_to(server: Server, **more) -> Feed:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        return await feed(transport="http", url=server.url(), **more)

    return open_to


@pytest.mark.parametrize("back", [answer(304), answer(200, GOOD)])
async def test_a_source_that_goes_back_to_its_good_file_takes_back_what_waited(at, back):
    async with serving(saying(answer(200, GOOD, etag='"g"'), answer(200, HALF), back)) as server:
        vera = await at(server)
        await vera.fetch()
        held = await vera.fetch()
        again = await vera.fetch()
    assert (held["state"], again["state"]) == ("held", "unchanged")
    waited = await vera.run(held["id"])
    assert (waited["state"], waited["message"]) == ("dropped", "A newer file came before anybody decided.")


async def test_an_hourly_file_with_the_same_fault_is_one_alert_and_a_new_fault_another():
    vera = await feed()
    await vera.send(rows(*lamps(40)))
    first = await vera.send(rows(*lamps(10)))
    for count in (11, 12):
        assert (await vera.send(rows(*lamps(count))))["state"] == "held"
    worse = await vera.send(rows(*lamps(14, quantity="0")))
    told = [e["run"] for e in await events("feed_run.held", vera.supplier)]
    assert (worse["state"], told) == ("held", [first["id"], worse["id"]])


async def undone(vera: Feed) -> int:
    await vera.fetch()
    bad = await vera.fetch()
    assert (await vera.offer())["title"] == "Bad"
    await undo_run(vera.supplier, bad["id"], by="Vera")
    return bad["id"]


async def test_a_file_that_was_undone_is_left_alone_until_a_person_wants_it_after_all(at):
    async with serving(saying(answer(200, GOOD), answer(200, BAD))) as server:
        vera = await at(server)
        await undone(vera)
        seen = await vera.fetch()
        assert (seen["state"], (await vera.offer())["title"]) == ("unchanged", "Lamp 1")
        run = await repeat_run(vera.supplier, seen["id"], by="Vera")
        assert ((await vera.work(run))["state"], (await vera.offer())["title"]) == ("applied", "Bad")
        with pytest.raises(Stale):
            await repeat_run(vera.supplier, seen["id"], by="Vera")


async def test_another_release_that_reads_files_otherwise_does_not_bring_it_back(at, monkeypatch):
    async with serving(saying(answer(200, GOOD), answer(200, BAD))) as server:
        vera = await at(server)
        await undone(vera)
        monkeypatch.setattr(claim, "VERSION", b"of another release")
        assert (await vera.fetch())["state"] == "unchanged"
    assert (await vera.offer())["title"] == "Lamp 1"


async def test_a_machine_that_sends_it_every_night_does_not_bring_it_back():
    vera = await feed(transport="api")
    await vera.work(await vera.start(GOOD, trigger="api"))
    bad = await vera.work(await vera.start(BAD, trigger="api"))
    await undo_run(vera.supplier, bad["id"], by="Vera")
    again = await vera.work(await vera.start(BAD, trigger="api"))
    assert (again["state"], (await vera.offer())["title"]) == ("unchanged", "Lamp 1")


async def test_a_run_dropped_by_mistake_is_read_again_and_held_again():
    vera = await feed()
    await vera.send(GOOD)
    held = await vera.send(HALF)
    await drop_run(vera.supplier, held["id"], by="Vera")
    run = await repeat_run(vera.supplier, held["id"], by="Vera")
    assert (await vera.work(run))["state"] == "held"


async def test_after_a_file_sent_by_hand_the_same_file_at_the_address_costs_a_body_once(at):
    async with serving(
        saying(answer(200, HALF, etag='"h"'), answer(200, GOOD, etag='"g"'), answer(304))
    ) as server:
        vera = await at(server)
        await vera.fetch()
        await vera.send(GOOD)
        assert [(await vera.fetch())["state"] for _ in range(2)] == ["unchanged", "unchanged"]
    assert [a.headers.get("if-none-match") for a in server.asked] == [None, None, '"g"']


async def test_at_another_address_an_older_file_is_read_all_the_same(at):
    yesterday = format_datetime(now() - timedelta(hours=20), usegmt=True)
    async with serving(saying(answer(200, GOOD), answer(200, BAD, last_modified=yesterday))) as server:
        vera = await at(server)
        await vera.fetch()
        await change_feed(vera.supplier, vera.id, url=server.url("/moved.csv"), by="Vera")
        run = await vera.fetch()
    assert (run["state"], (await vera.offer())["title"]) == ("applied", "Bad")


def stock(*numbers: int) -> str:
    return rows(*[{"sku": f"L-{n:03}", "quantity": "7"} for n in numbers])


def described(count: int) -> str:
    return rows(*[{k: v for k, v in line.items() if k != "quantity"} for line in lamps(count)])


async def test_a_list_of_stock_that_came_before_its_articles_is_used_although_it_is_the_same_file():
    full = await feed()
    quick = await feed(full.supplier, speed="stock", vanished="keep")
    assert (await quick.send(stock(1, 2, 3)))["rejected"] == 3
    await full.send(described(2))
    assert (await quick.send(stock(1, 2, 3)))["changed"] == 2
    assert (await full.offer())["quantity"] == 7
    await edit_offers(full.supplier, [{"sku": "L-003", "title": "By hand", "price": "3"}], by="Vera")
    assert (await quick.send(stock(1, 2, 3)))["changed"] == 1
    assert (await quick.send(stock(1, 2, 3)))["state"] == "unchanged"


async def test_what_was_undone_is_not_written_again_by_the_next_file_that_says_it_still(at):
    still = rows(lamp(1, title="Bad", quantity="3", price="13.00"), *lamps(40, title="Bad")[1:]).encode()
    mended = rows(lamp(1, title="Good", quantity="3", price="13.00"), *lamps(40, title="Bad")[1:]).encode()
    async with serving(
        saying(answer(200, GOOD), answer(200, BAD), answer(200, still), answer(200, mended))
    ) as server:
        vera = await at(server)
        bad = await undone(vera)
        run = await vera.fetch()
        one, two = (await vera.offers())["L-001"], (await vera.offers())["L-002"]
        assert (run["state"], run["changed"]) == ("applied", 1)
        assert (one["title"], one["quantity"], one["price_e4"]) == ("Lamp 1", 3, 130_000)
        assert (two["title"], two["as_of"]) == ("Lamp 2", run["source_time"])
        told = [i["reason"] for i in await vera.issues(run["id"])]
        assert "Offers on which the file says again what was undone, which is left as it is: 40" in told
        await vera.fetch()
        assert [o["title"] for s, o in sorted((await vera.offers()).items())][:2] == ["Good", "Lamp 2"]
        again = await repeat_run(vera.supplier, bad, by="Vera")
        assert (await vera.work(again))["state"] == "applied"
        assert (await vera.offer("L-002"))["title"] == "Bad"


async def test_what_the_feed_took_back_itself_it_may_say_again_later(at):
    async with serving(
        saying(answer(200, GOOD), answer(200, BAD), answer(200, GOOD), answer(200, BAD))
    ) as server:
        vera = await at(server)
        await undone(vera)
        assert (await vera.fetch())["state"] == "applied"
        assert (await vera.fetch())["changed"] == 40
    assert (await vera.offer())["title"] == "Bad"


async def test_a_price_that_was_undone_stays_also_when_the_file_has_none():
    vera = await feed(transport="api")
    await vera.work(await vera.start(GOOD, trigger="api"))
    one = rows(lamp(1, price=""), *lamps(40)[1:])
    bad = await vera.work(await vera.start(one, trigger="api"))
    assert (await vera.offer())["not_sellable"] == "no_price"
    await undo_run(vera.supplier, bad["id"], by="Vera")
    more = rows(lamp(1, price="", quantity="4"), *lamps(40)[1:])
    await vera.work(await vera.start(more, trigger="api"))
    offer = await vera.offer()
    assert (offer["price_e4"], offer["quantity"], offer["not_sellable"]) == (125_000, 4, None)


async def test_a_person_who_sends_the_file_means_what_it_says():
    vera = await feed()
    await vera.send(GOOD)
    bad = await vera.send(BAD)
    await undo_run(vera.supplier, bad["id"], by="Vera")
    await vera.send(rows(*lamps(40, title="Bad", quantity="3")))
    assert (await vera.offer())["title"] == "Bad"
