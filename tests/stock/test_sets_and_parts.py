"""A sold set takes its parts and a sold part takes from its sets, before any feed says so."""

from datetime import timedelta

import pytest

from marketplace.catalogue.price_listings import refresh_availability
from marketplace.catalogue.tell_merchants import tell_merchants
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.ordering.market import Wanted, read_market
from marketplace.sourcing.why_sellable import why_sellable
from marketplace.stock.commit import Sale, commit
from marketplace.stock.count_from import count_from
from marketplace.stock.end import end, release_cart
from marketplace.stock.end_counted import end_counted_commitments
from marketplace.stock.expire import expire
from marketplace.stock.guard import Want
from marketplace.stock.move import move
from marketplace.stock.sums import check_parts
from marketplace.stock.take import take
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.bedroom import Bedroom, bedroom, made_of
from tests.support.checkout import cart
from tests.support.feeds import events

pytestmark = pytest.mark.usefixtures("database", "sums_hold")


async def test_a_sold_set_takes_its_parts():
    its = await bedroom(beds=5, stands=5)
    assert await its.all_left() == (2, 5, 5)
    assert await its.take(set=1) == {}
    assert await its.all_left() == (1, 4, 3)


async def test_the_last_part_sold_leaves_no_set_and_the_last_set_no_part():
    its = await bedroom(beds=1, stands=2)
    assert await its.take(bed=1) == {}
    assert await its.all_left() == (0, 0, 2)
    assert await its.take(set=1) == {its.set: 0}
    other = await bedroom(beds=1, stands=2)
    assert await other.take(set=1) == {}
    assert await other.all_left() == (0, 0, 0)
    assert await other.take(bed=1) == {other.bed: 0}
    assert await other.take(stand=1) == {other.stand: 0}


async def test_a_set_that_lacks_one_part_takes_none_of_the_others():
    its = await bedroom(beds=5, stands=5)
    assert await its.take(stand=4) == {}
    assert await its.take(set=1) == {its.set: 0}
    assert await its.all_left() == (0, 5, 1)


async def test_a_cart_with_the_set_and_its_last_part_is_told_what_falls_short():
    its = await bedroom(beds=1, stands=2)
    assert await its.take(bed=1, set=1) == {its.set: 0}
    assert await its.all_left() == (1, 1, 2)


async def test_two_merchants_share_the_parts():
    its = await bedroom(beds=1, stands=2)
    bob = await world.merchant("bob")
    await world.agreement(bob, its.supplier)
    assert (await take(bob, await cart(bob), [Want(its.bed, 1)])).short == {}
    assert await its.take(set=1) == {its.set: 0}


async def test_sets_share_a_part_that_is_not_sold_by_itself():
    its = await bedroom(beds=4, stands=8)
    pair = await world.offer(its.supplier, quantity=3)
    four = await world.offer(its.supplier, quantity=1)
    part = await world.insert("part", supplier=its.supplier, sku="hidden")
    for offer, units in ((pair, 2), (four, 4)):
        await world.insert(
            "offer_part", supplier=its.supplier, feed=its.feed, offer=offer, part=part, units=units, sells_up_to=7
        )  # fmt: skip
    assert (await its.left(pair), await its.left(four)) == (3, 1)
    assert (await take(its.merchant, await cart(its.merchant), [Want(four, 1)])).short == {}
    assert (await its.left(pair), await its.left(four)) == (1, 0)
    assert (await take(its.merchant, await cart(its.merchant), [Want(pair, 2)])).short == {pair: 1}


async def test_the_buffer_is_of_what_is_sold():
    """Safety stock of one set keeps one bed and two nightstands, as if the feed had just been read."""
    its = await bedroom(beds=5, stands=5, safety_stock=1)
    assert await its.all_left() == (1, 4, 4)
    assert await its.take(stand=2) == {}
    assert await its.all_left() == (0, 4, 2)
    assert await its.left(its.bed, buffer=3) == 2


