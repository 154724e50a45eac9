"""Workbooks (xlsx, xlsm, xlsb, xls, ods) through python-calamine. They cannot be streamed, so they are capped by size.

A sheet mixes titles, contacts, headings and offers; which is which is only known when a row is read. So every row that is
not blank and not the header is accounted for: those above the header too, as rejected.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from marketplace.kernel.fetching import N_
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import Places, refs_of
from marketplace.sourcing.reading.compound import judge_compound
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.header import SEARCHED, column_names, find_header
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.sheet_extent import judge_sheet
from marketplace.sourcing.reading.source import Packing, open_bytes, packing_of
from marketplace.sourcing.reading.workbook_limits import damaged, judge_extent
from marketplace.sourcing.reading.zip_limits import judge_methods

MAX_PACKED = 25 * 1024**2
MAX_INFLATED = 150 * 1024**2

Row = tuple[int, list[str]]


def open_workbook(path: Path) -> CalamineWorkbook:
    """The workbook, if it is one and small enough, out of the archive it may be in. Raises FeedRefused."""
    packing = packing_of(path)
    if not packing.around:
        _judge_size(path.stat().st_size)
        if packing.old:  # though a zip may hang on it: what begins like one is read as one
            judge_compound(path.read_bytes())
        elif zipfile.is_zipfile(path):
            _judge_archive(path)
        return _guarded(lambda: CalamineWorkbook.from_path(str(path)))
    held = io.BytesIO()
    with open_bytes(path, Packing(packing.around, packing.member)) as inside:
        while data := inside.read(1 << 18):
            held.write(data)
            _judge_size(held.tell())
    if packing.old:
        judge_compound(held.getvalue())
    elif zipfile.is_zipfile(held):
        _judge_archive(held)
    held.seek(0)
    return _guarded(lambda: CalamineWorkbook.from_filelike(held))


def _judge_size(size: int) -> None:
    if size > MAX_PACKED:
        raise FeedRefused(
            "too_big",
            N_(
                "The workbook has more than {limit} MB, up to which workbooks are read: send CSV or XML instead"
            ),
            limit=MAX_PACKED // 1024**2,
        )


def _guarded(call: Any) -> Any:
    """calamine is Rust: what it cannot read it reports as an error, or panics, which is no Exception."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as fault:
        raise damaged(fault) from None


def _judge_archive(path: Path | io.BytesIO) -> None:
    """Judged before anything is laid out in memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_INFLATED:
                raise FeedRefused(
                    "too_big", N_("The workbook inflates to more than {limit} MB: send CSV or XML instead"),
                    limit=MAX_INFLATED // 1024**2,
                )  # fmt: skip
            judge_methods(archive.infolist())
            for entry in archive.infolist():
                if not entry.filename.startswith("xl/media/"):
                    judge_sheet(archive, entry)
    except FeedRefused:
        raise
    except Exception as fault:
        raise damaged(fault) from None


def sheet_rows(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[str]]]:
    """(row number from 1, cells as text) of the rows that are not blank. Raises FeedRefused."""
    sheet = _guarded(lambda: book.get_sheet_by_name(name))
    judge_extent(sheet.total_height, sheet.total_width)
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows = _guarded(sheet.iter_rows)
    number = 0
    while (row := _guarded(lambda: next(rows, None))) is not None:
        number += 1
        cells = [cell if cell.__class__ is str else as_text(cell) for cell in row]
        if any(cell and not cell.isspace() for cell in cells):
            yield number, left + cells


def as_text(cell: Any) -> str:
    """A cell as a person would type it: whole numbers without `.0`, no exponent, dates in ISO form."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).replace("\0", "")


def _number(cell: float) -> str:
    """Fifteen significant digits, which is what a spreadsheet keeps."""
    if cell != cell or cell in (float("inf"), float("-inf")):
        return ""
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = f"{cell:.15g}"
    if "e" in text:
        text = f"{cell:.10f}"
    short = f"{cell:.12g}"
    if "e" not in short and len(short) < len(text):
        text = short
    return text.rstrip("0").rstrip(".") if "." in text else text


def sheet_sections(path: Path, mapping: Mapping) -> Iterator[Section]:
    """One section a sheet that holds anything. Raises FeedRefused."""
    book = open_workbook(path)
    for name in book.sheet_names:
        if (mapping.sheets and name not in mapping.sheets) or not _is_table(book, name):
            continue
        rows = sheet_rows(book, name)
        first = list(islice(rows, SEARCHED))
        if first:
            width = _guarded(lambda name=name: book.get_sheet_by_name(name)).total_width
            yield _section(name, first, rows, max(width, *(len(cells) for _, cells in first)), mapping)


def _is_table(book: CalamineWorkbook, name: str) -> bool:
    kinds = {meta.name: str(meta.typ) for meta in book.sheets_metadata}
    return kinds.get(name, "SheetTypeEnum.WorkSheet").endswith("WorkSheet")


def _section(name: str, first: list[Row], rest: Iterator[Row], width: int, mapping: Mapping) -> Section:
    """A sheet by its first rows, among which is the header, and the rest as it comes."""
    place = header_place(first, mapping)
    rows = chain(first, rest)
    if place is None:
        foreign = max(find_header([cells for _, cells in first]), 1)
        return Section(column_names([], width), _foreign(name, rows, foreign), name, may_be_blank=True)
    header = first[place - 1][1] if place else []
    return Section(column_names(header, width), _rows(rows, place, width), name, may_be_blank=True)


def header_place(rows: Sequence[tuple[int, list[str]]], mapping: Mapping) -> int | None:
    """Which of the non-blank rows (from 1) is the header: the mapping's row if it fits, else the one that names most of
    the columns the mapping uses; 0 when the mapping says there is none; None when this sheet has other columns."""
    if mapping.header_row == 0:
        return 0
    wanted = list(refs_of(mapping))
    fits = [
        sum(1 for ref in wanted if Places(column_names(cells, 0)).find(ref) is not None)
        for _, cells in rows[:SEARCHED]
    ]
    best = max(fits, default=0)
    for place, (number, _) in enumerate(rows[:SEARCHED], 1):
        if number == mapping.header_row and fits[place - 1] >= max(best, 1):
            return place
    return fits.index(best) + 1 if best >= max(2, len(wanted) // 2) else None


def _rows(rows: Iterator[Row], place: int, width: int) -> Iterator[Record | Rejected]:
    for index, (number, cells) in enumerate(rows, 1):
        if index < place:
            yield reject("above_header", number, cells)
        elif index > place:
            yield number, cells + [""] * (width - len(cells))


def _foreign(name: str, rows: Iterator[Row], place: int) -> Iterator[Record | Rejected]:
    """A sheet about something else (groups, settings): its own header is not counted, its rows are rejected."""
    for index, (number, cells) in enumerate(rows, 1):
        if index != place:
            yield reject("no_offers", number, cells, sheet=name)
