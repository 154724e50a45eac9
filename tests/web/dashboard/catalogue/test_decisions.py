"""What waits for a person: changes of feeds under an edit, and offers that may be the same goods."""

import re

import pytest

from marketplace.catalogue.curate import curate
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.propagate import propagate
from marketplace.kernel.database import execute
from marketplace.web.dashboard.decisions_diff import pieces
from tenants.scope import platform_scope
from tests.support import world
from tests.web.dashboard.catalogue.desk import Seated, seated
from tests.web.dashboard.catalogue.test_product import the_feed_says

pytestmark = pytest.mark.usefixtures("database")


async def waiting(desk: Seated) -> tuple[int, int]:
    """(product, decision) with a title that waits."""
    product = await desk.product()
    await desk.post(f"/listings/{product}/title", title="Notre chaise")
    await the_feed_says(desk, title="Chaise en frêne")
    return product, await desk.value("SELECT id FROM field_state WHERE pending")


async def test_before_mine_and_theirs_stand_side_by_side():
    async with seated() as desk:
        await waiting(desk)
        page = await desk.get("/decisions")
        assert page.status_code == 200
        for words in ("Chaise en chêne", "Notre chaise", "<ins>frêne</ins>", "<del>chêne</del>"):
            assert words in page.text


@pytest.mark.parametrize(
    ("choice", "shown"),
    [("theirs", "Chaise en frêne"), ("mine", "Notre chaise"), ("always_mine", "Notre chaise")],
)
async def test_one_is_decided_and_the_queue_is_empty(choice: str, shown: str):
    async with seated() as desk:
        product, decision = await waiting(desk)
        answer = await desk.post("/decisions", one=f"{decision}:{choice}")
        assert answer.status_code == 303
        page = await desk.browser.get(answer.headers["location"])
        assert "1 decided" in page.text
        assert "Nothing to decide" in page.text
        assert await desk.value("SELECT title FROM product WHERE id = $1", product) == shown


async def test_the_ticked_ones_get_the_same_answer():
    async with seated() as desk:
        product, decision = await waiting(desk)
        await desk.post("/decisions", id=str(decision), choice="always_theirs")
        assert await desk.value("SELECT lock FROM field_state WHERE id = $1", decision) == "theirs"
        assert (await desk.post("/decisions", choice="mine")).status_code == 422
        assert (await desk.post("/decisions", id=str(decision), choice="mayhem")).status_code == 404
        assert product


async def test_the_queue_is_narrowed_and_all_that_match_get_one_answer():
    async with seated() as desk:
        for n in range(3):
            product = await desk.product(title=f"Chaise {n}")
            await desk.post(f"/listings/{product}/title", title=f"Notre chaise {n}")
            await desk.value(
                "UPDATE field_state SET own_value = 'Mine' WHERE product = $1 AND field = 'brand' RETURNING 1",
                product,
            )
        await the_feed_says(desk, title="Chaise en frêne", brand="Lune")
        page = await desk.get("/decisions?field=brand")
        assert page.text.count('name="id"') == 3
        assert "Brand (3)" in page.text
        assert "Notre chaise 1" in page.text, "each product by its title"
        answer = await desk.post("/decisions", on_field="brand", all="1", choice="theirs")
        assert "done=3" in answer.headers["location"]
        assert await desk.value("SELECT count(*) FROM product WHERE brand = 'Lune'") == 3
        assert await desk.value("SELECT count(*) FROM field_state WHERE pending AND field = 'title'") == 3


async def test_what_the_feed_said_after_the_page_was_shown_is_not_taken_unseen():
    async with seated() as desk:
        product, decision = await waiting(desk)
        [seen] = re.findall(rf'name="saw_{decision}" value="(\w+)"', (await desk.get("/decisions")).text)
        await the_feed_says(desk, title="Chaise en pin")
        answer = await desk.post("/decisions", one=f"{decision}:theirs", **{f"saw_{decision}": seen})
        page = await desk.browser.get(answer.headers["location"])
        assert "1 was left" in page.text
        assert "<ins>pin</ins>" in page.text
        assert await desk.value("SELECT title FROM product WHERE id = $1", product) == "Notre chaise"


async def test_a_corrected_weight_waits_beside_the_texts_and_its_lock_is_set_on_the_variants_page():
    async with seated() as desk:
        product = await desk.product(weight_g=400)
        variant = (await desk.variant(product))["id"]
        here = f"/listings/{product}/variants/{variant}"
        sku = (await desk.variant(product))["sku"]
        await desk.post(here, sku=sku, weight_g="500", tax_category="standard", gtin="", own_price="")
        async with platform_scope("a feed"):
            await execute("UPDATE offer SET weight_g = 450 WHERE supplier = $1", desk.shop.supplier)
        await follow_feed(desk.shop.merchant, desk.shop.supplier)
        queue = await desk.get("/decisions")
        for words in ("Weight in grams", sku, "<ins>450</ins>", "<del>400</del>"):
            assert words in queue.text
        page = await desk.get(here)
        assert "The feed says: 450" in page.text
        assert (await desk.post(f"{here}/fields/weight_g", choice="always_mine")).status_code == 303
        assert "locked" in (await desk.get(here)).text
        assert (await desk.variant(product))["weight_g"] == 500
        assert (await desk.post(f"{here}/fields/weight_g", choice="mayhem")).status_code == 404
        assert (await desk.post(f"{here}/fields/price", choice="mine")).status_code == 404
        assert "Nothing to decide" in (await desk.get("/decisions")).text


