"""The fast way through a table that has hardly changed: records we know by their very bytes are never parted into cells.

A block is a run of lines that closes its quotes: nearly always one line, one record. Its digest (with the mapping's fingerprint
and the release's way of reading) was kept with the offer it made. What is known is left out; the rest, with the head of the file,
is written to a smaller file for the reader, and its line numbers are carried back to those of the original.

Blocks are counted by quotes, which is not quite how CSV is read (`12" disc` holds a quote that means nothing). So a digest is kept
only for a block that was proved to be one record: its row began where the block does, and the next row where the next block does.
And every block that goes to the reader must be whole when it is read alone; otherwise the whole file is read, as if nothing were known.
"""

from __future__ import annotations

import csv
import hashlib
import io
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping, fingerprint
from marketplace.sourcing.reading.reader import VERSION
from marketplace.sourcing.reading.source import open_bytes
from marketplace.sourcing.sync.known import Known

#: always read, the header and what the reader samples of a file (200 records of 256 KB at most): whichever comes first
HEAD_BYTES, HEAD_BLOCKS = 300_000, 1_000
LONGEST_BLOCK = 1_000_000
_NOT_ASCII = ("utf-16", "utf-32", "utf_16", "utf_32", "cp037", "cp500")
_MARK = "\x1eend\x1e"
_from_bytes = int.from_bytes


class NotSievable(Exception):
    """A block is not whole by itself: the file must be read from end to end."""


@dataclass
class Sieved:
    """What the reader is to read, and where its lines come from."""

    path: Path
    starts: array[int] = field(default_factory=lambda: array("q"))  # first line of each block in `path`
    digests: array[int] = field(default_factory=lambda: array("q"))
    originals: array[int] = field(
        default_factory=lambda: array("q")
    )  # the block's first line in the file as it came
    skipped: int = 0  # records that were known

    def line(self, line: int) -> int:
        """The line of the original file."""
        place = bisect_right(self.starts, line) - 1
        return line if place < 0 else self.originals[place] + line - self.starts[place]


def sievable(mapping: Mapping) -> bool:
    """Whether records of this mapping stand alone, one offer each, in lines of text."""
    chosen = formats().get(mapping.format)
    return (
        chosen is not None
        and chosen.sections is None
        and chosen.shapes[0] == "table"
        and mapping.delimiter is not None
        and not mapping.escape
        and not (mapping.inherit or mapping.parents or mapping.attach_images or mapping.expand)
        and not mapping.encoding.lower().startswith(_NOT_ASCII)
        and mapping.quote.isascii()
    )


def sieve(path: Path, mapping: Mapping, known: Known, into: Path) -> Sieved:
    """Leave out what is known, and write the rest to `into`. With nothing known the file itself is to be read. Raises FeedRefused."""
    if known.digests:
        try:
            with open_bytes(path) as source, into.open("wb") as rest:
                return _rest(io.BufferedReader(source, 1 << 20), mapping, known, rest, Sieved(into))
        except NotSievable:
            known.forget()
    with open_bytes(path) as source:
        return _all(io.BufferedReader(source, 1 << 20), mapping, Sieved(path))


def _salted(lines: BinaryIO, mapping: Mapping) -> tuple[hashlib._Hash, list[tuple[int, bytes]]]:
    """What every digest begins with, and the blocks up to the header: the same cells under other names are other records."""
    salt = hashlib.sha256(b"block" + VERSION + fingerprint(mapping))
    head: list[tuple[int, bytes]] = []
    if mapping.header_row:
        for number, block in _blocks(lines, mapping):
            head.append((number, block))
            if number >= mapping.header_row and not block.isspace():
                salt.update(block)
                break
    return salt, head


def _blocks(lines: BinaryIO, mapping: Mapping, number: int = 1) -> Iterator[tuple[int, bytes]]:
    """(line where it begins, bytes) of each block; the first is on line `number`."""
    quote = (mapping.quote or '"').encode()
    for line in lines:
        block, lasts = line, 1
        if quote in line and line.count(quote) & 1:
            block, lasts = _close(line, lines, quote)
        if b"\r" in block:
            lasts += block.count(b"\r") - block.count(b"\r\n")
        yield number, block
        number += lasts


def _close(line: bytes, lines: BinaryIO, quote: bytes) -> tuple[bytes, int]:
    """The lines up to the one that closes the quotes."""
    parts, count, size = [line], line.count(quote), len(line)
    for more in lines:
        parts.append(more)
        count += more.count(quote)
        size += len(more)
        if not count & 1:
            break
        if size > LONGEST_BLOCK:
            raise NotSievable
    return b"".join(parts), len(parts)


def _all(lines: BinaryIO, mapping: Mapping, found: Sieved) -> Sieved:
    """Digests of every block, for a file that is read whole."""
    starts, digests = found.starts.append, found.digests.append
    try:
        salt, head = _salted(lines, mapping)
        for number, block in _blocks(lines, mapping, _after(head)):
            if block.isspace():
                continue
            digest = salt.copy()
            digest.update(block)
            starts(number)
            digests(_from_bytes(digest.digest()[:8], "big", signed=True))
    except NotSievable:
        found.starts, found.digests = array("q"), array("q")
    found.originals = found.starts
    return found


def _rest(lines: BinaryIO, mapping: Mapping, known: Known, rest: BinaryIO, found: Sieved) -> Sieved:
    salt, header = _salted(lines, mapping)
    expected, head, blocks = known.digests, sum(len(block) for _, block in header), 0
    rest.writelines(block for _, block in header)
    written = _after(header)
    for number, block in _blocks(lines, mapping, written):
        digest = salt.copy()
        digest.update(block)
        value = _from_bytes(digest.digest()[:8], "big", signed=True)
        if (head > HEAD_BYTES or blocks >= HEAD_BLOCKS) and value in expected:
            known.meet(value, number)
            found.skipped += 1
            continue
        head, blocks = head + len(block), blocks + 1
        rest.write(block)
        if not block.isspace():
            _require_whole(block, mapping)
            found.starts.append(written)
            found.digests.append(value)
            found.originals.append(number)
        written += _lines(block)
    return found


def _lines(block: bytes) -> int:
    return block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")


def _after(blocks: list[tuple[int, bytes]]) -> int:
    """The line that follows."""
    return blocks[-1][0] + _lines(blocks[-1][1]) if blocks else 1


def _require_whole(block: bytes, mapping: Mapping) -> None:
    """That a record ends where the block ends. Raises NotSievable."""
    quote = mapping.quote or '"'
    if quote.encode() not in block:
        return
    text = block.decode("latin-1")
    if not text.endswith(("\n", "\r")):
        return  # the last of the file
    records = csv.reader(
        io.StringIO(text + _MARK, newline=""),
        delimiter=mapping.delimiter or ",",
        quotechar=quote,
        skipinitialspace=True,
    )
    try:
        last = list(records)[-1]
    except csv.Error as error:
        raise NotSievable from error
    if last != [_MARK]:
        raise NotSievable
