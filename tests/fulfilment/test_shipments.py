"""Parcels: confirmed once, in as many pieces as it takes, moved by whoever knows."""

import pytest

from marketplace.fulfilment.confirm_shipment import confirm_shipment
from marketplace.fulfilment.move_shipment import mark_delivered, move_shipment
from marketplace.fulfilment.send_replacement import preview_replacement, send_replacement
from marketplace.fulfilment.states import Shipment
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused, Stale
from marketplace.ledger.post import check_books
from marketplace.relay import drain
from marketplace.sourcing.change_mapping import change_mapping
from marketplace.sourcing.mapping import Mapping
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


async def accepted(quantity=3):
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=quantity)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    [line] = await sale.supplier_lines(order["id"])
    return deal, sale, order, line["id"]


async def test_the_form_sent_twice_and_the_same_number_twice_are_one_parcel():
    deal, sale, order, line = await accepted()
    said = {"carrier": "ups", "tracking_number": "1Z5R89390357567127", "who": "Vera"}
    first = await confirm_shipment(deal.supplier, order["id"], {line: 1}, **said, key="form-1")
    assert await confirm_shipment(deal.supplier, order["id"], {line: 1}, **said, key="form-1") == first
    assert await confirm_shipment(deal.supplier, order["id"], {line: 1}, **said, key="form-2") == first
    await drain()
    assert (await sale.lines())[0]["shipped"] == 1


async def test_the_shopper_gets_a_link_to_follow_it():
    deal, _, order, line = await accepted()
    await confirm_shipment(
        deal.supplier,
        order["id"],
        {line: 3},
        carrier="UPS",
        tracking_number="1Z 5R8 939 035 756 7127",
        who="Vera",
    )
    async with acting_as(deal.merchant):
        parcel = await fetch_one("SELECT number, carrier, tracking_number, tracking_url FROM shipment")
    assert parcel["number"] == f"{order['number']}-1"
    assert (parcel["carrier"], parcel["tracking_number"]) == ("ups", "1Z5R89390357567127")
    assert parcel["tracking_url"].endswith("1Z5R89390357567127")


@pytest.mark.parametrize(
    ("units", "carrier", "number", "field"),
    [
        (4, "ups", "1Z5R89390357567127", "units_"), (-1, "ups", "1Z5R89390357567127", "units_"),
        (0, "ups", "1Z5R89390357567127", "units"), (1, " ", "1Z5R89390357567127", "carrier"),
        (1, "ups", "", "tracking_number"), (1, "ups", "x" * 80, "tracking_number"), (1, "ups", "número", "tracking_number"),
    ],
)  # fmt: skip
async def test_a_parcel_that_cannot_be_is_refused_beside_its_field(units, carrier, number, field):
    deal, sale, order, line = await accepted()
    with pytest.raises(Invalid) as refusal:
        await confirm_shipment(
            deal.supplier, order["id"], {line: units}, carrier=carrier, tracking_number=number, who="Vera"
        )
    assert [k.startswith(field) for k in refusal.value.problems] == [True]
    assert (await sale.lines())[0]["shipped"] == 0


async def test_a_carrier_without_numbers_needs_none():
    deal, sale, order, line = await accepted()
    await confirm_shipment(deal.supplier, order["id"], {line: 3}, carrier="Our own van", who="Vera")
    await drain()
    assert (await sale.header())["state"] == "shipped"


async def test_what_ships_unanswered_is_accepted_with_it():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    [line] = await sale.supplier_lines(order["id"])
    await confirm_shipment(
        deal.supplier, order["id"], {line["id"]: 2}, carrier="gls", tracking_number="12345678901", who="Vera"
    )
    await drain()
    [line] = await sale.lines()
    assert (line["accepted"], line["shipped"], (await sale.charge())["state"]) == (2, 2, "captured")


async def test_strangers_find_no_order_and_no_parcel():
    deal, _, order, line = await accepted()
    other = await world.trade()
    with pytest.raises(NotFound):
        await confirm_shipment(
            other.supplier, order["id"], {line: 1}, carrier="gls", tracking_number="1", who="Sven"
        )
    with pytest.raises(NotFound):
        await confirm_shipment(
            deal.supplier, order["id"], {line + 10_000: 1}, carrier="gls", tracking_number="1", who="Vera"
        )
    parcel = await confirm_shipment(
        deal.supplier, order["id"], {line: 1}, carrier="gls", tracking_number="1", who="Vera"
    )
    for stranger in (other.merchant, other.supplier):
        with pytest.raises(NotFound):
            await mark_delivered(stranger, parcel, source="supplier")


async def test_a_parcel_confirmed_by_mistake_never_left():
    deal, sale, order, line = await accepted()
    parcel = await confirm_shipment(
        deal.supplier, order["id"], {line: 3}, carrier="gls", tracking_number="1", who="Vera"
    )
    await drain()
    await move_shipment(deal.supplier, parcel, Shipment.VOIDED, source="supplier", who="Vera")
    await drain()
    assert ((await sale.header())["state"], (await sale.supplier_orders())[0]["state"]) == (
        "accepted",
        "answered",
    )
    await confirm_shipment(
        deal.supplier, order["id"], {line: 3}, carrier="gls", tracking_number="1", who="Vera"
    )
    await drain()
    assert (await sale.header())["state"] == "shipped"


