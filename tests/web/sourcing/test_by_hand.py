"""A supplier without a feed keeps its offers in a grid or a workbook: what cannot be is said at its cell, and nothing is lost."""

import io
import re
import zipfile

import pytest
from lxml import html
from openpyxl import Workbook, load_workbook

from marketplace.kernel.database import execute, fetch, fetch_one
from tenants.scope import acting_as
from tests.support import world
from tests.web.sourcing.desk import Seated, seated

pytestmark = pytest.mark.usefixtures("database")
HEADS = ["SKU", "Title", "Price", "Quantity", "Currency", "GTIN"]
PAGE = re.compile(r"<[^>]+>")


def sheet(*rows: list[object], start: int = 1) -> bytes:
    book = Workbook()
    for number, row in enumerate(rows, start=start):
        for place, value in enumerate(row, start=1):
            book.active.cell(number, place, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def send(vera: Seated, data: bytes, name: str = "offers.xlsx") -> tuple[int, str]:
    """(status, what the page says)."""
    answer = await vera.post("/offers/sheet", files={"file": (name, data)})
    return answer.status_code, re.sub(r"\s+", " ", PAGE.sub(" ", answer.text))


async def offers(supplier: int) -> dict[str, dict]:
    async with acting_as(supplier):
        found = await fetch(
            "SELECT sku, title, price_e4, currency, quantity, gtin, id FROM offer WHERE supplier = $1",
            supplier,
        )
    return {row["sku"]: row for row in found}


def line(place: int = 0, *, was: dict[str, str] | None = None, **typed: str) -> dict[str, str]:
    values = {"sku": "H-1", "title": "Lamp", "price": "5", "currency": "EUR", "quantity": "1", **typed}
    sent = {f"{name}-{place}": value for name, value in values.items()}
    return sent | {f"was-{name}-{place}": value for name, value in (was or {}).items()}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"title": "a\x00b"}, "That holds characters that cannot be kept."),
        ({"sku": "a\x00b"}, "That holds characters that cannot be kept."),
        ({"sku": "x" * 201}, "That is too long."),
        ({"title": "x" * 2_001}, "That is too long."),
        ({"price": "9" * 30}, "This is not a price."),
        ({"price": "NaN"}, "This is not a price."),
        ({"price": "on request"}, "This is not a price."),
        ({"price": "-5"}, "This is not a price."),
        ({"quantity": "-1"}, "A whole number, please."),
        ({"quantity": "1.5"}, "A whole number, please."),
        ({"quantity": "1 0"}, "A whole number, please."),
        ({"quantity": "1\t000"}, "A whole number, please."),
        ({"quantity": "9" * 30}, "A whole number, please."),
        ({"quantity": "٣"}, "A whole number, please."),
        ({"currency": "XYZ"}, "This is not a currency code."),
    ],
)
async def test_a_cell_that_cannot_be_says_so_beside_itself_and_keeps_its_text(cell, said):
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        answer = await vera.post("/offers/grid", known=["0"], **line(**cell))
    ((name, typed),) = cell.items()
    assert answer.status_code == 422
    assert f'name="{name}-0" value="{typed}"' in answer.text
    field = answer.text[answer.text.index(f'name="{name}-0"') :]
    assert field.partition('<p class="problem">')[2].startswith(said)
    assert await offers(supplier) == {}


async def test_thousands_are_read_as_people_write_them():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        for typed in ("1 250", "1\u202f250", "1\xa0250", "1250"):
            answer = await vera.post("/offers/grid", known=["0"], **line(quantity=typed, price="1 250,50 €"))
            assert answer.status_code == 303, typed
    assert (await offers(supplier))["H-1"]["quantity"] == 1250
    assert (await offers(supplier))["H-1"]["price_e4"] == 12_505_000


async def test_two_people_at_the_same_grid_do_not_overwrite_each_other_unseen():
    supplier = await world.supplier()
    shown = {"sku": "H-1", "title": "Lamp", "price": "5", "currency": "EUR", "quantity": "1"}
    async with seated(supplier) as vera, seated(supplier) as sven:
        await vera.post("/offers/grid", known=["0"], **line())
        await sven.post("/offers/grid", known=["1"], **line(was=shown, price="6", title="Lamp, brass"))
        late = await vera.post("/offers/grid", known=["1"], **line(was=shown, price="7", quantity="9"))
        assert late.status_code == 422
        assert "Somebody changed this meanwhile." in late.text
        assert "It is “6” now." in late.text
        assert 'name="price-0" value="7"' in late.text
        assert 'name="was-price-0" value="6"' in late.text
        assert (await offers(supplier))["H-1"]["price_e4"] == 60_000
        again = await vera.post(
            "/offers/grid", known=["1"], **line(was={**shown, "price": "6"}, price="7", quantity="9")
        )
        assert again.status_code == 303
    one = (await offers(supplier))["H-1"]
    assert (one["price_e4"], one["quantity"], one["title"]) == (70_000, 9, "Lamp, brass")


async def test_a_formula_without_a_result_and_an_error_are_not_read_as_empty():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        right = [["S-1", "One", 4.5, 3, "EUR", 4006381333931], ["S-2", "Two", 5, 1, "EUR", "0400638133393"]]
        assert (await send(vera, sheet(HEADS, *right)))[0] == 303
        status, text = await send(
            vera,
            sheet(HEADS, ["S-1", "One", "=2*3", "#N/A", "EUR", ""], ["S-2", "Two", "#DIV/0!", 1, "=A2", ""]),
        )
    assert status == 422
    assert "Row 2, Price: This cell holds a formula without a result" in text
    assert "Row 2, Quantity: This cell holds an error of the spreadsheet." in text
    assert "Row 3, Price: This cell holds an error" in text
    assert "Row 3, Currency: This cell holds a formula" in text
    kept = await offers(supplier)
    assert (kept["S-1"]["price_e4"], kept["S-1"]["quantity"], kept["S-1"]["gtin"]) == (
        45_000,
        3,
        "4006381333931",
    )
    assert kept["S-2"]["gtin"] == "0400638133393"


