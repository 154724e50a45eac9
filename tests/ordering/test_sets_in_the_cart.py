"""A shopper's cart with a set and its parts: what cannot both be had is told on its line, and paid for once."""

import pytest

import marketplace.reactions  # noqa: F401 - the jobs
from marketplace.ordering.cart import add_to_cart, change_quantity
from marketplace.ordering.place_order import SoldOut
from marketplace.ordering.quote import quote_cart
from marketplace.ordering.start_checkout import start_checkout
from tests.support import world
from tests.support.bedroom import Bedroom, bedroom
from tests.support.browser_free import client
from tests.support.shopper import at_checkout, buys, pay
from tests.web.storefront.shop import put_in_cart, words

pytestmark = pytest.mark.usefixtures("database", "sums_hold")


async def on_sale(**more: int) -> tuple[Bedroom, int, int]:
    """The bedroom's and the bed's variants."""
    its = await bedroom(**more)
    return its, await world.variant(its.merchant, its.set), await world.variant(its.merchant, its.bed)


def problems(checkout) -> list[tuple]:
    return [(line.problem, line.can_have) for line in checkout.quote.lines]


async def cart_says(its: Bedroom, token: str) -> list[tuple]:
    """(problem, units that can be had, whether something else in the cart takes its pieces) by line, before any checkout."""
    quote = await quote_cart(its.merchant, token)
    return [(line.problem, line.can_have, line.shared) for line in quote.lines]


async def in_cart(its: Bedroom, **units: int) -> str:
    token = world.unique("visitor")
    for variant, quantity in units.items():
        await add_to_cart(its.merchant, token, int(variant.strip("v")), quantity)
    return token


async def test_before_the_checkout_the_cart_says_that_the_last_bed_and_its_bedroom_are_not_both_to_be_had():
    its, room, bed = await on_sale(beds=1, stands=2)
    token = await in_cart(its, **{f"v{room}": 1})
    assert await cart_says(its, token) == [(None, 1, False)]
    await add_to_cart(its.merchant, token, bed, 1)
    assert sorted(await cart_says(its, token), key=str) == [("sold_out", 0, True), (None, 1, False)]
    assert await its.all_left() == (1, 1, 2), "nothing was taken to say so"
    await change_quantity(its.merchant, token, bed, 0)
    assert await cart_says(its, token) == [(None, 1, False)]


async def test_the_cart_says_how_many_bedrooms_the_beds_beside_them_leave():
    its, room, bed = await on_sale(beds=3, stands=10)
    token = await in_cart(its, **{f"v{bed}": 2, f"v{room}": 2})
    assert await cart_says(its, token) == [(None, 2, False), ("short", 1, True)]
    await change_quantity(its.merchant, token, room, 1)
    assert await cart_says(its, token) == [(None, 2, False), (None, 1, False)]
    await pay(its.merchant, token, (await start_checkout(its.merchant, token)).key)
    assert await its.all_left() == (0, 0, 8)


async def test_the_pieces_that_stay_for_safety_are_nobodys_bedroom():
    its, room, bed = await on_sale(beds=4, stands=20, safety_stock=1)
    token = await in_cart(its, **{f"v{bed}": 2, f"v{room}": 2})
    assert await cart_says(its, token) == [(None, 2, False), ("short", 1, True)]
    checkout = await start_checkout(its.merchant, token)
    assert problems(checkout) == [(None, 2), ("short", 1)]
    await change_quantity(its.merchant, token, room, 1)
    assert (await start_checkout(its.merchant, token)).held_until is not None


async def test_another_supplier_who_sells_the_bed_is_who_it_is_bought_from():
    its, room, bed = await on_sale(beds=1, stands=2)
    sven = await world.supplier("sven")
    await world.agreement(its.merchant, sven)
    dearer = await world.offer(sven, price_e4=120_000)
    await world.insert("match", merchant=its.merchant, variant=bed, offer=dearer, supplier=sven)
    await world.insert(
        "match",
        merchant=its.merchant,
        variant=room,
        offer=await world.offer(sven, price_e4=120_000),
        supplier=sven,
    )
    token = await in_cart(its, **{f"v{bed}": 1, f"v{room}": 1})
    assert await cart_says(its, token) == [(None, 1, False), (None, 1, False)]
    assert (await start_checkout(its.merchant, token)).held_until is not None


async def test_the_page_of_the_cart_says_it_beside_the_line():
    its, room, bed = await on_sale(beds=1, stands=2)
    async with client(f"{await world.slug_of(its.merchant)}.localhost") as browser:
        await put_in_cart(browser, bed)
        await put_in_cart(browser, room)
        page = words(await browser.get("/cart"))
    assert "Impossible avec le reste de votre panier" in page
    assert "Modifiez d’abord ce qui est signalé" in page


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
