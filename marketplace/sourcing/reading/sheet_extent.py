"""How far a sheet reaches, before anything is laid out in memory: one cell in the last corner makes 17 thousand million of them, and
calamine, which lays them all out, takes the process down with it.

Nearly every workbook writes `<c r="A1">`, which is looked for as it stands. A sheet that writes it otherwise is parsed.
"""

from __future__ import annotations

import re
import struct
import zipfile
from typing import IO
from xml.parsers import expat

from marketplace.sourcing.reading.workbook_limits import judge_extent

PIECE = 1 << 20
LONGEST_TAG = 400
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_ANY_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_PLACE = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_SHEET_BEGINS, _ROW_HEADER, _CELLS = b"\x81\x01", 0, range(1, 12)  # records of xlsb


def judge_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read a part to its end; raises FeedRefused when it is a sheet that is too big. Raises what `zipfile` raises of a damaged one: calamine
    inflates to the end whatever size the directory gives, while `zipfile` misses what is beyond."""
    with archive.open(entry) as part:
        if entry.filename.endswith(".bin") and part.read(2) == _SHEET_BEGINS:
            part.seek(0)
            _judge_binary(part)
        elif not _as_usual(part):
            part.seek(0)
            _judge_parsed(part)
        while part.read(PIECE):
            pass


def _as_usual(part: IO[bytes]) -> bool:
    """Whether every cell and row says in the usual way where it is. Raises FeedRefused."""
    rows = columns = 0
    tail = b""
    while data := part.read(PIECE):
        block = tail + data
        if block[:2] in _WIDE:
            return False
        whole = block.rfind(b"<")
        if whole <= 0:
            whole = max(len(block) - LONGEST_TAG, 0)
        tags, tail = block[:whole], block[whole:]
        cells, lines = _CELL.findall(tags), _ROW.findall(tags)
        if len(cells) != len(_ANY_CELL.findall(tags)) or len(lines) != len(_ANY_ROW.findall(tags)):
            return False
        columns = max(columns, *map(_column_number, {letters for letters, _ in cells}), 0)
        rows = max(rows, *map(int, {row for _, row in cells} | set(lines)), 0)
    judge_extent(rows, columns)
    return not (_ANY_CELL.search(tail) or _ANY_ROW.search(tail))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _judge_parsed(part: IO[bytes]) -> None:
    """Where a cell does not say where it is, it stands behind the one before it. Raises FeedRefused, ExpatError."""
    row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        kind = name.rpartition(":")[2]
        said = attributes.get("r", "")
        if kind == "row":
            row, column = (int(said) if said.isascii() and said.isdecimal() else row + 1), 0
        elif kind == "c":
            place = _PLACE.fullmatch(said)
            column = _column_number(place[1].encode()) if place else column + 1
            row = int(place[2]) if place else row
        else:
            return
        reached[:] = max(reached[0], row), max(reached[1], column)

    reached = [0, 0]
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    while data := part.read(PIECE):
        parser.Parse(data)
        judge_extent(*reached)
    parser.Parse(b"", True)
    judge_extent(*reached)


def _judge_binary(part: IO[bytes]) -> None:
    """The records of xlsb: a number, a size, and so many bytes, of which the first four say the row or the column."""
    rows = columns = 0
    while (kind := _variable(part, 2)) is not None:
        size = _variable(part, 4) or 0
        said = part.read(min(size, 4))
        if kind == _ROW_HEADER and len(said) == 4:
            rows = max(rows, struct.unpack("<I", said)[0] + 1)
        elif kind in _CELLS and len(said) == 4:
            columns = max(columns, struct.unpack("<I", said)[0] + 1)
        left = size - len(said)
        while left > 0 and (passed := len(part.read(min(left, PIECE)))):
            left -= passed
    judge_extent(rows, columns)


def _variable(part: IO[bytes], most: int) -> int | None:
    """A number of up to `most` bytes of seven bits; None at the end."""
    number = 0
    for place in range(most):
        byte = part.read(1)
        if not byte:
            return None
        number |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:
            break
    return number
