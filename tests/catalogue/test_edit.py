"""A merchant writes its own words and prices; they survive every feed, and it is asked when the two part ways."""

from typing import Any

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.decide_field import decide_field
from marketplace.catalogue.decide_fields import decide_fields
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.propagate import propagate
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def drafted(shop: Shop, **more: Any) -> tuple[int, int]:
    """(product, offer)"""
    offer = await shop.offer(**{**COMPLETE, **more})
    return (await curate(shop.merchant, [offer])).products[0], offer


async def feed_says(shop: Shop, offer: int, **columns: Any) -> None:
    async with platform_scope("a test"):
        for name, value in columns.items():
            await execute(f"UPDATE offer SET {name} = $2 WHERE id = $1", offer, value)
    await follow_feed(shop.merchant, shop.supplier)


async def product_of(shop: Shop, product: int) -> dict[str, Any]:
    async with acting_as(shop.merchant):
        row = await fetch_one(
            "SELECT p.*, l.slug, v.id AS variant, v.price, v.own_price, v.sellable, c.title AS shelf FROM product p JOIN listing l ON l.product = p.id"
            " JOIN variant v ON v.product = p.id LEFT JOIN category c ON c.id = p.category WHERE p.id = $1",
            product,
        )
    assert row is not None
    return row


async def waiting(shop: Shop) -> list[tuple[int, str]]:
    async with acting_as(shop.merchant):
        rows = await fetch("SELECT id, field FROM field_state WHERE pending ORDER BY id")
    return [(row["id"], row["field"]) for row in rows]


async def test_an_edited_title_survives_the_feed_and_waits_for_a_decision():
    shop = await open_shop()
    product, offer = await drafted(shop)
    await edit_product(shop.merchant, product, {"title": "  Notre chaise "}, who="Paula")
    await feed_says(shop, offer, title="Chaise en chêne huilé", description="<p>Huilée.</p>")
    seen = await product_of(shop, product)
    assert (seen["title"], seen["sort_title"], seen["description"]) == (
        "Notre chaise",
        "notre chaise",
        "<p>Huilée.</p>",
    )
    assert [field for _, field in await waiting(shop)] == ["title"]
    await decide_field(shop.merchant, product, "title", Choice.THEIRS, who="Paula")
    assert (await product_of(shop, product))["title"] == "Chaise en chêne huilé"
    assert await waiting(shop) == []


async def test_keeping_mine_for_many_at_once_empties_the_queue():
    shop = await open_shop()
    product, offer = await drafted(shop)
    await edit_product(shop.merchant, product, {"title": "Mine", "brand": "Mine too"})
    await feed_says(shop, offer, title="Theirs", brand="Theirs")
    assert await decide_fields(shop.merchant, [i for i, _ in await waiting(shop)], Choice.MINE) == 2
    seen = await product_of(shop, product)
    assert (seen["title"], seen["brand"], await waiting(shop)) == ("Mine", "Mine too", [])


async def test_always_mine_and_always_theirs_answer_in_advance():
    shop = await open_shop()
    product, offer = await drafted(shop)
    await decide_field(shop.merchant, product, "brand", Choice.ALWAYS_MINE)
    await decide_field(shop.merchant, product, "title", Choice.ALWAYS_THEIRS)
    with pytest.raises(Invalid) as refused:
        await edit_product(shop.merchant, product, {"title": "Mine"})
    assert "title" in refused.value.problems
    await feed_says(shop, offer, title="Theirs", brand="Theirs")
    seen = await product_of(shop, product)
    assert (seen["title"], seen["brand"], await waiting(shop)) == ("Theirs", "Ardoise", [])


async def test_a_chosen_category_stays_and_giving_it_back_follows_the_feed():
    shop = await open_shop()
    product, offer = await drafted(shop)
    mine = await world.insert("category", merchant=shop.merchant, slug="mine", title="Mine")
    await edit_product(shop.merchant, product, {"category": mine})
    await feed_says(shop, offer, category="Jardin")
    assert (await product_of(shop, product))["shelf"] == "Mine"
    await edit_product(shop.merchant, product, {"category": None})
    assert (await product_of(shop, product))["shelf"] == "Jardin"


async def test_a_manufacturer_typed_by_hand_is_kept_as_its_parts():
    shop = await open_shop()
    product, _ = await drafted(shop, manufacturer=None)
    await edit_product(
        shop.merchant, product, {"manufacturer": {"name": "A", "address": "B", "email": "c@d.example"}}
    )
    assert json.loads((await product_of(shop, product))["manufacturer"])["email"] == "c@d.example"


