"""What goes live has what a shopper and the law need; what is missing is said."""

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.pause import pause
from marketplace.catalogue.publish import publish
from marketplace.catalogue.retire import bring_back, retire
from marketplace.kernel.database import execute, fetch, fetch_value
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def drafted(shop: Shop, **more: object) -> int:
    done = await curate(shop.merchant, [await shop.offer(**{**COMPLETE, **more})])
    return done.products[0]


async def will(shop: Shop, product: int) -> str:
    async with acting_as(shop.merchant):
        return str(await fetch_value("SELECT will FROM listing WHERE product = $1", product))


async def test_a_complete_listing_goes_live_and_its_price_enters_the_history():
    shop = await open_shop()
    product = await drafted(shop)
    assert (await publish(shop.merchant, [product])).products == [product]
    assert await will(shop, product) == "live"
    async with acting_as(shop.merchant):
        assert [r["price"] for r in await fetch("SELECT price FROM price_history")] == [2400]


@pytest.mark.parametrize(
    ("lacks", "code"),
    [
        ({"images": []}, "photo"),
        ({"category": None}, "category"),
        ({"manufacturer": None}, "manufacturer"),
        ({"manufacturer": {"name": "A", "address": "B"}}, "manufacturer"),
        (
            {"manufacturer": {"name": "A", "address": "B", "email": "c@d.example", "country": "CN"}},
            "responsible",
        ),
        ({"price_e4": None}, "price"),
    ],
)
async def test_what_is_missing_is_named(lacks: dict[str, object], code: str):
    shop = await open_shop()
    product = await drafted(shop, **lacks)
    done = await publish(shop.merchant, [product])
    assert (done.products, done.refused) == ([], {product: [code]})
    assert await will(shop, product) == "draft"


async def test_a_photo_that_cannot_be_had_is_no_photo():
    shop = await open_shop()
    product = await drafted(shop)
    async with platform_scope("a test"):
        offer = await fetch_value(
            "SELECT m.offer FROM match m JOIN variant v ON v.id = m.variant WHERE v.product = $1", product
        )
    await world.insert(
        "offer_photo", supplier=shop.supplier, offer=offer, url="https://img.example/1.jpg", state="broken"
    )
    assert (await publish(shop.merchant, [product])).refused == {product: ["photo"]}


async def test_a_merchant_may_do_without_gpsr_by_its_own_policy():
    shop = await open_shop()
    product = await drafted(shop, manufacturer=None)
    async with platform_scope("a test"):
        await execute("UPDATE storefront SET gpsr_required = false WHERE merchant = $1", shop.merchant)
    assert (await publish(shop.merchant, [product])).products == [product]


async def test_pausing_retiring_and_bringing_back_follow_the_machine():
    shop = await open_shop()
    product = await drafted(shop)
    assert await pause(shop.merchant, [product]) == []
    await publish(shop.merchant, [product])
    assert await pause(shop.merchant, [product]) == [product]
    assert await retire(shop.merchant, [product]) == [product]
    assert (await publish(shop.merchant, [product])).products == []
    assert await bring_back(shop.merchant, [product]) == [product]
    assert await will(shop, product) == "draft"


async def test_a_paused_listing_leaves_a_gap_in_the_price_history():
    shop = await open_shop()
    product = await drafted(shop)
    await publish(shop.merchant, [product])
    await pause(shop.merchant, [product])
    async with acting_as(shop.merchant):
        assert [r["price"] for r in await fetch("SELECT price FROM price_history ORDER BY id")] == [
            2400,
            None,
        ]


async def test_a_strangers_product_is_not_touched():
    alice, bob = await open_shop(), await open_shop()
    product = await drafted(alice)
    assert (await publish(bob.merchant, [product])).products == []
    assert await retire(bob.merchant, [product]) == []
    assert await will(alice, product) == "draft"
