"""Staff see what each product costs, earns and lacks, and what waits for them."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.photos.broken_photos import broken_photos
from marketplace.catalogue.publish import publish
from marketplace.catalogue.read_catalogue import (
    CatalogueQuery,
    catalogue_counts,
    products_matching,
    read_catalogue,
)
from marketplace.catalogue.read_product import read_product
from marketplace.catalogue.read_queues import Waiting, pending_decisions
from marketplace.catalogue.retire import retire
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def made(shop: Shop, **more: Any) -> tuple[int, int, int]:
    """(product, variant, offer)"""
    offer = await shop.offer(**{**COMPLETE, **more})
    done = await curate(shop.merchant, [offer])
    return done.products[0], done.variants[0], offer


async def change(sql: str, *args: Any) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)


async def titles(shop: Shop, **query: Any) -> list[str]:
    return [row.title for row in (await read_catalogue(shop.merchant, CatalogueQuery(**query))).rows]


async def test_a_row_says_cost_price_margin_stock_its_age_and_whose_words_it_has():
    shop = await open_shop()
    yesterday = now() - timedelta(hours=20)
    product, variant, offer = await made(shop)
    await change("UPDATE offer SET stock_time = $2, title = 'Theirs' WHERE id = $1", offer, yesterday)
    await edit_product(shop.merchant, product, {"title": "Mine"})
    await edit_variant(shop.merchant, variant, {"own_price": 3000})
    await follow_feed(shop.merchant, shop.supplier)
    [row] = (await read_catalogue(shop.merchant, CatalogueQuery())).rows
    assert (row.title, row.least_price, row.least_cost_e4, row.margin_bp, row.available) == (
        "Mine",
        3000,
        100_000,
        6000,
        10,
    )
    assert (row.stock_time, row.suppliers, row.sources, row.variant, row.will) == (
        yesterday,
        ["Vera"],
        1,
        variant,
        "draft",
    )
    assert (row.owned, row.pending) == (["title", "price"], ["title"])


async def test_filters_find_what_needs_work():
    shop, sven = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    vase, _, _ = await made(shop, title="Vase", brand="Lune", category="Maison > Vases")
    await publish(shop.merchant, [vase])
    await made(shop, title="Bol", quantity=0)
    plat, _, _ = await made(shop, title="Plat")
    await retire(shop.merchant, [plat])
    await curate(shop.merchant, [await world.offer(sven, title="Table")])
    assert await titles(shop) == ["Bol", "Table", "Vase"]
    assert await titles(shop, will="retired") == ["Plat"]
    assert await titles(shop, will="live") == ["Vase"]
    assert await titles(shop, sellable=False) == ["Bol"]
    assert await titles(shop, problem="out_of_stock") == ["Bol"]
    assert await titles(shop, supplier=sven) == ["Table"]
    assert await titles(shop, brand="Lune") == ["Vase"]
    assert await titles(shop, words="vas") == ["Vase"]
    async with acting_as(shop.merchant):
        maison = await fetch_value("SELECT id FROM category WHERE title = 'Maison'")
    assert await titles(shop, category=maison) == ["Bol", "Vase"]
    assert await titles(shop, pending=True) == await titles(shop, owned=True) == []
    assert await products_matching(shop.merchant, CatalogueQuery(will="live")) == [vase]
    counts = await catalogue_counts(shop.merchant)
    assert counts["will"] == {"live": 1, "draft": 2, "retired": 1}
    assert counts["todo"]["unmapped"] == 1


@pytest.mark.parametrize("sort", ["title", "newest", "price", "-price", "margin", "stock", "oldest_stock"])
async def test_pages_follow_each_other_in_every_order(sort: str):
    shop = await open_shop()
    offers = [
        await shop.offer(title=f"Thing {n % 3}", quantity=n % 2, price_e4=100_000 + n % 4 if n else None)
        for n in range(7)
    ]
    wanted = (await curate(shop.merchant, offers)).products
    seen: list[int] = []
    after = None
    while True:
        page = await read_catalogue(shop.merchant, CatalogueQuery(sort=sort), after=after, limit=2)
        seen += [row.product for row in page.rows]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == wanted
    assert page.total == 7


async def test_costs_are_hidden_until_the_identity_is_verified():
    shop = await open_shop()
    product, _, _ = await made(shop)
    await change("UPDATE tenant SET identity_verified_at = NULL WHERE id = $1", shop.merchant)
    [row] = (await read_catalogue(shop.merchant, CatalogueQuery())).rows
    assert (row.least_cost_e4, row.margin_bp) == (None, None)
    assert (await read_product(shop.merchant, product)).variants[0].cost_e4 is None


async def test_a_products_page_shows_whose_words_it_has_and_what_it_lacks():
    shop = await open_shop()
    product, variant, offer = await made(shop, manufacturer=None)
    await world.insert(
        "offer_photo",
        supplier=shop.supplier,
        offer=offer,
        url="https://img.example/1.jpg",
        state="broken",
        error="bad_status: no",
    )
    await edit_product(shop.merchant, product, {"brand": "Mine"})
    seen = await read_product(shop.merchant, product)
    assert (seen.fields["brand"].mine, seen.fields["brand"].theirs, seen.fields["title"].mine) == (
        "Mine",
        "Ardoise",
        None,
    )
    assert seen.fields["brand"].supplier == shop.supplier
    assert seen.missing == ["photo", "manufacturer"]
    assert (seen.variants[0].id, seen.variants[0].margin_bp, seen.photos[0].error) == (
        variant,
        5000,
        "bad_status: no",
    )
    broken = await broken_photos(shop.merchant)
    assert [(b.product, b.error, b.supplier_name) for b in broken.rows] == [
        (product, "bad_status: no", "Vera")
    ]
    with pytest.raises(NotFound):
        await read_product((await open_shop()).merchant, product)


async def test_the_decision_queue_shows_mine_theirs_and_what_it_was():
    shop = await open_shop()
    product, _, offer = await made(shop)
    shelf = await world.insert("category", merchant=shop.merchant, slug="mine", title="My shelf")
    await edit_product(shop.merchant, product, {"title": "Mine", "category": shelf})
    await change("UPDATE offer SET title = 'Theirs', category = 'Jardin' WHERE id = $1", offer)
    await follow_feed(shop.merchant, shop.supplier)
    first = await pending_decisions(shop.merchant, limit=1)
    rest = await pending_decisions(shop.merchant, after=first.after, limit=1)
    by_field = {d.field: d for d in first.rows + rest.rows}
    assert (first.total, rest.after) == (2, None)
    assert (by_field["title"].mine, by_field["title"].theirs, by_field["title"].before) == (
        "Mine",
        "Theirs",
        "Chaise en chêne",
    )
    assert (by_field["category"].mine, by_field["category"].theirs) == ("My shelf", "Jardin")
    assert by_field["title"].since
    assert (await pending_decisions(shop.merchant, of=Waiting(product=product + 1))).rows == []
