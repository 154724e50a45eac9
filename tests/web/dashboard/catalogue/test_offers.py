"""A merchant finds offers on the page, takes up one, a page or all that match, and publishes what is ready."""

import pytest

import marketplace.reactions  # noqa: F401
from marketplace.relay import drain
from tests.catalogue.shop import COMPLETE
from tests.web.dashboard.catalogue.desk import seated

pytestmark = pytest.mark.usefixtures("database")


async def test_a_merchant_sees_cost_price_and_margin_and_finds_as_it_types():
    async with seated() as desk:
        await desk.shop.offer(title="Vase Galet", price_e4=100_000)
        await desk.shop.offer(title="Chaise Lune")
        page = await desk.get("/offers")
        assert page.status_code == 200
        assert "€10.00" in page.text
        assert "€24.00" in page.text
        assert "50%" in page.text
        typed = await desk.get(
            "/offers?q=galet", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
        )
        assert "Vase Galet" in typed.text
        assert "Chaise" not in typed.text
        assert "<html" not in typed.text


async def test_who_may_not_see_costs_sees_prices_only():
    async with seated("support") as desk:
        await desk.shop.offer(title="Vase Galet", price_e4=123_400)
        page = await desk.get("/offers?sort=cost")
        assert page.status_code == 200
        assert "12.34" not in page.text
        assert "Margin" not in page.text
        assert 'name="id"' not in page.text


async def test_ticked_offers_become_drafts_that_are_published_from_the_summary():
    async with seated() as desk:
        offer = await desk.shop.offer(**COMPLETE)
        poor = await desk.shop.offer(title="Sans rien")
        answer = await desk.post("/offers/curations", id=[str(offer), str(poor)])
        assert answer.status_code == 303
        summary = await desk.browser.get(answer.headers["location"])
        assert "1 is ready to publish, 1 lacks something" in summary.text
        assert "It has no photo" in summary.text
        curation = answer.headers["location"].rsplit("/", 1)[1]
        done = await desk.post(f"/offers/curations/{curation}/publication")
        assert done.status_code == 303
        after = await desk.browser.get(done.headers["location"])
        assert "1 listing is live now" in after.text
        assert await desk.value("SELECT count(*) FROM listing WHERE will = 'live'") == 1
        assert "Listed" in (await desk.get("/offers")).text


async def test_all_that_match_are_taken_up_and_nothing_else():
    async with seated() as desk:
        for n in range(3):
            await desk.shop.offer(title=f"Vase {n}", brand="Galet")
        await desk.shop.offer(title="Chaise", brand="Lune")
        answer = await desk.post("/offers/curations", all="1", brand="Galet")
        assert answer.status_code == 303
        assert await desk.value("SELECT count(*) FROM product") == 3


async def test_a_long_selection_shows_how_far_it_is_until_the_worker_is_done(monkeypatch):
    monkeypatch.setattr("marketplace.web.dashboard.offers.SLICE", 2)
    async with seated() as desk:
        for n in range(3):
            await desk.shop.offer(title=f"Vase {n}")
        answer = await desk.post("/offers/curations", all="1")
        here = answer.headers["location"]
        assert "every 1s" in (await desk.browser.get(here)).text
        await drain()
        page = await desk.browser.get(here)
        assert "every 1s" not in page.text
        assert await desk.value("SELECT count(*) FROM product") == 3


async def test_what_is_skipped_is_told_with_the_reason():
    async with seated() as desk:
        offer = await desk.shop.offer(title="Vase")
        await desk.post("/offers/curations", id=str(offer))
        answer = await desk.post("/offers/curations", id=str(offer))
        assert "already in your catalogue" in (await desk.browser.get(answer.headers["location"])).text


async def test_nothing_ticked_keeps_the_filters_and_says_so():
    async with seated() as desk:
        await desk.shop.offer(title="Vase")
        answer = await desk.post("/offers/curations", q="vase")
        assert answer.status_code == 422
        assert "No offer is selected." in answer.text
        assert 'value="vase"' in answer.text


async def test_an_offer_of_a_stranger_is_not_taken_up():
    async with seated() as theirs, seated() as desk:
        offer = await theirs.shop.offer(title="Foreign")
        answer = await desk.post("/offers/curations", id=str(offer))
        assert "no longer there" in (await desk.browser.get(answer.headers["location"])).text
        assert await desk.value("SELECT count(*) FROM product WHERE merchant = $1", desk.shop.merchant) == 0


async def test_a_strangers_curation_is_not_there_and_who_may_not_change_is_told():
    async with seated() as theirs, seated() as desk:
        answer = await theirs.post("/offers/curations", id=str(await theirs.shop.offer()))
        number = answer.headers["location"].rsplit("/", 1)[1]
        assert (await desk.get(f"/offers/curations/{number}")).status_code == 404
        assert (await desk.post(f"/offers/curations/{number}/publication")).status_code == 404
        async with seated("orders", desk.shop) as colleague:
            assert (await colleague.post("/offers/curations", id="1")).status_code == 403


@pytest.mark.parametrize("sort", ["title", "cost", "-cost", "margin", "stock", "nonsense"])
async def test_pages_follow_each_other_in_every_order(sort: str, monkeypatch):
    monkeypatch.setattr(
        "marketplace.catalogue.find_offers.find_offers.__kwdefaults__", {"after": None, "limit": 2}
    )
    async with seated() as desk:
        for n in range(3):
            await desk.shop.offer(title=f"Vase {n}", price_e4=100_000 + n, quantity=n + 1)
        first = await desk.get(f"/offers?sort={sort}")
        assert 'rel="next"' in first.text
        import re

        following = re.search(r'href="([^"]+)" rel="next"', first.text)
        assert following
        second = await desk.browser.get(following[1].replace("&amp;", "&"))
        shown = [n for n in range(3) if f"Vase {n}" in first.text]
        assert len(shown) == 2
        assert [n for n in range(3) if f"Vase {n}" in second.text] == [n for n in range(3) if n not in shown]
