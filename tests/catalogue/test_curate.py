"""A merchant picks offers and gets products as a shopper expects them, once, priced and filed."""

import asyncio
from typing import Any

import pytest

from marketplace.catalogue.curate import curate
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import Refused
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def products(shop: Shop) -> list[dict[str, Any]]:
    async with acting_as(shop.merchant):
        return await fetch(
            "SELECT p.*, l.slug, l.will, c.title AS shelf FROM product p JOIN listing l ON l.product = p.id"
            " LEFT JOIN category c ON c.id = p.category ORDER BY p.id"
        )


async def variants(shop: Shop) -> list[dict[str, Any]]:
    async with acting_as(shop.merchant):
        rows = await fetch(
            "SELECT v.*, (SELECT count(*) FROM match m WHERE m.variant = v.id) AS sources FROM variant v ORDER BY v.product, v.position"
        )
    return [{**row, "options": json.loads(row["options"])} for row in rows]


async def test_an_offer_becomes_a_draft_with_price_category_and_clean_words():
    shop = await open_shop()
    offer = await shop.offer(
        title="  Chaise d’été   en chêne ",
        brand="Ardoise",
        category="Maison > Assises > Chaises",
        images=["https://img.example/1.jpg"],
        description="<p onclick='x'>En <b>chêne</b><script>x</script></p>",
        manufacturer={"name": "Ardoise SA", "address": "Annecy", "email": ""},
    )
    done = await curate(shop.merchant, [offer])
    [product] = await products(shop)
    assert (product["title"], product["slug"], product["will"]) == (
        "Chaise d’été en chêne",
        "chaise-d-ete-en-chene",
        "draft",
    )
    assert product["description"] == "<p>En <b>chêne</b></p>"
    assert product["shelf"] == "Chaises"
    assert json.loads(product["manufacturer"]) == {"name": "Ardoise SA", "address": "Annecy"}
    [variant] = await variants(shop)
    assert (variant["price"], variant["sellable"], variant["available"]) == (2400, True, 10)
    assert done.products == [product["id"]]
    async with acting_as(shop.merchant):
        assert await fetch_value("SELECT array_agg(source_url) FROM listing_photo") == [
            "https://img.example/1.jpg"
        ]
        assert await fetch_value("SELECT parent IS NOT NULL FROM category WHERE title = 'Chaises'")
        assert await fetch_value("SELECT count(*) FROM field_state") == 9


async def test_offers_of_one_group_become_one_product_with_options():
    shop = await open_shop()
    offers = [
        await shop.offer(
            title=f"Pull marin {c}",
            group_key="PM",
            options={"Couleur": c},
            images=[f"https://img.example/{c}.jpg", "https://img.example/dos.jpg"],
        )
        for c in ("bleu", "rouge")
    ]
    await curate(shop.merchant, offers)
    [product] = await products(shop)
    assert (product["title"], product["option_names"]) == ("Pull marin", ["Couleur"])
    assert [v["options"] for v in await variants(shop)] == [{"Couleur": "bleu"}, {"Couleur": "rouge"}]
    async with acting_as(shop.merchant):
        photos = await fetch(
            "SELECT source_url, variant IS NOT NULL AS own FROM listing_photo ORDER BY position"
        )
    assert [(p["source_url"][-8:], p["own"]) for p in photos] == [
        ("bleu.jpg", True),
        ("ouge.jpg", True),
        ("/dos.jpg", False),
    ]


async def test_a_later_variant_of_a_group_joins_its_product():
    shop = await open_shop()
    first = await shop.offer(title="Pull marin bleu", group_key="PM", options={"Couleur": "bleu"})
    await curate(shop.merchant, [first])
    second = await shop.offer(title="Pull marin vert", group_key="PM", options={"Couleur": "vert"})
    third = await shop.offer(title="Pull marin vert", group_key="PM", options={"Couleur": "vert"}, sku="PM-3")
    await curate(shop.merchant, [second])
    await curate(shop.merchant, [third])
    assert len(await products(shop)) == 1
    assert [v["options"] for v in await variants(shop)] == [
        {"Couleur": "bleu"},
        {"Couleur": "vert"},
        {"Couleur": "vert", "Référence": "PM-3"},
    ]


async def test_the_same_offer_is_taken_up_once():
    shop = await open_shop()
    offer = await shop.offer()
    await curate(shop.merchant, [offer, offer])
    again = await curate(shop.merchant, [offer])
    assert (again.products, again.skipped) == ([], {offer: "listed"})
    assert len(await products(shop)) == 1


