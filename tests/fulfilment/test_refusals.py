"""A supplier declines: somebody else serves it, or nobody pays for it."""

import pytest

from marketplace.fulfilment.answer_supplier_order import Answer, accept_everything, answer_supplier_order
from marketplace.fulfilment.declare_out_of_stock import declare_out_of_stock
from marketplace.fulfilment.resource_lines import resource_lines
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Stale
from marketplace.ledger.post import check_books
from marketplace.relay import drain
from marketplace.sourcing.count_miss import count_refusal
from marketplace.stock.sums import check_sums
from tenants.scope import acting_as, platform_scope
from tests.support import feeds, world
from tests.support.sale import second_source, sold

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def _all_is_in_order(database):
    yield
    assert await check_sums() == []
    assert await check_books() == []


async def committed(offer):
    async with platform_scope("look"):
        return await fetch_value("SELECT committed FROM stock WHERE offer = $1", offer) or 0


async def events(merchant, event):
    async with platform_scope("read the outbox"):
        return await fetch_value(
            "SELECT count(*) FROM outbox WHERE event = $2 AND (payload->>'merchant')::bigint = $1",
            merchant,
            event,
        )


async def test_a_refused_line_goes_to_the_next_supplier_and_the_shopper_notices_nothing():
    deal = await world.trade()
    sven, other = await second_source(deal)
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [first] = await sale.supplier_orders()
    assert first["supplier"] == deal.supplier
    await sale.answers(first, refuse=2)
    first, second = await sale.supplier_orders()
    assert (first["state"], first["total"]) == ("refused", 0)
    assert (second["state"], second["supplier"], second["number"]) == ("sent", sven, f"{sale.number}-2")
    assert (await committed(deal.offer), await committed(other)) == (0, 2)
    assert (await sale.charge())["state"] == "authorised"
    await sale.answers(second)
    assert (await sale.header())["state"] == "accepted"
    assert (await sale.charge())["captured"] == (await sale.header())["total"]
    assert "refused" not in await sale.timeline(shopper=True)
    assert await events(deal.merchant, "order.units_cancelled") == 0


async def test_the_move_is_stored_with_its_reasons():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    async with acting_as(deal.merchant):
        rows = await fetch(
            'SELECT number, why, decision::text AS d FROM routing_decision WHERE "order" = $1 ORDER BY number',
            sale.order,
        )
    assert [(r["number"], r["why"]) for r in rows] == [(1, "placed"), (2, "refused")]
    assert '"excluded"' in rows[1]["d"]


async def test_where_there_is_nobody_else_nothing_is_charged_and_the_shopper_is_told():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    await sale.answers((await sale.supplier_orders())[0], refuse=2)
    charge, header = await sale.charge(), await sale.header()
    assert (header["state"], charge["state"], charge["captured"]) == ("cancelled", "voided", 0)
    assert await committed(deal.offer) == 0
    assert await sale.timeline(shopper=True) == ["placed", "cancelled", "released"]
    assert await events(deal.merchant, "order.units_cancelled") == 1
    async with acting_as(deal.merchant):
        assert await fetch_value("SELECT sum(captured) FROM test_payment") == 0
        assert await fetch_value("SELECT count(*) FROM entry") == 0


async def test_a_part_refused_and_nowhere_to_be_had_is_released_and_the_rest_is_paid():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    [line] = await sale.lines()
    assert (line["accepted"], line["refused"], line["cancelled"]) == (2, 1, 1)
    charge = await sale.charge()
    assert (charge["captured"], line["captured"]) == (4980, 4980)  # shipping was free from 60 euros on
    async with acting_as(deal.merchant):
        assert (
            await fetch_value("SELECT voided FROM test_payment WHERE reference = $1", charge["reference"])
            == 2490
        )


async def test_a_part_refused_is_served_by_two_suppliers_together():
    deal = await world.trade()
    sven, other = await second_source(deal)
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    first, second = await sale.supplier_orders()
    assert (await sale.supplier_lines(second["id"]))[0]["ordered"] == 1
    assert (await committed(deal.offer), await committed(other)) == (2, 1)
    await sale.answers(second)
    assert (await sale.lines())[0]["accepted"] == 3
    assert (await sale.charge())["captured"] == (await sale.header())["total"]
    assert sven == second["supplier"]
    assert first["state"] == "answered"


