"""What a supplier's file may not do to a merchant's shop: wipe a correction, serve other goods, sell below the floor."""

from typing import Any

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.browse import show_product
from marketplace.catalogue.browse.product_page import ProductPage
from marketplace.catalogue.curate import curate
from marketplace.catalogue.decide_field import decide_field
from marketplace.catalogue.decide_fields import decide_fields
from marketplace.catalogue.decide_match import confirm_match, decide_matches, reject_match
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.pause import pause
from marketplace.catalogue.photos.arrange_photos import Arranged, arrange_photos
from marketplace.catalogue.price_listings import Reckoned, price_listings
from marketplace.catalogue.propagate import age_listings, propagate
from marketplace.catalogue.propose_matches import propose_matches
from marketplace.catalogue.proposed_matches import proposed_matches
from marketplace.catalogue.publish import publish
from marketplace.catalogue.read_queues import pending_decisions
from marketplace.catalogue.tables import MatchState
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid
from marketplace.relay import drain
from marketplace.sourcing.screens.feed_health import merchant_feeds
from marketplace.sourcing.undo_run import undo_run
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support import world
from tests.support.feeds import Feed, feed, lamp, rows

pytestmark = pytest.mark.usefixtures("database")
GTIN, OTHER = "4006381333931", "4006381333948"


async def selling(**first: Any) -> tuple[Shop, Feed, int]:
    """A shop that made a product of the first of ten lamps of a supplier's file: (shop, the feed, the product)."""
    shop = await open_shop()
    vera = await feed(shop.supplier)
    await vera.send(lamps(**first))
    offer = (await vera.offers())["L-001"]["id"]
    made = await curate(shop.merchant, [offer])
    await drain()
    return shop, vera, made.products[0]


def lamps(**first: Any) -> Any:
    return rows({**lamp(1, category="Lamps"), **first}, *(lamp(n, category="Lamps") for n in range(2, 11)))


async def look(shop: Shop, product: int) -> dict[str, Any]:
    async with acting_as(shop.merchant):
        row = await fetch_one(
            "SELECT p.title, v.id AS variant, v.gtin, v.weight_g, v.price, v.sellable, v.available, v.reasons FROM variant v"
            " JOIN product p ON p.id = v.product WHERE p.id = $1",
            product,
        )
    assert row is not None
    return {**row, "reasons": json.loads(row["reasons"])}


async def waiting(shop: Shop) -> dict[str, tuple[Any, Any]]:
    """Field → (mine, theirs)."""
    return {d.field: (d.mine, d.theirs) for d in (await pending_decisions(shop.merchant)).rows}


async def test_a_corrected_weight_and_code_survive_the_next_file_and_wait_when_it_says_otherwise():
    shop, vera, product = await selling(gtin=GTIN, weight="1.2")
    variant = (await look(shop, product))["variant"]
    await edit_variant(shop.merchant, variant, {"weight_g": 1500, "gtin": ""}, who="Paula")
    await vera.send(lamps(gtin=GTIN, weight="1.2", price="15.00"))
    await drain()
    seen = await look(shop, product)
    assert (seen["weight_g"], seen["gtin"], seen["price"]) == (1500, None, 3600)
    assert await waiting(shop) == {}, "the feed says what it said when they were corrected"
    await vera.send(lamps(gtin=OTHER, weight="1.3", price="15.00"))
    await drain()
    assert await waiting(shop) == {"weight_g": (1500, 1300), "gtin": (None, OTHER)}
    await decide_field(shop.merchant, product, "weight_g", Choice.THEIRS, variant=variant)
    await decide_field(shop.merchant, product, "gtin", Choice.ALWAYS_MINE, variant=variant)
    await vera.send(lamps(gtin=GTIN, weight="1.4", price="15.00"))
    await drain()
    seen = await look(shop, product)
    assert (seen["weight_g"], seen["gtin"], await waiting(shop)) == (1400, None, {})


