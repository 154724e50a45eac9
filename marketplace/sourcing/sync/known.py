"""What the last run of a feed read, by the digests of its records: what is seen again unchanged is neither converted nor
staged nor compared.

Flat arrays beside one set: a million offers are some 120 MB while the run reads, and none afterwards.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence

from marketplace.kernel.database import connection

_HEADER = 19  # "PGCOPY\n\xff\r\n\0", flags, length of the extension
_ROW = 2 + 3 * 4 + 8 + 8 + 2  # three columns, each with its length before it
_HASH, _ID, _FLAGS = 6, 18, 30  # where they are

#: a digest of 0 stands for none: that offer is compared value by value
_QUERY = """
SELECT {digest}, id, ((sells_up_to > 0 AND NOT excluded)::int + 2 * (price_e4 IS NOT NULL)::int)::int2 FROM offer
 WHERE supplier = $1 AND {mine} AND missing_runs = 0 AND retired_at IS NULL"""
FULL = _QUERY.format(digest="coalesce(hash, 0)", mine="feed = $2")
STOCK = _QUERY.format(digest="coalesce(stock_hash, 0)", mine="$2 IN (stock_feed, price_feed)")
#: of offers that feeds $3 spoke for, which have fallen silent: this feed's word is looked at anew
ORPHANED = _QUERY.format(
    digest="CASE WHEN stock_feed = ANY ($3) OR price_feed = ANY ($3) THEN 0 ELSE coalesce(hash, 0) END",
    mine="feed = $2",
)


class Known:
    """The feed's present offers. `digests` are what is still to be met in the file."""

    def __init__(self, digests: array[int], offers: array[int], in_stock: int = 0, priced: int = 0) -> None:
        self._every, self._offers = digests, offers
        self.digests: set[int] = set(digests)
        self.digests.discard(0)
        self.in_stock, self.priced = in_stock, priced
        self._met, self._lines = array("q"), array("q")

    def __len__(self) -> int:
        return len(self._offers)

    def __contains__(self, digest: object) -> bool:
        return digest in self.digests

    @property
    def met(self) -> int:
        """How many records were recognised."""
        return len(self._met)

    def meet(self, digest: int, line: int) -> None:
        """The record of this digest is in the file. A second one like it is not expected any more: it is read."""
        self.digests.remove(digest)
        self._met.append(digest)
        self._lines.append(line)

    def meet_all(self, digests: array[int], lines: Sequence[int], unknown: list[int]) -> bool:
        """As `meet`, of all but those at the places `unknown`. False, and nothing is met, when one of them is there twice."""
        met = self.digests.intersection(digests)
        if len(met) != len(digests) - len(unknown):
            return False
        self.digests -= met
        start = 0
        for place in (*unknown, len(digests)):
            self._met.extend(digests[start:place])
            self._lines.extend(lines[start:place])
            start = place + 1
        return True

    def distrust(self) -> None:
        """No record is known by its digest any more: every offer is looked for, and compared value by value."""
        self._every = array("q", bytes(8 * len(self._every)))
        self.digests = set()

    def forget(self) -> None:
        """Nothing was met: the file is read again from its beginning."""
        self.digests.update(self._met)
        self._met, self._lines = array("q"), array("q")

    def lines_of(self, digests: set[int]) -> dict[int, int]:
        """Where these were met."""
        return {d: line for d, line in zip(self._met, self._lines, strict=True) if d in digests}

    def unmet(self) -> Iterator[tuple[int]]:
        """The offers whose record, as it was, is not in the file: as rows to copy."""
        left = self.digests
        for digest, offer in zip(self._every, self._offers, strict=True):
            if digest in left or not digest:
                yield (offer,)


def nothing_known() -> Known:
    """For a first run."""
    return Known(array("q"), array("q"))


async def load(supplier: int, feed: int, *, speed: str, orphaned: Sequence[int] = ()) -> Known:
    """The feed's present offers, in the open scope. As binary COPY: a million take a second. See `Task.orphaned`."""
    raw = bytearray()

    async def keep(chunk: bytes) -> None:
        raw.extend(chunk)

    query = FULL if speed == "full" else STOCK
    args: list[object] = [supplier, feed]
    if orphaned:
        query = ORPHANED
        args.append(list(orphaned))
    await connection().copy_from_query(query, *args, output=keep, format="binary")
    body = memoryview(raw)[_HEADER:-2]  # the trailer is a count of -1
    flags = bytes(body[_FLAGS + 1 :: _ROW])
    in_stock = flags.count(b"\x01") + flags.count(b"\x03")
    return Known(
        _column(body, _HASH), _column(body, _ID), in_stock, flags.count(b"\x02") + flags.count(b"\x03")
    )


def _column(body: memoryview, at: int) -> array[int]:
    """Eight bytes of every row as integers, without a loop over the rows."""
    count = len(body) // _ROW
    packed = bytearray(8 * count)
    for byte in range(8):
        packed[byte::8] = body[at + byte :: _ROW]
    numbers = array("q")
    numbers.frombytes(packed)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