async def test_everything_that_ends_a_hold_gives_its_parts_back():
    its = await bedroom(beds=5, stands=10)
    cart_, other = await cart(its.merchant), await cart(its.merchant)
    await take(its.merchant, cart_, [Want(its.set, 3)])
    await take(its.merchant, cart_, [Want(its.set, 1), Want(its.stand, 1)])
    assert await its.all_left() == (3, 4, 7)
    await take(its.merchant, cart_, [Want(its.stand, 1)])
    assert await its.all_left() == (4, 5, 9)
    await release_cart(its.merchant, cart_)
    await take(its.merchant, other, [Want(its.set, 2)], minutes=-1)
    assert await its.all_left() == (3, 3, 6)
    await expire()
    assert await its.all_left() == (5, 5, 10)


async def test_a_cart_goes_from_the_set_to_its_part_though_none_is_left_beside_its_own():
    its = await bedroom(beds=1, stands=2)
    one = await cart(its.merchant)
    for wants in ([Want(its.set, 1)], [Want(its.bed, 1), Want(its.stand, 2)], [Want(its.set, 1)]):
        assert (await take(its.merchant, one, wants)).short == {}
    assert await its.all_left() == (0, 0, 0)


async def test_a_paid_set_keeps_its_parts_and_a_refused_one_gives_them_back():
    its = await bedroom(beds=5, stands=10)
    one, line = await cart(its.merchant), await its.line(its.set, 3)
    await take(its.merchant, one, [Want(its.set, 3)])
    assert await commit(its.merchant, one, [Sale(line, its.set, 3)]) == {}
    assert await its.all_left() == (2, 2, 4)
    assert await end(its.merchant, [Sale(line, its.set, 1)], why="refused") == 1
    assert await its.all_left() == (3, 3, 6)
    assert await count_from(its.merchant, line, its.set, 1, now()) == 1
    assert await end(its.merchant, [Sale(line, its.set, 2)], why="refused") == 2
    assert await its.all_left() == (5, 5, 10)


async def test_a_paid_reservation_of_a_set_is_honoured_though_the_feed_now_has_fewer_parts():
    its = await bedroom(beds=5, stands=10)
    one, line = await cart(its.merchant), await its.line(its.set, 3)
    await take(its.merchant, one, [Want(its.set, 3)])
    async with platform_scope("the feed says less"):
        await execute("UPDATE offer SET sells_up_to = 1 WHERE id = ANY($1)", [its.bed, its.set])
    assert await commit(its.merchant, one, [Sale(line, its.set, 3)]) == {}
    assert await its.all_left() == (0, 0, 4)


async def test_a_commitment_moves_between_a_set_and_its_part():
    its = await bedroom(beds=2, stands=4)
    sale = await its.buy(its.set, 2)
    assert await move(its.merchant, [sale], [Sale(sale.order_line, its.bed, 3)]) == {its.bed: 2}
    assert await its.all_left() == (0, 0, 0)
    assert await move(its.merchant, [sale], [Sale(sale.order_line, its.bed, 2)]) == {}
    assert await its.all_left() == (0, 0, 4)


async def test_a_hold_gives_back_what_it_took_though_the_set_is_made_of_other_parts_by_now():
    its = await bedroom(beds=5, stands=5)
    await its.buy(its.set, 1)
    sale = await its.buy(its.set, 1)
    await made_of(its, its.set, {its.stand: 1})
    assert (await its.left(its.bed), await its.left(its.stand)) == (3, 1)
    await end(its.merchant, [sale], why="cancelled")
    assert (await its.left(its.bed), await its.left(its.stand)) == (4, 3)


async def test_what_was_reserved_before_the_set_changed_is_sold_only_if_its_new_parts_are_there():
    its = await bedroom(beds=5, stands=5)
    one, line = await cart(its.merchant), await its.line(its.set, 1)
    await take(its.merchant, one, [Want(its.set, 1)])
    await its.buy(its.bed, 4)
    await made_of(its, its.set, {its.bed: 2})
    assert await commit(its.merchant, one, [Sale(line, its.set, 1)]) == {its.set: 0}
    assert await its.left(its.bed) == 0
    await made_of(its, its.set, {its.bed: 1})
    assert await commit(its.merchant, one, [Sale(line, its.set, 1)]) == {}