async def test_a_weight_that_always_follows_the_supplier_cannot_be_typed_over():
    shop, _, product = await selling(weight="1.2")
    variant = (await look(shop, product))["variant"]
    await decide_field(shop.merchant, product, "weight_g", Choice.ALWAYS_THEIRS, variant=variant)
    with pytest.raises(Invalid) as refused:
        await edit_variant(shop.merchant, variant, {"weight_g": 1500})
    assert set(refused.value.problems) == {"weight_g"}


@pytest.mark.parametrize("kept", [False, True], ids=["unanswered", "kept mine"])
async def test_undoing_a_run_takes_its_questions_back_with_it_and_asks_no_new_ones(kept: bool):
    shop, vera, product = await selling(weight="1.2", image="https://img.example/a.jpg")
    variant = (await look(shop, product))["variant"]
    await edit_product(shop.merchant, product, {"title": "Notre lampe"})
    await edit_variant(shop.merchant, variant, {"weight_g": 1500})
    async with acting_as(shop.merchant):
        photo = await fetch_value("SELECT id FROM listing_photo WHERE product = $1", product)
    await arrange_photos(shop.merchant, product, [Arranged(photo, "A lamp")])
    run = await vera.send(lamps(title="Wrong", weight="9", image="https://img.example/b.jpg"))
    await drain()
    assert set(await waiting(shop)) == {"title", "weight_g", "photos"}
    if kept:
        ids = [d.id for d in (await pending_decisions(shop.merchant)).rows]
        assert await decide_fields(shop.merchant, ids, Choice.MINE) == 3
    await undo_run(shop.supplier, run["id"], by="Vera")
    await drain()
    assert await waiting(shop) == {}
    seen = await look(shop, product)
    assert (seen["title"], seen["weight_g"]) == ("Notre lampe", 1500)


async def test_undoing_a_run_takes_back_a_text_that_was_taken_from_it():
    shop, vera, product = await selling()
    await edit_product(shop.merchant, product, {"title": "Notre lampe"})
    run = await vera.send(lamps(title="Wrong"))
    await drain()
    await decide_field(shop.merchant, product, "title", Choice.THEIRS)
    assert (await look(shop, product))["title"] == "Wrong"
    await undo_run(shop.supplier, run["id"], by="Vera")
    await drain()
    assert (await look(shop, product))["title"] == "Lamp 1"


async def test_an_answer_holds_for_what_was_seen_and_not_for_what_the_feed_said_since():
    shop, vera, product = await selling()
    await edit_product(shop.merchant, product, {"title": "Notre lampe"})
    await vera.send(lamps(title="Seen"))
    await drain()
    [decision] = (await pending_decisions(shop.merchant)).rows
    await vera.send(lamps(title="Never seen"))
    await drain()
    assert (
        await decide_fields(shop.merchant, [decision.id], Choice.THEIRS, seen={decision.id: decision.mark})
        == 0
    )
    assert (await waiting(shop))["title"] == ("Notre lampe", "Never seen")
    [again] = (await pending_decisions(shop.merchant)).rows
    assert await decide_fields(shop.merchant, [again.id], Choice.THEIRS, seen={again.id: again.mark}) == 1
    assert (await look(shop, product))["title"] == "Never seen"


async def twin(shop: Shop, gtin: str | None = GTIN, **more: Any) -> tuple[int, Feed]:
    """A second supplier whose file has one lamp of this GTIN among others."""
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    theirs = await feed(sven)
    await theirs.send(others(gtin, **more))
    return sven, theirs


def others(gtin: str | None, **more: Any) -> Any:
    return rows(lamp(50, gtin=gtin or "", **more), *(lamp(n) for n in range(51, 60)))


async def matched(shop: Shop, sven: int) -> list[tuple[str, str]]:
    async with acting_as(shop.merchant):
        found = await fetch("SELECT state, why FROM match WHERE supplier = $1 ORDER BY id", sven)
    return [(row["state"], row["why"]) for row in found]


