"""Stock that a checkout takes is nobody else's for ten minutes."""

from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.stock.commit import Sale, commit
from marketplace.stock.count_from import count_from
from marketplace.stock.end import end, release_cart
from marketplace.stock.expire import expire
from marketplace.stock.guard import Want
from marketplace.stock.move import move
from marketplace.stock.sums import check_sums
from marketplace.stock.take import take
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.checkout import cart, order_line

pytestmark = pytest.mark.usefixtures("database", "sums_hold")


async def counters(offer):
    async with platform_scope("look"):
        row = await fetch_one("SELECT held, committed FROM stock WHERE offer = $1", offer)
    return (row["held"], row["committed"]) if row else (0, 0)


async def test_the_eleventh_of_ten_is_refused_and_the_answer_says_how_many_are_left():
    deal = await world.trade(quantity=10)
    first, second = await cart(deal.merchant), await cart(deal.merchant)
    assert (await take(deal.merchant, first, [Want(deal.offer, 8)])).short == {}
    assert (await take(deal.merchant, second, [Want(deal.offer, 3)])).short == {deal.offer: 2}
    assert (await take(deal.merchant, second, [Want(deal.offer, 2)])).short == {}
    assert await counters(deal.offer) == (10, 0)


async def test_safety_stock_is_never_sold_even_when_the_caller_forgets_it():
    deal = await world.trade(quantity=10, safety_stock=3)
    one = await cart(deal.merchant)
    assert (await take(deal.merchant, one, [Want(deal.offer, 8)])).short == {deal.offer: 7}
    assert (await take(deal.merchant, one, [Want(deal.offer, 7)])).short == {}


async def test_a_buffer_widened_by_age_keeps_more_back():
    deal = await world.trade(quantity=10, safety_stock=1)
    one = await cart(deal.merchant)
    assert (await take(deal.merchant, one, [Want(deal.offer, 6, buffer=5)])).short == {deal.offer: 5}


async def test_two_merchants_of_one_supplier_share_its_stock():
    deal = await world.trade(quantity=5)
    bob = await world.merchant("bob")
    await world.agreement(bob, deal.supplier)
    assert (await take(deal.merchant, await cart(deal.merchant), [Want(deal.offer, 4)])).short == {}
    assert (await take(bob, await cart(bob), [Want(deal.offer, 2)])).short == {deal.offer: 1}


async def test_all_or_nothing_a_short_line_leaves_the_other_untouched():
    deal = await world.trade(quantity=5)
    other = await world.offer(deal.supplier, quantity=1)
    one = await cart(deal.merchant)
    taken = await take(deal.merchant, one, [Want(deal.offer, 2), Want(other, 2)])
    assert taken.short == {other: 1}
    assert await counters(deal.offer) == (0, 0)


async def test_taking_again_changes_only_what_differs_and_extends_the_rest():
    deal = await world.trade(quantity=5)
    other = await world.offer(deal.supplier, quantity=5)
    one = await cart(deal.merchant)
    await take(deal.merchant, one, [Want(deal.offer, 2), Want(other, 2)], minutes=1)
    later = await take(deal.merchant, one, [Want(deal.offer, 2), Want(other, 5)], minutes=10)
    assert later.short == {}
    assert await counters(other) == (5, 0)
    async with acting_as(deal.merchant):
        ends = await fetch_value("SELECT min(expires_at) FROM hold WHERE cart = $1 AND ended_at IS NULL", one)
        why = await fetch_value("SELECT why FROM hold WHERE cart = $1 AND ended_at IS NOT NULL", one)
    assert ends == later.expires_at
    assert why == "checkout_changed"


async def test_a_smaller_cart_gives_back_and_an_own_full_hold_does_not_stand_in_the_way():
    deal = await world.trade(quantity=5)
    one = await cart(deal.merchant)
    await take(deal.merchant, one, [Want(deal.offer, 5)])
    assert (await take(deal.merchant, one, [Want(deal.offer, 5)])).short == {}
    assert (await take(deal.merchant, one, [Want(deal.offer, 6)])).short == {deal.offer: 5}
    await take(deal.merchant, one, [Want(deal.offer, 1)])
    assert await counters(deal.offer) == (1, 0)


async def test_nothing_is_sold_under_a_paused_agreement_or_from_a_retired_offer():
    deal = await world.trade(quantity=5)
    one = await cart(deal.merchant)
    async with platform_scope("pause"):
        await execute("UPDATE agreement SET state = 'paused' WHERE id = $1", deal.agreement)
    assert (await take(deal.merchant, one, [Want(deal.offer, 1)])).short == {deal.offer: 0}
    async with platform_scope("resume, retire"):
        await execute("UPDATE agreement SET state = 'active' WHERE id = $1", deal.agreement)
        await execute("UPDATE offer SET retired_at = now() WHERE id = $1", deal.offer)
    assert (await take(deal.merchant, one, [Want(deal.offer, 1)])).short == {deal.offer: 0}


async def test_a_stranger_without_an_agreement_takes_nothing():
    deal = await world.trade(quantity=5)
    charlie = await world.merchant("charlie")
    assert (await take(charlie, await cart(charlie), [Want(deal.offer, 1)])).short == {deal.offer: 0}
    assert await counters(deal.offer) == (0, 0)


async def test_an_expired_reservation_gives_its_stock_back_and_a_living_one_does_not():
    deal = await world.trade(quantity=5)
    old, fresh = await cart(deal.merchant), await cart(deal.merchant)
    await take(deal.merchant, old, [Want(deal.offer, 2)], minutes=-1)
    await take(deal.merchant, fresh, [Want(deal.offer, 3)])
    await expire()
    assert await counters(deal.offer) == (3, 0)
    async with acting_as(deal.merchant):
        assert await fetch_value("SELECT why FROM hold WHERE cart = $1", old) == "expired"


