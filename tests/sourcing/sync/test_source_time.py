"""Nothing overwrites what has a newer source time: not a row, not a file that a lagging mirror serves."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from marketplace.kernel.clock import now
from marketplace.sourcing.edit_offers import edit_offers
from marketplace.sourcing.why_sellable import why_sellable
from tests.support.feeds import Feed, feed, lamp, lamps, rows
from tests.support.loopback import answer, saying, serving

pytestmark = pytest.mark.usefixtures("database")


def at(hours_ago: float) -> str:
    return (now() - timedelta(hours=hours_ago)).isoformat()


async def two_feeds() -> tuple[Feed, Feed]:
    full = await feed()
    await full.send(rows(*lamps(10, updated_at=at(8))))
    return full, await feed(full.supplier, speed="stock")


def stock(quantity: str, hours_ago: float, price: str = "13.00") -> str:
    return rows(
        {"sku": "L-001", "quantity": quantity, "price": price, "currency": "EUR", "updated_at": at(hours_ago)}
    )


async def test_a_row_that_is_older_than_what_we_hold_changes_neither_stock_nor_price_and_is_counted():
    full, quick = await two_feeds()
    await quick.send(stock("4", 2))
    before = await full.offer()
    run = await quick.send(stock("9", 5, price="99.00"))
    after = await full.offer()
    assert (before["quantity"], before["price_e4"]) == (4, 130_000)
    assert (after["quantity"], after["price_e4"], after["as_of"]) == (4, 130_000, before["as_of"])
    assert (run["older"], run["changed"]) == (1, 0)
    newer = await quick.send(stock("6", 1))
    assert (newer["older"], (await full.offer())["quantity"]) == (0, 6)


async def test_what_a_person_typed_is_newer_than_a_file_of_this_morning():
    full, quick = await two_feeds()
    await edit_offers(full.supplier, [{"sku": "L-001", "quantity": "2"}], by="Vera")
    run = await quick.send(stock("9", 1))
    assert ((await full.offer())["quantity"], run["older"]) == (2, 1)


async def test_a_time_in_the_future_is_now_and_does_not_shut_out_what_comes_after():
    full, quick = await two_feeds()
    await quick.send(stock("4", -48))
    assert (await full.offer())["as_of"] <= now()
    await quick.send(stock("5", -24))
    assert (await full.offer())["quantity"] == 5


async def test_goods_untouched_since_march_are_as_fresh_as_the_file_that_repeats_them():
    vera = await feed()
    await vera.send(rows(*lamps(3, updated_at="2026-03-01T10:00:00Z")))
    first = await vera.offer()
    assert now() - first["as_of"] < timedelta(minutes=1)
    assert (await why_sellable(vera.supplier, first["id"])).sellable
    run = await vera.send(rows(*lamps(3, updated_at="2026-02-28T10:00:00Z", quantity="3")))
    assert (run["older"], (await vera.offer())["quantity"]) == (3, 10), "their own time still counts"
    again = await vera.send(rows(*lamps(3, updated_at="2026-03-01T10:00:00Z", quantity="2")))
    assert (again["older"], (await vera.offer())["quantity"]) == (0, 2)


async def test_what_the_feed_says_otherwise_with_an_older_time_it_does_not_confirm():
    vera = await feed()
    await vera.send(rows(*lamps(3, updated_at=at(2))))
    before = (await vera.offer())["as_of"]
    await vera.send(rows(lamp(1, updated_at=at(5), quantity="3"), *lamps(3, updated_at=at(2))[1:]))
    after = await vera.offers()
    assert (after["L-001"]["as_of"], after["L-001"]["quantity"]) == (before, 10)
    assert after["L-002"]["as_of"] > before


async def test_a_date_of_the_count_is_the_age_of_the_stock():
    vera = await feed()
    await vera.send(rows(*[{**line, "stock date": at(80)} for line in lamps(3)]))
    offer = await vera.offer()
    assert (await why_sellable(vera.supplier, offer["id"])).code == "stock_too_old"


async def test_a_list_of_stock_whose_rows_carry_their_time_is_judged_as_any_other():
    full = await feed()
    await full.send(rows(*lamps(40, updated_at=at(8))))
    quick = await feed(full.supplier, speed="stock", vanished="keep")

    def listing(quantity: str, hours_ago: float) -> str:
        time = at(hours_ago)
        return rows(*[{"sku": f"L-{n:03}", "quantity": quantity, "updated_at": time} for n in range(1, 41)])

    assert (await quick.send(listing("9", 4)))["state"] == "applied"
    run = await quick.send(listing("0", 2))
    assert (run["state"], run["zeroed"], [r["alarm"] for r in run["reasons"]]) == ("held", 40, ["zeroed"])


@pytest.fixture
def mirrors(monkeypatch: pytest.MonkeyPatch):
    """A server that gives these files one after the other: (content, hours old)."""

    def serve(*files: tuple[str, float]):
        answers = [
            answer(
                200, text.encode(), last_modified=format_datetime(now() - timedelta(hours=old), usegmt=True)
            )
            for text, old in files
        ]
        return serving(saying(*answers))

    def allow(server) -> str:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        return server.url("/feed.csv")

    return serve, allow


async def test_a_mirror_that_lags_behind_brings_nothing_back_and_takes_nothing_away(mirrors):
    serve, allow = mirrors
    old, new = rows(*lamps(30)), rows(*lamps(31, title="New")[1:])
    async with serve(
        (old, 9), (new, 3), (old + "\n", 9), (rows(*lamps(31, title="Newest", quantity="3")), 1)
    ) as server:
        vera = await feed(transport="http", url=allow(server))
        await vera.fetch()
        await vera.fetch()
        before = await vera.offers()
        lagging = await vera.fetch()
        assert (lagging["state"], lagging["changed"]) == ("unchanged", 0)
        assert lagging["message"].startswith("This file is older than the one that was read last")
        assert await vera.offers() == before
        assert (before["L-001"]["not_sellable"], before["L-031"]["title"]) == ("vanished", "New")
        assert (await vera.fetch())["state"] == "applied"
    assert (await vera.offer())["title"] == "Newest"


async def test_a_person_who_sends_the_older_file_by_hand_means_it(mirrors):
    serve, allow = mirrors
    old = rows(*lamps(30))
    async with serve((rows(*lamps(30, title="New")), 3), (old, 9)) as server:
        vera = await feed(transport="http", url=allow(server))
        await vera.fetch()
        assert (await vera.fetch())["state"] == "unchanged"
        assert (await vera.send(old))["state"] == "applied"
    assert (await vera.offer())["title"] == "Lamp 1"


async def test_an_older_delta_still_tells_of_articles_nobody_spoke_of_since(mirrors):
    serve, allow = mirrors

    def delta(*numbers: int) -> str:
        return rows(*[{"sku": f"L-{n:03}", "quantity": "3"} for n in numbers])

    async with serve((rows(*lamps(10)), 20), (delta(1, 2), 2), (delta(2, 3), 5)) as server:
        full = await feed(transport="http", url=allow(server))
        await full.fetch()
        quick = await feed(full.supplier, speed="stock", vanished="keep", transport="http", url=allow(server))
        await quick.fetch()
        run = await quick.fetch()
    offers = await full.offers()
    assert run["state"] == "applied"
    assert [offers[f"L-00{n}"]["quantity"] for n in (1, 2, 3, 4)] == [3, 3, 3, 10]


async def test_a_list_an_hour_old_does_not_beat_a_catalogue_of_now_whose_rows_are_untouched_since_march(
    mirrors,
):
    serve, allow = mirrors
    catalogue = rows(*lamps(10, updated_at="2026-03-01T10:00:00Z"))
    listing = rows(*[{"sku": f"L-{n:03}", "quantity": "3"} for n in range(1, 11)])
    async with serve((catalogue, 0.1), (listing, 1), (listing + "\n", 0)) as server:
        full = await feed(transport="http", url=allow(server))
        await full.fetch()
        quick = await feed(full.supplier, speed="stock", vanished="keep", transport="http", url=allow(server))
        assert (await quick.fetch())["older"] == 10
        assert (await full.offer())["quantity"] == 10
        assert (await quick.fetch())["older"] == 0
    assert (await full.offer())["quantity"] == 3


async def test_columns_that_are_not_sent_change_nothing():
    vera = await feed()
    whole = {
        "brand": "Lumo",
        "gtin": "4006381333931",
        "description": "Bright",
        "image": "https://x.example/1.jpg",
        "weight": "2 kg",
        "category": "Home",
    }
    await vera.send(rows(*lamps(5, **whole)))
    before = await vera.offer()
    await vera.send(rows(*lamps(5, title="Renamed")))
    after = await vera.offer()
    kept = (
        "brand",
        "gtin",
        "gtin_valid",
        "description",
        "images",
        "weight_g",
        "category",
        "price_e4",
        "quantity",
    )
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert (after["title"], after["brand"], after["weight_g"]) == ("Renamed", "Lumo", 2000)
    await vera.send(rows(lamp(1, brand="")))
    assert (await vera.offer())["brand"] is None  # sent, and empty: that is said too
