"""What a cart costs and when it comes, before anybody pays."""

from datetime import timedelta

import msgspec
import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.kernel.errors import NotFound
from marketplace.ledger.fx import store_rates
from marketplace.ordering.cart import add_to_cart, ship_to
from marketplace.ordering.quote import quote, quote_cart, quote_item
from marketplace.ordering.totals import included_vat, shipping_price
from marketplace.stock.guard import Want
from marketplace.stock.take import take
from tenants.scope import platform_scope
from tests.support import world
from tests.support.checkout import cart

pytestmark = pytest.mark.usefixtures("database")


async def test_a_product_page_says_the_dates_and_the_parcels_before_the_cart():
    deal = await world.trade()
    quoted = await quote_item(deal.merchant, deal.variant)
    assert quoted.complete
    assert now().date() < quoted.promise_from <= quoted.promise_to
    assert (quoted.parcels, quoted.goods, quoted.shipping, quoted.total) == (1, 2490, 490, 2980)
    assert quoted.vat == 415 + 82  # 20/120 of 24.90 and of 4.90


async def test_shipping_is_free_from_the_shops_threshold():
    deal = await world.trade()
    assert (await quote(deal.merchant, {deal.variant: 3}, "FR")).quote.shipping == 0
    assert shipping_price(5999, 490, 6000) == 490
    assert shipping_price(6000, 490, 6000) == 0
    assert shipping_price(0, 490, None) == 0


async def test_vat_is_the_destinations():
    deal = await world.trade()
    at_home = (await quote(deal.merchant, {deal.variant: 1}, "FR")).quote
    in_germany = (await quote(deal.merchant, {deal.variant: 1}, "DE")).quote
    assert at_home.lines[0].vat_bp == 2000
    assert in_germany.lines[0].vat_bp == 1900
    assert in_germany.total == at_home.total


def test_shipping_carries_the_rates_of_what_it_carries():
    assert included_vat([(10_000, 2000), (10_000, 550)], 1000) == 1667 + 521 + 83 + 26


async def test_no_page_of_a_quote_can_tell_what_anything_cost():
    deal = await world.trade()
    said = str(msgspec.to_builtins(await quote_item(deal.merchant, deal.variant)))
    assert "cost" not in said
    assert "margin" not in said
    assert "supplier" not in said


async def test_the_cheaper_landed_supplier_is_chosen_across_currencies():
    deal = await world.trade()
    await store_rates(now().date(), {"GBP": 850_000})
    sven = await world.supplier("sven", country="GB", currency="GBP")
    await world.agreement(deal.merchant, sven, currency="GBP", shipping_fee=100)
    british = await world.offer(sven, price_e4=80_000)
    async with platform_scope("in pounds"):
        await execute("UPDATE offer SET currency = 'GBP' WHERE id = $1", british)
    await world.insert("match", merchant=deal.merchant, variant=deal.variant, offer=british, supplier=sven)
    routed = await quote(deal.merchant, {deal.variant: 1}, "FR")
    assert [a.offer_id for a in routed.decision.assignments] == [british]  # 9.41 + 1.18 against 10.00 + 5.00
    assert routed.quote.phone_needed


async def test_what_others_hold_cannot_be_had_and_the_line_says_how_many_can():
    deal = await world.trade(quantity=5)
    await take(deal.merchant, await cart(deal.merchant), [Want(deal.offer, 3)])
    [line] = (await quote(deal.merchant, {deal.variant: 4}, "FR")).quote.lines
    assert (line.problem, line.can_have) == ("short", 2)


async def test_what_the_cart_itself_holds_can_be_had():
    deal = await world.trade(quantity=5)
    own = await cart(deal.merchant)
    await take(deal.merchant, own, [Want(deal.offer, 5)])
    assert (await quote(deal.merchant, {deal.variant: 5}, "FR", cart=own)).quote.complete
    assert not (await quote(deal.merchant, {deal.variant: 1}, "FR")).quote.complete


async def test_stock_that_nobody_confirmed_for_days_is_not_sold():
    deal = await world.trade()
    async with platform_scope("age it"):
        await execute(
            "UPDATE offer SET stock_time = $2 WHERE id = $1", deal.offer, now() - timedelta(hours=73)
        )
    [line] = (await quote(deal.merchant, {deal.variant: 1}, "FR")).quote.lines
    assert line.problem == "sold_out"


async def test_ageing_stock_sells_less_of_it():
    deal = await world.trade(quantity=10)
    async with platform_scope("age it"):
        await execute(
            "UPDATE offer SET stock_time = $2 WHERE id = $1", deal.offer, now() - timedelta(hours=49)
        )
    [line] = (await quote(deal.merchant, {deal.variant: 10}, "FR")).quote.lines
    assert (line.problem, line.can_have) == ("short", 5)


async def test_a_pack_of_six_needs_six_units_of_the_offer():
    deal = await world.trade(quantity=13)
    async with platform_scope("packs"):
        await execute("UPDATE match SET pack_quantity = 6 WHERE variant = $1", deal.variant)
        await execute("UPDATE offer SET price_e4 = 10000 WHERE id = $1", deal.offer)
    [line] = (await quote(deal.merchant, {deal.variant: 3}, "FR")).quote.lines
    assert line.can_have == 2


async def test_what_was_taken_out_of_the_shop_is_gone_and_a_strangers_variant_was_never_there():
    deal, other = await world.trade(), await world.trade()
    async with platform_scope("pause"):
        await execute("UPDATE listing SET will = 'paused' WHERE merchant = $1", deal.merchant)
    [line] = (await quote(deal.merchant, {deal.variant: 1}, "FR")).quote.lines
    assert line.problem == "gone"
    with pytest.raises(NotFound):
        await quote(deal.merchant, {other.variant: 1}, "FR")


async def test_a_country_nobody_ships_to_says_so():
    deal = await world.trade()
    quoted = (await quote(deal.merchant, {deal.variant: 1}, "JP")).quote
    assert not quoted.ships_there
    assert not quoted.complete


async def test_a_sale_below_the_margin_floor_is_not_made():
    deal = await world.trade()
    async with platform_scope("a high floor"):
        await execute("UPDATE storefront SET margin_floor_bp = 9000 WHERE merchant = $1", deal.merchant)
    assert (await quote_item(deal.merchant, deal.variant)).lines[0].problem == "sold_out"


async def test_a_cart_is_quoted_for_its_country():
    deal = await world.trade()
    token = world.unique("visitor")
    assert await quote_cart(deal.merchant, token) is None
    await add_to_cart(deal.merchant, token, deal.variant, 2)
    await ship_to(deal.merchant, token, "BE")
    quoted = await quote_cart(deal.merchant, token)
    assert (quoted.country, quoted.goods, quoted.lines[0].vat_bp) == ("BE", 4980, 2100)
