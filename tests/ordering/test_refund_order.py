"""Money goes back once, never more of it than was paid; links go to whom they belong, and nobody learns who that is."""

import asyncio
from datetime import timedelta

import pytest

import marketplace.reactions  # noqa: F401 - the jobs
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import NotFound, Refused, Stale
from marketplace.ledger.post import check_books
from marketplace.ordering.refund_order import refund_order, retry_refund
from marketplace.ordering.send_link_again import send_link_again
from marketplace.relay import drain
from tenants.scope import platform_scope
from tests.support import world
from tests.support.sale import sold
from tests.support.shopper import CARD

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def _books_are_right(database):
    yield
    assert await check_books() == []


async def paid(quantity=1, card=CARD):
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=quantity, card=card)
    await sale.answers((await sale.supplier_orders())[0])
    [line] = await sale.lines()
    return sale, line["id"]


async def test_a_part_and_the_shipping_go_back():
    sale, line = await paid()
    await refund_order(
        sale.merchant, sale.order, lines={line: 1000}, shipping=490, reason="late", key=world.unique("r")
    )
    await drain()
    [row] = await sale.lines()
    assert (row["refund_reserved"], row["refunded"]) == (1000, 1000)
    assert ((await sale.header())["shipping_refunded"], (await sale.charge())["refunded"]) == (490, 1490)
    assert "refunded" in await sale.timeline(shopper=True)


async def test_two_operators_at_once_give_it_back_once():
    sale, line = await paid()
    answers = await asyncio.gather(
        *[
            refund_order(sale.merchant, sale.order, lines={line: 2490}, reason="claim", key=world.unique("r"))
            for _ in range(2)
        ],
        return_exceptions=True,
    )
    assert sorted(type(a).__name__ for a in answers) == ["Refused", "int"]
    await drain()
    assert (await sale.charge())["refunded"] == 2490


async def test_the_same_resolution_twice_is_one_refund():
    sale, line = await paid()
    key = world.unique("r")
    refunds = {
        await refund_order(sale.merchant, sale.order, lines={line: 500}, reason="claim", key=key)
        for _ in range(3)
    }
    await drain()
    assert (len(refunds), (await sale.charge())["refunded"]) == (1, 500)


async def test_more_than_a_line_or_the_shipping_cost_is_refused_and_promises_nothing():
    sale, line = await paid()
    for lines, shipping in (({line: 2491}, 0), ({line: 1}, 491)):
        with pytest.raises(Refused):
            await refund_order(
                sale.merchant, sale.order, lines=lines, shipping=shipping, reason="x", key=world.unique("r")
            )
    assert (await sale.charge())["refund_reserved"] == 0


async def test_nothing_to_give_back_is_no_refund():
    sale, line = await paid()
    assert (
        await refund_order(sale.merchant, sale.order, lines={line: 0}, reason="x", key=world.unique("r"))
        is None
    )


async def test_an_order_that_was_not_captured_has_nothing_to_give_back():
    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant)
    [line] = await sale.lines()
    with pytest.raises(Refused):
        await refund_order(
            sale.merchant, sale.order, lines={line["id"]: 1}, reason="x", key=world.unique("r")
        )


async def test_a_strangers_order_and_line_are_out_of_reach():
    sale, line = await paid()
    other, theirs = await paid()
    with pytest.raises(NotFound):
        await refund_order(other.merchant, sale.order, lines={line: 1}, reason="x", key=world.unique("r"))
    with pytest.raises(Refused):
        await refund_order(sale.merchant, sale.order, lines={theirs: 1}, reason="x", key=world.unique("r"))
    assert (await other.lines())[0]["refund_reserved"] == 0


async def test_a_failed_refund_frees_its_promise_and_a_person_tries_again():
    sale, line = await paid(card={**CARD, "number": "4000 0000 0000 5126"})
    refund = await refund_order(
        sale.merchant, sale.order, lines={line: 700}, shipping=90, reason="late", key=world.unique("r")
    )
    await drain()
    assert ((await sale.lines())[0]["refund_reserved"], (await sale.charge())["refund_reserved"]) == (0, 0)
    async with platform_scope("the bank opens the card again"):
        await execute("UPDATE test_payment SET card_hint = 'ok:5126' WHERE merchant = $1", sale.merchant)
    await retry_refund(sale.merchant, refund, who="Alice")
    await drain()
    [row] = await sale.lines()
    assert (
        row["refunded"],
        (await sale.header())["shipping_refunded"],
        (await sale.charge())["refunded"],
    ) == (700, 90, 790)
    with pytest.raises(Stale):
        await retry_refund(sale.merchant, refund, who="Alice")


async def links(merchant):
    async with platform_scope("read the outbox"):
        return await fetch_value(
            "SELECT count(*) FROM outbox WHERE event = 'order.link_wanted' AND (payload->>'merchant')::bigint = $1",
            merchant,
        )


async def test_a_link_is_sent_again_to_the_address_of_the_order_and_nobody_learns_whether_there_is_one():
    sale, _ = await paid()
    assert await send_link_again(sale.merchant, "nobody@nowhere.example") is None
    assert await links(sale.merchant) == 0
    assert await send_link_again(sale.merchant, " Simone@Shopper.example ") is None
    assert await links(sale.merchant) == 1


async def test_links_are_sent_once_in_a_while_only_and_by_number_when_one_is_given():
    sale, _ = await paid()
    for number in (None, None, f"#{sale.number}"):
        await send_link_again(sale.merchant, "simone@shopper.example", number)
    assert await links(sale.merchant) == 1
    async with platform_scope("six minutes pass"):
        await execute(
            "UPDATE orders SET link_sent_at = $2 WHERE id = $1", sale.order, now() - timedelta(minutes=6)
        )
    await send_link_again(sale.merchant, "simone@shopper.example", "9999")
    assert await links(sale.merchant) == 1
    await send_link_again(sale.merchant, "simone@shopper.example", sale.number)
    assert await links(sale.merchant) == 2


async def test_another_shop_sends_no_link_to_a_customer_of_this_one():
    sale, _ = await paid()
    other = await world.merchant("bob")
    await send_link_again(other, "simone@shopper.example")
    assert await links(sale.merchant) == await links(other) == 0
