"""Time passes: workers stop, suppliers do not answer, banks stop promising, addresses are forgotten."""

from datetime import timedelta

import pytest

import marketplace.reactions  # noqa: F401 - the jobs
from marketplace.fulfilment.mask_addresses import mask_addresses
from marketplace.fulfilment.move_shipment import mark_delivered
from marketplace.fulfilment.release_held import release_held
from marketplace.fulfilment.watch_clocks import watch_clocks
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.outbox import emit
from marketplace.ledger.post import check_books
from marketplace.ordering.finish_payment import recover_payments
from marketplace.ordering.place_order import SoldOut
from marketplace.ordering.settle_order import settle_due, settle_order
from marketplace.relay import drain
from marketplace.stock.expire import expire
from marketplace.stock.sums import check_sums
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.sale import Sale, second_source, sold
from tests.support.shopper import SHORT, buys

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def _all_is_in_order(database):
    yield
    assert await check_sums() == []
    assert await check_books() == []


async def settings(merchant, **said):
    async with platform_scope("the merchant's settings"):
        await execute("UPDATE tenant SET settings = $2::jsonb WHERE id = $1", merchant, json.dumps(said))


async def moved(table, row, **columns):
    async with platform_scope("time passes"):
        for column, value in columns.items():
            await execute(f'UPDATE "{table}" SET {column} = $2 WHERE id = $1', row, value)


async def events(merchant, event):
    async with platform_scope("read the outbox"):
        return await fetch_value(
            "SELECT count(*) FROM outbox WHERE event = $2 AND (payload->>'merchant')::bigint = $1",
            merchant,
            event,
        )


async def test_a_worker_stopped_for_fifteen_minutes_after_payment_finds_the_orders_stock_untouched():
    deal = await world.trade(quantity=2)
    placed = await buys(deal.merchant, deal.variant, quantity=2)
    sale = Sale(deal.merchant, placed.order, placed.number)
    async with platform_scope("fifteen minutes pass without a worker"):
        for table, columns in (
            ("hold", ("created_at", "expires_at")),
            ("orders", ("placed_at", "created_at")),
        ):
            for column in columns:
                sql = f"UPDATE {table} SET {column} = {column} - interval '15 minutes' WHERE merchant = $1"
                await execute(sql, deal.merchant)
    await expire()
    with pytest.raises(SoldOut):
        await buys(deal.merchant, deal.variant)
    assert await sale.supplier_orders() == []
    await drain()  # the worker is back
    [order] = await sale.supplier_orders()
    assert order["state"] == "sent"
    await sale.answers(order)
    assert (await sale.header())["state"] == "accepted"


async def test_a_missed_answer_is_raised_once_and_both_sides_hear_of_it():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    assert await watch_clocks() == 0 or await events(deal.merchant, "supplier_order.unanswered") == 0
    await moved("supplier_order", order["id"], ack_by=now() - timedelta(minutes=1))
    await watch_clocks()
    await watch_clocks()
    await drain()
    assert await events(deal.merchant, "supplier_order.unanswered") == 1
    async with acting_as(deal.supplier):
        assert (
            await fetch_value("SELECT count(*) FROM supplier_order_transition WHERE what = 'unanswered'") == 1
        )
    assert (await sale.supplier_orders())[0][
        "state"
    ] == "sent"  # by default the merchant only waits and knows


async def test_an_unanswered_order_goes_elsewhere_when_the_merchant_wants_it_so():
    deal = await world.trade()
    sven, _ = await second_source(deal)
    await settings(deal.merchant, fulfilment={"unanswered": "resource"})
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await moved("supplier_order", order["id"], ack_by=now() - timedelta(minutes=1))
    await watch_clocks()
    await drain()
    first, second = await sale.supplier_orders()
    assert (first["state"], second["state"], second["supplier"]) == ("cancelled", "sent", sven)
    assert (await sale.lines())[0]["cancelled"] == 0
    await sale.answers(second)
    assert (await sale.header())["state"] == "accepted"


async def test_an_unanswered_order_stays_where_nobody_else_could_serve_it():
    deal = await world.trade()
    await settings(deal.merchant, fulfilment={"unanswered": "resource"})
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await moved("supplier_order", order["id"], ack_by=now() - timedelta(minutes=1))
    await watch_clocks()
    await drain()
    assert [o["state"] for o in await sale.supplier_orders()] == ["sent"]


