"""A merchant finds what its suppliers offer as it types, and nothing of anybody else's."""

from typing import Any

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.find_offers import count_offers, find_offers, offer_facets, offers_matching
from marketplace.catalogue.offer_query import OfferQuery, from_json, to_json
from marketplace.kernel.database import execute
from tenants.scope import platform_scope
from tests.catalogue.shop import Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def titles(shop: Shop, **query: Any) -> list[str]:
    return [row.title for row in (await find_offers(shop.merchant, OfferQuery(**query))).rows]


@pytest.mark.parametrize(
    "typed", ["étè", "ETE", "chai ete", "lune", "ch-77", "CH77-X", "4006381333931", "plein air"]
)
async def test_words_are_found_whatever_their_accents_case_and_order(typed: str):
    shop = await open_shop()
    await shop.offer(
        title="Chaise d’été",
        brand="Lune",
        sku="CH-77/X" if "CH77" not in typed else "CH77-X",
        gtin="4006381333931",
        category="Plein air",
    )
    await shop.offer(title="Vase", sku="V")
    assert await titles(shop, words=typed) == ["Chaise d’été"]


async def test_what_was_typed_is_words_never_a_pattern():
    shop = await open_shop()
    await shop.offer(title="Vase 100% (grès)")
    assert await titles(shop, words=".*[") == ["Vase 100% (grès)"]  # nothing but punctuation: no filter
    assert await titles(shop, words="va[sz]e") == []
    assert await titles(shop, words="100% grès") == ["Vase 100% (grès)"]


async def test_filters_go_together():
    shop, sven = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    await shop.offer(title="A", brand="Lune", category="Jardin")
    await shop.offer(title="B", brand="Lune", quantity=0)
    await world.offer(sven, title="C", brand="Lune")
    listed = await shop.offer(title="D", brand="Sol")
    await curate(shop.merchant, [listed])
    assert sorted(await titles(shop)) == ["A", "B", "C", "D"]
    assert sorted(await titles(shop, brand="Lune", in_stock=True)) == ["A", "C"]
    assert await titles(shop, suppliers=(sven,)) == ["C"]
    assert await titles(shop, category="Jardin") == ["A"]
    assert sorted(await titles(shop, unlisted=True)) == ["A", "B", "C"]
    facets = await offer_facets(shop.merchant, OfferQuery(brand="Sol"))
    assert facets["brand"] == [("Lune", 3), ("Sol", 1)]


async def test_strangers_retired_excluded_and_hidden_offers_are_not_shown():
    shop, stranger = await open_shop(), await world.trade()
    keep = await shop.offer(title="Keep")
    for column in ("retired_at = now()", "excluded = true"):
        offer = await shop.offer(title="Gone")
        async with platform_scope("a test"):
            await execute(f"UPDATE offer SET {column} WHERE id = $1", offer)
    hidden = await shop.offer(title="Hidden")
    await world.insert(
        "agreement_offer",
        merchant=shop.merchant,
        supplier=shop.supplier,
        agreement=shop.agreement,
        offer=hidden,
        hidden=True,
    )
    page = await find_offers(shop.merchant, OfferQuery())
    assert ([row.id for row in page.rows], page.total) == ([keep], 1)
    assert (await find_offers(shop.merchant, OfferQuery(suppliers=(stranger.supplier,)))).total == 0


async def test_a_row_says_cost_price_margin_stock_and_where_it_is_listed():
    shop = await open_shop()
    offer = await shop.offer(group_key="G")
    await shop.offer(group_key="G")
    [row] = [r for r in (await find_offers(shop.merchant, OfferQuery())).rows if r.id == offer]
    assert (row.cost_e4, row.price, row.margin_bp, row.units, row.why, row.state, row.group_size) == (
        100_000,
        2400,
        5000,
        10,
        None,
        None,
        2,
    )
    assert row.supplier_name == "Vera"
    done = await curate(shop.merchant, [offer])
    [row] = [r for r in (await find_offers(shop.merchant, OfferQuery())).rows if r.id == offer]
    assert (row.state, row.product) == ("listed", done.products[0])


async def test_costs_stay_hidden_until_the_merchants_identity_is_verified():
    shop = await open_shop()
    await shop.offer()
    async with platform_scope("a test"):
        await execute("UPDATE tenant SET identity_verified_at = NULL WHERE id = $1", shop.merchant)
    [row] = (await find_offers(shop.merchant, OfferQuery())).rows
    assert (row.cost_e4, row.price, row.margin_bp) == (None, None, None)


async def test_the_margin_under_the_current_rules_filters_and_sorts():
    shop = await open_shop(steps=[{"markup_bp": 2_000}, {"from_cost_e4": 200_000, "markup_bp": 10_000}])
    await shop.offer(title="Thin", price_e4=100_000)
    await shop.offer(title="Fat", price_e4=300_000)
    await shop.offer(title="Unpriced", price_e4=None)
    assert await titles(shop, margin_from_bp=3_000) == ["Fat"]
    assert await titles(shop, sort="margin") == ["Fat", "Thin", "Unpriced"]
    assert await titles(shop, sort="cost") == ["Thin", "Fat", "Unpriced"]


@pytest.mark.parametrize("sort", ["newest", "title", "stock", "cost", "-cost", "margin"])
async def test_pages_follow_each_other_without_gap_or_repetition(sort: str):
    shop = await open_shop()
    made = [
        await shop.offer(title=f"Thing {n % 3}", quantity=n % 2, price_e4=100_000 + n % 4) for n in range(11)
    ]
    seen: list[int] = []
    after = None
    while True:
        page = await find_offers(shop.merchant, OfferQuery(sort=sort), after=after, limit=3)
        assert page.total == 11
        seen += [row.id for row in page.rows]
        if page.after is None:
            break
        after = page.after
    assert sorted(seen) == sorted(made)
    assert len(seen) == len(made)


@pytest.mark.parametrize("after", ["x", "AAAA", "bnVsbA", "W10", "WyJhIiwxXQ"])
async def test_a_made_up_place_is_the_first_page(after: str):
    shop = await open_shop()
    await shop.offer()
    assert len((await find_offers(shop.merchant, OfferQuery(), after=after)).rows) == 1


async def test_all_that_match_can_be_walked_in_slices_while_new_ones_arrive():
    shop = await open_shop()
    made = [await shop.offer(title="Vase") for _ in range(5)]
    await shop.offer(title="Bowl")
    query = from_json(to_json(OfferQuery(words="vase")))
    total, newest = await count_offers(shop.merchant, query)
    await shop.offer(title="Vase, too late")
    first = await offers_matching(shop.merchant, query, limit=3, up_to=newest)
    rest = await offers_matching(shop.merchant, query, after=first[-1], up_to=newest)
    assert (total, first + rest) == (5, made)
