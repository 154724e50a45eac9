"""Vera takes runs back in whatever order she notices them, and what she took back stays so until her file says something else."""

from typing import Any

import pytest

from marketplace.kernel.database import fetch_value
from marketplace.sourcing.undo_run import undo_run
from tenants.scope import acting_as
from tests.support import world
from tests.support.feeds import Feed, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")

TWENTY = lamps(20)


async def nightly(**more: Any) -> Feed:
    """A feed that a machine sends every night: nobody says of a file that it is meant."""
    vera = await feed(transport="api", **more)
    await send(vera, *TWENTY)
    return vera


async def send(vera: Feed, *lines: dict[str, Any]) -> dict[str, Any]:
    run = await vera.work(await vera.start(rows(*lines), trigger="api"))
    assert run["state"] == "applied"
    return run


async def undo(vera: Feed, run: dict[str, Any]) -> dict[str, Any]:
    return await undo_run(vera.supplier, run["id"], by="Vera")


async def test_the_older_of_two_runs_undone_first_and_then_the_newer_end_where_it_all_began():
    vera = await nightly()
    second = await send(vera, *lamps(20, title="Second", price="12.60"))
    third = await send(vera, *lamps(20, title="Third", price="12.60"))
    report = await undo(vera, second)
    assert ((await vera.offer())["title"], (await vera.offer())["price_e4"], report["left"]) == (
        "Third", 125_000, 20)  # fmt: skip
    await undo(vera, third)
    assert (await vera.offer())["title"] == "Lamp 1"


async def test_a_run_that_stands_between_two_undone_ones_is_what_comes_back():
    vera = await nightly()
    second = await send(vera, *lamps(20, title="Second"))
    fine = await send(vera, *lamps(20, title="Fine"))
    fourth = await send(vera, *lamps(20, title="Fourth"))
    await undo(vera, second)
    await undo(vera, fourth)
    assert (await vera.offer())["title"] == "Fine"
    await undo(vera, fine)
    assert (await vera.offer())["title"] == "Lamp 1"


async def test_an_offer_that_was_missing_before_it_was_retired_is_missing_again_and_not_sold():
    vera = await nightly(vanished="retire", retire_after=3)
    for price in ("12.60", "12.70"):
        await send(vera, *lamps(20, price=price)[1:])
    retiring = await send(vera, *lamps(20, price="12.80")[1:])
    assert (await vera.offer())["retired_at"] is not None
    await undo(vera, retiring)
    offer = await vera.offer()
    assert (offer["retired_at"], offer["missing_runs"], offer["not_sellable"]) == (None, 2, "vanished")


async def test_a_run_that_lost_an_offer_is_undone_also_after_later_runs_that_missed_it_still():
    vera = await nightly(vanished="retire", retire_after=5)
    losing = await send(vera, *lamps(20, price="12.60")[1:])
    await send(vera, *lamps(20, price="12.70")[1:])
    report = await undo(vera, losing)
    offer = await vera.offer()
    assert (offer["missing_runs"], offer["not_sellable"]) == (0, None)
    assert "L-001" not in {e["sku"] for e in report["examples"]}


@pytest.mark.parametrize("vanished", ["zero", "retire"])
async def test_an_offer_that_undo_brought_back_is_not_lost_again_by_the_next_file_that_lacks_it(vanished):
    vera = await nightly(vanished=vanished, retire_after=1)
    before = (await vera.offer())["as_of"]
    losing = await send(vera, *lamps(20)[1:])
    await undo(vera, losing)
    again = await send(vera, *lamps(20, price="12.60")[1:])
    offer = await vera.offer()
    assert (again["vanished"], offer["missing_runs"], offer["not_sellable"]) == (0, 0, None)
    assert offer["as_of"] == before, "nobody confirms its stock: it ages until it is sold no more"
    told = [i["reason"] for i in await vera.issues(again["id"])]
    assert "Offers on which the file says again what was undone, which is left as it is: 1" in told
    await send(vera, *lamps(20, price="12.60"))
    gone = await send(vera, *lamps(20, price="12.70")[1:])
    assert (gone["vanished"], (await vera.offer())["not_sellable"]) == (1, "vanished")


async def test_an_offer_that_undo_took_away_stays_away_while_its_row_says_the_same_and_comes_with_one_that_was_mended():
    vera = await nightly()
    bringing = await send(vera, *TWENTY, lamp(21), lamp(22))
    await undo(vera, bringing)
    await send(vera, *lamps(20, price="12.60"), lamp(21, quantity="7"), lamp(22, price="11.00"))
    offers = await vera.offers()
    assert (offers["L-021"]["retired_at"] is None, offers["L-022"]["retired_at"]) == (False, None)
    assert (offers["L-022"]["price_e4"], offers["L-022"]["not_sellable"]) == (110_000, None)
    await vera.send(rows(*lamps(20, price="12.60"), lamp(21), lamp(22, price="11.00")))
    assert (await vera.offer("L-021"))["retired_at"] is None, "a person who sends the file means it"


async def test_what_an_undone_run_had_brought_goes_with_the_later_run_it_was_left_for():
    vera = await nightly()
    bringing = await send(vera, *TWENTY, lamp(21), lamp(22))
    renaming = await send(vera, *TWENTY, lamp(21, title="Renamed"), lamp(22))
    assert (await undo(vera, bringing))["retired"] == 1
    assert (await vera.offer("L-021"))["retired_at"] is None
    assert (await undo(vera, renaming))["retired"] == 1
    offer = await vera.offer("L-021")
    assert (offer["title"], offer["not_sellable"], offer["retired_at"] is None) == (
        "Lamp 21",
        "vanished",
        False,
    )


async def test_a_merchants_price_that_was_undone_stays_until_the_list_says_something_else():
    vera = await nightly()
    merchant = await world.merchant()
    agreement = await world.agreement(merchant, vera.supplier)
    prices = await feed(vera.supplier, agreement=agreement, transport="api")

    async def says(price: str, other: str) -> dict[str, Any]:
        return await send(
            prices,
            *(
                {"sku": sku, "price": said, "currency": "EUR"}
                for sku, said in (("L-001", price), ("L-002", other))
            ),
        )

    async def pays() -> int:
        async with acting_as(merchant):
            return await fetch_value(
                "SELECT p.cost_e4 FROM agreement_offer p JOIN offer o ON o.id = p.offer WHERE o.sku = 'L-001' AND p.agreement = $1",
                agreement,
            )

    await says("9.00", "5.00")
    bad = await says("1.00", "5.00")
    await undo(prices, bad)
    assert await pays() == 90_000
    again = await says("1.00", "5.10")
    assert await pays() == 90_000
    told = [i["reason"] for i in await prices.issues(again["id"])]
    assert "Offers on which the file says again what was undone, which is left as it is: 1" in told
    await says("9.00", "5.20")
    await says("1.00", "5.30")
    assert await pays() == 10_000, "the list had taken it back itself, and means it now"