@pytest.mark.parametrize("later", [OTHER, "4006381333932", ""], ids=["another", "invalid", "none"])
async def test_an_offer_whose_code_changes_serves_nothing_until_a_person_looked_and_comes_back_with_it(
    later: str,
):
    shop, _, product = await selling(gtin=GTIN)
    sven, theirs = await twin(shop)
    await propose_matches(shop.merchant)
    [proposal] = (await proposed_matches(shop.merchant)).rows
    await confirm_match(shop.merchant, proposal.match)
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
    sven, theirs = await twin(shop)
    await propose_matches(shop.merchant)
    [proposal] = (await proposed_matches(shop.merchant)).rows
    await confirm_match(shop.merchant, proposal.match)
    await theirs.send(others(OTHER))
    await drain()
    await confirm_match(shop.merchant, proposal.match, pack_quantity=2)
    await theirs.send(others(""))
    await drain()
    assert await matched(shop, sven) == [("confirmed", "hand")]
    assert (await look(shop, product))["available"] == 15


async def test_a_proposal_is_withdrawn_when_its_code_was_a_mistake():
    shop, _, product = await selling(gtin=GTIN)
    sven, theirs = await twin(shop)
    await propose_matches(shop.merchant)
    await theirs.send(others(OTHER))
    await drain()
    assert await matched(shop, sven) == []
    assert product


async def test_a_merchant_who_corrects_a_code_is_asked_again_about_what_was_matched_by_it():
    shop, vera, product = await selling(gtin=GTIN)
    sven, _ = await twin(shop)
    await propose_matches(shop.merchant)
    await decide_matches(shop.merchant, [r.match for r in (await proposed_matches(shop.merchant)).rows], MatchState.CONFIRMED)  # fmt: skip
    await edit_variant(shop.merchant, (await look(shop, product))["variant"], {"gtin": OTHER})
    assert await matched(shop, sven) == [("proposed", "gtin_changed")]
    assert (await look(shop, product))["available"] == 10
    assert vera


@pytest.mark.parametrize("written", ["4006381333931", "04006381333931", "4006381-333931"])
async def test_a_code_is_the_same_however_it_is_written(written: str):
    shop, _, _ = await selling(gtin=GTIN)
    await twin(shop, written)
    assert await propose_matches(shop.merchant) == 1


async def test_a_code_that_a_supplier_gives_to_many_articles_matches_none_of_them():
    shop, _, product = await selling(gtin=GTIN)
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    offers = [await world.offer(sven, gtin_valid=GTIN) for _ in range(4)]
    assert await propose_matches(shop.merchant) == 0
    assert (await curate(shop.merchant, offers[:1])).matched == {}
    assert product


async def test_of_two_articles_with_one_code_a_person_picks_and_the_other_is_not_asked_about():
    shop, _, product = await selling(gtin=GTIN)
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
    assert product


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
    async with platform_scope("a test"):
        await execute(
            "INSERT INTO fx_rate (day, currency, per_euro_e6) VALUES (current_date, 'CZK', 25000000)"
            " ON CONFLICT (day, currency) DO UPDATE SET per_euro_e6 = 25000000"
        )
    sven = await world.supplier("sven")
    await world.agreement(shop.merchant, sven)
    dear = await world.offer(sven, brand="ARDOISE", mpn="ch77b")
    async with platform_scope("a test"):  # 640 crowns are 25.60 euros, more than twice the cost of 12.50
        await execute("UPDATE offer SET currency = 'CZK', price_e4 = 6400000 WHERE id = $1", dear)
    assert await propose_matches(shop.merchant) == 0
    async with platform_scope("a test"):  # 320 crowns are 12.80 euros
        await execute("UPDATE offer SET price_e4 = 3200000 WHERE id = $1", dear)
    assert await propose_matches(shop.merchant) == 1


async def set_sql(sql: str, *args: Any) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)


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
