"""The shopper cancels while the supplier answers and ships, jobs run twice, two operators click: nobody waits for ever, nothing
is counted twice, and what comes out is one of the stories that could have happened one after the other."""

import asyncio
from collections import Counter

import pytest

from marketplace.fulfilment.answer_cancellation import answer_cancellation
from marketplace.fulfilment.answer_supplier_order import accept_everything
from marketplace.fulfilment.cancel_order import cancel_order
from marketplace.fulfilment.confirm_shipment import confirm_shipment
from marketplace.fulfilment.resource_lines import resource_lines
from marketplace.fulfilment.route_order import route_order
from marketplace.fulfilment.send_supplier_order import send_supplier_order
from marketplace.fulfilment.take_over_answer import take_over_answer
from marketplace.kernel.errors import Invalid, Refused, Stale
from marketplace.ledger.post import check_books
from marketplace.ordering.settle_order import settle_order
from marketplace.relay import drain
from marketplace.stock.sums import check_sums
from tests.support import world
from tests.support.sale import Sale, second_source, sold
from tests.support.shopper import buys

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.race]
HONEST = (Stale, Refused, Invalid)  # "somebody moved this first", in its three forms


async def together(*work):
    """Everything at once; refusals are answers, anything else is a failure."""
    answers = await asyncio.gather(*work, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, HONEST):
            raise answer
    return answers


async def test_the_shopper_cancels_while_the_supplier_answers_and_ships():
    outcomes: Counter[str] = Counter()
    for nth in range(5):
        deal = await world.trade()
        sale = await sold(deal.merchant, deal.variant, quantity=2)
        [order] = await sale.supplier_orders()
        [line] = await sale.supplier_lines(order["id"])
        await together(
            cancel_order(deal.merchant, sale.order, who="Simone", why="shopper"),
            accept_everything(deal.supplier, order["id"], who="Vera"),
            confirm_shipment(
                deal.supplier,
                order["id"],
                {line["id"]: 1 + nth % 2},
                carrier="gls",
                tracking_number="12345678901",
                who="Vera",
            ),
            take_over_answer(deal.merchant, order["id"]),
            settle_order(deal.merchant, sale.order),
            resource_lines(deal.merchant, sale.order),
        )
        await together(answer_cancellation(deal.supplier, order["id"], grant=True, who="Vera"))
        await drain()
        header, [sold_line], charge = await sale.header(), await sale.lines(), await sale.charge()
        outcomes[header["state"]] += 1
        live = sold_line["ordered"] - sold_line["cancelled"]
        assert sold_line["accepted"] == live
        kept = live * sold_line["unit_price"] + (header["shipping"] if live else 0)
        assert charge["captured"] - charge["refunded"] == (kept if charge["state"] == "captured" else 0)
    assert set(outcomes) <= {"shipped", "partly_shipped", "accepted", "cancelled"}
    assert await check_sums() == []
    assert await check_books() == []


async def test_five_workers_route_the_same_order_and_its_suppliers_see_it_once():
    deal = await world.trade()
    placed = await buys(deal.merchant, deal.variant)
    routed = await together(*[route_order(deal.merchant, placed.order) for _ in range(5)])
    assert {tuple(r) for r in routed} == {tuple(routed[0])}
    [supplier_order] = routed[0]
    sent = await together(*[send_supplier_order(deal.merchant, supplier_order) for _ in range(5)])
    assert sum(sent) == 1


async def test_five_workers_resource_the_same_line_once():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    [order] = await sale.supplier_orders()
    await sale.answers(order, refuse=1)  # its own job ran once
    await together(*[resource_lines(deal.merchant, sale.order) for _ in range(5)])
    assert len(await sale.supplier_orders()) == 2
    assert await check_sums() == []


async def test_many_orders_of_the_same_two_offers_are_placed_routed_and_refused_together():
    deal = await world.trade(quantity=100)
    _, other = await second_source(deal, quantity=100)
    placed = await together(*[buys(deal.merchant, deal.variant, quantity=2) for _ in range(10)])
    assert len({p.number for p in placed}) == 10
    await drain()
    sales = [Sale(deal.merchant, p.order, p.number) for p in placed]
    orders = [(await sale.supplier_orders())[0] for sale in sales]

    async def refuses(sale, order):
        from marketplace.fulfilment.answer_supplier_order import Answer, answer_supplier_order

        [line] = await sale.supplier_lines(order["id"])
        await answer_supplier_order(
            order["supplier"],
            order["id"],
            [Answer(line=line["id"], refuse=2, reason="price_changed")],
            who="Vera",
        )

    await together(*[refuses(s, o) for s, o in zip(sales, orders, strict=True)])
    await together(*[take_over_answer(deal.merchant, o["id"]) for o in orders])
    await together(*[resource_lines(deal.merchant, s.order) for s in sales for _ in range(2)])
    await drain()
    for sale in sales:
        assert [o["state"] for o in await sale.supplier_orders()] == ["refused", "sent"]
    from marketplace.kernel.database import fetch
    from tenants.scope import platform_scope

    async with platform_scope("count"):
        rows = await fetch(
            "SELECT offer, committed FROM stock WHERE offer = ANY($1) ORDER BY offer", [deal.offer, other]
        )
    assert [r["committed"] for r in rows] == [0, 20]
    assert await check_sums() == []
