"""How good a feed's word was: how old its stock was over time, and how often what it said was there was not."""

from datetime import datetime, timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.relay import drain
from marketplace.sourcing.screens.feed_health import merchant_feeds, supplier_feeds
from marketplace.sourcing.screens.feed_measures import Measures
from tenants.scope import acting_as, platform_scope
from tests.support import checkout, world
from tests.support.feeds import Feed, feed, lamp, lamps, rows
from tests.support.sale import sold
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")
HOUR = 3600


async def measures(vera: Feed, merchant: int | None = None) -> Measures:
    rows = await supplier_feeds(vera.supplier) if merchant is None else await merchant_feeds(merchant)
    return next(row.measures for row in rows if row.id == vera.id)


async def ran(vera: Feed, *runs: tuple[float, float, str, str | None]) -> None:
    """Runs that ended so many hours ago with a file that was so many hours old then: (ago, old, state, message)."""
    end: datetime = now()
    async with platform_scope("runs of the past"):
        for ago, old, state, message in runs:
            finished = end - timedelta(hours=ago)
            await execute(
                "INSERT INTO feed_run (supplier, feed, state, message, created_at, finished_at, source_time) VALUES ($1, $2, $3, $4, $5, $5, $6)",
                vera.supplier, vera.id, state, message, finished, finished - timedelta(hours=old),
            )  # fmt: skip


def about(seconds: int | None, hours: float) -> bool:
    return seconds is not None and abs(seconds - hours * HOUR) <= 10


async def test_a_feed_nobody_ran_has_no_measure():
    assert await measures(await feed()) == Measures()


async def test_stock_ages_from_one_confirmation_to_the_next():
    vera = await feed()
    # 1 h old when it came, 11 h old when the next one came with a fresh file, which is 10 h old by now
    await ran(vera, (20, 1, "applied", None), (10, 0, "unchanged", None))
    found = await measures(vera)
    assert about(found.worst_age, 11)
    assert about(found.usual_age, (6 * 10 + 5 * 10) / 20)
    assert found.fresh_bp == 10_000


async def test_time_beyond_the_lease_is_counted_and_what_confirmed_nothing_is_not():
    vera = await feed(stale_after_hours=5)
    await ran(
        vera,
        (20, 0, "applied", None),
        (15, 0, "unchanged", "This is the file that was dropped or undone: nothing of it is used."),
        (12, 0, "failed", None),
        (11, 0, "held", None),
        (10, 0, "undone", None),
    )
    found = await measures(vera)
    assert about(found.worst_age, 10)
    assert found.fresh_bp is not None
    assert abs(found.fresh_bp - 5_000) <= 2


async def test_an_older_file_does_not_make_the_stock_younger_and_the_measure_begins_thirty_days_ago():
    vera = await feed()
    await ran(vera, (24 * 40, 0, "applied", None), (24 * 30 - 24, 24 * 20, "applied", None))
    found = await measures(vera)
    assert about(found.worst_age, 24 * 40)


async def committed(
    vera: Feed, merchant: int, units: int = 1, sku: str = "L-001", why: str | None = None
) -> None:
    line = await checkout.order_line(merchant, await world.variant(merchant), units)
    offer = (await vera.offers())[sku]["id"]
    async with platform_scope("a sale"):
        await execute(
            "INSERT INTO hold (offer, merchant, supplier, quantity, kind, order_line, ended_at, why) VALUES ($1, $2, $3, $4, 'commitment', $5,"
            " CASE WHEN $6::text IS NOT NULL THEN now() END, $6)",
            offer, merchant, vera.supplier, units, line, why,
        )  # fmt: skip


async def test_a_refusal_for_want_of_stock_counts_against_the_feed_and_another_reason_does_not():
    deal = await world.trade()
    vera = await feed(deal.supplier)
    async with platform_scope("the feed states it"):
        await execute("UPDATE offer SET feed = $2, stock_feed = $2 WHERE id = $1", deal.offer, vera.id)
    for reason in ("price_changed", "out_of_stock"):
        sale = await sold(deal.merchant, deal.variant)
        await sale.answers((await sale.supplier_orders())[0], refuse=1, reason=reason)
        await drain()
    found = await measures(vera)
    assert (found.sold, found.refused, found.accuracy_bp) == (2, 1, 5_000)
    assert (await measures(vera, deal.merchant)).refused == 1


async def test_a_merchant_sees_what_became_of_its_own_sales_and_the_supplier_all():
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    alice, bob = await world.merchant(), await world.merchant("bob")
    for merchant in (alice, bob):
        await world.agreement(merchant, vera.supplier)
    await committed(vera, alice)
    await committed(vera, bob)
    await committed(vera, bob)
    await committed(vera, bob, why="moved")
    async with acting_as(vera.supplier):
        offer = (await vera.offer())["id"]
        await execute(
            "INSERT INTO feed_miss (merchant, supplier, feed, offer, kind, units) VALUES ($1, $2, $3, $4, 'refused', 1)",
            bob, vera.supplier, vera.id, offer,
        )  # fmt: skip
    assert (await measures(vera)).accuracy_bp == 6_666
    assert (await measures(vera, alice)).accuracy_bp == 10_000
    assert (await measures(vera, bob)).accuracy_bp == 5_000


async def test_a_feed_that_says_less_than_was_sold_fell_short_once_however_often_it_says_so():
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    await committed(vera, alice, units=6)
    for quantity in ("4", "3", "9"):
        await vera.send(rows(lamp(1, quantity=quantity), *lamps(5)[1:]))
    found = await measures(vera)
    assert (found.short, found.refused, found.sold) == (1, 0, 1)


async def test_both_sides_read_it_on_their_pages():
    vera = await feed()
    await vera.send(rows(*lamps(5)))
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    for _ in range(4):
        await committed(vera, alice)
    async with acting_as(vera.supplier):
        await execute(
            "INSERT INTO feed_miss (merchant, supplier, feed, offer, kind, units) VALUES ($1, $2, $3, $4, 'refused', 1)",
            alice, vera.supplier, vera.id, (await vera.offer())["id"],
        )  # fmt: skip
    async with seated(vera.supplier) as supplier, seated(alice, kind="merchant") as merchant:
        pages = [
            await supplier.see("/feeds"),
            await supplier.see(f"/feeds/{vera.id}"),
            await merchant.see("/feeds"),
        ]
    for page in pages:
        assert "1 of 4 sold lines refused" in page
        assert "3 / 4" in page  # of so few a share would say more than is known
    assert "on average" in pages[1]
