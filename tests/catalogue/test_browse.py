"""What a shopper sees: live things, honest stock, prices compared as the law says, and what she meant to type."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.catalogue.browse import ListQuery, Moved, home, list_products, shelves, show_product, suggest
from marketplace.catalogue.browse.product_page import ProductPage
from marketplace.catalogue.curate import curate
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.pause import pause
from marketplace.catalogue.publish import publish
from marketplace.catalogue.retire import retire
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def live(shop: Shop, **more: Any) -> int:
    return (await live_group(shop, [more]))[0]


async def live_group(shop: Shop, offers: list[dict[str, Any]]) -> list[int]:
    made = [await shop.offer(**{**COMPLETE, **more}) for more in offers]
    done = await curate(shop.merchant, made)
    assert (await publish(shop.merchant, done.products)).refused == {}
    return done.products


async def change(sql: str, *args: Any) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)


async def titles(shop: Shop, **query: Any) -> list[str]:
    return [c.title for c in (await list_products(shop.merchant, ListQuery(**query))).cards]


async def page(shop: Shop, slug: str) -> ProductPage:
    found = await show_product(shop.merchant, slug)
    assert isinstance(found, ProductPage)
    return found


async def test_only_what_is_live_is_listed_and_counted():
    shop, other = await open_shop(), await open_shop()
    await live(shop, title="Vase")
    paused, retired = await live(shop, title="Bol"), await live(shop, title="Plat")
    await live(other, title="Elsewhere")
    await pause(shop.merchant, [paused])
    await retire(shop.merchant, [retired])
    await curate(shop.merchant, [await shop.offer(title="Draft")])
    listed = await list_products(shop.merchant, ListQuery())
    assert ([c.title for c in listed.cards], listed.total) == (["Vase"], 1)


async def test_a_category_lists_its_childrens_products_and_leads_back_up():
    shop = await open_shop()
    await live(shop, title="Banc", category="Jardin > Assises")
    await live(shop, title="Lampe", category="Luminaires")
    garden = await list_products(shop.merchant, ListQuery(category="jardin"))
    assert ([c.title for c in garden.cards], garden.below) == (["Banc"], [("assises", "Assises", 1)])
    seats = await list_products(shop.merchant, ListQuery(category="assises"))
    assert seats.trail == [("jardin", "Jardin"), ("assises", "Assises")]
    assert [(s.slug, s.products) for s in await shelves(shop.merchant)] == [
        ("jardin", 1),
        ("luminaires", 1),
        ("assises", 1),
    ]
    with pytest.raises(NotFound):
        await list_products(shop.merchant, ListQuery(category="nowhere"))


async def test_filters_narrow_and_facets_say_what_there_is():
    shop = await open_shop()
    await live(shop, title="Pull bleu", brand="Lune", options={"Couleur": "bleu"}, price_e4=100_000)
    await live(shop, title="Pull rouge", brand="Lune", options={"Couleur": "rouge"}, price_e4=200_000)
    await live(shop, title="Gant", brand="Sol", quantity=0, price_e4=50_000)
    listed = await list_products(shop.merchant, ListQuery(category="chaises"))
    assert (listed.brands, listed.prices, listed.in_stock) == ([("Lune", 2), ("Sol", 1)], (1200, 4800), 2)
    assert listed.options == {"Couleur": [("bleu", 1), ("rouge", 1)]}
    assert sorted(await titles(shop, brands=("Lune",))) == ["Pull bleu", "Pull rouge"]
    assert await titles(shop, price_from=2400, price_to=2400) == ["Pull bleu"]
    assert await titles(shop, options={"Couleur": ("rouge", "vert")}) == ["Pull rouge"]
    assert "Gant" not in await titles(shop, in_stock=True)
    assert (await titles(shop))[-1] == "Gant", "what is out of stock comes last"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("price", ["C", "A", "B"]),
        ("-price", ["B", "A", "C"]),
        ("title", ["A", "B", "C"]),
        ("newest", ["C", "B", "A"]),
    ],
)
async def test_lists_sort_and_page_without_gap(sort: str, expected: list[str]):
    shop = await open_shop()
    for title, cost in (("A", 200_000), ("B", 300_000), ("C", 100_000)):
        await live(shop, title=title, price_e4=cost)
    first = await list_products(shop.merchant, ListQuery(sort=sort), limit=2)
    rest = await list_products(shop.merchant, ListQuery(sort=sort), after=first.after, limit=2)
    assert [c.title for c in first.cards + rest.cards] == expected
    assert (first.total, rest.total, rest.after) == (3, 3, None)


@pytest.mark.parametrize(
    "words", ["chais", "CHÊNE chaise", "ardoise", "chiase", "chaize chene", "sk-11", "4006381333931"]
)
async def test_a_search_finds_what_was_meant(words: str):
    shop = await open_shop()
    await live(shop, sku="SK-11", gtin_valid="4006381333931")
    await live(shop, title="Lampe", brand="Sol", category="Luminaires", description="Laiton", sku="L2")
    found = await list_products(shop.merchant, ListQuery(words=words))
    assert [c.title for c in found.cards] == ["Chaise en chêne"]


async def test_a_corrected_search_says_what_it_searched_for():
    shop = await open_shop()
    await live(shop)
    assert (await list_products(shop.merchant, ListQuery(words="chiase"))).instead == "chaise"
    assert (await list_products(shop.merchant, ListQuery(words="chaise"))).instead is None
    assert (await list_products(shop.merchant, ListQuery(words="xylophone"))).total == 0
    assert (await list_products(shop.merchant, ListQuery(words="&|!()"))).total == 1, (
        "nothing to search for lists everything"
    )


async def test_suggestions_come_while_one_types():
    shop = await open_shop()
    await live(shop)
    found = await suggest(shop.merchant, "cha")
    assert ([c.title for c in found.products], found.categories) == (
        ["Chaise en chêne"],
        [("chaises", "Chaises")],
    )
    assert (await suggest(shop.merchant, "")).products == []


async def test_a_search_never_finds_another_shops_products():
    shop, other = await open_shop(), await open_shop()
    await live(other)
    assert (await list_products(shop.merchant, ListQuery(words="chaise"))).total == 0


async def test_the_page_has_variants_facts_trail_and_what_is_near():
    shop = await open_shop()
    await live_group(
        shop,
        [
            {
                "title": f"Pull marin {c}",
                "group_key": "PM",
                "options": {"Couleur": c},
                "warnings": "Laver froid",
            }
            for c in ("bleu", "rouge")
        ],
    )
    await live(shop, title="Bonnet")
    seen = await page(shop, "pull-marin")
    assert [(v.options, v.price, v.sellable, v.available) for v in seen.variants] == [
        ({"Couleur": "bleu"}, 2400, True, 10),
        ({"Couleur": "rouge"}, 2400, True, 10),
    ]
    assert seen.manufacturer is not None
    assert seen.manufacturer["name"] == "Ardoise SA"
    assert (seen.warnings, seen.currency, seen.trail[-1]) == ("Laver froid", "EUR", ("chaises", "Chaises"))
    assert [c.title for c in seen.near] == ["Bonnet"]


async def test_a_paused_page_says_so_a_retired_one_is_gone_and_an_old_address_moves():
    shop = await open_shop()
    product = await live(shop)
    await edit_product(shop.merchant, product, {"slug": "ma-chaise"})
    assert await show_product(shop.merchant, "chaise-en-chene") == Moved("ma-chaise")
    await pause(shop.merchant, [product])
    seen = await page(shop, "ma-chaise")
    assert (seen.on_sale, seen.sellable, seen.variants[0].available) == (False, False, 0)
    await retire(shop.merchant, [product])
    for slug in ("ma-chaise", "chaise-en-chene", "nothing"):
        with pytest.raises(NotFound):
            await show_product(shop.merchant, slug)


async def practised(shop: Shop, *steps: tuple[float, int | None]) -> ProductPage:
    """A page whose price history is (days ago, price)…; the last price is today's."""
    product = await live(shop)
    async with acting_as(shop.merchant):
        variant = (await fetch("SELECT id FROM variant WHERE product = $1", product))[0]["id"]
    await change("DELETE FROM price_history WHERE variant = $1", variant)
    for days, price in steps:
        await world.insert(
            "price_history",
            merchant=shop.merchant,
            variant=variant,
            price=price,
            at=now() - timedelta(days=days),
        )
    await change("UPDATE variant SET price = $2 WHERE id = $1", variant, steps[-1][1])
    return await page(shop, "chaise-en-chene")


