"""Delimited text as a stream of records. Records are counted, never lines: texts hold line breaks."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.dialect import MAX_COLUMNS, Dialect, judge_width, reader_of, sample_records
from marketplace.sourcing.reading.encoding import Utf8
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.header import column_names
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.source import open_bytes
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.typed_text import plain, untyped

CHUNK = 1 << 20
LONGEST_LINE = 8 << 20
"""Bytes without a line's end, which are held at once: of two thousand columns each has four thousand letters."""


class LineTooLong(Exception):
    """The line that is being read does not end."""


class Utf8Stream(io.RawIOBase):
    """A source as UTF-8 without NULs, which remembers how many quotes went by and how it ended."""

    def __init__(self, source: Any, encoding: str, quote: str) -> None:
        self.converter = Utf8(encoding)
        self._source = source
        self.quote = quote.encode()
        self._pending = b""
        self._over = False
        self.quotes = 0
        self.tail = b""
        self._unbroken = 0

    @property
    def over(self) -> bool:
        """Everything has been handed on."""
        return self._over and not self._pending

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._pending and not self._over:
            data = self._source.read(CHUNK)
            self._over = not data
            self._pending = self.converter.convert(data, final=self._over)
            self.quotes += self._pending.count(self.quote) if self.quote else 0
            self.tail = (self.tail + self._pending)[-8:]
            self._measure()
        taken = self._pending[: len(buffer)]
        self._pending = self._pending[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _measure(self) -> None:
        """Raises LineTooLong."""
        end = max(self._pending.rfind(b"\n"), self._pending.rfind(b"\r")) + 1
        self._unbroken = len(self._pending) - end + (0 if end else self._unbroken)
        if self._unbroken > LONGEST_LINE:
            raise LineTooLong


def table_sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The one section of a delimited file. Raises FeedRefused, also while its records are read."""
    dialect = Dialect(mapping.delimiter or ",", mapping.quote, mapping.escape)
    with open_bytes(path) as source:
        stream = Utf8Stream(source, mapping.encoding, dialect.quote)
        lines = io.TextIOWrapper(
            io.BufferedReader(stream, CHUNK), encoding="utf-8", errors="replace", newline=""
        )
        reader = reader_of(lines, dialect)
        header, first_line = _header(reader, mapping)
        width = max(_usual_width(path, mapping, dialect, len(header)), len(header))
        names = column_names([plain(cell) for cell in header], width)
        records = untyped(_records(reader, first_line, len(names), stream, tally))
        yield Section(names, records, may_be_blank=True)
        _tell(stream, tally)


def _header(reader: Any, mapping: Mapping) -> tuple[list[str], int]:
    """(header cells, line of the first record after it)."""
    if not mapping.header_row:
        return [], 1
    start = 1
    try:
        for cells in reader:
            if start >= mapping.header_row and any(cell.strip() for cell in cells):
                judge_width(len(cells), start)
                return cells, reader.line_num + 1
            start = reader.line_num + 1
    except (csv.Error, LineTooLong) as fault:
        raise _unreadable(fault, start) from None
    raise FeedRefused(
        "no_header", N_("There is no header on line {row}: the file is shorter"), row=mapping.header_row
    )


def _usual_width(path: Path, mapping: Mapping, dialect: Dialect, header: int) -> int:
    """How many cells rows really have: some files name fewer columns than they fill."""
    with open_bytes(path) as source:
        raw = b""
        while len(raw) < 262_144 and (data := source.read(262_144 - len(raw))):
            raw += data
    text = Utf8(mapping.encoding).convert(raw, final=True).decode("utf-8", errors="replace")
    widths: Counter[int] = Counter()
    for line, cells in sample_records(text, dialect)[:-1] or sample_records(text, dialect):
        if line > (mapping.header_row or 0):
            end = len(cells)
            while end and not cells[end - 1].strip():
                end -= 1
            widths[end] += 1
    if not widths:
        return header
    usual, count = widths.most_common(1)[0]
    wide = max((w for w, n in widths.items() if n > sum(widths.values()) * 0.3), default=header)
    return min(max(usual if count > 1 else header, wide, header), MAX_COLUMNS)


def _records(
    reader: Any, line: int, width: int, stream: Utf8Stream, tally: Tally
) -> Iterator[Record | Rejected]:
    start, ragged = line, False
    cells: list[str] = []
    begun = line
    try:
        for cells in reader:
            begun = start
            if len(cells) == width:
                yield start, cells
            elif cells:
                short = len(cells) < width
                if short and stream.over and not stream.tail.endswith((b"\n", b"\r")):
                    yield _last(cells, start, width, tally, ragged)
                else:
                    yield _fitted(cells, start, width, tally)
                ragged = ragged or short
            start = reader.line_num + 1
    except (csv.Error, LineTooLong) as fault:
        raise _unreadable(fault, start) from None
    _judge_end(cells, begun, stream)


def _fitted(cells: list[str], line: int, width: int, tally: Tally) -> Record | Rejected:
    """A row of another length: missing cells are empty, extra ones must be."""
    if len(cells) < width:
        if len(cells) > 1:
            tally.see("short_rows", line)
        return line, cells + [""] * (width - len(cells))
    if any(cell.strip() for cell in cells[width:]):
        return reject("wide_row", line, cells, count=len(cells), columns=width)
    return line, cells[:width]


def _last(cells: list[str], line: int, width: int, tally: Tally, ragged: bool) -> Record | Rejected:
    """A short row with which the file stops, without a line end: half a file. What it says cannot be trusted."""
    return _fitted(cells, line, width, tally) if ragged else reject("cut", line, cells)


def _judge_end(cells: list[str], line: int, stream: Utf8Stream) -> None:
    """The file must not end inside a quoted text: then its last record is the rest of the file."""
    quote = stream.quote
    if not quote:
        return
    open_text = any("\n" in cell or "\r" in cell for cell in cells[-1:])
    closed = stream.tail.rstrip(b"\r\n").endswith(quote)
    unfinished = not stream.tail.endswith((b"\n", b"\r")) and stream.quotes % 2 == 1
    if (open_text and not closed) or (unfinished and not closed):
        raise FeedRefused(
            "cut", N_("The file ends inside a quoted text that begins here"), line=line, column=1
        )


def _unreadable(fault: csv.Error | LineTooLong, line: int) -> FeedRefused:
    if isinstance(fault, LineTooLong):
        return FeedRefused(
            "long_line", N_("A line of more than {limit} MB begins here"), line=line, column=1, limit=LONGEST_LINE >> 20
        )  # fmt: skip
    if "field limit" in str(fault):
        return FeedRefused(
            "long_cell", N_("A text of more than a million characters begins here: a quote that is not closed?"),
            line=line, column=1,
        )  # fmt: skip
    return FeedRefused(
        "table", N_("It cannot be parted into cells: {fault}"), line=line, column=1, fault=str(fault)
    )


def _tell(stream: Utf8Stream, tally: Tally) -> None:
    if stream.converter.strays:
        tally.say("strays", count=stream.converter.strays)
    if stream.converter.nuls:
        tally.say("nuls", count=stream.converter.nuls)
