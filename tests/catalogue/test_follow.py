"""The feed's next word reaches the storefront by itself, and the merchant's own word survives it."""

from typing import Any

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.curate import curate
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.propagate import age_listings, propagate
from marketplace.catalogue.publish import publish
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.outbox import emit
from marketplace.relay import drain
from marketplace.sourcing.end_agreement import end_agreement
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def change(sql: str, *args: Any) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)


async def product_of(shop: Shop, offer: int) -> dict[str, Any]:
    async with acting_as(shop.merchant):
        row = await fetch_one(
            "SELECT p.*, v.id AS variant, v.price, v.sellable, v.available, v.reasons, v.weight_g, c.title AS shelf FROM product p"
            " JOIN variant v ON v.product = p.id JOIN match m ON m.variant = v.id LEFT JOIN category c ON c.id = p.category WHERE m.offer = $1",
            offer,
        )
    assert row is not None
    return row


async def live(shop: Shop, **more: Any) -> int:
    offer = await shop.offer(**{**COMPLETE, **more})
    await publish(shop.merchant, (await curate(shop.merchant, [offer])).products)
    return offer


async def test_a_runs_new_price_and_stock_reach_the_storefront_through_the_event():
    shop = await open_shop()
    offer, other = await live(shop), await live(shop)
    await change("UPDATE offer SET price_e4 = 120000, sells_up_to = 4, last_run = 77 WHERE id = $1", offer)
    await change("UPDATE offer SET price_e4 = 120000 WHERE id = $1", other)  # not of this run
    async with acting_as(shop.merchant):
        await emit("feed.applied", merchant=shop.merchant, supplier=shop.supplier, run=77)
    await drain()
    seen = await product_of(shop, offer)
    assert (seen["price"], seen["available"]) == (2880, 4)
    assert (await product_of(shop, other))["price"] == 2400


async def test_what_vanished_is_no_longer_sold_and_says_why():
    shop = await open_shop()
    offer = await live(shop)
    await change("UPDATE offer SET not_sellable = 'vanished', sells_up_to = 0 WHERE id = $1", offer)
    await change(
        "INSERT INTO offer_change (supplier, offer, run, kind) VALUES ($1, $2, 78, 'vanished')",
        shop.supplier,
        offer,
    )
    await propagate(shop.merchant, shop.supplier, 78)
    seen = await product_of(shop, offer)
    assert (seen["sellable"], json.loads(seen["reasons"])) == (False, ["vanished"])


async def test_a_price_for_this_merchant_alone_arrives_too():
    shop = await open_shop()
    offer = await live(shop)
    price = {
        "merchant": shop.merchant,
        "supplier": shop.supplier,
        "agreement": shop.agreement,
        "offer": offer,
    }
    await world.insert("agreement_offer", **price, cost_e4=50_000, currency="EUR")
    await world.insert("agreement_offer_change", **price, run=79)
    await propagate(shop.merchant, shop.supplier, 79)
    assert (await product_of(shop, offer))["price"] == 1200


async def test_unedited_words_pictures_and_facts_follow_the_feed():
    shop = await open_shop()
    offer = await live(shop)
    await change(
        "UPDATE offer SET title = 'Chaise huilée', description = '<p>Huilée</p><script>x</script>', brand = 'Lune', category = 'Jardin',"
        " images = ARRAY['https://img.example/2.jpg'], weight_g = 4200 WHERE id = $1",
        offer,
    )
    assert await follow_feed(shop.merchant, shop.supplier) == 5
    seen = await product_of(shop, offer)
    assert (seen["title"], seen["sort_title"], seen["brand"], seen["shelf"]) == (
        "Chaise huilée",
        "chaise huilee",
        "Lune",
        "Jardin",
    )
    assert (seen["description"], seen["weight_g"]) == ("<p>Huilée</p>", 4200)
    async with acting_as(shop.merchant):
        assert [r["source_url"] for r in await fetch("SELECT source_url FROM listing_photo")] == [
            "https://img.example/2.jpg"
        ]
        assert "huilee" in (await fetch("SELECT words FROM search_document"))[0]["words"]
    assert await follow_feed(shop.merchant, shop.supplier) == 0


