"""Older workbooks (.xls) judged before they are read: what reads them believes every number in the file, and a chain of sectors that
bites its own tail, or a cell in a far corner, would take all the memory there is and the process with it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from marketplace.sourcing.reading.dialect import MAX_COLUMNS
from marketplace.sourcing.reading.workbook_limits import MAX_CELLS, damaged, too_big

_END = 0xFFFFFFFE
_STREAM, _ROOT = 2, 5
_CELLS = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD})
_BEGIN, _STRINGS, _EXTENT = (0x0809, 0x0009, 0x0209, 0x0409), 0x00FC, 0x0200
_MANY = (0x00BD, 0x00BE)  # records of several cells, whose last two bytes say which is the last


def judge_compound(data: bytes) -> None:
    """Raises FeedRefused when a chain of sectors has no end, when a size is more than there is, or when the cells of a sheet lie
    farther apart than can be laid out."""
    try:
        _judge_records(_Compound(data).workbook())
    except (struct.error, IndexError):
        raise damaged("cut short") from None


class _Compound:
    """A compound file: sectors, the table that chains them, the directory of its streams."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise damaged("sectors of another size")
        self._size = 1 << shift
        self._count = -(-len(data) // self._size)
        sectors, tables, self._directory, _, cutoff, mini, minis, more, mores = struct.unpack_from(
            "<9I", data, 40
        )
        if max(sectors, tables, minis, mores) > self._count:
            raise damaged("more sectors than the file has")
        self._cutoff = cutoff
        self._table = self._loaded(more)
        self._minis = self._numbers(self._joined(mini, self._table))

    def workbook(self) -> bytes:
        """The stream that holds the sheets, every other chain judged on the way."""
        entries = self._joined(self._directory, self._table)
        found, streams, held = b"", [], b""
        for at in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, size = struct.unpack_from("<IQ" if self._size > 512 else "<II", entries, at + 116)
            if kind not in (_STREAM, _ROOT):
                continue
            if size > len(self._data):
                raise damaged("a part is larger than the file")
            if kind == _ROOT:
                held = self._joined(start, self._table)
            else:
                streams.append((entries[at : at + max(min(length, 64) - 2, 0)], start, size))
        for name, start, size in streams:
            small = size < self._cutoff
            stream = self._small(start, held) if small else self._joined(start, self._table)
            if name.decode("utf-16-le", errors="replace").casefold() in ("workbook", "book"):
                found = stream[:size]
        return found

    def _loaded(self, more: int) -> list[int]:
        """The table of chains, whose own sectors are listed in the header and beyond."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        for _ in range(self._count + 1):
            if more >= self._count:
                break
            numbers = self._numbers(self._sector(more))
            listed += numbers[:-1]
            more = numbers[-1] if numbers else _END
        else:
            raise damaged("a chain of sectors has no end")
        return [
            number
            for sector in listed
            if sector < self._count
            for number in self._numbers(self._sector(sector))
        ]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _chain(self, start: int, table: list[int]) -> Iterator[int]:
        for _ in range(len(table) + 1):
            if start >= len(table):
                return
            yield start
            start = table[start]
        raise damaged("a chain of sectors has no end")

    def _joined(self, start: int, table: list[int]) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start, table))

    def _small(self, start: int, held: bytes) -> bytes:
        return b"".join(held[number * 64 : number * 64 + 64] for number in self._chain(start, self._minis))


def _judge_records(stream: bytes) -> None:
    rows = columns = 0
    for kind, begin, end in _records(stream):
        if kind in _BEGIN:
            rows = columns = 0
        elif kind == _STRINGS and end - begin >= 8:
            if struct.unpack_from("<I", stream, begin + 4)[0] > len(stream):
                raise damaged("more texts than the file has")
        elif kind in _CELLS and end - begin >= 4:
            row, column = struct.unpack_from("<HH", stream, begin)
            if kind in _MANY and end - begin >= 6:
                column = max(column, struct.unpack_from("<H", stream, end - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            _judge_extent(rows, columns, MAX_COLUMNS)
        elif kind == _EXTENT and end - begin >= 8:
            first, last, left, right = struct.unpack_from(
                "<IIHH" if end - begin >= 12 else "<HHHH", stream, begin
            )
            if first > last or left > right:
                raise damaged("a sheet that ends before it begins")
            _judge_extent(last - first, right - left, 1 << 16)


def _judge_extent(rows: int, columns: int, most_columns: int) -> None:
    if columns > most_columns or (rows + 1) * (columns + 1) > MAX_CELLS:
        raise too_big(rows, columns)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, where its data begin, where they end)."""
    at, unpack = 0, struct.Struct("<HH").unpack_from
    while at + 4 <= len(stream):
        kind, size = unpack(stream, at)
        yield kind, at + 4, min(at + 4 + size, len(stream))
        at += 4 + size
