"""What a shopper puts into a cart stays there, and says what can be had."""

import pytest

from marketplace.kernel.database import execute
from marketplace.kernel.errors import NotFound, Refused
from marketplace.ordering.cart import add_to_cart, change_quantity, count_cart, open_cart, ship_to
from tenants.scope import platform_scope
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def test_what_is_added_twice_is_one_line_of_two():
    deal = await world.trade()
    token = world.unique("visitor")
    await add_to_cart(deal.merchant, token, deal.variant)
    cart = await add_to_cart(deal.merchant, token, deal.variant)
    assert [(line.quantity, line.amount) for line in cart.lines] == [(2, 4980)]
    assert (cart.units, cart.goods, await count_cart(deal.merchant, token)) == (2, 4980, 2)


async def test_a_visitor_sees_their_own_cart_only_and_none_before_the_first_thing():
    deal = await world.trade()
    mine, theirs = world.unique("visitor"), world.unique("visitor")
    await add_to_cart(deal.merchant, mine, deal.variant)
    assert await open_cart(deal.merchant, theirs) is None
    assert await count_cart(deal.merchant, theirs) == 0


async def test_the_same_visitor_in_another_shop_has_another_cart():
    deal, bobs = await world.trade(), await world.trade()
    token = world.unique("visitor")
    await add_to_cart(deal.merchant, token, deal.variant)
    assert await open_cart(bobs.merchant, token) is None
    await add_to_cart(bobs.merchant, token, bobs.variant)
    assert (await open_cart(deal.merchant, token)).units == 1


async def test_quantities_change_and_nought_takes_out():
    deal = await world.trade()
    token = world.unique("visitor")
    await add_to_cart(deal.merchant, token, deal.variant)
    assert (await change_quantity(deal.merchant, token, deal.variant, 4)).units == 4
    assert (await change_quantity(deal.merchant, token, deal.variant, 0)).lines == []
    with pytest.raises(NotFound):
        await change_quantity(deal.merchant, token, deal.variant, 1)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [(11, "Only {available} left"), (0, "between 1"), (-3, "between 1"), (100, "between 1")],
)
async def test_more_than_there_is_or_nonsense_is_refused_beside_the_quantity(quantity, words):
    deal = await world.trade(quantity=10)
    with pytest.raises(Refused, match=words) as refusal:
        await add_to_cart(deal.merchant, world.unique("visitor"), deal.variant, quantity)
    assert refusal.value.field == "quantity"


async def test_a_draft_or_a_strangers_variant_is_not_there():
    deal, other = await world.trade(), await world.trade()
    token = world.unique("visitor")
    with pytest.raises(NotFound):
        await add_to_cart(deal.merchant, token, other.variant)
    async with platform_scope("unpublish"):
        await execute("UPDATE listing SET will = 'draft' WHERE merchant = $1", deal.merchant)
    with pytest.raises(NotFound):
        await add_to_cart(deal.merchant, token, deal.variant)


async def test_what_left_the_shop_stays_in_the_cart_and_says_so():
    deal = await world.trade()
    token = world.unique("visitor")
    await add_to_cart(deal.merchant, token, deal.variant)
    async with platform_scope("pause"):
        await execute("UPDATE listing SET will = 'paused' WHERE merchant = $1", deal.merchant)
    [line] = (await open_cart(deal.merchant, token)).lines
    assert not line.sellable


async def test_the_cart_goes_where_the_shop_ships():
    deal = await world.trade()
    token = world.unique("visitor")
    await add_to_cart(deal.merchant, token, deal.variant)
    await ship_to(deal.merchant, token, "BE")
    assert (await open_cart(deal.merchant, token)).country == "BE"
    with pytest.raises(Refused, match="do not ship"):
        await ship_to(deal.merchant, token, "JP")