async def test_a_feed_that_stops_saying_a_title_or_a_category_takes_nothing_away():
    shop = await open_shop()
    offer = await live(shop)
    await change(
        "UPDATE offer SET title = '', category = NULL, images = '{}', brand = NULL WHERE id = $1", offer
    )
    await follow_feed(shop.merchant, shop.supplier)
    seen = await product_of(shop, offer)
    assert (seen["title"], seen["shelf"], seen["brand"]) == ("Chaise en chêne", "Chaises", None)


async def test_of_a_group_the_title_is_what_the_variants_have_in_common():
    shop = await open_shop()
    offers = [
        await shop.offer(title=f"Pull marin {c}", group_key="PM", options={"Couleur": c})
        for c in ("bleu", "rouge")
    ]
    await curate(shop.merchant, offers)
    await change("UPDATE offer SET title = replace(title, 'marin', 'breton') WHERE id = ANY($1)", offers)
    await follow_feed(shop.merchant, shop.supplier)
    assert (await product_of(shop, offers[0]))["title"] == "Pull breton"


async def test_stock_taken_by_one_merchant_is_gone_for_the_other():
    shop = await open_shop()
    offer = await live(shop)
    bob = await world.merchant("bob")
    await world.agreement(bob, shop.supplier)
    await world.insert("stock", offer=offer, supplier=shop.supplier)
    async with acting_as(bob):
        await execute("UPDATE stock SET held = held + 7 WHERE offer = $1", offer)
    await drain()
    assert (await product_of(shop, offer))["available"] == 3
    async with acting_as(bob):
        await execute("UPDATE stock SET held = held - 7, committed = committed + 7 WHERE offer = $1", offer)
        assert not await fetch("SELECT 1 FROM stock WHERE held > 0")
    assert await drain() == 0, "what moves from held to committed changes nothing for a shopper"


async def test_an_agreement_that_ends_stops_the_sale():
    shop = await open_shop()
    offer = await live(shop)
    await end_agreement(shop.merchant, shop.agreement, by="Alice")
    await drain()
    assert json.loads((await product_of(shop, offer))["reasons"]) == ["agreement_not_active"]


async def test_stock_that_nobody_confirms_stops_selling_and_a_confirmation_brings_it_back():
    shop = await open_shop()
    feed = await world.feed(shop.supplier)
    offer = await live(shop, stock_feed=feed)
    await change("UPDATE offer SET stock_time = now() - interval '80 hours' WHERE id = $1", offer)
    assert (await age_listings(shop.merchant)).variants == 1
    assert not (await product_of(shop, offer))["sellable"]
    assert (await age_listings(shop.merchant)).variants == 0
    await change("UPDATE feed_pulse SET confirmed_at = now() WHERE feed = $1", feed)
    await propagate(shop.merchant, shop.supplier, 80)
    assert (await product_of(shop, offer))["sellable"]


async def test_a_variant_is_told_apart_as_its_offer_now_says():
    shop = await open_shop()
    offers = [
        await shop.offer(title="Pull marin", group_key="PM", options={"Couleur": c})
        for c in ("bleu", "rouge")
    ]
    await curate(shop.merchant, offers)
    await change(
        'UPDATE offer SET options = \'{"Couleur": "bleu nuit", "Taille": "M"}\' WHERE id = $1', offers[0]
    )
    assert await follow_feed(shop.merchant, shop.supplier) == 1
    async with acting_as(shop.merchant):
        rows = await fetch("SELECT options FROM variant ORDER BY position")
        assert (await fetch("SELECT option_names FROM product"))[0]["option_names"] == ["Couleur", "Taille"]
    assert [json.loads(r["options"]) for r in rows] == [
        {"Couleur": "bleu nuit", "Taille": "M"},
        {"Couleur": "rouge"},
    ]
