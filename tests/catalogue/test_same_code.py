"""Offers matched by their code serve what they are matched to as long as both state it, and a person answers once."""

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.curate import curate
from marketplace.catalogue.decide_match import confirm_match, decide_matches, reject_match
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.propose_matches import propose_matches
from marketplace.catalogue.proposed_matches import proposed_matches
from marketplace.catalogue.tables import MatchState
from marketplace.kernel.database import fetch
from marketplace.relay import drain
from marketplace.sourcing.undo_run import undo_run
from tenants.scope import acting_as
from tests.catalogue.shop import Shop
from tests.catalogue.supplied import GTIN, OTHER, look, selling, set_sql
from tests.support import world
from tests.support.feeds import Feed, feed, lamp, rows

pytestmark = pytest.mark.usefixtures("database")


async def twin(shop: Shop, gtin: str = GTIN) -> tuple[int, Feed]:
    """A second supplier whose file has one lamp of this GTIN among others."""
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    theirs = await feed(sven)
    await theirs.send(others(gtin))
    return sven, theirs


async def confirmed_twin(shop: Shop) -> tuple[int, Feed, int]:
    """(the second supplier, its feed, the match that was proposed by GTIN and confirmed)."""
    sven, theirs = await twin(shop)
    await propose_matches(shop.merchant)
    [proposal] = (await proposed_matches(shop.merchant)).rows
    await confirm_match(shop.merchant, proposal.match)
    return sven, theirs, proposal.match


def others(gtin: str) -> str:
    return rows(lamp(50, gtin=gtin), *(lamp(n) for n in range(51, 60)))


async def matched(shop: Shop, sven: int) -> list[tuple[str, str]]:
    async with acting_as(shop.merchant):
        found = await fetch("SELECT state, why FROM match WHERE supplier = $1 ORDER BY id", sven)
    return [(row["state"], row["why"]) for row in found]


@pytest.mark.parametrize("later", [OTHER, "4006381333932", ""], ids=["another", "invalid", "none"])
async def test_an_offer_whose_code_changes_serves_nothing_until_a_person_looked_and_comes_back_with_it(
    later: str,
):
    shop, _, product = await selling(gtin=GTIN)
    sven, theirs, _ = await confirmed_twin(shop)
    assert (await look(shop, product))["available"] == 20
    run = await theirs.send(others(later))
    await drain()
    assert await matched(shop, sven) == [("proposed", "gtin_changed")]
    assert (await look(shop, product))["available"] == 10
    await undo_run(sven, run["id"], by="Sven")
    await drain()
    assert await matched(shop, sven) == [("confirmed", "gtin")]
    assert (await look(shop, product))["available"] == 20


async def test_who_confirms_a_match_whose_code_changed_is_not_asked_about_it_again():
    shop, _, product = await selling(gtin=GTIN)
    sven, theirs, match = await confirmed_twin(shop)
    await theirs.send(others(OTHER))
    await drain()
    await confirm_match(shop.merchant, match, pack_quantity=2)
    await theirs.send(others(""))
    await drain()
    assert await matched(shop, sven) == [("confirmed", "hand")]
    assert (await look(shop, product))["available"] == 15


async def test_a_proposal_is_withdrawn_when_its_code_was_a_mistake():
    shop, _, _ = await selling(gtin=GTIN)
    sven, theirs = await twin(shop)
    assert await propose_matches(shop.merchant) == 1
    await theirs.send(others(OTHER))
    await drain()
    assert await matched(shop, sven) == []


async def test_a_merchant_who_corrects_a_code_is_asked_again_about_what_was_matched_by_it():
    shop, _, product = await selling(gtin=GTIN)
    sven, _ = await twin(shop)
    await propose_matches(shop.merchant)
    await decide_matches(shop.merchant, [r.match for r in (await proposed_matches(shop.merchant)).rows], MatchState.CONFIRMED)  # fmt: skip
    await edit_variant(shop.merchant, (await look(shop, product))["variant"], {"gtin": OTHER})
    assert await matched(shop, sven) == [("proposed", "gtin_changed")]
    assert (await look(shop, product))["available"] == 10


@pytest.mark.parametrize("written", ["4006381333931", "04006381333931", "4006381-333931"])
async def test_a_code_is_the_same_however_it_is_written(written: str):
    shop, _, _ = await selling(gtin=GTIN)
    await twin(shop, written)
    assert await propose_matches(shop.merchant) == 1


async def test_a_code_that_a_supplier_gives_to_many_articles_matches_none_of_them():
    shop, _, _ = await selling(gtin=GTIN)
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    offers = [await world.offer(sven, gtin_valid=GTIN) for _ in range(4)]
    assert await propose_matches(shop.merchant) == 0
    assert (await curate(shop.merchant, offers[:1])).matched == {}


async def test_of_two_articles_with_one_code_a_person_picks_and_the_other_is_not_asked_about():
    shop, _, _ = await selling(gtin=GTIN)
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    first, second = [await world.offer(sven, gtin_valid=GTIN) for _ in range(2)]
    assert await propose_matches(shop.merchant) == 2
    one, two = (await proposed_matches(shop.merchant)).rows
    assert (one.repeats, two.repeats) == (2, 2)
    await reject_match(shop.merchant, one.match)
    await confirm_match(shop.merchant, two.match)
    assert [s for s, _ in await matched(shop, sven)] == ["rejected", "confirmed"]
    assert await propose_matches(shop.merchant) == 0
    assert (first, second) == (one.offer, two.offer)


async def test_many_proposals_are_decided_together_and_a_refusal_is_remembered():
    shop, _, _ = await selling(gtin=GTIN)
    await twin(shop)
    await propose_matches(shop.merchant)
    ids = [row.match for row in (await proposed_matches(shop.merchant)).rows]
    assert await decide_matches(shop.merchant, ids, MatchState.REJECTED) == 1
    assert await decide_matches(shop.merchant, ids, MatchState.CONFIRMED) == 0
    assert await propose_matches(shop.merchant) == 0


async def test_a_number_is_guarded_by_its_price_in_the_merchants_own_money():
    shop, _, _ = await selling(brand="Ardoise", mpn="CH-77/B")
    await set_sql(
        "INSERT INTO fx_rate (day, currency, per_euro_e6) VALUES (current_date, 'CZK', 25000000)"
        " ON CONFLICT (day, currency) DO UPDATE SET per_euro_e6 = 25000000"
    )
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    dear = await world.offer(sven, brand="ARDOISE", mpn="ch77b")
    # 640 crowns are 25.60 euros, more than twice the cost of 12.50
    await set_sql("UPDATE offer SET currency = 'CZK', price_e4 = 6400000 WHERE id = $1", dear)
    assert await propose_matches(shop.merchant) == 0
    await set_sql("UPDATE offer SET price_e4 = 3200000 WHERE id = $1", dear)  # 320 crowns are 12.80 euros
    assert await propose_matches(shop.merchant) == 1
