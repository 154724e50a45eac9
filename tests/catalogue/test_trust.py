"""What a supplier's file may not do to a merchant's shop: sell below the floor, sell what was paused, keep the shop waiting."""

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.browse import show_product
from marketplace.catalogue.browse.product_page import ProductPage
from marketplace.catalogue.curate import curate
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.pause import pause
from marketplace.catalogue.price_listings import Reckoned, price_listings
from marketplace.catalogue.propagate import age_listings, propagate
from marketplace.catalogue.publish import publish
from marketplace.kernel.database import fetch, fetch_one, fetch_value
from marketplace.sourcing.screens.feed_health import merchant_feeds
from tenants.scope import acting_as
from tests.catalogue.shop import COMPLETE, open_shop
from tests.catalogue.supplied import lamps, look, set_sql
from tests.support import world
from tests.support.feeds import feed, lamp, rows

pytestmark = pytest.mark.usefixtures("database")


DEARER = {
    "the feed": "UPDATE offer SET price_e4 = 250000 WHERE id = $1",
    "the price agreed": (
        "INSERT INTO agreement_offer (merchant, supplier, agreement, offer, cost_e4, currency)"
        " SELECT merchant, supplier, id, $1, 250000, 'EUR' FROM agreement WHERE supplier = (SELECT supplier FROM offer WHERE id = $1)"
    ),
    "the discount": "UPDATE agreement SET discount_bp = 0 WHERE supplier = (SELECT supplier FROM offer WHERE id = $1)",
    "the exchange rate": "UPDATE fx_rate SET per_euro_e6 = 500000 WHERE currency = 'NOK' AND $1 > 0",
}


@pytest.mark.parametrize("why", DEARER)
async def test_a_price_below_the_floor_pauses_one_merchants_listing_whatever_made_it_dearer(why: str):
    shop = await open_shop()
    await set_sql("UPDATE agreement SET discount_bp = 6000 WHERE id = $1", shop.agreement)
    await set_sql(
        "INSERT INTO fx_rate (day, currency, per_euro_e6) VALUES (current_date, 'NOK', 2500000)"
        " ON CONFLICT (day, currency) DO UPDATE SET per_euro_e6 = 2500000"
    )
    public = {"price_means": "public"} if why == "the discount" else {}
    offer = await shop.offer(**COMPLETE, price_e4=250_000 if public else 100_000, **public)
    if why == "the exchange rate":
        await set_sql("UPDATE offer SET currency = 'NOK', price_e4 = 250000 WHERE id = $1", offer)
    other = await shop.offer(**COMPLETE)
    products = (await curate(shop.merchant, [offer, other])).products
    assert (await publish(shop.merchant, products)).refused == {}
    mine, steady = [(await look(shop, p))["variant"] for p in products]
    for variant in (mine, steady):
        await edit_variant(shop.merchant, variant, {"own_price": 1500})
    bob = await world.merchant("bob")
    await world.agreement(bob, shop.supplier)
    his = await world.variant(bob, offer, price=9000, own_price=9000)
    await propagate(shop.merchant)
    assert (await look(shop, products[0]))["sellable"]

    await set_sql(DEARER[why], offer)
    await propagate(shop.merchant)
    await propagate(bob)
    seen = await look(shop, products[0])
    assert (seen["sellable"], seen["reasons"], seen["price"]) == (False, ["below_floor"], 1500)
    assert (await look(shop, products[1]))["sellable"], "nothing else is paused"
    async with acting_as(bob):
        assert await fetch_value("SELECT sellable FROM variant WHERE id = $1", his), "nor anybody else"

    await edit_variant(shop.merchant, mine, {"own_price": 9000})
    assert (await look(shop, products[0]))["sellable"], "it is sold again by itself"


async def test_what_a_person_paused_stays_paused_when_its_price_is_right_again():
    shop = await open_shop()
    offer = await shop.offer(**COMPLETE)
    [product] = (await curate(shop.merchant, [offer])).products
    await publish(shop.merchant, [product])
    variant = (await look(shop, product))["variant"]
    await edit_variant(shop.merchant, variant, {"own_price": 1100})
    await pause(shop.merchant, [product])
    await edit_variant(shop.merchant, variant, {"own_price": 2400})
    async with acting_as(shop.merchant):
        row = await fetch_one(
            "SELECT l.will, l.slug, l.sellable FROM listing l WHERE l.product = $1", product
        )
        assert row is not None
    assert (row["will"], row["sellable"]) == ("paused", True)
    page = await show_product(shop.merchant, row["slug"])
    assert isinstance(page, ProductPage)
    assert not page.on_sale


async def test_stock_confirmed_after_a_short_lease_is_wholly_for_sale_again():
    shop = await open_shop()
    feed_id = await world.feed(shop.supplier, stale_after_hours=2, stop_after_hours=6)
    offer = await shop.offer(**COMPLETE, stock_feed=feed_id, feed=feed_id)
    [product] = (await curate(shop.merchant, [offer])).products
    await set_sql("UPDATE offer SET stock_time = now() - interval '4 hours' WHERE id = $1", offer)
    await age_listings(shop.merchant)
    assert (await look(shop, product))["available"] == 5
    await set_sql("UPDATE feed_pulse SET confirmed_at = now() WHERE feed = $1", feed_id)
    await propagate(shop.merchant, shop.supplier, 12345)
    assert (await look(shop, product))["available"] == 10


async def test_what_a_run_changed_does_not_wait_for_what_it_only_confirmed(monkeypatch: pytest.MonkeyPatch):
    shop = await open_shop()
    offers = [await shop.offer(**{**COMPLETE, "title": f"Chair {n}"}) for n in range(3)]
    await curate(shop.merchant, offers)
    await set_sql(
        "UPDATE variant SET stock_time = now() - interval '13 hours' WHERE merchant = $1", shop.merchant
    )
    await set_sql("UPDATE offer SET price_e4 = 120000, last_run = 31 WHERE id = $1", offers[2])
    written: list[int] = []

    async def counted(merchant: int, touched: str, variants: list[int]) -> Reckoned:
        written.append(len(variants))
        return await price_listings(merchant, touched, variants)

    monkeypatch.setattr("marketplace.catalogue.propagate.price_listings", counted)
    monkeypatch.setattr("marketplace.catalogue.propagate.SLICE", 2)
    assert (await propagate(shop.merchant, shop.supplier, 31)).repriced == 1
    assert written == [1, 2], "the changed one first and alone, then the others, which wait no more"


async def test_a_merchant_sees_how_its_suppliers_feeds_are_and_nothing_of_anothers_price_list():
    shop = await open_shop()
    bob = await world.merchant("bob")
    for_bob = await world.agreement(bob, shop.supplier)
    vera = await feed(shop.supplier, limits='{"moved_bp": 100, "min_rows": 1}')
    await vera.send(lamps())
    prices = await feed(shop.supplier, agreement=for_bob)
    await prices.send(rows({"sku": "L-001", "price": "9.00", "currency": "EUR"}))
    await vera.send(rows(*(lamp(n, price="99") for n in range(1, 11))))
    [seen] = await merchant_feeds(shop.merchant)
    assert (seen.id, seen.health) == (vera.id, "held")
    assert seen.read is not None
    assert seen.read.repriced == 10
    assert (seen.due_at, seen.failures) == (None, None)
    async with acting_as(shop.merchant):
        assert {r["feed"] for r in await fetch("SELECT feed FROM feed_run")} == {vera.id}
        assert not await fetch("SELECT 1 FROM feed")