@pytest.mark.parametrize(
    ("steps", "was"),
    [
        ([(50, 3000), (2, 2400)], 3000),
        ([(50, 3000), (20, 2600), (2, 2400)], 2600),  # the lowest, not the last high one
        ([(50, 3000), (20, 2300), (10, 3000), (2, 2400)], None),  # it was cheaper before
        ([(50, 2200), (40, 3000), (2, 2400)], 3000),  # what ended before the thirty days does not count
        ([(2, 2400)], None),  # never sold at another price
        ([(80, 3000), (35, 2400)], None),  # after a month it is simply the price
        ([(50, 2450), (2, 2400)], None),  # two percent are no reduction
        ([(50, 2000), (2, 2400)], None),  # dearer
        ([(50, 3000), (20, None), (2, 2400)], 3000),  # not for sale in between
        ([(50, 3000), (33, None), (2, 2400)], None),  # and nobody could buy it within the thirty days
    ],
)
async def test_a_reduction_refers_to_the_lowest_price_of_thirty_days(
    steps: list[tuple[float, int | None]], was: int | None
):
    shop = await open_shop()
    seen = await practised(shop, *steps)
    assert seen.variants[0].was_price == was


async def test_lists_and_the_front_page_show_the_same_reduction():
    shop = await open_shop()
    await practised(shop, (50, 3000), (2, 2400))
    assert [c.was_price for c in (await list_products(shop.merchant, ListQuery())).cards] == [3000]
    assert [c.title for c in (await list_products(shop.merchant, ListQuery(reduced=True))).cards] == [
        "Chaise en chêne"
    ]
    front = await home(shop.merchant)
    assert [c.was_price for c in front.reduced] == [3000]


async def test_the_front_page_shows_what_can_be_bought():
    shop = await open_shop()
    await live(shop, title="Vase")
    await live(shop, title="Gone", quantity=0)
    chosen = await live(shop, title="Choisi")
    await edit_product(shop.merchant, chosen, {"featured": True})
    front = await home(shop.merchant)
    assert [c.title for c in front.featured] == ["Choisi"]
    assert [c.title for c in front.newest] == ["Choisi", "Vase"]
    assert ([s.title for s in front.shelves], front.total) == (["Maison"], 3)


async def test_an_empty_shop_has_pages_too():
    shop = await open_shop()
    assert (await home(shop.merchant)).total == 0
    assert (await list_products(shop.merchant, ListQuery(words="vase"))).cards == []
