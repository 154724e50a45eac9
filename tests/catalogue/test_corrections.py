"""What a merchant corrected survives the supplier's next file, and a person answers once for what was seen."""

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.decide_field import decide_field
from marketplace.catalogue.decide_fields import decide_fields
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.edit_variant import edit_variant
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.photos.arrange_photos import Arranged, arrange_photos
from marketplace.catalogue.read_queues import pending_decisions
from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import Invalid
from marketplace.relay import drain
from marketplace.sourcing.undo_run import undo_run
from tenants.scope import acting_as
from tests.catalogue.supplied import GTIN, OTHER, lamps, look, selling, waiting

pytestmark = pytest.mark.usefixtures("database")


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


async def test_corrections_that_wait_are_given_up_together():
    shop, vera, product = await selling(gtin=GTIN, weight="1.2")
    variant = (await look(shop, product))["variant"]
    await edit_variant(shop.merchant, variant, {"weight_g": 1500, "gtin": ""}, who="Paula")
    await vera.send(lamps(gtin=OTHER, weight="1.3"))
    await drain()
    ids = [decision.id for decision in (await pending_decisions(shop.merchant)).rows]
    assert await decide_fields(shop.merchant, ids, Choice.THEIRS) == 2
    seen = await look(shop, product)
    assert (seen["weight_g"], seen["gtin"], await waiting(shop)) == (1300, OTHER, {})


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