async def test_a_lost_parcel_may_still_arrive_and_a_delivered_one_is_delivered():
    deal, sale, order, _ = await accepted()
    parcel = await sale.ships(order)
    await move_shipment(deal.merchant, parcel, Shipment.LOST, source="merchant", who="Alice")
    await drain()
    assert (await sale.header())["state"] == "lost"
    assert await mark_delivered(deal.merchant, parcel, source="carrier")
    await drain()
    assert (await sale.header())["state"] == "delivered"
    assert not await mark_delivered(deal.merchant, parcel, source="shopper")
    with pytest.raises(Stale):
        await move_shipment(deal.merchant, parcel, Shipment.LOST, source="merchant")


@pytest.mark.parametrize(
    ("said", "after_answer", "after_shipping"),
    [("acceptance", 2, 2), ("shipment", 0, 2), ("never", 0, 0), ("agreement", 2, 2)],
)
async def test_a_feeds_own_word_on_when_it_counts_a_sale_goes_before_the_agreements(
    said, after_answer, after_shipping
):
    deal = await world.trade(net_of="acceptance")
    vera = await feeds.feed(deal.supplier)
    async with acting_as(deal.supplier):
        await execute("UPDATE offer SET feed = $2, stock_feed = $2 WHERE id = $1", deal.offer, vera.id)
    mapping = Mapping(format="csv", columns={"sku": "sku", "title": "title"}, net_of=said)
    await change_mapping(deal.supplier, vera.id, mapping, by="Vera")
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    counts = []
    for step in (sale.answers, sale.ships):
        await step(order)
        async with platform_scope("look"):
            counts.append(
                await fetch_value(
                    "SELECT coalesce(sum(quantity), 0)::int FROM hold WHERE offer = $1 AND counted_from IS NOT NULL",
                    deal.offer,
                )
            )
    assert counts == [after_answer, after_shipping]


async def test_stock_counts_from_the_event_the_supplier_counts_sales_by():
    for net_of, after_answer, after_shipping in (("acceptance", 2, 2), ("shipment", 0, 2), ("never", 0, 0)):
        deal = await world.trade(net_of=net_of)
        sale = await sold(deal.merchant, deal.variant, quantity=2)
        [order] = await sale.supplier_orders()
        counts = []
        for step in (sale.answers, sale.ships):
            await step(order)
            async with platform_scope("look"):
                counts.append(
                    await fetch_value(
                        "SELECT coalesce(sum(quantity), 0)::int FROM hold WHERE offer = $1 AND counted_from IS NOT NULL",
                        deal.offer,
                    )
                )
        assert counts == [after_answer, after_shipping], net_of
        async with acting_as(deal.merchant):
            parcel = await fetch_value("SELECT id FROM shipment WHERE supplier_order = $1", order["id"])
        await mark_delivered(deal.merchant, parcel, source="carrier")
        await drain()
        async with platform_scope("look"):
            assert (
                await fetch_value(
                    "SELECT sum(quantity)::int FROM hold WHERE offer = $1 AND counted_from IS NOT NULL",
                    deal.offer,
                )
                == 2
            )


async def test_a_replacement_is_sent_and_the_shopper_pays_nothing_more():
    deal, sale, order, _ = await accepted(quantity=2)
    await mark_delivered(deal.merchant, await sale.ships(order), source="carrier")
    await drain()
    [line] = await sale.lines()
    assert (await preview_replacement(deal.merchant, sale.order, {line["id"]: 1})).complete
    [made] = await send_replacement(deal.merchant, sale.order, {line["id"]: 1}, who="Alice")
    await drain()
    _, replacement = await sale.supplier_orders()
    assert (replacement["id"], replacement["purpose"], replacement["state"]) == (made, "replacement", "sent")
    await sale.answers(replacement)
    await sale.ships(replacement, tracking_number="6A99999999999")
    [after] = await sale.lines()
    assert {k: after[k] for k in ("accepted", "shipped", "delivered", "captured")} == {
        k: line[k] for k in ("accepted", "shipped", "delivered", "captured")
    }
    assert (await sale.header())["state"] == "delivered"
    assert await sale.timeline(shopper=True) == [
        "placed",
        "accepted",
        "captured",
        "shipped",
        "delivered",
        "replacement",
        "shipped",
    ]


async def test_a_replacement_nobody_has_is_refused():
    deal = await world.trade(quantity=1)
    sale = await sold(deal.merchant, deal.variant)
    [line] = await sale.lines()
    with pytest.raises(Refused, match="No supplier"):
        await send_replacement(deal.merchant, sale.order, {line["id"]: 1}, who="Alice")
    await second_source(deal)
    assert await send_replacement(deal.merchant, sale.order, {line["id"]: 1}, who="Alice")
    with pytest.raises(NotFound):
        await send_replacement(deal.merchant, sale.order, {line["id"] + 10_000: 1}, who="Alice")


async def test_each_parcel_of_a_sale_is_told_once(database):
    deal, sale, order, _ = await accepted()
    parcel = await sale.ships(order)
    await mark_delivered(deal.merchant, parcel, source="carrier")
    await drain()
    async with platform_scope("read the outbox"):
        rows = await fetch(
            "SELECT event, count(*) AS n FROM outbox WHERE event IN ('order.shipped', 'order.delivered')"
            " AND (payload->>'merchant')::bigint = $1 GROUP BY event ORDER BY event", deal.merchant,
        )  # fmt: skip
    assert [(r["event"], r["n"]) for r in rows] == [("order.delivered", 1), ("order.shipped", 1)]
