"""What a variant costs, sells for and whether it can be sold, from every offer that serves it."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.catalogue.price_listings import price_listings, refresh_availability
from marketplace.catalogue.reckoning import ALL
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one
from tenants.scope import acting_as, platform_scope
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def rule(merchant: int, position: int = 1, **more: Any) -> int:
    """Doubles the cost, unless said otherwise."""
    return await world.insert(
        "price_rule",
        merchant=merchant,
        position=position,
        name=f"Rule {position}",
        rule={"steps": [{"multiplier_bp": 20_000}], **more},
    )


async def look(merchant: int, variant: int) -> dict[str, Any]:
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT v.*, l.sellable AS listed, l.from_price FROM variant v JOIN listing l ON l.product = v.product WHERE v.id = $1",
            variant,
        )
    assert row is not None
    return {**row, "reasons": json.loads(row["reasons"]), "price_why": json.loads(row["price_why"])}


async def change(sql: str, *args: Any) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)


async def test_the_first_rule_that_holds_sets_the_price_with_vat():
    deal = await world.trade()  # costs 10.00
    made = await rule(deal.merchant)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["price"], seen["cost_e4"], seen["price_rule"]) == (2400, 100_000, made)
    assert (seen["sellable"], seen["reasons"], seen["available"]) == (True, [], 10)
    assert seen["from_price"] == 2400


async def test_nothing_is_written_when_nothing_changed():
    deal = await world.trade()
    await rule(deal.merchant)
    assert (await price_listings(deal.merchant, ALL)).variants == 1
    assert (await price_listings(deal.merchant, ALL)).variants == 0


async def test_of_two_suppliers_the_cheaper_that_can_deliver_sets_the_cost():
    deal = await world.trade()
    await rule(deal.merchant)
    other = await world.supplier("sven")
    await world.agreement(deal.merchant, other)
    cheap = await world.offer(other, price_e4=80_000, quantity=3)
    await world.insert("match", merchant=deal.merchant, variant=deal.variant, offer=cheap, supplier=other)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["cost_e4"], seen["cost_offer"], seen["available"]) == (80_000, cheap, 13)
    await change("UPDATE offer SET sells_up_to = 0 WHERE id = $1", cheap)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["cost_e4"], seen["cost_offer"], seen["available"]) == (100_000, deal.offer, 10)


async def test_what_is_sold_out_keeps_its_price_on_the_page_and_says_why():
    deal = await world.trade()
    await rule(deal.merchant)
    await change("UPDATE offer SET sells_up_to = 0 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["price"], seen["sellable"], seen["reasons"], seen["listed"]) == (
        2400,
        False,
        ["out_of_stock"],
        False,
    )


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE offer SET retired_at = now() WHERE id = $1", "offer_retired"),
        ("UPDATE offer SET excluded = true WHERE id = $1", "excluded"),
        ("UPDATE offer SET not_sellable = 'preorder' WHERE id = $1", "preorder"),
        ("UPDATE offer SET price_e4 = NULL WHERE id = $1", "no_price"),
        ("UPDATE offer SET currency = NULL WHERE id = $1", "no_currency"),
        ("UPDATE offer SET currency = 'JPY' WHERE id = $1", "no_rate"),
        ("UPDATE offer SET min_quantity = 6 WHERE id = $1", "sold_in_lots"),
        ("UPDATE offer SET stock_time = now() - interval '80 hours' WHERE id = $1", "stock_too_old"),
        (
            "UPDATE agreement SET state = 'paused' WHERE supplier = (SELECT supplier FROM offer WHERE id = $1)",
            "agreement_not_active",
        ),
        ("UPDATE match SET state = 'rejected' WHERE offer = $1", "no_offer"),
        ("DELETE FROM price_rule WHERE merchant = (SELECT merchant FROM match WHERE offer = $1)", "no_rule"),
    ],
)
async def test_what_cannot_be_sold_says_why(sql: str, reason: str):
    deal = await world.trade()
    await rule(deal.merchant)
    await change(sql, deal.offer)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["sellable"], seen["reasons"]) == (False, [reason])


async def test_an_agreed_price_goes_before_the_feeds_and_a_discount_is_taken_off_a_public_price():
    deal = await world.trade(discount_bp=2500)
    await rule(deal.merchant)
    await change("UPDATE offer SET price_means = 'public' WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["cost_e4"] == 75_000
    await world.insert(
        "agreement_offer",
        merchant=deal.merchant,
        supplier=deal.supplier,
        agreement=deal.agreement,
        offer=deal.offer,
        cost_e4=61_000,
        currency="EUR",
    )
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["cost_e4"] == 61_000


async def test_a_cost_in_another_currency_uses_the_days_rate_and_says_so():
    deal = await world.trade()
    await rule(deal.merchant)
    await change(
        "INSERT INTO fx_rate (day, currency, per_euro_e6) VALUES (current_date, 'USD', 1250000) ON CONFLICT (day, currency) DO UPDATE SET per_euro_e6 = 1250000"
    )
    await change("UPDATE offer SET currency = 'USD' WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["cost_e4"], seen["price"]) == (80_000, 1920)
    assert seen["price_why"]["currency"] == "USD"
    assert seen["price_why"]["rate"][2] == now().date().isoformat()


async def test_a_price_below_the_floor_pauses_the_sale_until_the_cost_comes_down():
    deal = await world.trade()
    await change(
        "UPDATE variant SET own_price = 1250 WHERE id = $1", deal.variant
    )  # 10.42 net over a cost of 10.00
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["sellable"]
    await change("UPDATE offer SET price_e4 = 110000 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["sellable"], seen["reasons"], seen["paused_why"], seen["price"]) == (
        False,
        ["below_floor"],
        "below_floor",
        1250,
    )
    await change("UPDATE offer SET price_e4 = 90000 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["sellable"]


async def test_the_recommended_price_is_a_ceiling_and_the_minimum_advertised_price_a_floor():
    deal = await world.trade()
    await rule(deal.merchant)
    await change("UPDATE offer SET msrp_e4 = 150000 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["price"] == 1800
    await change("UPDATE offer SET msrp_e4 = NULL, map_e4 = 300000 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["price"] == 3600


async def test_a_pack_costs_its_units_and_is_available_in_whole_packs():
    deal = await world.trade(quantity=10, safety_stock=1)
    await rule(deal.merchant)
    await change("UPDATE match SET pack_quantity = 4 WHERE variant = $1", deal.variant)
    await price_listings(deal.merchant, ALL)
    seen = await look(deal.merchant, deal.variant)
    assert (seen["cost_e4"], seen["available"]) == (400_000, 2)


async def test_what_others_hold_is_not_available_and_safety_stock_is_never_sold():
    deal = await world.trade(quantity=10, safety_stock=2)
    await rule(deal.merchant)
    await world.insert("stock", offer=deal.offer, supplier=deal.supplier, held=3, committed=1)
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["available"] == 4
    await change("UPDATE stock SET held = 7 WHERE offer = $1", deal.offer)
    assert await refresh_availability(deal.merchant, [deal.offer]) == 1
    seen = await look(deal.merchant, deal.variant)
    assert (seen["available"], seen["sellable"], seen["reasons"], seen["price"]) == (
        0,
        False,
        ["sold_out"],
        2400,
    )


async def test_a_reservation_that_takes_the_cheap_offer_does_not_move_the_price():
    deal = await world.trade()
    await rule(deal.merchant)
    other = await world.supplier("sven")
    await world.agreement(deal.merchant, other)
    cheap = await world.offer(other, price_e4=80_000, quantity=3)
    await world.insert("match", merchant=deal.merchant, variant=deal.variant, offer=cheap, supplier=other)
    await price_listings(deal.merchant, ALL)
    await world.insert("stock", offer=cheap, supplier=other, held=3)
    await refresh_availability(deal.merchant, [cheap])
    seen = await look(deal.merchant, deal.variant)
    assert (seen["price"], seen["available"]) == (1920, 10)


async def test_an_ageing_quantity_is_sold_ever_more_carefully():
    deal = await world.trade(quantity=10)
    await rule(deal.merchant)
    await change(
        "UPDATE offer SET stock_time = $2 WHERE id = $1", deal.offer, now() - timedelta(hours=48)
    )  # about half way from 26 to 72
    await price_listings(deal.merchant, ALL)
    assert (await look(deal.merchant, deal.variant))["available"] == 5


async def history(merchant: int, variant: int) -> list[int | None]:
    async with acting_as(merchant):
        return [
            r["price"]
            for r in await fetch("SELECT price FROM price_history WHERE variant = $1 ORDER BY id", variant)
        ]


async def test_the_history_keeps_prices_a_shopper_could_buy_at_and_only_their_changes():
    deal = await world.trade()
    await rule(deal.merchant)
    for _ in range(2):
        await price_listings(deal.merchant, ALL)
    await change("UPDATE offer SET price_e4 = 90000 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    await change("UPDATE offer SET sells_up_to = 0 WHERE id = $1", deal.offer)
    await price_listings(deal.merchant, ALL)
    assert await history(deal.merchant, deal.variant) == [2400, 2160, None]


async def test_a_draft_leaves_no_price_behind():
    deal = await world.trade()
    await rule(deal.merchant)
    await change("UPDATE listing SET will = 'draft' WHERE merchant = $1", deal.merchant)
    await price_listings(deal.merchant, ALL)
    assert await history(deal.merchant, deal.variant) == []


async def test_a_merchant_reckons_its_own_variants_only():
    alice, bob = await world.trade(), await world.trade()
    await rule(alice.merchant)
    await rule(bob.merchant)
    assert (await price_listings(alice.merchant, ALL)).variants == 1
    assert (await look(bob.merchant, bob.variant))["price"] == 2490