async def test_a_formula_with_its_result_counts_as_the_result():
    """As a spreadsheet program stores it."""
    supplier = await world.supplier()
    data = io.BytesIO(sheet(HEADS, ["S-1", "One", "=2*3", 3, "EUR", ""]))
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<f>2\*3</f><v ?/?>(</v>)?", b"<f>2*3</f><v>6</v>", old.read(name)))
    async with seated(supplier) as vera:
        assert (await send(vera, out.getvalue()))[0] == 303
    assert (await offers(supplier))["S-1"]["price_e4"] == 60_000


async def test_rows_are_named_as_the_sheet_numbers_them():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        status, text = await send(
            vera, sheet(HEADS, [], ["S-1", "One", "dear", 1, "EUR"], [], ["S-2", "Two", "=1", 1, "EUR"])
        )
        assert "Row 3, Price: This is not a price." in text
        assert "Row 5, Price: This cell holds a formula" in text
        status, text = await send(vera, sheet(HEADS, ["S-1", "One", "=1", 1, "EUR"], start=3))
    assert status == 422
    assert "Row 4, Price: This cell holds a formula" in text


async def test_a_formula_somebody_types_is_text_and_stays_harmless_in_the_sheet():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        await vera.post("/offers/grid", known=["0"], **line(title="=HYPERLINK(1)"))
        down = (await vera.get("/offers/sheet.xlsx")).content
        cells = [c for row in load_workbook(io.BytesIO(down)).active.iter_rows() for c in row]
        assert not any(cell.data_type == "f" for cell in cells)
        assert (await send(vera, down))[0] == 303
    assert (await offers(supplier))["H-1"]["title"] == "=HYPERLINK(1)"


async def test_thousands_of_offers_go_out_and_come_back():
    supplier = await world.supplier()
    rows = [[f"S-{n:05}", f"Thing {n}", n / 4, n, "EUR", ""] for n in range(1_200)]
    async with seated(supplier) as vera:
        assert (await send(vera, sheet(HEADS, *rows)))[0] == 303
        down = (await vera.get("/offers/sheet.xlsx?tab=by_hand")).content
        async with acting_as(supplier):
            await execute("UPDATE offer SET quantity = 0 WHERE supplier = $1", supplier)
        assert (await send(vera, down))[0] == 303
    found = await offers(supplier)
    assert len(found) == 1_200
    assert (found["S-01199"]["price_e4"], found["S-01199"]["quantity"]) == (2_997_500, 1_199)


@pytest.mark.parametrize("kind", ["long", "wide", "bomb", "broken", "empty", "text"])
async def test_a_file_that_is_too_much_or_no_workbook_is_refused_with_the_reason(kind, monkeypatch):
    monkeypatch.setattr("marketplace.sourcing.offer_sheet.MOST_ROWS", 50)
    monkeypatch.setattr("marketplace.sourcing.reading.sheets.MAX_INFLATED", 20_000_000)
    supplier = await world.supplier()
    files = {
        "long": lambda: sheet(HEADS, *[[f"S-{n}", "T", 1, 1, "EUR"] for n in range(51)]),
        "wide": lambda: sheet([*HEADS, *["x"] * 16_000], *[["S"]] * 300),
        "bomb": _bomb,
        "broken": lambda: b"PK\x03\x04 no archive",
        "empty": lambda: b"",
        "text": lambda: b"sku,title\n1,Mug\n",
    }
    said = {
        "long": "Send at most 50 rows",
        "wide": "too big",
        "bomb": "more than",
        "broken": "damaged",
        "text": "workbook",
    }
    async with seated(supplier) as vera:
        status, text = await send(vera, files[kind]())
    assert status == 422
    assert said.get(kind, "") in text
    async with acting_as(supplier):
        assert await fetch_one("SELECT 1 FROM offer WHERE supplier = $1", supplier) is None


def _bomb() -> bytes:
    """A small file that inflates to more than the cap, which the test has lowered."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(HEADS))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body + b" " * 25_000_000 if name.endswith("sheet1.xml") else body)
    return out.getvalue()


async def test_whoever_opens_the_feed_of_the_grid_is_led_to_the_offers():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        await vera.post("/offers/grid", **line())
        async with acting_as(supplier):
            kept = await fetch_one("SELECT id FROM feed WHERE transport = 'grid'")
        assert kept is not None
        answer = await vera.get(f"/feeds/{kept['id']}")
    assert (answer.status_code, answer.headers["Location"].rsplit("/", 1)[-1]) == (302, "offers")


async def test_a_sheet_that_is_none_is_refused_beside_its_field_in_the_reader_s_language():
    async with seated(await world.supplier(), locale="fr") as vera:
        answer = await vera.post("/offers/sheet", files={"file": ("offres.xlsx", b"sku,title\n1,Mug\n")})
    assert answer.status_code == 422
    beside = html.fromstring(answer.text).get_element_by_id("file-problem").text_content()
    assert beside == "Le classeur est abîmé\xa0: ce n’est pas un fichier d’Excel ou de LibreOffice"
