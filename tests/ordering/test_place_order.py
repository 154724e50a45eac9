"""A cart becomes an order once, and nobody pays for what cannot be had."""

import asyncio
from datetime import timedelta

import pytest

import marketplace.reactions  # noqa: F401 - the jobs
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.ledger.gateways import GatewayUnavailable
from marketplace.ordering.abandon_orders import abandon_orders
from marketplace.ordering.cart import add_to_cart, change_quantity, open_cart
from marketplace.ordering.finish_payment import finish_payment, recover_payments
from marketplace.ordering.place_order import Declined, PaymentPending, PriceChanged, SoldOut
from marketplace.ordering.start_checkout import start_checkout
from marketplace.stock.expire import expire
from marketplace.stock.guard import Want
from marketplace.stock.take import take
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.checkout import cart as make_cart
from tests.support.shopper import CARD, DECLINED, FORM, SILENT, at_checkout, buys, pay

pytestmark = pytest.mark.usefixtures("database", "sums_hold")


async def stock_of(offer):
    async with platform_scope("look"):
        row = await fetch_one("SELECT held, committed FROM stock WHERE offer = $1", offer)
    return (row["held"], row["committed"]) if row else (0, 0)


async def orders_of(merchant):
    async with acting_as(merchant):
        return await fetch("SELECT * FROM orders ORDER BY id")


async def payments_of(merchant):
    async with acting_as(merchant):
        return await fetch_one(
            "SELECT count(*) AS calls, coalesce(sum(authorised - voided), 0) AS promised FROM test_payment"
        )


async def age_reservations(merchant, minutes=11):
    async with acting_as(merchant):
        await execute(
            "UPDATE hold SET expires_at = expires_at - make_interval(mins => $1) WHERE kind = 'reservation'",
            minutes,
        )


async def test_an_order_is_placed_paid_for_and_its_stock_is_its_own():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant, quantity=2)
    [order] = await orders_of(deal.merchant)
    assert (order["id"], order["number"], order["state"]) == (placed.order, placed.number, "placed")
    assert (order["goods"], order["shipping"], order["total"], order["vat"]) == (4980, 490, 5470, 912)
    assert order["promise_from"] <= order["promise_to"]
    assert (order["name"], order["city"], order["note"]) == ("Simone Shopper", "Lille", "Ring twice")
    assert await stock_of(deal.offer) == (0, 2)
    async with acting_as(deal.merchant):
        charge = await fetch_one(
            "SELECT state, authorised, captured FROM charge WHERE id = $1", order["charge"]
        )
        [line] = await fetch('SELECT * FROM order_line WHERE "order" = $1', order["id"])
    assert tuple(charge.values()) == ("authorised", 5470, 0)
    assert (line["ordered"], line["unit_price"], line["amount"], line["promise_date"]) == (
        2,
        2490,
        4980,
        order["promise_to"],
    )


async def test_numbers_have_no_gaps_whatever_was_declined_between():
    deal = await world.trade()
    first = await buys(deal.merchant, deal.variant)
    with pytest.raises(Declined):
        await buys(deal.merchant, deal.variant, card=DECLINED)
    second = await buys(deal.merchant, deal.variant)
    assert (first.number, second.number) == ("1001", "1002")


async def test_each_merchant_counts_its_own_orders():
    one, other = await world.trade(), await world.trade()
    assert (
        (await buys(one.merchant, one.variant)).number
        == (await buys(other.merchant, other.variant)).number
        == "1001"
    )


async def test_a_stale_page_submitted_twice_gives_the_same_order():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    first = await pay(deal.merchant, token, checkout.key)
    again = await pay(deal.merchant, token, checkout.key)
    assert again == first
    assert len(await orders_of(deal.merchant)) == 1
    assert (await payments_of(deal.merchant))["calls"] == 1


async def test_a_double_click_gives_one_order_and_one_payment():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    answers = await asyncio.gather(*[pay(deal.merchant, token, checkout.key) for _ in range(5)])
    assert len({a.order for a in answers}) == 1
    assert len(await orders_of(deal.merchant)) == 1
    assert (await payments_of(deal.merchant))["calls"] == 1
    assert await stock_of(deal.offer) == (0, 1)


async def test_after_the_order_the_visitor_starts_a_new_cart():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    await pay(deal.merchant, token, checkout.key)
    assert await open_cart(deal.merchant, token) is None
    _, second = await at_checkout(deal.merchant, deal.variant, token=token)
    assert second.key != checkout.key
    assert (await pay(deal.merchant, token, second.key)).number == "1002"