async def test_a_second_source_below_the_margin_floor_is_none():
    deal = await world.trade()
    await second_source(deal, price_e4=205_000)  # 20.50 of 20.75 net
    async with platform_scope("a floor"):
        await execute("UPDATE storefront SET margin_floor_bp = 1000 WHERE merchant = $1", deal.merchant)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    assert (await sale.header())["state"] == "cancelled"


async def test_a_second_source_far_too_late_is_none():
    deal = await world.trade()
    await second_source(deal, lead_days=30)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    assert (await sale.header())["state"] == "cancelled"


async def test_two_refusals_after_one_another_reach_the_third_supplier():
    deal = await world.trade()
    await second_source(deal)
    await second_source(deal, price_e4=120_000)
    sale = await sold(deal.merchant, deal.variant)
    for nth in (0, 1):
        await sale.answers((await sale.supplier_orders())[nth], refuse=1)
    orders = await sale.supplier_orders()
    assert [o["state"] for o in orders] == ["refused", "refused", "sent"]
    assert len({o["supplier"] for o in orders}) == 3
    assert (await sale.lines())[0]["refused"] == 2


async def test_a_supplier_that_is_out_of_stock_sells_no_more_of_it_until_its_feed_says_so():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1, reason="out_of_stock")
    async with acting_as(deal.supplier):
        offer = await fetch_one("SELECT sells_up_to, hash, availability FROM offer WHERE id = $1", deal.offer)
        change = await fetch_one("SELECT kind, by FROM offer_change WHERE offer = $1", deal.offer)
    assert tuple(offer.values()) == (0, None, "out_of_stock")
    assert tuple(change.values()) == ("by_hand", "declined an order: out_of_stock")


async def test_a_stock_feed_that_goes_on_saying_it_is_there_is_believed_again_with_its_next_file():
    deal = await world.trade()
    await second_source(deal)
    full = await feeds.feed(deal.supplier)
    await full.send(feeds.rows(feeds.lamp(1)))
    quick = await feeds.feed(deal.supplier, speed="stock")
    said = [{"sku": "L-001", "price": "12.50", "quantity": "7", "currency": "EUR"}]
    await quick.send(feeds.rows(*said))
    offer = (await full.offer())["id"]
    async with acting_as(deal.supplier):
        await count_refusal(offer, deal.merchant, 1)
        await declare_out_of_stock(offer, why="out_of_stock")
    assert (await full.offer())["sells_up_to"] == 0
    await quick.send(feeds.rows(*said, {"sku": "L-002", "price": "1", "quantity": "1", "currency": "EUR"}))
    assert (await full.offer())["sells_up_to"] == 7


async def test_a_price_that_changed_says_nothing_of_the_stock():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1, reason="price_changed")
    async with acting_as(deal.supplier):
        assert await fetch_value("SELECT sells_up_to FROM offer WHERE id = $1", deal.offer) == 10


async def test_a_supplier_may_answer_in_two_goes():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    [order] = await sale.supplier_orders()
    [line] = await sale.supplier_lines(order["id"])
    state = await answer_supplier_order(
        deal.supplier, order["id"], [Answer(line=line["id"], accept=1)], who="Vera"
    )
    await drain()
    assert state == "acknowledged"
    assert (await sale.lines())[0]["accepted"] == 1
    assert await accept_everything(deal.supplier, order["id"], who="Vera") == "answered"
    await drain()
    assert (await sale.charge())["captured"] == (await sale.header())["total"]


async def test_a_word_taken_back_after_the_capture_is_resourced_or_refunded():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    total = (await sale.charge())["captured"]
    [line] = await sale.supplier_lines(order["id"])
    await answer_supplier_order(
        deal.supplier, order["id"], [Answer(line=line["id"], refuse=1, reason="damaged")], who="Vera"
    )
    await drain()
    charge, [line] = await sale.charge(), await sale.lines()
    assert (charge["captured"], charge["refunded"]) == (total, 2490)
    assert (line["accepted"], line["cancelled"], line["refunded"]) == (1, 1, 2490)
    assert (await sale.header())["state"] == "accepted"


