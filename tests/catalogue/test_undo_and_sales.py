"""Vera's run reaches the shop, Simone buys, and the run is taken back: the shop is as it was, the sale is untouched."""

from typing import Any

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.publish import publish
from marketplace.kernel.database import fetch
from marketplace.ordering.place_order import PriceChanged, SoldOut
from marketplace.relay import drain
from marketplace.sourcing.undo_run import undo_run
from marketplace.stock.sums import check_sums
from tenants.scope import acting_as
from tests.catalogue.shop import Shop
from tests.catalogue.supplied import look, selling
from tests.support import world
from tests.support.feeds import Feed, lamp, rows
from tests.support.sale import Sale, sold
from tests.support.shopper import at_checkout, pay

pytestmark = pytest.mark.usefixtures("database")

PAPERS = {
    "description": "In oak.", "image": "https://img.example/1.jpg", "brand": "Lumo", "category": "Lamps",
    "gpsr manufacturer": "Ardoise SA", "manufacturer address": "1 quai, 74000 Annecy", "manufacturer email": "contact@ardoise.example",
}  # fmt: skip


async def on_sale() -> tuple[Shop, Feed, int]:
    """(a shop, its supplier's feed, the first lamp as a live product): it costs 12.50 and is sold at 30.00, and there are ten."""
    shop, vera, product = await selling(**PAPERS)
    assert (await publish(shop.merchant, [product])).products == [product]
    return shop, vera, product


async def says(vera: Feed, *more: dict[str, Any], **first: Any) -> dict[str, Any]:
    """A file in which the first lamp is so. Its news reaches the shop."""
    lines = [{**lamp(n, **PAPERS), **(first if n == 1 else {})} for n in range(1, 11)]
    run = await vera.send(rows(*lines, *more))
    await drain()
    return run


async def undo(vera: Feed, run: dict[str, Any]) -> dict[str, Any]:
    report = await undo_run(vera.supplier, run["id"], by="Vera")
    await drain()
    return report


async def committed(shop: Shop) -> list[tuple[int, int]]:
    """(offer, units) sold and not yet counted."""
    async with acting_as(shop.merchant):
        found = await fetch(
            "SELECT offer, quantity FROM hold WHERE kind = 'commitment' AND ended_at IS NULL ORDER BY id"
        )
    return [(row["offer"], row["quantity"]) for row in found]


async def delivered(sale: Sale) -> None:
    """The supplier accepts and ships, as if nothing had been."""
    [given] = await sale.supplier_orders()
    await sale.answers(given)
    await sale.ships((await sale.supplier_orders())[0])
    assert (await sale.header())["state"] == "shipped"
    assert await check_sums() == []


async def test_the_shop_is_as_before_the_run_and_the_order_keeps_its_price_its_cost_and_its_goods():
    shop, vera, product = await on_sale()
    bad = await says(vera, title="Oops", price="14.00", quantity="8")
    seen = await look(shop, product)
    assert (seen["title"], seen["price"], seen["available"]) == ("Oops", 3360, 8)
    sale = await sold(shop.merchant, seen["variant"], quantity=3)
    held = await committed(shop)
    await undo(vera, bad)
    seen = await look(shop, product)
    assert (seen["title"], seen["price"], seen["available"]) == ("Lamp 1", 3000, 5), (
        "8 less the 3 sold, never 10"
    )
    assert await committed(shop) == held == [((await vera.offer())["id"], 3)]
    [line], [given] = await sale.lines(), await sale.supplier_orders()
    [bought] = await sale.supplier_lines(given["id"])
    assert (line["title"], line["unit_price"], bought["unit_cost_e4"]) == ("Oops", 3360, 140_000)
    await delivered(sale)
    assert (await sale.charge())["captured"] == 10_080


async def test_a_listing_the_run_had_paused_below_its_floor_is_sold_again():
    shop, vera, product = await on_sale()
    await edit_variant(shop.merchant, (await look(shop, product))["variant"], {"own_price": 3000})
    dear = await says(vera, price="26.00")
    assert (await look(shop, product))["reasons"] == ["below_floor"]
    await undo(vera, dear)
    seen = await look(shop, product)
    assert (seen["sellable"], seen["reasons"], seen["price"]) == (True, [], 3000)


async def test_a_listing_the_run_had_brought_back_above_its_floor_is_paused_again_and_what_was_sold_is_delivered():
    shop, vera, product = await on_sale()
    variant = (await look(shop, product))["variant"]
    await edit_variant(shop.merchant, variant, {"own_price": 3000})
    await says(vera, price="26.00")
    cheap = await says(vera, price="12.60")
    assert (await look(shop, product))["sellable"]
    sale = await sold(shop.merchant, variant)
    await undo(vera, cheap)
    seen = await look(shop, product)
    assert (seen["sellable"], seen["reasons"]) == (False, ["below_floor"])
    await delivered(sale)


async def test_a_supplier_who_declines_after_the_undo_is_replaced_by_the_next_one():
    shop, vera, product = await on_sale()
    variant = (await look(shop, product))["variant"]
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    other = await world.offer(sven, price_e4=140_000)
    await world.insert("match", merchant=shop.merchant, variant=variant, offer=other, supplier=sven)
    bad = await says(vera, title="Oops", price="12.00")
    sale = await sold(shop.merchant, variant, quantity=2)
    await undo(vera, bad)
    [given] = await sale.supplier_orders()
    await sale.answers(given, refuse=2)
    assert [order["supplier"] for order in await sale.supplier_orders()] == [vera.supplier, sven]
    assert await committed(shop) == [(other, 2)]
    assert await check_sums() == []


async def test_what_the_run_brought_is_no_longer_sold_nor_from_an_open_checkout_but_what_was_sold_of_it_is_delivered():
    shop, vera, _ = await on_sale()
    bad = await says(vera, lamp(11, **PAPERS))
    [product] = (await curate(shop.merchant, [(await vera.offer("L-011"))["id"]])).products
    await publish(shop.merchant, [product])
    variant = (await look(shop, product))["variant"]
    sale = await sold(shop.merchant, variant, quantity=2)
    token, checkout = await at_checkout(shop.merchant, variant)
    assert (await undo(vera, bad))["retired"] == 1
    assert (await look(shop, product))["reasons"] == ["offer_retired"]
    with pytest.raises(SoldOut):
        await pay(shop.merchant, token, checkout.key)
    await delivered(sale)


async def test_a_shopper_at_the_checkout_is_shown_the_price_that_came_back_before_paying_it():
    shop, vera, product = await on_sale()
    cheap = await says(vera, price="10.00")
    token, checkout = await at_checkout(shop.merchant, (await look(shop, product))["variant"])
    await undo(vera, cheap)
    with pytest.raises(PriceChanged) as told:
        await pay(shop.merchant, token, checkout.key, expected_total=checkout.quote.total)
    assert (checkout.quote.goods, told.value.quote.goods) == (2400, 3000)
    placed = await pay(shop.merchant, token, checkout.key, expected_total=told.value.quote.total)
    assert (await Sale(shop.merchant, placed.order, placed.number).lines())[0]["unit_price"] == 3000
