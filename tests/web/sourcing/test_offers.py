"""A supplier finds its offers, sees why each is sold or not, and keeps some by hand."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from marketplace.kernel.database import execute, fetch_one
from tenants.scope import acting_as
from tests.support import feeds, world
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")


def _sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_offers_are_found_by_number_title_and_reason():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3), feeds.lamp(7, title="Floor light", quantity="0")))
    async with seated(feed.supplier) as vera:
        everything = await vera.see("/offers")
        by_number = await vera.fragment("/offers?q=L-002")
        by_title = await vera.fragment("/offers?q=floor")
        sold_out = await vera.see("/offers?tab=not_sold&why=out_of_stock")
        nothing = await vera.see("/offers?q=no%25such")
    assert everything.count('class="o-what"') == 4
    assert (by_number.text.count('class="o-what"'), "Lamp 2" in by_number.text) == (1, True)
    assert "<html" not in by_number.text
    assert "Floor light" in by_title.text
    assert sold_out.count('class="o-what"') == 1
    assert "No offer fits these words and filters." in nothing


async def test_offers_page_by_article_number():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(55)))
    async with seated(feed.supplier) as vera:
        first = await vera.see("/offers")
        rest = await vera.see("/offers?after=L-050")
    assert f'href="{vera.home}/offers?after=L-050"' in first
    assert first.count('class="o-what"') == 50
    assert rest.count('class="o-what"') == 5


async def test_an_offer_tells_its_trail_and_why_it_was_not_sold_at_a_minute():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1)))
    await feed.send(feeds.rows(feeds.lamp(1, quantity="0", price="13.00")))
    offer = (await feed.offer())["id"]
    before = (datetime.now(UTC) - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    async with seated(feed.supplier) as vera:
        page = await vera.see(f"/offers/{offer}")
        then = await vera.fragment(f"/offers/{offer}?at={before}")
        odd = await vera.see(f"/offers/{offer}?at=yesterday")
        for end in (
            "0001-01-01T00:00",
            "0001-01-01T00:00%2B14:00",
            "9999-12-31T23:59",
            "9999-12-31T23:59-11:00",
        ):
            assert "Can it be sold?" in await vera.see(f"/offers/{offer}?at={end}")
    assert "It is out of stock" in page
    assert re.search(r'class="was"><span class="num nowrap">€12.50</span>', page)
    assert "It was not known yet" in then.text
    assert "<html" not in then.text
    assert "It is out of stock" in odd


async def test_a_picture_that_cannot_be_had_says_why_in_the_readers_language():
    supplier = await world.supplier()
    offer = await world.offer(supplier)
    await world.insert(
        "offer_photo", supplier=supplier, offer=offer, url="https://img.example/1.jpg", state="broken",
        error="bad_status: img.example answered with status 404.",
    )  # fmt: skip
    async with seated(supplier, locale="fr") as vera:
        page = await vera.see(f"/offers/{offer}")
    assert "img.example a répondu par le statut 404." in page
    assert "bad_status" not in page


async def test_the_sheet_holds_what_is_filtered_and_no_formula():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1, title="=1+1"), feeds.lamp(2)))
    async with seated(feed.supplier) as vera:
        answer = await vera.get("/offers/sheet.xlsx?q=L-001")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("SKU", "Title", "Price", "Currency")
    assert len(rows) == 2
    assert rows[1][:2] == ("L-001", "'=1+1")
    assert float(rows[1][2]) == 12.5


async def test_rows_typed_into_the_grid_become_offers_that_do_not_age_in_a_day():
    supplier = await world.supplier()
    typed = {
        "known": ["0", "0"], "sku-0": "H-1", "title-0": "Hand-made lamp", "price-0": "12,50", "currency-0": "eur", "quantity-0": "4",
        "sku-1": "", "title-1": "", "price-1": "", "currency-1": "EUR", "quantity-1": "",
    }  # fmt: skip
    async with seated(supplier) as vera:
        answer = await vera.post("/offers/grid", **typed)
        assert answer.headers["location"].endswith("?saved=1")
        page = await vera.see("/offers/grid")
        feeds_page = await vera.see("/feeds")
    assert 'value="Hand-made lamp"' in page
    assert "By hand" not in feeds_page
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT o.price_e4, o.quantity, o.not_sellable, l.stale_after_hours FROM offer o JOIN offer_lease l ON l.offer = o.id"
            " WHERE o.supplier = $1",
            supplier,
        )
    assert row == {"price_e4": 125_000, "quantity": 4, "not_sellable": None, "stale_after_hours": 720}


async def test_a_wrong_cell_saves_nothing_and_keeps_everything_typed():
    supplier = await world.supplier()
    typed = {
        "known": ["0", "0"], "sku-0": "H-1", "title-0": "Right", "price-0": "5", "currency-0": "EUR", "quantity-0": "1",
        "sku-1": "H-2", "title-1": "", "price-1": "a lot", "currency-1": "EUR", "quantity-1": "some",
    }  # fmt: skip
    async with seated(supplier) as vera:
        answer = await vera.post("/offers/grid", **typed)
    assert answer.status_code == 422
    assert "Nothing was saved yet" in answer.text
    for kept in ("Right", "a lot", "some"):
        assert f'value="{kept}"' in answer.text
    assert "This is not a price." in answer.text
    async with acting_as(supplier):
        assert await fetch_one("SELECT 1 FROM offer WHERE supplier = $1", supplier) is None


async def test_only_lines_a_person_touched_are_written():
    supplier = await world.supplier()
    one = {
        "known": ["0"],
        "sku-0": "H-1",
        "title-0": "Lamp",
        "price-0": "5",
        "currency-0": "EUR",
        "quantity-0": "1",
    }
    async with seated(supplier) as vera:
        await vera.post("/offers/grid", **one)
        async with acting_as(supplier):  # somebody else sold one meanwhile
            await execute("UPDATE offer SET quantity = 0 WHERE supplier = $1", supplier)
        shown = {f"{prefix}{name}-0": value for prefix in ("", "was-") for name, value in (("sku", "H-1"), ("title", "Lamp"), ("price", "5"), ("currency", "EUR"), ("quantity", "1"))}  # fmt: skip
        await vera.post("/offers/grid", known=["1"], **{**shown, "price-0": "6"})
    async with acting_as(supplier):
        row = await fetch_one("SELECT price_e4, quantity FROM offer WHERE supplier = $1", supplier)
    assert row == {"price_e4": 60_000, "quantity": 0}


async def test_a_sheet_comes_back_whole_or_not_at_all():
    supplier = await world.supplier()
    heads = ["SKU", "Title", "Price", "Quantity", "Our remark"]
    async with seated(supplier) as vera:
        wrong = await vera.post(
            "/offers/sheet",
            files={
                "file": ("o.xlsx", _sheet(heads, ["S-1", "One", 4.5, 3, "x"], ["S-2", "Two", "dear", 1, ""]))
            },
        )
        assert wrong.status_code == 422
        assert "Row 3, Price: This is not a price." in re.sub(r"<[^>]+>", "", wrong.text)
        right = await vera.post(
            "/offers/sheet", files={"file": ("o.xlsx", _sheet(heads, ["S-1", "One", 4.5, 3, "x"]))}
        )
        assert right.headers["location"].endswith("?saved=1")
        headless = await vera.post("/offers/sheet", files={"file": ("o.xlsx", _sheet(["a", "b"], [1, 2]))})
        nothing = await vera.post("/offers/sheet")
        text = await vera.post("/offers/sheet", files={"file": ("o.xlsx", b"no workbook at all")})
    assert "The first row of the sheet must hold the headings" in headless.text
    assert "Choose the file to send first." in nothing.text
    assert (nothing.status_code, text.status_code) == (422, 422)


async def test_an_offer_of_a_feed_is_changed_in_the_feed_and_one_of_the_grid_here():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1)))
    stated = (await feed.offer())["id"]
    async with seated(feed.supplier) as vera:
        refused = await vera.post(f"/offers/{stated}", title="Mine", price="1", quantity="1", lead_days="")
        assert refused.status_code == 422
        assert "A feed says what this offer is" in refused.text
        await vera.post(
            "/offers/grid",
            **{"known": ["0"], "sku-0": "H-1", "title-0": "Lamp", "price-0": "5", "quantity-0": "1"},
        )
        own = (await feed.offer("H-1"))["id"]
        wrong = await vera.post(f"/offers/{own}", title="", price="5", quantity="1", lead_days="")
        assert wrong.status_code == 422
        assert "An offer needs a title." in wrong.text
        assert (
            await vera.post(f"/offers/{own}", title="Brighter", price="5", quantity="7", lead_days="2")
        ).status_code == 303
        assert "Changed by hand" in await vera.see(f"/offers/{own}")
    assert (await feed.offer("H-1"))["quantity"] == 7


async def test_the_warehouse_reads_offers_and_changes_none():
    feed = await feeds.feed()
    await feed.send(feeds.rows(feeds.lamp(1)))
    offer = (await feed.offer())["id"]
    async with seated(feed.supplier, "warehouse") as sam, seated(await world.supplier()) as stranger:
        await sam.see("/offers")
        await sam.see(f"/offers/{offer}")
        assert (await sam.get("/offers/grid")).status_code == 403
        for path in ("/offers/grid", "/offers/sheet", f"/offers/{offer}"):
            assert (await sam.post(path)).status_code == 403
        assert (await stranger.get(f"/offers/{offer}")).status_code == 404