async def test_everything_taken_back_after_the_capture_refunds_the_shipping_too():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    [line] = await sale.supplier_lines(order["id"])
    await answer_supplier_order(
        deal.supplier, order["id"], [Answer(line=line["id"], refuse=1, reason="damaged")], who="Vera"
    )
    await drain()
    charge = await sale.charge()
    assert (charge["captured"], charge["refunded"]) == (2980, 2980)
    assert (await sale.header())["shipping_refunded"] == 490


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"accept": 4}, "accept"), ({"accept": -1}, "accept"), ({"refuse": 4, "reason": "other"}, "refuse"),
        ({"accept": 2, "refuse": 2, "reason": "other"}, "refuse"), ({"refuse": -1}, "refuse"),
        ({"refuse": 1}, "reason"), ({"refuse": 1, "reason": "because"}, "reason"),
    ],
)  # fmt: skip
async def test_an_answer_that_cannot_be_is_refused_beside_its_field(said, field):
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    [order] = await sale.supplier_orders()
    [line] = await sale.supplier_lines(order["id"])
    with pytest.raises(Invalid) as refusal:
        await answer_supplier_order(deal.supplier, order["id"], [Answer(line=line["id"], **said)], who="Vera")
    assert list(refusal.value.problems) == [f"{field}_{line['id']}"]
    assert (await sale.supplier_orders())[0]["state"] == "sent"


async def test_an_answer_sent_twice_counts_once():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    [order] = await sale.supplier_orders()
    [line] = await sale.supplier_lines(order["id"])
    page = [Answer(line=line["id"], accept=2, refuse=1, reason="damaged")]
    for _ in range(2):
        assert await answer_supplier_order(deal.supplier, order["id"], page, who="Vera") == "answered"
    await drain()
    [line] = await sale.supplier_lines(order["id"])
    assert (line["accepted"], line["refused"]) == (2, 1)


async def test_a_strangers_order_and_a_strangers_line_are_not_found():
    deal, other = await world.trade(), await world.trade()
    sale, theirs = await sold(deal.merchant, deal.variant), await sold(other.merchant, other.variant)
    [order], [strange] = await sale.supplier_orders(), await theirs.supplier_orders()
    with pytest.raises(NotFound):
        await accept_everything(other.supplier, order["id"], who="Sven")
    [line] = await theirs.supplier_lines(strange["id"])
    with pytest.raises(NotFound):
        await answer_supplier_order(
            deal.supplier, order["id"], [Answer(line=line["id"], accept=1)], who="Vera"
        )


async def test_an_order_that_was_cancelled_cannot_be_answered():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    async with platform_scope("cancel it"):
        await execute("UPDATE supplier_order SET state = 'cancelled' WHERE id = $1", order["id"])
    with pytest.raises(Stale):
        await accept_everything(deal.supplier, order["id"], who="Vera")


async def test_packs_are_answered_whole():
    deal = await world.trade(quantity=20)
    async with platform_scope("packs"):
        await execute("UPDATE match SET pack_quantity = 6 WHERE variant = $1", deal.variant)
        await execute("UPDATE offer SET price_e4 = 10000 WHERE id = $1", deal.offer)
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    [line] = await sale.supplier_lines(order["id"])
    assert (line["ordered"], await committed(deal.offer)) == (12, 12)
    with pytest.raises(Invalid, match="another look"):
        await answer_supplier_order(
            deal.supplier, order["id"], [Answer(line=line["id"], accept=7)], who="Vera"
        )
    await answer_supplier_order(
        deal.supplier,
        order["id"],
        [Answer(line=line["id"], accept=6, refuse=6, reason="damaged")],
        who="Vera",
    )
    await drain()
    [line] = await sale.lines()
    assert (line["accepted"], line["cancelled"], await committed(deal.offer)) == (1, 1, 6)


async def test_a_job_that_comes_late_finds_nothing_left_to_do():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    assert (await resource_lines(deal.merchant, sale.order)).supplier_orders == []
    assert len(await sale.supplier_orders()) == 2
