"""The same goods from several suppliers are proposed to a person, with care, and never twice after a refusal."""

from typing import Any

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.decide_match import confirm_match, match_by_hand, part_offer, reject_match
from marketplace.catalogue.propose_matches import propose_matches
from marketplace.catalogue.proposed_matches import proposed_matches
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Stale
from tenants.scope import acting_as
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")
GTIN = "4006381333931"


async def two(**mine: Any) -> tuple[Shop, int, int]:
    """(shop, its variant, a second linked supplier)"""
    shop, sven = await open_shop(), await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    done = await curate(shop.merchant, [await shop.offer(**{**COMPLETE, **mine})])
    return shop, done.variants[0], sven


async def variant_of(shop: Shop, variant: int) -> dict[str, Any]:
    async with acting_as(shop.merchant):
        row = await fetch_one("SELECT cost_e4, available FROM variant WHERE id = $1", variant)
    assert row is not None
    return row


async def test_an_offer_of_the_same_gtin_is_proposed_once():
    shop, variant, sven = await two(gtin_valid=GTIN)
    offer = await world.offer(sven, gtin_valid=GTIN, price_e4=300_000)
    assert await propose_matches(shop.merchant) == 1
    assert await propose_matches(shop.merchant) == 0
    [seen] = (await proposed_matches(shop.merchant)).rows
    assert (seen.variant, seen.offer, seen.why, seen.ratio_percent) == (variant, offer, "gtin", 300)


async def test_brand_and_number_are_compared_without_punctuation_and_only_at_a_sane_price():
    shop, variant, sven = await two(brand="Ardoise", mpn="CH-77/b")
    near = await world.offer(sven, brand="ARDOISE", mpn="ch77B", price_e4=150_000)
    await world.offer(sven, brand="Ardoise", mpn="CH-77/B", price_e4=210_000)
    await world.offer(sven, brand="Lune", mpn="CH-77/B")
    assert await propose_matches(shop.merchant) == 1
    [seen] = (await proposed_matches(shop.merchant)).rows
    assert (seen.variant, seen.offer, seen.why) == (variant, near, "brand_mpn")


async def test_an_invalid_code_a_short_number_and_ones_own_supplier_propose_nothing():
    shop, _, sven = await two(gtin="123", gtin_valid=None, brand="Ardoise", mpn="7")
    await world.offer(sven, gtin="123", brand="Ardoise", mpn="7")
    await shop.offer(gtin_valid=GTIN, brand="Ardoise", mpn="7")
    assert await propose_matches(shop.merchant) == 0


async def test_confirming_adds_a_source_and_rejecting_is_remembered():
    shop, variant, sven = await two(gtin_valid=GTIN)
    await world.offer(sven, gtin_valid=GTIN, price_e4=20_000)
    await propose_matches(shop.merchant)
    [seen] = (await proposed_matches(shop.merchant)).rows
    await confirm_match(shop.merchant, seen.match, pack_quantity=3)
    assert await variant_of(shop, variant) == {"cost_e4": 60_000, "available": 13}
    with pytest.raises(Stale):
        await reject_match(shop.merchant, seen.match)
    other = await world.supplier("olga")
    await world.agreement(shop.merchant, other)
    await world.offer(other, gtin_valid=GTIN)
    await propose_matches(shop.merchant)
    [second] = (await proposed_matches(shop.merchant)).rows
    await reject_match(shop.merchant, second.match)
    assert await propose_matches(shop.merchant) == 0


async def test_a_person_may_match_and_part_by_hand():
    shop, variant, sven = await two()
    offer = await world.offer(sven, price_e4=90_000)
    await match_by_hand(shop.merchant, variant, offer)
    assert (await variant_of(shop, variant))["cost_e4"] == 90_000
    await part_offer(shop.merchant, variant, offer)
    assert await variant_of(shop, variant) == {"cost_e4": 100_000, "available": 10}
    with pytest.raises(Invalid):
        await match_by_hand(shop.merchant, variant, offer, pack_quantity=0)


async def test_strangers_offers_variants_and_matches_are_not_found():
    shop, variant, sven = await two(gtin_valid=GTIN)
    stranger = await world.trade()
    await world.offer(sven, gtin_valid=GTIN)
    await propose_matches(shop.merchant)
    [seen] = (await proposed_matches(shop.merchant)).rows
    with pytest.raises(NotFound):
        await match_by_hand(shop.merchant, variant, stranger.offer)
    with pytest.raises(NotFound):
        await match_by_hand(shop.merchant, stranger.variant, seen.offer)
    with pytest.raises(NotFound):
        await confirm_match(stranger.merchant, seen.match)
    assert (await proposed_matches(stranger.merchant)).rows == []


async def test_the_queue_pages():
    shop, _, sven = await two()
    for n in range(3):
        gtin = f"400638133393{n}"
        await curate(shop.merchant, [await shop.offer(gtin_valid=gtin, title=f"Thing {n}")])
        await world.offer(sven, gtin_valid=gtin)
    assert await propose_matches(shop.merchant) == 3
    first = await proposed_matches(shop.merchant, limit=2)
    rest = await proposed_matches(shop.merchant, after=first.after, limit=2)
    assert (first.total, len(first.rows), len(rest.rows), rest.after) == (3, 2, 1, None)
