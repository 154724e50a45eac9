"""Workbooks are read sheet by sheet; what is no offer is accounted for all the same."""

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.sheets import as_text
from tests.sourcing.support import checked, read_all, written


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


OFFERS: list[list[object]] = [
    ["SKU", "Name", "EAN", "Price EUR", "Stock", "Brand"],
    ["T1", "Teapot", 4006381333931, 12.5, 3, "Kettler"],
    ["T2", "Kettle", None, 1974.75434, 0, "Kettler"],
]


def test_a_sheet_is_read_with_its_numbers_as_people_write_them(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, book(("Offers", OFFERS)), "feed.xlsx"))
    assert (reader.mapping.format, reader.rows) == ("xlsx", 2)
    assert (offers[0].gtin_valid, offers[0].price_e4, offers[0].currency, offers[0].quantity) == (
        "4006381333931",
        125_000,
        "EUR",
        3,
    )
    assert [offer.line for offer in offers] == [2, 3]


def test_titles_headings_and_other_sheets_are_accounted_for(tmp_path: Path) -> None:
    rows = [["Price list of Kettler & Co"], [], *OFFERS[:1], ["Pots"], *OFFERS[1:]]
    other = ("Groups", [["Number", "Group"], [1, "Pots"], [2, "Pans"]])
    found = checked(written(tmp_path, book(("Offers", rows), other), "feed.xlsx"))
    assert (found["rows"], found["accepted"], found["header_row"]) == (6, 2, 3)
    reasons = [row["reason"] for row in found["rejected"]]
    assert len(reasons) == 4
    assert any("Groups" in reason for reason in reasons)
    assert any("above the header" in reason for reason in reasons)


def test_a_workbook_in_an_archive_is_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("feed.xlsx", book(("Offers", OFFERS)))
    for name, content in (
        ("feed.zip", packed.getvalue()),
        ("feed.xlsx.gz", gzip.compress(book(("Offers", OFFERS)))),
    ):
        found = checked(written(tmp_path, content, name))
        assert (found["format"], found["accepted"]) == ("xlsx", 2)


def _with_sheet(cells: str) -> bytes:
    """A workbook of one sheet with these rows, as another program might write it."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(("Offers", OFFERS)))) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for entry in whole.infolist():
            sheet = entry.filename == "xl/worksheets/sheet1.xml"
            out.writestr(
                entry.filename,
                f'<worksheet xmlns="{SHEETS}"><sheetData>{cells}</sheetData></worksheet>'
                if sheet
                else whole.read(entry),
            )
    return packed.getvalue()


SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _cells(*texts: str) -> str:
    return "<row>" + "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in texts) + "</row>"


def test_a_sheet_whose_cells_do_not_say_where_they_are_is_read(tmp_path: Path) -> None:
    content = _with_sheet(_cells("sku", "title", "price") + _cells("T1", "Pot", "9.90"))
    assert checked(written(tmp_path, content, "feed.xlsx"))["accepted"] == 1


@pytest.mark.parametrize(
    "corner",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        "<row r='1048576' ><c t='n'  r = 'xfd1048576'><v>1</v></c></row>",
        '<row r="9"><c r="XFD9"><v>1</v></c><c r="A1048576"><v>1</v></c></row>',
        f'<x:row xmlns:x="{SHEETS}" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        "<row r='1048575'/><row><c r='XFD1'/><c/></row>" + "<row><c/></row>" * 2,
    ],
)
def test_a_cell_in_the_last_corner_is_found_however_it_is_written(tmp_path: Path, corner: str) -> None:
    """Laid out, it would be more than any memory, and take the process down."""
    path = written(tmp_path, _with_sheet(_cells("sku", "title") + corner), "feed.xlsx")
    with pytest.raises(FeedRefused) as refused:
        checked(path)
    assert refused.value.code == "too_big"


def test_every_sheet_with_the_same_columns_is_read(tmp_path: Path) -> None:
    more = [[OFFERS[0][1], OFFERS[0][0], "Price EUR"], ["Pan", "P1", 8], ["Lid", "P2", 4]]
    reader, offers, _ = read_all(written(tmp_path, book(("Pots", OFFERS), ("Pans", more)), "feed.xlsx"))
    assert [offer.sku for offer in offers] == ["T1", "T2", "P1", "P2"]
    assert reader.accepted == 4


def test_a_sheet_with_one_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(("Offers", OFFERS)))) as source,
        zipfile.ZipFile(packed, "w") as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            target.writestr(entry, content)
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, packed.getvalue(), "feed.xlsx"))
    assert refused.value.code == "too_big"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
def test_a_damaged_workbook_is_refused(tmp_path: Path, keep: float) -> None:
    packed = book(("Offers", OFFERS))
    with pytest.raises(FeedRefused):
        checked(written(tmp_path, packed[: int(len(packed) * keep)], "feed.xlsx"))


def test_a_compound_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused):
        checked(written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), "feed.xls"))


def test_cells_are_text_as_people_type_them() -> None:
    assert [as_text(cell) for cell in (12.0, 0.1, 25.900000000000002, 4006381333931.0, 1e-05, True, date(2026, 1, 2), None, float("nan"))] == [
        "12", "0.1", "25.9", "4006381333931", "0.00001", "1", "2026-01-02", "", "",
    ]  # fmt: skip