async def test_a_declined_card_keeps_what_was_typed_and_what_is_held():
    deal = await world.trade(quantity=1)
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(Declined, match="declined") as refusal:
        await pay(deal.merchant, token, checkout.key, card=DECLINED, note="third floor")
    assert refusal.value.field == "number"
    assert await stock_of(deal.offer) == (1, 0)
    kept = await open_cart(deal.merchant, token)
    assert (kept.checkout["note"], kept.checkout["city"]) == ("third floor", "Lille")
    assert "4000" not in str(kept.checkout)
    assert (await pay(deal.merchant, token, checkout.key)).number == "1001"
    states = [o["state"] for o in await orders_of(deal.merchant)]
    assert states == ["abandoned", "placed"]


async def test_a_form_with_holes_names_each_and_keeps_the_rest():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(Invalid) as refusal:
        await pay(
            deal.merchant,
            token,
            checkout.key,
            card={**CARD, "cvc": ""},
            email="simone@",
            postcode="ABC",
            street="",
            phone="call me",
        )
    assert set(refusal.value.problems) == {"email", "postcode", "street", "phone", "cvc"}
    assert (await open_cart(deal.merchant, token)).checkout["name"] == "Simone Shopper"
    assert await orders_of(deal.merchant) == []


async def test_a_country_we_do_not_ship_to_is_refused_beside_the_field():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(Invalid) as refusal:
        await pay(deal.merchant, token, checkout.key, country="JP")
    assert refusal.value.problems == {"country": "We do not ship to this country."}


async def test_a_delivery_across_a_border_needs_a_phone_number():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(Invalid) as refusal:
        await pay(deal.merchant, token, checkout.key, country="BE", postcode="1000", phone="")
    assert list(refusal.value.problems) == ["phone"]


async def test_a_strangers_checkout_is_not_found():
    deal = await world.trade()
    _, checkout = await at_checkout(deal.merchant, deal.variant)
    for token, key in (("someone else", checkout.key), ("", ""), ("someone else", "made up")):
        with pytest.raises(NotFound):
            await pay(deal.merchant, token, key)


async def test_a_total_that_changed_is_shown_before_anybody_pays():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    async with platform_scope("a new price"):
        await execute("UPDATE variant SET price = 2990 WHERE id = $1", deal.variant)
    with pytest.raises(PriceChanged) as refusal:
        await pay(deal.merchant, token, checkout.key, expected_total=checkout.quote.total)
    assert refusal.value.quote.total == 2990 + 490
    assert (await payments_of(deal.merchant))["calls"] == 0


async def test_an_empty_cart_has_no_checkout():
    deal = await world.trade()
    token = world.unique("visitor")
    with pytest.raises(NotFound):
        await start_checkout(deal.merchant, token)
    await add_to_cart(deal.merchant, token, deal.variant)
    await change_quantity(deal.merchant, token, deal.variant, 0)
    with pytest.raises(Refused, match="empty"):
        await start_checkout(deal.merchant, token)


async def test_a_checkout_that_cannot_be_served_says_which_line_and_holds_nothing():
    deal = await world.trade(quantity=3)
    other = await world.variant(deal.merchant, await world.offer(deal.supplier, quantity=5))
    await take(deal.merchant, await make_cart(deal.merchant), [Want(deal.offer, 2)])
    token = world.unique("visitor")
    await add_to_cart(deal.merchant, token, other, 1)
    await add_to_cart(deal.merchant, token, deal.variant, 2)
    checkout = await start_checkout(deal.merchant, token)
    assert checkout.held_until is None
    assert [(line.problem, line.can_have) for line in checkout.quote.lines] == [(None, 1), ("short", 1)]
    with pytest.raises(SoldOut) as refusal:
        await pay(deal.merchant, token, checkout.key)
    assert refusal.value.quote.lines[1].problem == "short"
    assert (await payments_of(deal.merchant))["calls"] == 0


async def test_one_line_from_two_suppliers_is_held_and_sold_at_both():
    deal = await world.trade(quantity=2)
    sven = await world.supplier("sven")
    await world.agreement(deal.merchant, sven)
    second = await world.offer(sven, quantity=2)
    await world.insert("match", merchant=deal.merchant, variant=deal.variant, offer=second, supplier=sven)
    await buys(deal.merchant, deal.variant, quantity=3)
    assert (await stock_of(deal.offer))[1] + (await stock_of(second))[1] == 3


async def test_a_silent_bank_keeps_the_order_waiting_and_the_clock_places_it_once():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(PaymentPending, match="do not pay again"):
        await pay(deal.merchant, token, checkout.key, card=SILENT)
    [order] = await orders_of(deal.merchant)
    assert order["state"] == "awaiting_payment"
    async with acting_as(deal.merchant):
        await execute("UPDATE payment_attempt SET sent_at = sent_at - interval '2 minutes'")
    assert await recover_payments() >= 1
    [order] = await orders_of(deal.merchant)
    assert (order["state"], order["number"]) == ("placed", "1001")
    assert (await payments_of(deal.merchant))["calls"] == 1
    assert (await pay(deal.merchant, token, checkout.key)).number == "1001"