async def test_a_reservation_becomes_a_commitment_of_the_order_line():
    deal = await world.trade(quantity=5)
    one, line = await cart(deal.merchant), await order_line(deal.merchant, deal.variant, 2)
    await take(deal.merchant, one, [Want(deal.offer, 2)])
    assert await commit(deal.merchant, one, [Sale(line, deal.offer, 2)]) == {}
    assert await counters(deal.offer) == (0, 2)


async def test_what_expired_while_the_bank_was_asked_is_taken_again_when_it_is_still_there():
    deal = await world.trade(quantity=5)
    one, line = await cart(deal.merchant), await order_line(deal.merchant, deal.variant, 2)
    await take(deal.merchant, one, [Want(deal.offer, 2)], minutes=-1)
    await expire()
    assert await commit(deal.merchant, one, [Sale(line, deal.offer, 2)]) == {}
    assert await counters(deal.offer) == (0, 2)


async def test_what_expired_and_was_sold_meanwhile_commits_nothing_of_the_order():
    deal = await world.trade(quantity=2)
    other = await world.offer(deal.supplier, quantity=5)
    slow, quick = await cart(deal.merchant), await cart(deal.merchant)
    line = await order_line(deal.merchant, deal.variant, 2)
    await take(deal.merchant, slow, [Want(deal.offer, 2), Want(other, 1)], minutes=-1)
    await expire()
    await take(deal.merchant, quick, [Want(deal.offer, 1)])
    sales = [Sale(line, deal.offer, 2), Sale(line, other, 1)]
    assert await commit(deal.merchant, slow, sales) == {deal.offer: 1}
    assert await counters(deal.offer) == (1, 0)
    assert await counters(other) == (0, 0)


async def test_a_paid_reservation_is_honoured_though_the_feed_now_says_less():
    deal = await world.trade(quantity=5)
    one, line = await cart(deal.merchant), await order_line(deal.merchant, deal.variant, 4)
    await take(deal.merchant, one, [Want(deal.offer, 4)])
    async with platform_scope("the feed says less"):
        await execute("UPDATE offer SET sells_up_to = 1 WHERE id = $1", deal.offer)
    assert await commit(deal.merchant, one, [Sale(line, deal.offer, 4)]) == {}


async def test_a_commitment_moves_to_another_offer_or_stays_where_it_was():
    deal = await world.trade(quantity=5)
    other = await world.offer(deal.supplier, quantity=2)
    line = await order_line(deal.merchant, deal.variant, 3)
    await commit(deal.merchant, None, [Sale(line, deal.offer, 3)])
    assert await move(deal.merchant, [Sale(line, deal.offer, 3)], [Sale(line, other, 3)]) == {other: 2}
    assert await counters(deal.offer) == (0, 3)
    assert await move(deal.merchant, [Sale(line, deal.offer, 2)], [Sale(line, other, 2)]) == {}
    assert await counters(deal.offer) == (0, 1)
    assert await counters(other) == (0, 2)


async def test_a_part_of_a_commitment_ends_and_the_rest_stays():
    deal = await world.trade(quantity=5)
    line = await order_line(deal.merchant, deal.variant, 3)
    await commit(deal.merchant, None, [Sale(line, deal.offer, 3)])
    assert await end(deal.merchant, [Sale(line, deal.offer, 2)], why="refused") == 2
    assert await counters(deal.offer) == (0, 1)
    assert await end(deal.merchant, [Sale(line, deal.offer, 2)], why="refused") == 1
    assert await end(deal.merchant, [Sale(line, deal.offer, 2)], why="refused") == 0
    assert await counters(deal.offer) == (0, 0)


async def test_units_are_counted_part_by_part_and_uncounted_ones_end_first():
    deal = await world.trade(quantity=5)
    line = await order_line(deal.merchant, deal.variant, 3)
    await commit(deal.merchant, None, [Sale(line, deal.offer, 3)])
    moment = now() - timedelta(hours=1)
    assert await count_from(deal.merchant, line, deal.offer, 2, moment) == 2
    assert await end(deal.merchant, [Sale(line, deal.offer, 1)], why="cancelled") == 1
    async with acting_as(deal.merchant):
        counted = await fetch_value(
            "SELECT sum(quantity) FROM hold WHERE order_line = $1 AND ended_at IS NULL AND counted_from = $2",
            line,
            moment,
        )
    assert counted == 2
    assert await count_from(deal.merchant, line, deal.offer, 5, moment) == 0


async def test_an_abandoned_cart_can_be_released_at_once():
    deal = await world.trade(quantity=5)
    one = await cart(deal.merchant)
    await take(deal.merchant, one, [Want(deal.offer, 4)])
    assert await release_cart(deal.merchant, one) == 4
    assert await counters(deal.offer) == (0, 0)


async def test_a_difference_between_counters_and_holds_is_found():
    deal = await world.trade(quantity=5)
    await take(deal.merchant, await cart(deal.merchant), [Want(deal.offer, 2)])
    async with platform_scope("spoil it"):
        await execute("UPDATE stock SET held = held + 1 WHERE offer = $1", deal.offer)
    [difference] = await check_sums()
    assert (difference.offer, difference.held, difference.reserved_by_holds) == (deal.offer, 3, 2)
    async with platform_scope("mend it"):
        await execute("UPDATE stock SET held = held - 1 WHERE offer = $1", deal.offer)
