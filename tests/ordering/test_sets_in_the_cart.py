"""A shopper's cart with a set and its parts: what cannot both be had is told on its line, and paid for once."""

import pytest

import marketplace.reactions  # noqa: F401 - the jobs
from marketplace.ordering.cart import add_to_cart, change_quantity
from marketplace.ordering.place_order import SoldOut
from marketplace.ordering.start_checkout import start_checkout
from tests.support import world
from tests.support.bedroom import Bedroom, bedroom
from tests.support.shopper import at_checkout, buys, pay

pytestmark = pytest.mark.usefixtures("database", "sums_hold")


async def on_sale(**more: int) -> tuple[Bedroom, int, int]:
    """The bedroom's and the bed's variants."""
    its = await bedroom(**more)
    return its, await world.variant(its.merchant, its.set), await world.variant(its.merchant, its.bed)


def problems(checkout) -> list[tuple]:
    return [(line.problem, line.can_have) for line in checkout.quote.lines]


async def test_the_last_bed_by_itself_and_with_its_bedroom_is_short_on_one_line_and_says_so():
    its, room, bed = await on_sale(beds=1, stands=2)
    token, _ = await at_checkout(its.merchant, bed)
    await add_to_cart(its.merchant, token, room, 1)
    checkout = await start_checkout(its.merchant, token)
    assert problems(checkout) == [(None, 1), ("sold_out", 0)]
    assert checkout.held_until is None
    with pytest.raises(SoldOut) as refusal:
        await pay(its.merchant, token, checkout.key)
    assert refusal.value.quote.lines[1].problem == "sold_out"
    await change_quantity(its.merchant, token, room, 0)
    await pay(its.merchant, token, checkout.key)
    assert await its.all_left() == (0, 0, 2)


async def test_the_bedroom_is_had_by_who_reserves_its_last_bed_and_changes_the_cart():
    its, room, bed = await on_sale(beds=1, stands=2)
    token, first = await at_checkout(its.merchant, bed)
    assert first.held_until is not None
    await change_quantity(its.merchant, token, bed, 0)
    await add_to_cart(its.merchant, token, room, 1)
    checkout = await start_checkout(its.merchant, token)
    assert problems(checkout) == [(None, 1)]
    assert checkout.held_until is not None
    await change_quantity(its.merchant, token, room, 0)
    await add_to_cart(its.merchant, token, bed, 1)
    assert problems(await start_checkout(its.merchant, token)) == [(None, 1)]


async def test_a_bought_bedroom_leaves_its_bed_to_nobody():
    its, room, bed = await on_sale(beds=1, stands=2)
    await buys(its.merchant, room)
    with pytest.raises(SoldOut):
        await buys(its.merchant, bed)