async def test_goods_that_did_not_leave_in_time_and_parcels_that_never_came_are_raised_once():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await moved("supplier_order", order["id"], ship_by=now() - timedelta(minutes=1))
    await watch_clocks()
    await watch_clocks()
    assert await events(deal.merchant, "supplier_order.late") == 1
    shipment = await sale.ships(order)
    await moved("shipment", shipment, shipped_at=now() - timedelta(days=15))
    await watch_clocks()
    await watch_clocks()
    assert await events(deal.merchant, "shipment.overdue") == 1


async def test_before_the_authorisation_ends_what_is_open_is_captured_and_refunded_when_it_is_refused():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, card=SHORT)
    assert (await sale.charge())["captured"] == 0
    charge = await sale.charge()
    await moved("charge", charge["id"], authorisation_ends_at=now() + timedelta(hours=23))
    assert await settle_due() >= 1
    assert (await sale.charge())["captured"] == 2980
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    charge = await sale.charge()
    assert (charge["refunded"], (await sale.header())["state"]) == (2980, "cancelled")


async def test_or_what_is_open_is_released_and_cancelled_as_the_merchant_chose():
    deal = await world.trade()
    await settings(deal.merchant, open_lines="release")
    other = await world.variant(deal.merchant, await world.offer(await _linked(deal), quantity=4))
    sale = await sold(deal.merchant, deal.variant, other)
    first, second = await sale.supplier_orders()
    await sale.answers(first)
    await moved("charge", (await sale.charge())["id"], authorisation_ends_at=now() + timedelta(hours=23))
    await settle_due()
    await drain()
    charge, lines = await sale.charge(), await sale.lines()
    assert charge["captured"] == 2490 + 490
    assert sorted((line["accepted"], line["cancelled"]) for line in lines) == [(0, 1), (1, 0)]
    assert [o["state"] for o in await sale.supplier_orders()] == ["answered", "cancelled"]
    assert second["state"] == "sent"


async def _linked(deal):
    sven = await world.supplier("sven")
    await world.agreement(deal.merchant, sven)
    return sven


async def test_an_authorisation_that_ran_out_unused_flags_the_order_for_a_person():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    await moved("charge", (await sale.charge())["id"], authorisation_ends_at=now() - timedelta(minutes=1))
    assert await settle_order(deal.merchant, sale.order) == "expired"
    assert ((await sale.charge())["state"], (await sale.header())["flagged"]) == (
        "voided",
        "authorisation_ended",
    )
    assert await events(deal.merchant, "order.capture_failed") == 1


async def test_a_capture_that_the_gateway_refuses_flags_the_order_for_a_person():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    async with platform_scope("the bank's clock is faster"):
        await execute(
            "UPDATE test_payment SET authorisation_ends_at = now() - interval '1 minute' WHERE merchant = $1",
            deal.merchant,
        )
    await sale.answers((await sale.supplier_orders())[0])
    assert ((await sale.charge())["state"], (await sale.header())["flagged"]) == ("failed", "capture_failed")


@pytest.mark.parametrize(("policy", "at"), [("order", "placed"), ("shipment", "shipped")])
async def test_a_merchant_may_capture_with_the_order_or_with_the_shipment(policy, at):
    deal = await world.trade()
    async with platform_scope("the policy"):
        await execute("UPDATE storefront SET capture_policy = $2 WHERE merchant = $1", deal.merchant, policy)
    sale = await sold(deal.merchant, deal.variant)
    assert ((await sale.charge())["state"] == "captured") == (at == "placed")
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    assert ((await sale.charge())["state"] == "captured") == (at == "placed")
    await sale.ships(order)
    assert (await sale.charge())["state"] == "captured"


