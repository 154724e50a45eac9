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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping, fingerprint
from marketplace.sourcing.reading.reader import VERSION
from marketplace.sourcing.reading.source import open_bytes
from marketplace.sourcing.sync.blocks import Batch, NotSievable, Source, batches, count_lines, digests_of
from marketplace.sourcing.sync.known import Known

#: always read, the header and what the reader samples of a file (200 records of 256 KB at most): whichever comes first
HEAD_BYTES, HEAD_BLOCKS = 300_000, 1_000
_NOT_ASCII = ("utf-16", "utf-32", "utf_16", "utf_32", "cp037", "cp500")
_MARK = "\x1eend\x1e"


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
        and "parts" not in mapping.columns  # a set's stock is in other rows
        and not mapping.encoding.lower().startswith(_NOT_ASCII)
        and mapping.quote.isascii()
    )


def sieve(path: Path, mapping: Mapping, known: Known, into: Path) -> Sieved:
    """Leave out what is known, and write the rest to `into`. With nothing known the file itself is to be read. Raises FeedRefused."""
    if known.digests:
        try:
            with open_bytes(path) as source, into.open("wb") as rest:
                return _Rest(mapping, known, rest, Sieved(into)).of(source)
        except NotSievable:
            known.forget()
    with open_bytes(path) as source:
        return _all(source, mapping, Sieved(path))


def _begun(source: Source, mapping: Mapping) -> tuple[int, list[bytes], Iterator[Batch]]:
    """What every digest is salted with, the blocks up to the header, and the batches below it.

    The same cells under other names are other records, so the header is part of the salt.
    """
    salt = hashlib.sha256(b"block" + VERSION + fingerprint(mapping))
    every = batches(source, (mapping.quote or '"').encode())
    head: list[bytes] = []
    below: Batch | None = None
    while mapping.header_row and below is None and (batch := next(every, None)):
        numbers, blocks = batch
        for place, block in enumerate(blocks):
            head.append(block)
            if numbers[place] >= mapping.header_row and not block.isspace():
                salt.update(block)
                below = numbers[place + 1 :], blocks[place + 1 :]
                break
    return int.from_bytes(salt.digest()[:8], "big"), head, _chained(below, every)


def _chained(first: Batch | None, every: Iterator[Batch]) -> Iterator[Batch]:
    if first is not None:
        yield first
    yield from every


def _all(source: Source, mapping: Mapping, found: Sieved) -> Sieved:
    """Digests of every block, for a file that is read whole."""
    try:
        salt, _, below = _begun(source, mapping)
        for numbers, blocks in below:
            if any(map(bytes.isspace, blocks)):
                filled = [place for place, block in enumerate(blocks) if not block.isspace()]
                numbers, blocks = [numbers[p] for p in filled], [blocks[p] for p in filled]
            found.starts.extend(numbers)
            found.digests.extend(digests_of(blocks, salt))
    except NotSievable:
        found.starts, found.digests = array("q"), array("q")
    found.originals = found.starts
    return found


class _Rest:
    """Writes the blocks of a file that are not known."""

    def __init__(self, mapping: Mapping, known: Known, rest: BinaryIO, found: Sieved) -> None:
        self._mapping, self._known, self._rest, self._found = mapping, known, rest, found
        self._line = 1  # in `rest`
        self._bytes = self._blocks = 0

    def of(self, source: Source) -> Sieved:
        salt, head, below = _begun(source, self._mapping)
        self._rest.writelines(head)
        self._line += sum(map(count_lines, head))
        self._bytes = sum(map(len, head))
        for numbers, blocks in below:
            digests = digests_of(blocks, salt)
            if self._is_past_head:
                self._take(numbers, blocks, digests)
            else:
                self._take_one_by_one(numbers, blocks, digests)
        return self._found

    @property
    def _is_past_head(self) -> bool:
        return self._bytes > HEAD_BYTES or self._blocks >= HEAD_BLOCKS

    def _take(self, numbers: Sequence[int], blocks: list[bytes], digests: array[int]) -> None:
        """A batch at once, unless a record that is known is in it twice."""
        expected = self._known.digests
        unknown = [place for place, digest in enumerate(digests) if digest not in expected]
        if not self._known.meet_all(digests, numbers, unknown):
            self._take_one_by_one(numbers, blocks, digests)
            return
        self._found.skipped += len(blocks) - len(unknown)
        for place in unknown:
            self._write(blocks[place], digests[place], numbers[place])

    def _take_one_by_one(self, numbers: Sequence[int], blocks: list[bytes], digests: array[int]) -> None:
        for number, block, digest in zip(numbers, blocks, digests, strict=True):
            if self._is_past_head and digest in self._known.digests:
                self._known.meet(digest, number)
                self._found.skipped += 1
            else:
                self._write(block, digest, number)

    def _write(self, block: bytes, digest: int, number: int) -> None:
        self._bytes, self._blocks = self._bytes + len(block), self._blocks + 1
        self._rest.write(block)
        if not block.isspace():
            _require_whole(block, self._mapping)
            self._found.starts.append(self._line)
            self._found.digests.append(digest)
            self._found.originals.append(number)
        self._line += count_lines(block)


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
