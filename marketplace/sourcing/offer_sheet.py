"""Offers as a workbook: what a supplier without a feed downloads, fills in, and sends back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.sheets import open_workbook, sheet_rows
from marketplace.sourcing.sheet_formulas import untold_cells
from marketplace.sourcing.typed_rows import MOST_ROWS, Cell
from marketplace.sourcing.values.text import fold

#: our field -> the column's heading in the sheet
COLUMNS: dict[str, str] = {
    "sku": "SKU",
    "title": "Title",
    "price": "Price",
    "currency": "Currency",
    "quantity": "Quantity",
    "lead_days": "Days to departure",
    "brand": "Brand",
    "gtin": "GTIN",
    "mpn": "Part number",
    "category": "Category",
    "group_key": "Variant group",
    "link": "Link",
    "excluded": "Exclude",
}
_WIDTHS = {"title": 48, "category": 32, "link": 40, "sku": 20, "gtin": 16}
NO_HEADER = N_("The first row of the sheet must hold the headings, “SKU” among them.")
TOO_LONG = N_("Send at most {most} rows at a time.")


class SheetRow(NamedTuple):
    """`number` is the row in the sheet, for messages."""

    number: int
    values: dict[str, Any]


def write_sheet(rows: Iterable[dict[str, Any]]) -> bytes:
    """An .xlsx with one row an offer. Numbers are numbers; codes are text, so that no leading zero is lost."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Offers")
    for place, name in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + place)].width = _WIDTHS.get(name, 14)
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, label) for label in COLUMNS.values()]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(name, row) for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(name: str, row: dict[str, Any]) -> Any:
    if name == "price":
        return Decimal(row["price_e4"]).scaleb(-4) if row["price_e4"] is not None else None
    if name == "excluded":
        return "yes" if row["excluded"] else None
    value = row.get(name)
    return _harmless(value) if isinstance(value, str) else value


def _harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula stays text."""
    return f"'{text}" if text[:1] in "=+@" or (text[:1] == "-" and not text[1:2].isdecimal()) else text


def read_sheet(path: Path) -> list[SheetRow]:
    """Rows of the first sheet by their headings; a heading that is not ours is left out. Raises Invalid."""
    try:
        book = open_workbook(path)
        found = list(sheet_rows(book, book.sheet_names[0])) if book.sheet_names else []
    except FeedRefused as error:
        raise Invalid({"file": error.error}) from error
    if not found:
        raise Invalid({"file": NO_HEADER})
    places = _places(found[0][1])
    if "sku" not in places:
        raise Invalid({"file": NO_HEADER})
    if len(found) - 1 > MOST_ROWS:
        raise Invalid({"file": TOO_LONG.format(most=MOST_ROWS)})
    unsaid = untold_cells(path, MOST_ROWS + 1)
    return [
        SheetRow(number, _values(_told(cells, unsaid.get(number, {})), places)) for number, cells in found[1:]
    ]


def _told(cells: list[str], unsaid: Mapping[int, str]) -> list[str]:
    """An empty cell would empty the offer's field: one that only looks empty says why it is not."""
    return [Cell(cell, unsaid[n]) if not cell and n in unsaid else cell for n, cell in enumerate(cells)]


def _places(header: list[str]) -> dict[str, int]:
    ours = {fold(label): name for name, label in COLUMNS.items()} | {fold(name): name for name in COLUMNS}
    return {
        ours[fold(cell)]: place for place, cell in reversed(list(enumerate(header))) if fold(cell) in ours
    }


def _values(cells: list[str], places: dict[str, int]) -> dict[str, Any]:
    return {name: _value(name, cells[place] if place < len(cells) else "") for name, place in places.items()}


def _value(name: str, cell: str) -> Any:
    if isinstance(cell, Cell):
        return cell
    text = cell.strip().lstrip("'")
    if name == "excluded":
        return text.lower() in ("yes", "y", "1", "true", "x", "oui", "o")
    return (text.upper() or "EUR") if name == "currency" else text