async def test_another_suppliers_offer_of_the_same_gtin_becomes_a_further_source():
    shop, other = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, other)
    mine = await shop.offer(gtin="4006381333931", gtin_valid="4006381333931")
    theirs = await world.offer(other, price_e4=90_000, gtin_valid="4006381333931")
    await curate(shop.merchant, [mine])
    done = await curate(shop.merchant, [theirs])
    [variant] = await variants(shop)
    assert done.matched == {theirs: variant["id"]}
    assert (variant["sources"], variant["cost_e4"], variant["available"]) == (2, 90_000, 20)


async def test_twins_of_two_suppliers_picked_together_become_one_product():
    shop, other = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, other)
    mine = await shop.offer(gtin_valid="4006381333931")
    theirs = await world.offer(other, price_e4=120_000, gtin_valid="4006381333931")
    done = await curate(shop.merchant, [mine, theirs])
    assert len(await products(shop)) == 1
    assert list(done.matched) == [theirs]


async def test_a_gtin_at_a_price_that_makes_no_sense_is_proposed_not_taken():
    shop, other = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, other)
    mine = await shop.offer(gtin_valid="4006381333931")
    theirs = await world.offer(other, price_e4=210_000, gtin_valid="4006381333931")
    done = await curate(shop.merchant, [mine, theirs])
    assert list(done.proposed) == [theirs]
    [variant] = await variants(shop)
    assert (variant["cost_e4"], variant["available"]) == (100_000, 10)
    assert (await curate(shop.merchant, [theirs])).skipped == {theirs: "proposed"}


async def test_a_supplier_that_repeats_a_gtin_has_two_products():
    shop = await open_shop()
    await curate(
        shop.merchant,
        [await shop.offer(gtin_valid="4006381333931"), await shop.offer(gtin_valid="4006381333931")],
    )
    assert len(await products(shop)) == 2


async def test_an_invalid_gtin_matches_nothing():
    shop, other = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, other)
    await curate(shop.merchant, [await shop.offer(gtin="123"), await world.offer(other, gtin="123")])
    assert len(await products(shop)) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE offer SET retired_at = now() WHERE id = $1", "offer_retired"),
        ("UPDATE offer SET excluded = true WHERE id = $1", "excluded"),
        (
            "UPDATE agreement SET state = 'ended' WHERE supplier = (SELECT supplier FROM offer WHERE id = $1)",
            "agreement_not_active",
        ),
    ],
)
async def test_what_cannot_be_sold_at_all_is_skipped_with_its_reason(change: str, reason: str):
    shop = await open_shop()
    offer = await shop.offer()
    async with platform_scope("a test"):
        await execute(change, offer)
    assert (await curate(shop.merchant, [offer])).skipped == {offer: reason}


async def test_a_strangers_offer_is_not_found():
    shop, stranger = await open_shop(), await world.trade()
    assert (await curate(shop.merchant, [stranger.offer])).skipped == {stranger.offer: "not_found"}


async def test_an_offer_that_is_out_of_stock_is_taken_up_and_says_so():
    shop = await open_shop()
    await curate(shop.merchant, [await shop.offer(quantity=0)])
    [variant] = await variants(shop)
    assert (variant["sellable"], json.loads(variant["reasons"])) == (False, ["out_of_stock"])


async def test_the_same_title_and_the_same_sku_twice_get_names_of_their_own():
    shop, other = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, other)
    offers = [await shop.offer(sku="100", title="Vase"), await world.offer(other, sku="100", title="Vase")]
    await curate(shop.merchant, offers)
    assert [p["slug"] for p in await products(shop)] == ["vase", "vase-2"]
    first, second = await variants(shop)
    assert first["sku"] == "100"
    assert second["sku"].endswith("-100")


async def test_a_suppliers_words_go_where_the_merchant_decided():
    shop = await open_shop()
    shelf = await world.insert("category", merchant=shop.merchant, slug="salon", title="Salon")
    await world.insert(
        "category_mapping",
        merchant=shop.merchant,
        supplier=shop.supplier,
        source="Living / Seats",
        category=shelf,
    )
    await curate(shop.merchant, [await shop.offer(category="Living / Seats")])
    assert [p["shelf"] for p in await products(shop)] == ["Salon"]


async def test_a_thousand_at_once_is_the_most():
    shop = await open_shop()
    with pytest.raises(Refused):
        await curate(shop.merchant, range(1001))


async def test_two_people_who_take_up_the_same_offers_at_once_make_them_once():
    shop = await open_shop()
    offers = [await shop.offer() for _ in range(3)]
    one, other = await asyncio.gather(curate(shop.merchant, offers), curate(shop.merchant, offers))
    assert len(one.products) + len(other.products) == 3
    assert len(one.skipped) + len(other.skipped) == 3
    assert len(await products(shop)) == 3