async def test_photos_that_cannot_be_had_are_named_with_the_reason():
    async with seated(locale="fr") as desk:
        product = await desk.product()
        assert "Toutes les photos ont été trouvées" in (await desk.get("/decisions/photos")).text
        async with platform_scope("a worker"):
            await execute(
                "INSERT INTO offer_photo (supplier, offer, url, state, error, checked_at) SELECT supplier, id, images[1], 'broken',"
                " 'bad_status: img.example answered with status 404.', now() FROM offer WHERE supplier = $1",
                desk.shop.supplier,
            )
        page = await desk.get("/decisions/photos")
        for words in (
            "https://img.example/1.jpg",
            "img.example a répondu par le statut 404.",
            f"/listings/{product}#photos",
            "Vera",
        ):
            assert words in page.text
        assert "img.example a répondu par le statut 404." in (await desk.get(f"/listings/{product}")).text


async def test_a_strangers_decision_is_not_decided():
    async with seated() as theirs, seated() as desk:
        _, decision = await waiting(theirs)
        await desk.post("/decisions", one=f"{decision}:theirs")
        assert await theirs.value("SELECT pending FROM field_state WHERE id = $1", decision)


async def proposed(desk: Seated, price_e4: int = 450_000) -> int:
    """A second supplier's offer under the GTIN of something sold, at a price that proves nothing."""
    await desk.product(gtin="4006381333931", gtin_valid="4006381333931")
    other = await world.supplier("sven")
    await world.agreement(desk.shop.merchant, other)
    twin = await world.offer(
        other, title="Oak chair", price_e4=price_e4, gtin="4006381333931", gtin_valid="4006381333931"
    )
    await curate(desk.shop.merchant, [twin])
    return int(await desk.value("SELECT id FROM match WHERE state = 'proposed'"))


async def test_a_proposal_shows_its_evidence_and_a_price_that_makes_no_sense():
    async with seated() as desk:
        await proposed(desk)
        page = await desk.get("/matches")
        for words in ("Same GTIN", "4006381333931", "Costs 450% of yours: look twice", "Oak chair", "Sven"):
            assert words in page.text


async def test_a_proposal_is_confirmed_with_its_pack_or_rejected_once():
    async with seated() as desk:
        match = await proposed(desk)
        wrong = await desk.post(f"/matches/{match}/confirmation", pack_quantity="none")
        assert wrong.status_code == 422
        assert 'value="none"' in wrong.text
        assert (await desk.post(f"/matches/{match}/confirmation", pack_quantity="2")).status_code == 303
        assert await desk.value("SELECT pack_quantity FROM match WHERE id = $1", match) == 2
        assert (await desk.post(f"/matches/{match}/rejection")).status_code == 409


async def test_many_are_rejected_together_and_somebody_elses_stay():
    async with seated() as theirs, seated() as desk:
        foreign, match = await proposed(theirs), await proposed(desk)
        assert (await desk.post(f"/matches/{foreign}/confirmation", pack_quantity="1")).status_code == 404
        await desk.post("/matches", id=str(match), choice="reject")
        assert await desk.value("SELECT state FROM match WHERE id = $1", match) == "rejected"
        assert (await desk.post("/matches", choice="reject")).status_code == 422
        async with platform_scope("look"):
            assert await execute("SELECT 1 FROM match WHERE id = $1 AND state = 'proposed'", foreign) == 1


async def test_a_match_whose_code_changed_says_so_and_all_are_answered_at_once():
    async with seated() as desk:
        match = await proposed(desk)
        await desk.post(f"/matches/{match}/confirmation", pack_quantity="2")
        async with platform_scope("a feed"):
            await execute(
                "UPDATE offer SET gtin_valid = '4006381333948', last_run = 7 WHERE title = 'Oak chair'"
            )
        supplier = await desk.value("SELECT supplier FROM match WHERE id = $1", match)
        await propagate(desk.shop.merchant, supplier, 7)
        page = await desk.get("/matches")
        assert "Its GTIN changed" in page.text
        assert 'name="pack_quantity" value="2"' in page.text
        answer = await desk.post("/matches", all="1", choice="confirm")
        assert "done=1" in answer.headers["location"]
        assert (
            await desk.value("SELECT state || why || pack_quantity FROM match WHERE id = $1", match)
            == "confirmedhand2"
        )


async def test_who_only_reads_sees_the_queues_and_decides_nothing():
    async with seated("support") as desk:
        match = await proposed(desk)
        page = await desk.get("/matches")
        assert page.status_code == 200
        assert "450 %" not in page.text
        assert "confirmation" not in page.text
        assert (await desk.post(f"/matches/{match}/confirmation")).status_code == 403
        assert (await desk.post("/decisions", one="1:mine")).status_code == 403


def test_words_that_came_and_went_are_marked_and_the_rest_is_not():
    made = pieces("Un vase en grès", "Un grand vase en verre")
    assert [p.text.strip() for p in made if p.kind == "new"] == ["grand", "verre"]
    assert [p.text for p in made if p.kind == "gone"] == ["grès"]
    assert "".join(p.text for p in made if p.kind != "gone") == "Un grand vase en verre"
    assert pieces(None, None) == []
