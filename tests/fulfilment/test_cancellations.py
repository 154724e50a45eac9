"""What the shopper no longer wants is not sent, if it has not left."""

import pytest

from marketplace.fulfilment.answer_cancellation import answer_cancellation
from marketplace.fulfilment.answer_supplier_order import Answer, answer_supplier_order
from marketplace.fulfilment.cancel_order import cancel_order
from marketplace.fulfilment.route_order import route_order
from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused, Stale
from marketplace.ledger.post import check_books
from marketplace.relay import drain
from marketplace.stock.sums import check_sums
from tenants.scope import platform_scope
from tests.support import world
from tests.support.sale import Sale, second_source, sold
from tests.support.shopper import DECLINED, buys

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def _all_is_in_order(database):
    yield
    assert await check_sums() == []
    assert await check_books() == []


async def committed(offer):
    async with platform_scope("look"):
        return await fetch_value("SELECT committed FROM stock WHERE offer = $1", offer) or 0


async def cancels(sale, units=None, who="Simone", why="shopper"):
    done = await cancel_order(sale.merchant, sale.order, units, who=who, why=why)
    await drain()
    return done


async def test_before_anybody_was_asked_it_is_cancelled_at_once_and_nobody_is_charged():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant, quantity=2)
    sale = Sale(deal.merchant, placed.order, placed.number)
    done = await cancel_order(deal.merchant, placed.order, who="Simone", why="shopper")
    assert (list(done.cancelled.values()), done.requested) == ([2], {})
    await drain()
    assert ((await sale.header())["state"], (await sale.charge())["state"]) == ("cancelled", "voided")
    assert await committed(deal.offer) == 0
    assert await sale.supplier_orders() == []


async def test_a_part_cancelled_before_routing_is_not_asked_of_the_supplier():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant, quantity=3)
    sale = Sale(deal.merchant, placed.order, placed.number)
    [line] = await sale.lines()
    await cancel_order(deal.merchant, placed.order, {line["id"]: 1}, who="Simone", why="shopper")
    assert await committed(deal.offer) == 2
    await drain()
    [order] = await sale.supplier_orders()
    assert (await sale.supplier_lines(order["id"]))[0]["ordered"] == 2
    assert (order["goods"], order["freight"]) == (2000, 500)
    await sale.answers(order)
    assert (await sale.charge())["captured"] == 4980


async def test_what_a_supplier_has_is_asked_back_and_goes_when_it_agrees():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order], [line] = await sale.supplier_orders(), await sale.lines()
    done = await cancels(sale, {line["id"]: 1})
    assert (done.cancelled, done.requested) == ({}, {line["id"]: 1})
    assert (await sale.supplier_orders())[0]["cancellation"] == "requested"
    await answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera")
    await drain()
    [line] = await sale.lines()
    assert (line["cancelled"], await committed(deal.offer)) == (1, 1)
    assert (await sale.supplier_orders())[0]["cancellation"] == "granted"
    await answer_supplier_order(
        deal.supplier,
        order["id"],
        [Answer(line=(await sale.supplier_lines(order["id"]))[0]["id"], accept=1)],
        who="Vera",
    )
    await drain()
    assert (await sale.charge())["captured"] == 2490 + 490
    assert "cancelled" in await sale.timeline(shopper=True)


async def test_everything_granted_after_the_capture_is_refunded():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await cancels(sale)
    await answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera")
    await drain()
    charge = await sale.charge()
    assert (charge["captured"], charge["refunded"]) == (2980, 2980)
    assert ((await sale.header())["state"], (await sale.supplier_orders())[0]["state"]) == (
        "cancelled",
        "cancelled",
    )
    assert await committed(deal.offer) == 0


async def test_a_denied_cancellation_changes_nothing_and_the_merchant_hears_of_it():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await cancels(sale)
    await answer_cancellation(deal.supplier, order["id"], grant=False, who="Vera", why="It has left")
    await drain()
    assert ((await sale.header())["state"], (await sale.supplier_orders())[0]["cancellation"]) == (
        "placed",
        "denied",
    )
    assert "cancellation_denied" in await sale.timeline()
    assert (await cancels(sale)).requested  # it may be asked again
    with pytest.raises(Refused, match="Nothing of this order"):
        await cancels(sale)  # but not twice at once


async def test_what_the_supplier_declines_while_it_is_asked_back_is_not_bought_elsewhere():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await cancels(sale)
    await sale.answers(order, refuse=1)
    assert len(await sale.supplier_orders()) == 1
    assert ((await sale.header())["state"], (await sale.charge())["state"]) == ("cancelled", "voided")


async def test_what_left_can_no_longer_be_cancelled():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await sale.ships(order, units=1)
    [line] = await sale.lines()
    with pytest.raises(Invalid) as refusal:
        await cancels(sale, {line["id"]: 2})
    assert list(refusal.value.problems) == [f"line_{line['id']}"]
    await cancels(sale)  # the other one
    await answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera")
    await drain()
    assert (await sale.header())["state"] == "shipped"
    assert (await sale.charge())["refunded"] == 2490
    with pytest.raises(Refused):
        await cancels(sale)


async def test_a_parcel_that_left_meanwhile_wins_over_the_request():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await cancels(sale)
    await sale.ships(order)
    await answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera")
    await drain()
    assert ((await sale.header())["state"], (await sale.supplier_orders())[0]["cancellation"]) == (
        "shipped",
        "denied",
    )


async def test_strangers_and_unpaid_orders_have_nothing_to_cancel():
    deal, other = await world.trade(), await world.trade()
    sale, theirs = await sold(deal.merchant, deal.variant), await sold(other.merchant, other.variant)
    with pytest.raises(NotFound):
        await cancel_order(other.merchant, sale.order, who="Charlie", why="merchant")
    [line] = await theirs.lines()
    with pytest.raises(NotFound):
        await cancel_order(deal.merchant, sale.order, {line["id"]: 1}, who="Alice", why="merchant")
    with pytest.raises(Exception, match="declined"):
        await buys(deal.merchant, deal.variant, card=DECLINED)
    async with platform_scope("find it"):
        unpaid = await fetch_value("SELECT max(id) FROM orders WHERE merchant = $1", deal.merchant)
    with pytest.raises(Refused, match="never paid"):
        await cancel_order(deal.merchant, unpaid, who="Alice", why="merchant")
    with pytest.raises(Stale):
        await answer_cancellation(
            deal.supplier, (await sale.supplier_orders())[0]["id"], grant=True, who="Vera"
        )


async def test_an_order_that_was_wholly_cancelled_before_routing_asks_nobody():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant)
    await cancel_order(deal.merchant, placed.order, who="Simone", why="shopper")
    assert await route_order(deal.merchant, placed.order) == []
