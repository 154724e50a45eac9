"""What the last run of a feed read, by the digests of its records: what is seen again unchanged is neither converted nor
staged nor compared.

Three flat arrays instead of a dict: a million offers are 24 MB, not 200.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left

from marketplace.kernel.database import connection

_HEADER = 19  # "PGCOPY\n\xff\r\n\0", flags, length of the extension
_PAIR = struct.Struct(">hiqiq")  # two columns; each with its length of eight bytes

_QUERY = """
SELECT hash, id FROM offer
 WHERE supplier = $1 AND feed = $2 AND hash IS NOT NULL AND missing_runs = 0 AND retired_at IS NULL ORDER BY hash"""


class Known:
    """The digests of a feed's offers, for `in`, and which of them were seen."""

    def __init__(self, digests: array[int], offers: array[int]) -> None:
        self._digests, self._offers = digests, offers
        self._lines = array("q", bytes(8 * len(digests)))
        self.seen = 0
        self.again = 0

    def __len__(self) -> int:
        return len(self._digests)

    def __contains__(self, digest: object) -> bool:
        assert isinstance(digest, int)
        place = bisect_left(self._digests, digest)
        return place < len(self._digests) and self._digests[place] == digest

    def see(self, digest: int, line: int) -> None:
        """The record of this digest is in the file, at `line`. A second time it counts as a duplicate."""
        place = bisect_left(self._digests, digest)
        if self._lines[place]:
            self.again += 1
        else:
            self.seen += 1
        self._lines[place] = max(line, 1)

    def unseen(self) -> list[tuple[int]]:
        """The offers that were not seen, as records to copy."""
        return [(offer,) for offer, line in zip(self._offers, self._lines, strict=True) if not line]

    def line_of(self, digest: int) -> int:
        """Where a digest was seen last; 0 when it was not."""
        return self._lines[bisect_left(self._digests, digest)] if digest in self else 0


async def load(supplier: int, feed: int) -> Known:
    """The digests of the feed's present offers, in the open scope. As binary COPY: a million take a second."""
    raw = bytearray()

    async def keep(chunk: bytes) -> None:
        raw.extend(chunk)

    await connection().copy_from_query(_QUERY, supplier, feed, output=keep, format="binary")
    digests, offers = array("q"), array("q")
    body = memoryview(raw)[_HEADER:-2]  # the trailer is a count of -1
    for _, _, digest, _, offer in _PAIR.iter_unpack(body):
        digests.append(digest)
        offers.append(offer)
    return Known(digests, offers)


def nothing_known() -> Known:
    """For a first run, and for feeds that are compared value by value."""
    return Known(array("q"), array("q"))
