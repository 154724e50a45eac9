"""A first look into a file: its columns and a few records, before anything is known of what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading import json_records, xml_records, xml_tree
from marketplace.sourcing.reading.dialect import (
    MAX_COLUMNS,
    find_dialect,
    judge_width,
    sample_records,
    width_of,
)
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.header import SEARCHED, column_names, find_header, known_words
from marketplace.sourcing.reading.json_paths import find_records
from marketplace.sourcing.reading.sheets import open_workbook, sheet_rows
from marketplace.sourcing.reading.sniff import Head
from marketplace.sourcing.reading.xml_paths import find_record_path
from marketplace.sourcing.values.text import fold

SAMPLES = 100
HALVES = re.compile("[\ud800-\udfff]")


@dataclass
class Look:
    """`columns` in the order of the file; `samples` as cells aligned with them (text, all of a repeated element joined by a
    newline)."""

    head: Head
    columns: list[str] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)
    settings: dict[str, Any] = field(
        default_factory=dict
    )  # of the Mapping: delimiter, header_row, record_path, …
    root: str = ""
    record: str = ""  # local name of the record element
    preamble: list[list[str]] = field(default_factory=list)  # rows above the header

    @cached_property
    def folded(self) -> dict[str, str]:
        """Folded name → column; the first of a name counts."""
        return {fold(name): name for name in reversed(self.columns)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.columns)}

    def has(self, *names: str) -> int:
        """How many of these columns there are, by folded name."""
        return sum(1 for name in names if fold(name) in self.folded)

    def values(self, column: str) -> list[str]:
        """The samples of one column that are not empty; none where there is no such column: a format may be chosen by hand."""
        place = self._places.get(column)
        if place is None:
            return []
        return [row[place] for row in self.samples if place < len(row) and row[place].strip()]

    def add(self, column: str, values: list[str]) -> None:
        """A column that a format makes of other parts of the document; `values` are those of the first records."""
        self.columns.append(column)
        for place, row in enumerate(self.samples):
            row.append(values[place] if place < len(values) else "")
        self.forget()

    def forget(self) -> None:
        """The columns are others now."""
        self.__dict__.pop("folded", None)
        self.__dict__.pop("_places", None)

    def varies(self, column: str) -> bool:
        """Whether a record gives several values of this column that differ."""
        return any(len(set(value.split("\n"))) > 1 for value in self.values(column))


def look_at(head: Head) -> Look:
    """Raises FeedRefused when there is nothing to look at, or the head of a document is broken."""
    looks = {"table": _table, "xml": _xml, "json": _json, "jsonl": _json, "workbook": _workbook}
    return looks.get(head.shape, Look)(head)


def _table(head: Head) -> Look:
    dialect = find_dialect(head.text)
    records = sample_records(head.text, dialect, SEARCHED + SAMPLES)
    if not head.complete and len(records) > 1:
        records = records[:-1]
    if not records:
        raise FeedRefused("empty", N_("The file holds no rows"))
    place = find_header([cells[:MAX_COLUMNS] for _, cells in records])
    header = records[place - 1][1] if place else []
    below = [cells for _, cells in records[place:]][:SAMPLES]
    width = Counter(map(width_of, below)).most_common(1)
    judge_width(len(header) or max(map(len, below), default=0), records[place - 1][0] if place else 1)
    names = column_names(header, max(width[0][0] if width else 0, width_of(header)))
    settings = {
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "escape": dialect.escape,
        "header_row": records[place - 1][0] if place else 0,
    }
    samples = [(cells + [""] * len(names))[: len(names)] for cells in below]
    preamble = [cells for _, cells in records[: max(place - 1, 0)]]
    return Look(head, names, samples, settings, preamble=preamble)


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of a record of a document by their paths. One with half a character in it is no name that could be kept."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if len(found) < xml_tree.MAX_PATHS and not HALVES.search(name):
            found.setdefault(name, []).append(value)
    return found


def aligned(records: list[dict[str, list[str]]]) -> tuple[list[str], list[list[str]]]:
    """(every path of these records, a row of cells for each; several values are lines of one)."""
    columns = list(dict.fromkeys(path for record in records for path in record))[: xml_tree.MAX_PATHS]
    return columns, [["\n".join(record.get(path, ())) for path in columns] for record in records]


def _xml(head: Head) -> Look:
    path = find_record_path(head)
    look = Look(head, root=head.root, record=path.rsplit("/", 1)[-1], settings={"record_path": path})
    if path:
        look.columns, look.samples = aligned(xml_samples(head, path))
    return look


def xml_samples(head: Head, path: str) -> list[dict[str, list[str]]]:
    """The first records at this path. Raises FeedRefused where the head of the document is broken."""
    records: list[dict[str, list[str]]] = []
    for _, element in xml_records.elements_of_text(head.text, path, head.complete):
        records.append(gathered(xml_tree.flatten(element)))
        if len(records) >= SAMPLES:
            break
    return records


def _json(head: Head) -> Look:
    path, found = find_records(head)
    columns, samples = aligned([gathered(json_records.flatten(record)) for record in found[:SAMPLES]])
    return Look(head, columns, samples, {"record_path": path}, record=path.rsplit(".", 1)[-1])


def _workbook(head: Head) -> Look:
    """The sheet that reads most like offers gives the columns; the others are matched to them when they are read."""
    book = open_workbook(head.path)
    best: tuple[float, Look] | None = None
    for name in book.sheet_names[:50]:
        rows = []
        for row in sheet_rows(book, name):
            rows.append(row)
            if len(rows) >= SEARCHED + SAMPLES:
                break
        if rows:
            score, look = _sheet(head, rows)
            if best is None or score > best[0]:
                best = score, look
    if best is None:
        raise FeedRefused("empty", N_("The workbook is empty"))
    return best[1]


def _sheet(head: Head, rows: list[tuple[int, list[str]]]) -> tuple[float, Look]:
    place = find_header([cells for _, cells in rows])
    header = rows[place - 1][1] if place else []
    names = column_names(header, max(len(cells) for _, cells in rows))
    samples = [(cells + [""] * len(names))[: len(names)] for _, cells in rows[place:]][:SAMPLES]
    look = Look(head, names, samples, {"header_row": rows[place - 1][0] if place else 0})
    look.preamble = [cells for _, cells in rows[: max(place - 1, 0)]]
    return known_words(header) + min(len(samples), 50) / 25, look