async def ended(its: Bedroom) -> int:
    async with acting_as(its.supplier):
        return await end_counted_commitments(its.supplier, now(), lag_hours=1, feed=its.feed)


async def test_once_the_feed_has_counted_a_sold_set_its_parts_are_not_subtracted_twice():
    its = await bedroom(beds=5, stands=10)
    sale = await its.buy(its.set, 2)
    assert await count_from(its.merchant, sale.order_line, its.set, 2, now() - timedelta(hours=2)) == 2
    async with platform_scope("the next file"):
        for offer, left in ((its.set, 3), (its.bed, 3), (its.stand, 6)):
            await execute("UPDATE offer SET sells_up_to = $2 WHERE id = $1", offer, left)
    assert await its.all_left() == (1, 1, 2)  # in doubt, undersell
    assert await ended(its) == 1
    assert await its.all_left() == (3, 3, 6)


async def test_a_set_is_not_counted_while_the_number_of_one_of_its_parts_is_older():
    its = await bedroom(beds=5, stands=10)
    sale = await its.buy(its.set, 2)
    await count_from(its.merchant, sale.order_line, its.set, 2, now() - timedelta(hours=2))
    async with platform_scope("the bed's number is of yesterday, from another feed"):
        await execute("UPDATE offer SET stock_time = now() - interval '1 day' WHERE id = $1", its.bed)
    assert await ended(its) == 0
    async with platform_scope("the bed is no longer listed"):
        await execute("UPDATE offer SET missing_runs = 1 WHERE id = $1", its.bed)
    assert await ended(its) == 1


async def test_pages_and_the_router_see_what_the_guard_sees():
    its = await bedroom(beds=5, stands=5)
    variants = [await world.variant(its.merchant, offer) for offer in (its.set, its.bed, its.stand)]
    await its.take(set=1)
    await its.take(bed=3)
    assert await its.all_left() == (1, 1, 3)
    assert await _shown(its, variants) == [1, 1, 3]
    assert await _routed(its, variants) == [1, 1, 3]
    assert [(await why_sellable(its.merchant, o)).available for o in (its.set, its.bed, its.stand)] == [
        1,
        1,
        3,
    ]


async def _shown(its: Bedroom, variants: list[int]) -> list[int]:
    """On the shop's pages: who sells a bedroom hears when a bed is sold, and the other way round."""
    await tell_merchants(its.supplier, [its.bed])
    assert set(await _told(its)) == {its.set, its.bed}
    await tell_merchants(its.supplier, [its.set])
    told = await _told(its)
    assert set(told) == {its.set, its.bed, its.stand}
    await refresh_availability(its.merchant, told)
    async with acting_as(its.merchant):
        return [await fetch_value("SELECT available FROM variant WHERE id = $1", v) for v in variants]


async def _told(its: Bedroom) -> list[int]:
    return (await events("availability.changed", its.supplier))[-1]["offers"]


async def _routed(its: Bedroom, variants: list[int]) -> list[int]:
    wanted = [Wanted(line=n, variant=v, quantity=1, net_price=1000) for n, v in enumerate(variants)]
    async with acting_as(its.merchant):
        market = await read_market(its.merchant, "FR", wanted)
    return [c.available for c in market.problem.candidates]


async def test_a_difference_between_a_part_and_what_holds_took_of_it_is_found():
    its = await bedroom(beds=5, stands=5)
    await its.take(set=1)
    async with platform_scope("spoil it"):
        await execute("UPDATE part SET taken = taken + 1 WHERE taken = 2 AND supplier = $1", its.supplier)
    [difference] = await check_parts()
    assert (difference.taken, difference.taken_by_holds) == (3, 2)
    async with platform_scope("mend it"):
        await execute("UPDATE part SET taken = taken - 1 WHERE taken = 3 AND supplier = $1", its.supplier)
