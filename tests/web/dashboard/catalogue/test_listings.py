"""The table of listings: found, edited in the row, published, paused, filed and repriced, many at once."""

import re

import pytest

from marketplace.catalogue.publish import publish
from tests.support import world
from tests.web.dashboard.catalogue.desk import seated

pytestmark = pytest.mark.usefixtures("database")


async def test_drafts_say_what_they_lack_and_live_ones_why_they_cannot_be_bought():
    async with seated() as desk:
        await desk.product(images=[], title="Sans photo", sku="A")
        sold_out = await desk.product(title="Épuisé", sku="B", quantity=0)
        await publish(desk.shop.merchant, [sold_out])
        page = await desk.get("/listings")
        assert "It has no photo" in page.text
        assert "Live, not for sale" in page.text
        assert "It is out of stock" in page.text
        attention = await desk.get("/listings?tab=attention")
        assert "Épuisé" in attention.text
        assert "Sans photo" not in attention.text


async def test_a_title_is_edited_in_its_row_and_becomes_the_merchants_own():
    async with seated() as desk:
        product = await desk.product()
        edit = await desk.get(
            f"/listings/{product}/edit/title", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
        )
        assert 'value="Chaise en chêne"' in edit.text
        assert "<html" not in edit.text
        row = await desk.post(f"/listings/{product}/title", htmx=True, title="Notre chaise")
        assert row.status_code == 200
        assert "Notre chaise" in row.text
        assert "pencil own" in row.text
        assert row.text.lstrip().startswith("<tr")


async def test_without_javascript_a_row_is_edited_on_a_page_of_its_own():
    async with seated() as desk:
        product = await desk.product()
        page = await desk.get(f"/listings/{product}/edit/price")
        assert "<html" in page.text
        assert "Leave it empty" in page.text
        answer = await desk.post(f"/listings/{product}/price", price="19,90")
        assert answer.status_code == 303
        assert (await desk.variant(product))["own_price"] == 1990


async def test_a_wrong_price_is_told_beside_it_and_stays_typed():
    async with seated() as desk:
        product = await desk.product()
        answer = await desk.post(f"/listings/{product}/price", htmx=True, price="douze")
        assert answer.status_code == 422
        assert 'value="douze"' in answer.text
        assert "Please enter an amount" in answer.text
        assert answer.headers["HX-Retarget"] == f"#price-{product}"
        zero = await desk.post(f"/listings/{product}/price", price="0")
        assert zero.status_code == 422
        assert "more than nothing" in zero.text


async def test_an_emptied_price_goes_back_to_the_rules():
    async with seated() as desk:
        product = await desk.product()
        await desk.post(f"/listings/{product}/price", price="99")
        await desk.post(f"/listings/{product}/price", price="")
        variant = await desk.variant(product)
        assert variant["own_price"] is None
        assert variant["price"] == 2400


async def test_ticked_listings_are_published_and_what_lacks_something_is_told():
    async with seated() as desk:
        ready = await desk.product(sku="A")
        poor = await desk.product(sku="B", images=[])
        answer = await desk.post("/listings/publication", id=[str(ready), str(poor)], on_tab="draft")
        assert answer.status_code == 303
        assert "tab=draft" in answer.headers["location"]
        page = await desk.browser.get(answer.headers["location"])
        assert "1 listing is live now, 1 still lacks something" in page.text
        assert await desk.will(ready) == "live"
        assert await desk.will(poor) == "draft"


async def test_all_that_match_are_paused_retired_and_brought_back():
    async with seated() as desk:
        vase, chair = await desk.product(sku="A", title="Vase bleu"), await desk.product(sku="B")
        await publish(desk.shop.merchant, [vase, chair])
        await desk.post("/listings/pause", all="1", on_q="vase")
        assert (await desk.will(vase), await desk.will(chair)) == ("paused", "live")
        await desk.post("/listings/retirement", id=str(vase))
        assert await desk.will(vase) == "retired"
        assert "Vase bleu" in (await desk.get("/listings?tab=retired")).text
        assert "Vase bleu" not in (await desk.get("/listings")).text
        await desk.post("/listings/drafts", id=str(vase), on_tab="retired")
        assert await desk.will(vase) == "draft"


