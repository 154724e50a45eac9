"""Cells of a workbook that only look empty: a formula that was never calculated, an error where a value should be.

The reader gives a formula's last result, which a spreadsheet program stores beside it. A sheet that a script wrote has none, and a
cell in error has no value either: read as empty, they would empty prices and stock that nobody meant to.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from typing import IO, Any

from lxml import etree

from marketplace.kernel.fetching import N_

NO_RESULT = N_(
    "This cell holds a formula without a result: save the sheet in a spreadsheet program, or type the value."
)
AN_ERROR = N_("This cell holds an error of the spreadsheet.")
_SUSPECT = re.compile(rb'<(?:\w+:)?f[\s>/]|t="e"')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SMALL = 4 * 1024 * 1024  # bytes of a part that lists sheets
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def untold_cells(path: Path, most_rows: int) -> dict[int, dict[int, str]]:
    """row from 1 -> {column from 0 -> why} of the first sheet, its first `most_rows` rows; only .xlsx has such cells.

    The file's size and extent were judged before (`reading.sheets.open_workbook`). What cannot be taken apart here tells nothing.
    """
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            part = _first_sheet(archive)
            if part is None or not _is_suspect(archive, part):
                return {}
            with archive.open(part) as sheet:
                return _untold(sheet, most_rows)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return {}


def _first_sheet(archive: zipfile.ZipFile) -> str | None:
    """The part that holds the first sheet."""
    parser = etree.XMLParser(**_SAFE)
    with archive.open(_BOOK) as book, archive.open(_LINKS) as links:
        sheets = etree.fromstring(book.read(_SMALL), parser).iter("{*}sheet")
        first = next(
            (value for sheet in sheets for name, value in sheet.attrib.items() if str(name).endswith("}id")),
            None,
        )
        targets = {
            link.get("Id"): link.get("Target")
            for link in etree.fromstring(links.read(_SMALL), parser).iter("{*}Relationship")
        }
    target = targets.get(first)
    return None if target is None else posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _is_suspect(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether the sheet holds a formula or an error at all: most do not, and are not looked at cell by cell."""
    with archive.open(part) as sheet:
        tail = b""
        while data := sheet.read(1 << 20):
            if _SUSPECT.search(tail + data):
                return True
            tail = data[-16:]
    return False


def _untold(sheet: IO[bytes], most_rows: int) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    row = column = 0
    for event, element in etree.iterparse(sheet, events=("start", "end"), tag=("{*}row", "{*}c"), **_SAFE):
        is_row = element.tag.endswith("}row")
        if event == "start" and is_row:
            row, column = int(element.get("r") or row + 1), 0
            if row > most_rows:
                break
        elif event == "start":
            place = _PLACE.fullmatch(element.get("r") or "")
            column = _column(place[1]) if place else column + 1
        elif is_row:
            element.clear()
        elif why := _why(element):
            found.setdefault(row, {})[column - 1] = why
    return found


def _why(cell: etree._Element) -> str | None:
    if cell.get("t") == "e":
        return AN_ERROR
    value = cell.find("{*}v")
    if cell.find("{*}f") is not None and (value is None or not (value.text or "").strip()):
        return (
            None if cell.get("t") == "str" and value is not None else NO_RESULT
        )  # ="" has a result: the empty text
    return None


def _column(letters: str) -> int:
    """A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
