"""From cart to shipped and delivered: what each of the three sees, and where the money is at each step."""

import pytest

from marketplace.fulfilment.acknowledge import acknowledge
from marketplace.fulfilment.move_shipment import mark_delivered
from marketplace.kernel.database import fetch, fetch_one, fetch_value
from marketplace.ledger.post import check_books
from marketplace.relay import drain
from marketplace.stock.sums import check_sums
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.sale import sold

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def _all_is_in_order(database):
    yield
    assert await check_sums() == []
    assert await check_books() == []


async def test_an_order_goes_from_cart_to_delivered():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)

    [order] = await sale.supplier_orders()
    assert (order["state"], order["number"], order["supplier"]) == ("sent", f"{sale.number}-1", deal.supplier)
    assert (order["goods"], order["freight"], order["fee"], order["total"]) == (2000, 500, 0, 2500)
    assert order["ack_by"] > order["sent_at"]
    assert order["ship_by"] is not None
    assert (await sale.header())["state"] == "placed"
    assert (await sale.charge())["state"] == "authorised"

    await acknowledge(deal.supplier, order["id"], who="Vera")
    await sale.answers(order)
    assert (await sale.header())["state"] == "accepted"
    charge = await sale.charge()
    assert (charge["state"], charge["captured"]) == ("captured", 5470)

    shipment = await sale.ships(order)
    assert (await sale.header())["state"] == "shipped"
    assert [o["state"] for o in await sale.supplier_orders()] == ["shipped"]

    await mark_delivered(deal.merchant, shipment, source="carrier")
    await drain()
    header = await sale.header()
    assert (header["state"], header["delivered_at"] is not None) == ("delivered", True)
    assert [o["state"] for o in await sale.supplier_orders()] == ["completed"]
    assert await sale.timeline(shopper=True) == ["placed", "accepted", "captured", "shipped", "delivered"]


async def test_the_supplier_sees_what_it_needs_to_deliver_and_nothing_else_of_the_shopper():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    async with acting_as(deal.supplier):
        [address] = await fetch("SELECT * FROM delivery_address")
        assert (address["name"], address["street"], address["phone"], address["note"]) == (
            "Simone Shopper", "2 rue Basse", "+33 6 12 34 56 78", "Ring twice")  # fmt: skip
        seen = str(await fetch("SELECT * FROM supplier_order")) + str(
            await fetch("SELECT * FROM supplier_order_line")
        )
        seen += str(await fetch("SELECT * FROM supplier_order_transition")) + str(address)
        assert "simone@" not in seen
        assert "2490" not in seen  # what the shopper paid
        for table in ("orders", "order_line", "charge", "routing_decision", "order_transition"):
            assert await fetch_value(f"SELECT count(*) FROM {table}") == 0
    assert sale.number in seen


async def test_the_supplier_cannot_touch_the_merchants_order():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    async with acting_as(deal.supplier):
        from marketplace.kernel.database import execute

        assert await execute("UPDATE order_line SET accepted = ordered") == 0
        assert await execute("UPDATE orders SET state = 'shipped'") == 0
    assert (await sale.lines())[0]["accepted"] == 0


async def test_every_job_may_run_twice():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await sale.ships(order)
    before = (await sale.lines(), await sale.timeline(), await sale.charge(), await sale.supplier_orders())
    async with platform_scope("ring everything again"):
        await fetch(
            "UPDATE delivery SET done_at = NULL, ring_at = now() WHERE tenant = $1 OR tenant = $2",
            deal.merchant,
            deal.supplier,
        )
    assert await drain() > 0
    assert (
        await sale.lines(),
        await sale.timeline(),
        await sale.charge(),
        await sale.supplier_orders(),
    ) == before


async def test_two_parcels_of_one_order_each_carry_their_own_quantities():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    first = await sale.ships(order, units=1, tracking_number="6A12345678901")
    assert (await sale.header())["state"] == "partly_shipped"
    second = await sale.ships(order, tracking_number="6A12345678902")
    assert (await sale.header())["state"] == "shipped"
    await mark_delivered(deal.merchant, first, source="carrier")
    await drain()
    assert (await sale.header())["state"] == "partly_delivered"
    assert (await sale.header())["delivered_at"] is None
    await mark_delivered(deal.supplier, second, source="supplier", who="Vera")
    await drain()
    assert (await sale.header())["state"] == "delivered"


async def test_one_cart_of_two_suppliers_is_split_and_numbered():
    deal = await world.trade()
    sven = await world.supplier("sven")
    await world.agreement(deal.merchant, sven)
    other = await world.variant(deal.merchant, await world.offer(sven, quantity=4))
    sale = await sold(deal.merchant, deal.variant, other)
    orders = await sale.supplier_orders()
    assert [o["number"] for o in orders] == [f"{sale.number}-1", f"{sale.number}-2"]
    assert {o["supplier"] for o in orders} == {deal.supplier, sven}
    await sale.answers(orders[0])
    assert (await sale.header())["state"] == "partly_accepted"
    assert (await sale.charge())["captured"] == 0  # one capture, when every line is answered
    await sale.answers(orders[1])
    assert (await sale.charge())["captured"] == (await sale.header())["total"]


async def test_what_was_sold_is_copied_whatever_the_feed_says_later():
    from marketplace.kernel.database import execute

    deal = await world.trade()
    async with platform_scope("name it"):
        await execute("UPDATE offer SET sku = 'AS-SOLD' WHERE id = $1", deal.offer)
    sale = await sold(deal.merchant, deal.variant)
    async with platform_scope("a new price"):
        await execute("UPDATE offer SET price_e4 = 999999, title = 'Renamed' WHERE id = $1", deal.offer)
    [order] = await sale.supplier_orders()
    [line] = await sale.supplier_lines(order["id"])
    assert (line["sku"], line["unit_cost_e4"]) == ("AS-SOLD", 100_000)


async def test_the_mail_to_the_supplier_is_asked_for_once_by_its_key():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [order] = await sale.supplier_orders()
    async with platform_scope("read the outbox"):
        row = await fetch_one("SELECT count(*) AS n, min(payload->>'key') AS key FROM outbox WHERE event = 'supplier_order.mail_wanted'"
                              " AND (payload->>'supplier_order')::bigint = $1", order["id"])  # fmt: skip
    assert (row["n"], row["key"]) == (1, f"supplier_order.{order['id']}.mail")
    async with acting_as(deal.merchant):
        attempts = await fetch("SELECT channel, state FROM dispatch_attempt ORDER BY id")
    assert [(a["channel"], a["state"]) for a in attempts] == [("portal", "done"), ("mail", "done")]