async def test_every_wrong_field_is_named_and_nothing_is_written():
    shop, stranger = await open_shop(), await open_shop()
    product, _ = await drafted(shop)
    foreign = await world.insert("category", merchant=stranger.merchant, slug="x", title="X")
    wrong = {
        "title": " ",
        "category": foreign,
        "manufacturer": {"email": "nobody"},
        "slug": "!!",
        "seo_title": "x" * 200,
        "brand": "Good",
    }
    with pytest.raises(Invalid) as refused:
        await edit_product(shop.merchant, product, wrong)
    assert set(refused.value.problems) == set(wrong) - {"brand"}
    assert (await product_of(shop, product))["brand"] == "Ardoise"


async def test_a_strangers_product_and_variant_are_not_found():
    shop, stranger = await open_shop(), await open_shop()
    product, _ = await drafted(shop)
    variant = (await product_of(shop, product))["variant"]
    with pytest.raises(NotFound):
        await edit_product(stranger.merchant, product, {"title": "Mine"})
    with pytest.raises(NotFound):
        await edit_variant(stranger.merchant, variant, {"own_price": 1})
    with pytest.raises(NotFound):
        await decide_field(stranger.merchant, product, "title", Choice.MINE)


async def test_an_old_address_leads_to_the_new_one_without_a_chain():
    shop = await open_shop()
    product, _ = await drafted(shop)
    for slug in ("Ma chaise", "Notre chaise"):
        await edit_product(shop.merchant, product, {"slug": slug})
    async with acting_as(shop.merchant):
        leads = {r["from_slug"]: r["to_slug"] for r in await fetch("SELECT from_slug, to_slug FROM redirect")}
    assert leads == {"chaise-en-chene": "notre-chaise", "ma-chaise": "notre-chaise"}
    await edit_product(shop.merchant, product, {"slug": "ma-chaise"})
    async with acting_as(shop.merchant):
        assert "ma-chaise" not in {r["from_slug"] for r in await fetch("SELECT from_slug FROM redirect")}


async def test_an_own_price_goes_before_the_rules_until_it_is_given_back():
    shop = await open_shop()
    product, offer = await drafted(shop)
    variant = (await product_of(shop, product))["variant"]
    await edit_variant(shop.merchant, variant, {"own_price": 1990})
    async with platform_scope("a test"):
        await execute("UPDATE offer SET price_e4 = 110000 WHERE id = $1", offer)
    await propagate(shop.merchant, shop.supplier)
    seen = await product_of(shop, product)
    assert (seen["price"], seen["own_price"], seen["sellable"]) == (1990, 1990, True)
    await edit_variant(shop.merchant, variant, {"own_price": 1200})
    assert not (await product_of(shop, product))["sellable"], "below what it costs"
    await edit_variant(shop.merchant, variant, {"own_price": None})
    assert (await product_of(shop, product))["price"] == 2640


async def test_a_book_carries_the_reduced_rate():
    shop = await open_shop()
    product, _ = await drafted(shop)
    await edit_variant(
        shop.merchant, (await product_of(shop, product))["variant"], {"tax_category": "reduced"}
    )
    assert (await product_of(shop, product))["price"] == 2110


@pytest.mark.parametrize(
    "wrong",
    [
        {"own_price": 0},
        {"own_price": -5},
        {"own_price": 10**11},
        {"sku": ""},
        {"gtin": "4006381333932"},
        {"gtin": "2000000000008"},
        {"tax_category": "x"},
        {"weight_g": -1},
        {"price": 3},
    ],
)
async def test_a_wrong_fact_of_a_variant_is_named(wrong: dict[str, Any]):
    shop = await open_shop()
    product, _ = await drafted(shop)
    with pytest.raises(Invalid) as refused:
        await edit_variant(shop.merchant, (await product_of(shop, product))["variant"], wrong)
    assert set(refused.value.problems) == set(wrong)


async def test_two_variants_never_share_an_article_number():
    shop = await open_shop()
    one, _ = await drafted(shop, sku="A")
    await drafted(shop, sku="B")
    with pytest.raises(Invalid, match="another look"):
        await edit_variant(shop.merchant, (await product_of(shop, one))["variant"], {"sku": "B"})


async def test_a_search_finds_the_new_words():
    shop = await open_shop()
    product, _ = await drafted(shop)
    await edit_product(shop.merchant, product, {"title": "Fauteuil"})
    async with acting_as(shop.merchant):
        assert "fauteuil" in await fetch_value(
            "SELECT words FROM search_document WHERE product = $1", product
        )
