"""A table's bytes as blocks: runs of lines that close their quotes, which nearly always are one line and one record.

They come in batches, because most of a file is one block a line and then a batch costs no loop over its lines.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Protocol

from xxhash import xxh3_64_intdigest

CHUNK = 1 << 20
LONGEST_BLOCK = 1_000_000

#: the line on which each block begins, and the blocks with their line ends
Batch = tuple[Sequence[int], list[bytes]]


class NotSievable(Exception):
    """A block is not whole by itself: the file must be read from end to end."""


class Source(Protocol):
    """Bytes as they come; none when they are over."""

    def read(self, size: int, /) -> bytes | None: ...


def batches(source: Source, quote: bytes) -> Iterator[Batch]:
    """The blocks of a file, counted from line 1. Raises NotSievable when one grows beyond `LONGEST_BLOCK`."""
    number, rest, over = 1, b"", False
    while not over:
        data = source.read(CHUNK) or b""
        over = not data
        data, rest = rest + data, b""
        if not over:
            cut = data.rfind(b"\n") + 1
            data, rest = data[:cut], data[cut:]
        if data:
            (numbers, blocks), number, opened = _plain(data, number, quote) or _woven(
                data, number, quote, over
            )
            rest = opened + rest
            if blocks:
                yield numbers, blocks
        if len(rest) > LONGEST_BLOCK:
            raise NotSievable


def _plain(data: bytes, number: int, quote: bytes) -> tuple[Batch, int, bytes] | None:
    """One block a line, where no quote is left open and nothing but a line's end breaks it; else None."""
    lines = data.splitlines(keepends=True)
    if len(lines) != data.count(b"\n") + (not data.endswith(b"\n")):
        return None  # a carriage return alone
    if quote in data and any(line.count(quote) & 1 for line in lines):
        return None
    after = number + len(lines)
    return (range(number, after), lines), after, b""


def _woven(data: bytes, number: int, quote: bytes, over: bool) -> tuple[Batch, int, bytes]:
    """Line by line. What is still open at the end is given back, unless the file is over."""
    numbers, blocks = array("q"), list[bytes]()
    parts: list[bytes] = []
    quotes = 0
    for line in _lines(data):
        parts.append(line)
        quotes += line.count(quote)
        if not quotes & 1:
            block = b"".join(parts)
            numbers.append(number)
            blocks.append(block)
            number += count_lines(block)
            parts, quotes = [], 0
    opened = b"".join(parts)
    if over and opened:
        numbers.append(number)
        blocks.append(opened)
        opened = b""
    return (numbers, blocks), number, opened


def _lines(data: bytes) -> Iterator[bytes]:
    start = 0
    while (end := data.find(b"\n", start) + 1) > 0:
        yield data[start:end]
        start = end
    if start < len(data):
        yield data[start:]


def count_lines(block: bytes) -> int:
    """How many lines end in it, however they do."""
    return block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")


def digests_of(blocks: Sequence[bytes], salt: int) -> array[int]:
    """A signed 64-bit digest of each block.

    XXH3 is not proof against somebody who looks for a collision. Who could is the supplier that writes the file: it would
    keep a change of its own from being noticed.
    """
    unsigned = array("Q", map(xxh3_64_intdigest, blocks, repeat(salt)))
    return array("q", unsigned.tobytes())