async def test_the_shopper_who_clicks_again_after_the_silence_hears_the_first_answer():
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(PaymentPending):
        await pay(deal.merchant, token, checkout.key, card=SILENT)
    assert (await pay(deal.merchant, token, checkout.key, card=SILENT)).number == "1001"
    assert (await payments_of(deal.merchant))["calls"] == 1


async def test_a_web_process_killed_before_the_call_is_recovered_by_the_same_key(monkeypatch):
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)

    async def killed(merchant, attempt):
        raise GatewayUnavailable("killed")

    monkeypatch.setattr("marketplace.ordering.place_order.finish_payment", killed)
    with pytest.raises(PaymentPending):
        await pay(deal.merchant, token, checkout.key)
    async with acting_as(deal.merchant):
        await execute("UPDATE payment_attempt SET created_at = created_at - interval '2 minutes'")
    await recover_payments()
    [order] = await orders_of(deal.merchant)
    assert order["state"] == "placed"


async def test_a_bank_slower_than_the_reservation_takes_the_stock_again_when_it_is_there():
    deal = await world.trade(quantity=2)
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(PaymentPending):
        await pay(deal.merchant, token, checkout.key, card=SILENT)
    await age_reservations(deal.merchant)
    await expire()
    assert await stock_of(deal.offer) == (0, 0)
    assert (await pay(deal.merchant, token, checkout.key, card=SILENT)).number == "1001"
    assert await stock_of(deal.offer) == (0, 1)
    async with acting_as(deal.merchant):
        assert [r["why"] for r in await fetch("SELECT why FROM routing_decision ORDER BY number")] == [
            "placed",
            "retaken",
        ]


async def test_a_bank_slower_than_the_next_buyer_charges_nobody_and_releases_the_promise():
    deal = await world.trade(quantity=1)
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(PaymentPending):
        await pay(deal.merchant, token, checkout.key, card=SILENT)
    await age_reservations(deal.merchant)
    await expire()
    assert (await buys(deal.merchant, deal.variant)).number == "1001"
    with pytest.raises(SoldOut, match="Nothing was charged"):
        await pay(deal.merchant, token, checkout.key, card=SILENT)
    async with acting_as(deal.merchant):  # the silent gateway lost its first answer to the release as well
        await execute(
            "UPDATE payment_attempt SET sent_at = sent_at - interval '2 minutes' WHERE state = 'sent'"
        )
    await recover_payments()
    states = [o["state"] for o in await orders_of(deal.merchant)]
    assert states == ["abandoned", "placed"]
    async with acting_as(deal.merchant):
        assert await fetch_value("SELECT state FROM charge ORDER BY id LIMIT 1") == "voided"
        assert await fetch_value("SELECT sum(captured) FROM test_payment") == 0
    assert await stock_of(deal.offer) == (0, 1)


async def test_the_same_attempt_finished_by_five_at_once_places_one_order(monkeypatch):
    deal = await world.trade()
    token, checkout = await at_checkout(deal.merchant, deal.variant)
    with pytest.raises(PaymentPending):
        await pay(deal.merchant, token, checkout.key, card=SILENT)
    async with acting_as(deal.merchant):
        attempt = await fetch_value("SELECT id FROM payment_attempt WHERE state = 'sent'")
    finished = await asyncio.gather(*[finish_payment(deal.merchant, attempt) for _ in range(5)])
    assert {f.outcome for f in finished} == {"placed"}
    async with acting_as(deal.merchant):
        assert await fetch_value("SELECT count(*) FROM hold WHERE kind = 'commitment'") == 1


async def test_an_order_nobody_paid_is_given_up_after_a_day():
    deal = await world.trade()
    with pytest.raises(Declined):
        await buys(deal.merchant, deal.variant, card=DECLINED)
    assert await abandon_orders() == 0
    async with acting_as(deal.merchant):
        await execute("UPDATE orders SET created_at = $1", now() - timedelta(hours=25))
    assert await abandon_orders() == 1
    [order] = await orders_of(deal.merchant)
    assert (order["state"], order["number"]) == ("abandoned", None)


async def test_the_plan_behind_the_order_is_kept_with_its_candidates():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant)
    async with acting_as(deal.merchant):
        row = await fetch_one(
            'SELECT number, why, total, decision::text AS d FROM routing_decision WHERE "order" = $1',
            placed.order,
        )
        line = await fetch_value('SELECT id FROM order_line WHERE "order" = $1', placed.order)
    assert (row["number"], row["why"], row["total"]) == (1, "placed", 1500)
    assert f'"line_id": {line}' in row["d"]


def test_the_form_used_here_is_complete():
    assert set(FORM) == {"email", "name", "street", "postcode", "city", "country", "phone", "note"}