async def test_a_capture_whose_answer_was_lost_is_found_again_and_made_once():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant)
    sale = Sale(deal.merchant, placed.order, placed.number)
    await drain()
    async with platform_scope("the bank falls silent"):
        await execute("UPDATE test_payment SET card_hint = 'silent:0119' WHERE merchant = $1", deal.merchant)
    with pytest.raises(Exception, match="did not answer"):
        await sale.answers((await sale.supplier_orders())[0])
    async with platform_scope("two minutes pass"):
        await execute(
            "UPDATE payment_attempt SET sent_at = sent_at - interval '2 minutes' WHERE state = 'sent'"
        )
        await execute(
            "UPDATE delivery SET done_at = now() WHERE done_at IS NULL AND tenant = $1 AND error IS NOT NULL",
            deal.merchant,
        )
    await recover_payments()
    await drain()
    assert (await sale.charge())["captured"] == 2980
    async with acting_as(deal.merchant):
        assert await fetch_value("SELECT sum(captured) FROM test_payment") == 2980


async def test_small_orders_gather_until_they_reach_the_minimum_and_the_fee_falls_away():
    deal = await world.trade(minimum_order=3000, order_fee=400)
    await settings(deal.merchant, fulfilment={"gather": True})
    one = await sold(deal.merchant, deal.variant, quantity=1)
    [order] = await one.supplier_orders()
    assert (order["state"], order["fee"], order["sent_at"]) == ("held", 400, None)
    assert order["hold_until"] > now()
    await release_held()
    assert (await one.supplier_orders())[0]["state"] == "held"
    two = await sold(deal.merchant, deal.variant, quantity=2)
    assert await release_held() == 2
    await drain()
    for sale in (one, two):
        [order] = await sale.supplier_orders()
        assert (order["state"], order["fee"], order["freight"]) == ("sent", 0, 500)


async def test_at_the_cut_off_they_go_as_they_are_with_one_fee():
    deal = await world.trade(minimum_order=9000, order_fee=400)
    await settings(deal.merchant, fulfilment={"gather": True})
    one, two = await sold(deal.merchant, deal.variant), await sold(deal.merchant, deal.variant)
    [order] = await one.supplier_orders()
    await moved("supplier_order", order["id"], hold_until=now() - timedelta(seconds=1))
    assert await release_held() == 2
    await drain()
    fees = [(await sale.supplier_orders())[0] for sale in (one, two)]
    assert [(o["state"], o["fee"], o["total"]) for o in fees] == [("sent", 400, 1900), ("sent", 0, 1500)]


async def test_without_the_policy_nothing_waits():
    deal = await world.trade(minimum_order=9000, order_fee=400)
    sale = await sold(deal.merchant, deal.variant)
    assert [(o["state"], o["fee"]) for o in await sale.supplier_orders()] == [("sent", 400)]


async def test_the_address_is_masked_for_the_supplier_some_days_after_delivery_and_not_before():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await mark_delivered(deal.merchant, await sale.ships(order), source="carrier")
    await drain()
    await mask_addresses()
    async with acting_as(deal.supplier):
        assert (await fetch_one("SELECT name FROM delivery_address"))["name"] == "Simone Shopper"
    await moved("supplier_order", order["id"], completed_at=now() - timedelta(days=31))
    assert await mask_addresses() >= 1
    async with acting_as(deal.supplier):
        [address] = await fetch("SELECT * FROM delivery_address")
        note = await fetch_value("SELECT note FROM supplier_order")
    assert (address["name"], address["street"], address["phone"], address["postcode"], note) == (
        "•••",
        "•••",
        None,
        "59•••",
        None,
    )
    assert (await sale.header())["name"] == "Simone Shopper"  # the merchant keeps its customer


async def test_when_the_feed_says_less_than_was_sold_paid_orders_stand_and_are_flagged_until_they_leave():
    deal = await world.trade()
    sale, other = await sold(deal.merchant, deal.variant), await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0])
    await sale.ships((await sale.supplier_orders())[0])
    async with acting_as(deal.supplier):
        await emit(
            "offer.oversold", merchant=deal.merchant, supplier=deal.supplier, run=1, offers=[deal.offer]
        )
    await drain()
    assert ((await sale.header())["flagged"], (await other.header())["flagged"]) == (None, "oversold")
    assert "flagged" in await other.timeline()
    await other.answers((await other.supplier_orders())[0])
    await other.ships((await other.supplier_orders())[0])
    assert (await other.header())["flagged"] is None
