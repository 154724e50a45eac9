"""What waits for a person: changes of feeds under an edit, and offers that may be the same goods."""

import pytest

from marketplace.catalogue.curate import curate
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
        for words in ("Same GTIN", "4006381333931", "Costs 450 % of yours: look twice", "Oak chair", "Sven"):
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
