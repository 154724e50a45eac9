"""A hundred buyers want the last ten. Each race is first shown to be real: without the guard it is lost."""

import asyncio
import time

import asyncpg
import pytest

from marketplace.kernel.database import execute, fetch_one
from marketplace.stock.guard import Want
from marketplace.stock.sums import check_sums
from marketplace.stock.take import take
from tenants.scope import platform_scope
from tests.support import world
from tests.support.checkout import cart

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.race]
BUYERS = 100


async def sold(offer: int) -> int:
    async with platform_scope("count"):
        row = await fetch_one("SELECT held + committed AS units FROM stock WHERE offer = $1", offer)
    return row["units"] if row else 0


async def served(buyers) -> int:
    return sum(not taken.short for taken in await asyncio.gather(*buyers))


async def buyers_of(merchant: int, *offers: int, count: int = BUYERS):
    carts = [await cart(merchant) for _ in range(count)]
    return [take(merchant, one, [Want(offer, 1) for offer in offers]) for one in carts]


async def test_a_hundred_buyers_of_ten_units_buy_exactly_ten():
    deal = await world.trade(quantity=10)
    assert await served(await buyers_of(deal.merchant, deal.offer)) == 10
    assert await sold(deal.offer) == 10
    assert await check_sums() == []


async def test_two_merchants_hundred_buyers_buy_exactly_ten():
    deal = await world.trade(quantity=10)
    bob = await world.merchant("bob")
    await world.agreement(bob, deal.supplier)
    mine, his = (
        await buyers_of(deal.merchant, deal.offer, count=50),
        await buyers_of(bob, deal.offer, count=50),
    )
    assert await served([*mine, *his]) == 10
    assert await sold(deal.offer) == 10


async def _read_then_write(want: Want, *, held: int = 0, committed: int = 0) -> bool:
    """What `guard.give` must not be: a reader decides, and writes when others have read the same."""
    row = await fetch_one(
        "SELECT o.sells_up_to - s.held - s.committed AS free FROM stock s JOIN offer o ON o.id = s.offer WHERE s.offer = $1",
        want.offer,
    )
    await asyncio.sleep(0)
    if row["free"] < held + committed:
        return False
    await execute(
        "UPDATE stock SET held = held + $2, committed = committed + $3 WHERE offer = $1",
        want.offer,
        held,
        committed,
    )
    return True


async def wait_for_nobody(offers: object) -> None:
    """Nor are the rows locked before."""


async def test_without_the_guard_they_oversell(monkeypatch):
    monkeypatch.setattr("marketplace.stock.take.give", _read_then_write)
    monkeypatch.setattr("marketplace.stock.take.lock_rows", wait_for_nobody)
    deal = await world.trade(quantity=10)
    assert await served(await buyers_of(deal.merchant, deal.offer)) > 10
    assert await sold(deal.offer) > 10


async def test_carts_that_want_the_same_two_offers_in_either_order_never_wait_for_each_other():
    deal = await world.trade(quantity=1000)
    other = await world.offer(deal.supplier, quantity=1000)
    here = await buyers_of(deal.merchant, deal.offer, other, count=60)
    there = await buyers_of(deal.merchant, other, deal.offer, count=60)
    assert await served([*here, *there]) == 120
    assert (await sold(deal.offer), await sold(other)) == (120, 120)


async def test_locked_in_the_order_of_the_cart_they_do(database):
    """The harness can show the deadlock that the id order prevents."""
    deal = await world.trade(quantity=1000)
    other = await world.offer(deal.supplier, quantity=1000)
    await served(await buyers_of(deal.merchant, deal.offer, other, count=1))
    both_hold_one = asyncio.Barrier(2)

    async def lock(first: int, second: int) -> None:
        async with platform_scope("lock in cart order"):
            await execute("UPDATE stock SET held = held WHERE offer = $1", first)
            await both_hold_one.wait()
            await execute("UPDATE stock SET held = held WHERE offer = $1", second)

    answers = await asyncio.gather(lock(deal.offer, other), lock(other, deal.offer), return_exceptions=True)
    assert [type(a) for a in answers if a] == [asyncpg.DeadlockDetectedError]


async def test_while_a_feed_applies_buyers_are_answered(database):
    deal = await world.trade(quantity=10)
    feed = await asyncpg.connect(database)
    try:
        apply = feed.transaction()
        await apply.start()
        await feed.execute(
            f"SELECT set_config('app.tenant_id', '{deal.supplier}', true), set_config('app.person_id', '0', true)"
        )
        changed = await feed.execute(
            "UPDATE offer SET quantity = 20, sells_up_to = 20, title = 'changed' WHERE supplier = $1",
            deal.supplier,
        )
        assert changed == "UPDATE 1"
        started = time.perf_counter()
        async with asyncio.timeout(20):
            assert (
                await served(await buyers_of(deal.merchant, deal.offer)) == 10
            )  # what the catalogue says until the commit
        assert time.perf_counter() - started < 20
        await apply.commit()
        assert (
            await served(await buyers_of(deal.merchant, deal.offer, count=20)) == 10
        )  # and what it says after it
    finally:
        await feed.close()
    assert await sold(deal.offer) == 20
    assert await check_sums() == []