async def test_listings_move_into_a_category_that_the_feed_does_not_change_any_more():
    async with seated() as desk:
        product = await desk.product()
        shelf = await world.insert("category", merchant=desk.shop.merchant, slug="soldes", title="Soldes")
        answer = await desk.post("/listings/filing", id=str(product), into=str(shelf))
        assert "1 listing moved" in (await desk.browser.get(answer.headers["location"])).text
        assert await desk.value("SELECT category FROM product WHERE id = $1", product) == shelf
        foreign = await world.insert(
            "category", merchant=await world.merchant("bob"), slug="x", title="Elsewhere"
        )
        refused = await desk.post("/listings/filing", id=str(product), into=str(foreign))
        assert refused.status_code == 422
        assert "There is no such category." in refused.text
        assert (await desk.post("/listings/filing", id=str(product))).status_code == 422


async def test_prices_are_raised_after_a_look_and_once_only():
    async with seated() as desk:
        product = await desk.product()
        asked = await desk.post("/listings/prices", id=str(product))
        assert "1 listing is selected" in asked.text
        said = {"id": str(product), "way": "up", "by": "10", "rounding": ".90"}
        look = await desk.post("/listings/prices", **said)
        assert "€24.00" in look.text
        assert "€26.90" in look.text
        assert (await desk.variant(product))["price"] == 2400
        seen = re.search(r'name="seen" value="(\w+)"', look.text)
        assert seen
        answer = await desk.post("/listings/prices/application", **said, seen=seen[1])
        assert answer.status_code == 303
        assert (await desk.variant(product))["price"] == 2690
        again = await desk.post("/listings/prices/application", **said, seen=seen[1])
        assert again.status_code == 409
        assert (await desk.variant(product))["price"] == 2690


async def test_prices_go_back_to_the_rules_together():
    async with seated() as desk:
        product = await desk.product()
        await desk.post(f"/listings/{product}/price", price="99")
        look = await desk.post("/listings/prices", id=str(product), way="rules")
        assert "€99.00" in look.text
        assert "€24.00" in look.text
        seen = re.search(r'name="seen" value="(\w+)"', look.text)
        assert seen
        await desk.post("/listings/prices/application", id=str(product), way="rules", seen=seen[1])
        assert (await desk.variant(product))["price"] == 2400


@pytest.mark.parametrize("by", ["", "abc", "100000", "-5"])
async def test_a_change_that_cannot_be_meant_is_told_and_stays_typed(by: str):
    async with seated() as desk:
        product = await desk.product()
        answer = await desk.post("/listings/prices", id=str(product), way="down", by=by, rounding="none")
        assert answer.status_code == 422
        assert f'value="{by}"' in answer.text


async def test_a_strangers_listing_is_not_there_and_is_not_touched():
    async with seated() as theirs, seated() as desk:
        product = await theirs.product()
        for path in (f"/listings/{product}/edit/title", f"/listings/{product}/row", f"/listings/{product}"):
            headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
            assert (await desk.get(path, headers=headers)).status_code == 404
        assert (await desk.post(f"/listings/{product}/title", title="Mine")).status_code == 404
        assert (await desk.post(f"/listings/{product}/price", price="1")).status_code == 404
        await desk.post("/listings/retirement", id=str(product))
        assert await theirs.will(product) == "draft"


async def test_who_may_not_change_the_catalogue_reads_it_without_costs():
    async with seated("read_only") as desk:
        product = await desk.product(price_e4=123_400)
        page = await desk.get("/listings")
        assert page.status_code == 200
        assert "12.34" not in page.text
        assert "Margin" not in page.text
        assert "Publish" not in page.text
        assert "pencil" not in page.text
        shown = await desk.get(f"/listings/{product}")
        assert shown.status_code == 200
        assert "12.34" not in shown.text
        for path in ("publication", "pause", "retirement", "filing", "prices", f"{product}/title"):
            assert (await desk.post(f"/listings/{path}", id=str(product))).status_code == 403
