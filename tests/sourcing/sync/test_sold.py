"""What the feed says of goods that were sold: counted sales free the stock, and sales beyond it are told."""

from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one
from marketplace.stock.sums import check_sums
from tenants.scope import platform_scope
from tests.support import checkout, world
from tests.support.feeds import Feed, events, feed, lamp, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def sold(vera: Feed, units: int, *, counted_hours_ago: float | None) -> tuple[int, int]:
    """Alice sold `units` of the first lamp. Answers (merchant, hold)."""
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    offer = (await vera.offer())["id"]
    line = await _order_line(alice)
    counted = now() - timedelta(hours=counted_hours_ago) if counted_hours_ago is not None else None
    async with platform_scope("a sale"):
        hold = await fetch_one(
            "INSERT INTO hold (offer, merchant, supplier, quantity, kind, order_line, counted_from)"
            " VALUES ($1, $2, $3, $4, 'commitment', $5, $6) RETURNING id", offer, alice, vera.supplier, units, line, counted,
        )  # fmt: skip
        await execute(
            "INSERT INTO stock (offer, supplier, committed) VALUES ($1, $2, $3)", offer, vera.supplier, units
        )
    return alice, hold["id"]


async def _order_line(merchant: int) -> int:
    return await checkout.order_line(merchant, await world.variant(merchant), 2)


async def state(hold: int) -> tuple:
    async with platform_scope("look"):
        row = await fetch_one(
            "SELECT h.ended_at, h.why, s.committed FROM hold h JOIN stock s ON s.offer = h.offer WHERE h.id = $1",
            hold,
        )
    return row["ended_at"] is not None, row["why"], row["committed"]


async def test_a_sale_the_feed_has_counted_ends_its_commitment():
    vera = await feed(lag_hours=24)
    await vera.send(rows(*lamps(5)))
    _, hold = await sold(vera, 2, counted_hours_ago=25)
    await vera.send(rows(*lamps(5, quantity="8")))
    assert await state(hold) == (True, "counted", 0)
    assert await check_sums() == []


@pytest.mark.parametrize("hours", [None, 23])
async def test_a_sale_it_may_not_have_counted_yet_stays_committed(hours):
    vera = await feed(lag_hours=24)
    await vera.send(rows(*lamps(5)))
    _, hold = await sold(vera, 2, counted_hours_ago=hours)
    await vera.send(rows(*lamps(5, quantity="8")))
    assert await state(hold) == (False, None, 2)


async def test_an_offer_the_file_does_not_mention_keeps_its_commitments():
    vera = await feed(lag_hours=24, vanished="keep")
    await vera.send(rows(*lamps(5)))
    async with platform_scope("long ago"):
        await execute(
            "UPDATE offer SET stock_time = now() - interval '3 days' WHERE supplier = $1", vera.supplier
        )
        await execute(
            "UPDATE feed_pulse SET confirmed_at = now() - interval '3 days' WHERE supplier = $1",
            vera.supplier,
        )
    _, hold = await sold(vera, 2, counted_hours_ago=25)
    await vera.send(rows(*lamps(5, quantity="8")[1:]))
    assert await state(hold) == (False, None, 2)


async def test_an_unchanged_file_counts_sales_too():
    vera = await feed(lag_hours=0)
    await vera.send(rows(*lamps(5)))
    _, hold = await sold(vera, 2, counted_hours_ago=1)
    assert (await vera.send(rows(*lamps(5))))["state"] == "unchanged"
    assert await state(hold) == (True, "counted", 0)


async def test_when_the_supplier_has_less_than_was_sold_the_order_stands_and_its_merchant_is_told():
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    alice, hold = await sold(vera, 2, counted_hours_ago=None)
    await vera.send(rows(lamp(1, quantity="1"), *lamps(5)[1:]))
    assert await state(hold) == (False, None, 2)
    [told] = await events("offer.oversold", vera.supplier)
    assert (told["merchant"], told["offers"]) == (alice, [(await vera.offer())["id"]])


async def test_a_sale_the_feed_may_have_subtracted_is_no_alarm():
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    await sold(vera, 2, counted_hours_ago=1)
    await vera.send(rows(lamp(1, quantity="0"), *lamps(5)[1:]))
    assert await events("offer.oversold", vera.supplier) == []
