"""The first rows of a draft's file, read as it would be with the settings a person is trying."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct, field

from marketplace.sourcing.drafts.files import head_of
from marketplace.sourcing.formats import formats
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look, look_at
from marketplace.sourcing.reading.prolog import SAFE, readable
from marketplace.sourcing.reading.relook import look_around, relook, table_records
from marketplace.sourcing.reading.sheets import open_workbook, sheet_rows
from marketplace.sourcing.reading.sniff import Head, sniff
from marketplace.sourcing.reading.xml_pairs import local
from marketplace.sourcing.values.text import shorten

ROWS = 14
RECORDS = 3
CELLS = 60


class Preview(Struct):
    """`rows` of a table as (line, cells), `records` of a document as pairs of path and value. `problem` is why there are none,
    `broken` where a document is of which only what could be read around it is shown."""

    shape: str = "table"
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    header_row: int = 0
    records: list[list[tuple[str, str]]] = field(default_factory=list)
    paths: list[tuple[str, int]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    formats: list[tuple[str, str]] = field(default_factory=list)  # that read files of this shape
    problem: FeedRefused | None = None
    broken: FeedRefused | None = None


async def preview(file_key: str, name: str, reading: dict[str, Any]) -> Preview:
    """Raises Refused when the file cannot be had."""
    async with head_of(file_key) as path:
        return await asyncio.to_thread(_preview, path, name, reading)


def _preview(path: Path, name: str, reading: dict[str, Any]) -> Preview:
    found = Preview()
    try:
        head = sniff(path, name)
        found.shape = head.shape
        found.formats = [(each.name, each.label) for each in formats().values() if head.shape in each.shapes]
        if head.shape == "workbook":
            found.sheets = open_workbook(head.path).sheet_names[:50]
        if head.shape == "xml":
            found.paths = repeated_paths(head.text)
        try:
            look = relook(head, look_at(head), reading)
        except FeedRefused as fault:
            look, found.broken = look_around(head, reading, fault), fault
        found.columns = look.columns
        _fill(found, look, reading)
    except FeedRefused as error:
        found.problem = error
    return found


def _fill(found: Preview, look: Look, reading: dict[str, Any]) -> None:
    head: Head = look.head
    if head.shape == "table":
        found.rows = [(line, _short(cells)) for line, cells in table_records(head, look.settings)[:ROWS]]
    elif head.shape == "workbook":
        found.rows = [(line, _short(cells)) for line, cells in _sheet(head, reading)]
    else:
        found.records = [
            [(path, shorten(value, 120)) for path, value in zip(look.columns, record, strict=False) if value][
                :CELLS
            ]
            for record in look.samples[:RECORDS]
        ]
    found.header_row = int(look.settings.get("header_row") or 0)


def _sheet(head: Head, reading: dict[str, Any]) -> list[tuple[int, list[str]]]:
    book = open_workbook(head.path)
    wanted = [name for name in reading.get("sheets") or () if name in book.sheet_names] or book.sheet_names[
        :1
    ]
    rows = []
    for row in sheet_rows(book, wanted[0]):
        rows.append(row)
        if len(rows) >= ROWS:
            break
    return rows


def _short(cells: list[str]) -> list[str]:
    return [shorten(" ".join(cell.split()), 60) for cell in cells[:CELLS]]


def repeated_paths(text: str) -> list[tuple[str, int]]:
    """(path, how often) of elements that repeat in the head of a document and hold others, most often first."""
    pull = etree.XMLPullParser(events=("start", "end"), **SAFE)
    seen: Counter[str] = Counter()
    parents: set[str] = set()
    path: list[str] = []
    data = readable(text.encode("utf-8", errors="replace"))
    try:
        for start in range(0, len(data), 65_536):
            pull.feed(data[start : start + 65_536])
            for event, found in pull.read_events():
                element: Any = found
                if event == "start":
                    parents.add("/".join(path[1:]))
                    path.append(local(element.tag))
                    if len(path) < 8 and (len(seen) < 500 or "/".join(path[1:]) in seen):
                        seen["/".join(path[1:])] += 1
                elif path:
                    path.pop()
    except etree.XMLSyntaxError:
        pass  # the preview itself says where it is broken
    return [(each, count) for each, count in seen.most_common() if count > 1 and each in parents and each][
        :12
    ]
