"""A small workbook of the older kind (BIFF8 in a compound file), written by hand: nothing we depend on writes one."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """The rows as the one sheet of an .xls file; some hundred cells at most."""
    sheet = _begin(0x10) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                sheet += _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
    head, end = _begin(0x05) + _record(0x0042, struct.pack("<H", 1200)), _record(0x000A)
    begins = len(head) + len(_named(0)) + len(end)
    return _compound(head + _named(begins) + end + sheet + end)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _named(begins: int) -> bytes:
    return _record(0x0085, struct.pack("<IBBBB", begins, 0, 0, 6, 0) + b"Sheet1")


def _compound(stream: bytes) -> bytes:
    """Header, allocation table, directory, and the stream in sectors of 512 bytes."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    last = 2 + len(stream) // _SECTOR
    table = [_FAT, _END, *range(3, last), _END]
    table += [_FREE] * (128 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack(
        "<109I", 0, *[_FREE] * 108
    )
    directory = (
        _entry("Root Entry", 5, 1, _END, 0)
        + _entry("Workbook", 2, _FREE, 2, len(stream))
        + _entry("", 0, _FREE, 0, 0) * 2
    )
    return header + struct.pack("<128I", *table) + directory + stream


def _entry(name: str, kind: int, child: int, begins: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    links = struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", begins, size)
