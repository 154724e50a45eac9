"""What takes a catalogue off sale or moves what is paid, without a quantity or a price that changed: the brake feels it too."""

from typing import Any

import pytest

from marketplace.kernel.database import fetch
from tenants.scope import acting_as
from tests.support import world
from tests.support.feeds import Feed, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def second(before: dict[str, Any], after: dict[str, Any]) -> tuple[Feed, dict[str, Any]]:
    """Forty lamps so, then so."""
    vera = await feed()
    await vera.send(rows(*lamps(40, **before)))
    return vera, await vera.send(rows(*lamps(40, **after)))


async def shown(vera: Feed, run: int, kind: str) -> int:
    async with acting_as(vera.supplier):
        return len(await fetch("SELECT 1 FROM run_diff WHERE run = $1 AND kind = $2", run, kind))


async def test_articles_that_are_all_excluded_at_once_are_a_catalogue_sold_out():
    vera, run = await second({"exclude": "0"}, {"exclude": "1"})
    assert (run["state"], run["zeroed"], [r["alarm"] for r in run["reasons"]]) == ("held", 40, ["zeroed"])
    assert await shown(vera, run["id"], "zeroed") == 40


async def test_what_was_excluded_already_counts_for_nothing():
    vera = await feed()
    excluded = lamps(60, exclude="1")[30:]
    await vera.send(rows(*lamps(30, exclude="0"), *excluded))
    run = await vera.send(
        rows(*lamps(30, exclude="0", quantity="0")[:10], *lamps(30, exclude="0")[10:], *excluded)
    )
    assert (run["state"], run["reasons"][0]["count"], run["reasons"][0]["of"]) == ("held", 10, 30)


async def test_the_same_numbers_in_another_currency_have_moved():
    vera, run = await second({}, {"currency": "JPY"})
    assert (run["state"], run["repriced"], [r["alarm"] for r in run["reasons"]]) == ("held", 40, ["moved"])
    assert await shown(vera, run["id"], "repriced") == 40


async def test_a_reduced_price_that_lost_a_digit_is_what_would_be_paid():
    vera, run = await second({"sale_price": "10.00"}, {"sale_price": "1.00"})
    assert (run["state"], run["reasons"][0]["hint"]) == ("held", "tenth")
    assert (await vera.offer())["sale_price_e4"] == 100_000


async def test_a_sale_like_any_other_goes_through():
    _, run = await second({"sale_price": ""}, {"sale_price": "9.00"})
    assert (run["state"], run["repriced"]) == ("applied", 40)


async def test_a_merchants_own_price_list_is_felt_alike():
    merchant = await world.merchant()
    vera = await feed()
    agreement = await world.agreement(merchant, vera.supplier)
    await vera.send(rows(*lamps(40)))
    prices = await feed(vera.supplier, agreement=agreement)

    def listed(**more: str) -> str:
        said = {"price": "9.00", "currency": "EUR", "exclude": "0", **more}
        return rows(*[{"sku": lamp(n)["sku"], **said} for n in range(1, 41)])

    assert (await prices.send(listed()))["state"] == "applied"
    assert (await prices.send(listed(currency="JPY")))["reasons"][0]["alarm"] == "moved"
    assert (await prices.send(listed(exclude="1")))["reasons"][0]["alarm"] == "zeroed"


async def test_prices_read_as_stock_by_a_file_whose_columns_slipped_are_held_and_named():
    vera, run = await second({"quantity": "10"}, {"quantity": "1299"})
    assert (run["state"], [r["alarm"] for r in run["reasons"]]) == ("held", ["surged"])
    assert (run["reasons"][0]["count"], run["reasons"][0]["of"]) == (40, 40)
    assert await shown(vera, run["id"], "surged") == 40
    assert (await vera.offer())["sells_up_to"] == 10


async def test_short_codes_read_as_stock_are_held_where_all_was_sold_out_too():
    _, run = await second({"quantity": "0"}, {"quantity": "40063813"})
    assert [r["alarm"] for r in run["reasons"]] == ["surged"]


async def test_a_barcode_is_no_quantity_the_row_keeps_its_stock_and_is_reported():
    vera, run = await second({"quantity": "10"}, {"quantity": "4006381333931"})
    assert ((await vera.offer())["sells_up_to"], run["warned"]) == (10, 40)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"quantity": "0"}, {"quantity": "500"}),  # the whole shop is stocked again
        ({"quantity": "3"}, {"quantity": "100"}),  # a pallet came of everything
        ({"quantity": "60"}, {"quantity": "600"}),
        ({"quantity": "10+"}, {"quantity": "350"}),  # a supplier begins to count exactly
        ({"quantity": "in stock"}, {"quantity": "350"}),
    ],
)
async def test_deliveries_and_better_numbers_go_through(before, after):
    _, run = await second(before, after)
    assert run["state"] == "applied"


async def test_a_few_articles_of_which_there_is_suddenly_much_go_through_and_a_feeds_own_limits_hold():
    vera = await feed()
    await vera.send(rows(*lamps(40)))
    assert (await vera.send(rows(*lamps(40, quantity="5000")[:10], *lamps(40)[10:])))["state"] == "applied"
    await vera.set(limits='{"surge_times": 3, "surged_bp": 500}')
    run = await vera.send(
        rows(*lamps(40, quantity="5000")[:10], *lamps(40, quantity="31")[10:13], *lamps(40)[13:])
    )
    assert [(r["alarm"], r["count"]) for r in run["reasons"]] == [("surged", 3)]
    await vera.set(limits='{"surge_times": 3, "surged_bp": null}')
    assert (await vera.send(rows(*lamps(40, quantity="9999"))))["state"] == "applied"
