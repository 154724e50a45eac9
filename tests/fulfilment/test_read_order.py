"""The shopper's order page: everything they need, nothing of what happens behind it."""

import msgspec
import pytest

from marketplace.fulfilment.move_shipment import mark_delivered
from marketplace.fulfilment.read_order import read_shopper_order
from marketplace.kernel.errors import NotFound
from marketplace.relay import drain
from tests.support import world
from tests.support.sale import second_source, sold

pytestmark = pytest.mark.usefixtures("database")


async def test_the_page_shows_lines_parcels_timeline_and_money():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=3)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    first = await sale.ships(order, units=1, tracking_number="6A12345678901")
    await mark_delivered(deal.merchant, first, source="carrier")
    await drain()
    page = await read_shopper_order(deal.merchant, sale.order)
    [line] = page.lines
    [parcel] = page.parcels
    assert (parcel.carrier, parcel.state, parcel.units) == ("Colissimo", "delivered", {line["id"]: 1})
    assert page.waiting == {line["id"]: 2}
    assert [s.what for s in page.timeline] == ["placed", "accepted", "captured", "shipped", "delivered"]
    assert (page.charge["captured"], page.refunds, page.cancellable) == (7470, [], True)


async def test_it_names_no_supplier_and_no_cost_even_when_one_declined():
    deal = await world.trade()
    await second_source(deal)
    sale = await sold(deal.merchant, deal.variant)
    await sale.answers((await sale.supplier_orders())[0], refuse=1)
    await sale.answers((await sale.supplier_orders())[1])
    said = str(msgspec.to_builtins(await read_shopper_order(deal.merchant, sale.order)))
    for secret in ("Vera", "Sven", "100000", "110000", "out_of_stock", "routed", "resourced"):
        assert secret not in said


async def test_a_strangers_order_is_not_found():
    deal, other = await world.trade(), await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    with pytest.raises(NotFound):
        await read_shopper_order(other.merchant, sale.order)
