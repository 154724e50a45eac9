"""Sets taken apart: how many a set needs of each part that is no set itself. `reading/sets.py` knows the file."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from marketplace.sourcing.values.parts import Part
from marketplace.sourcing.values.stock import Stock

MAX_DEPTH = 5
"""Sets of sets of sets."""
MAX_LEAVES = 1_000
"""Different parts of a set once the sets in it are taken apart. A larger one is not sold."""
MAX_KEPT = 1_000_000
"""Parts of sets taken apart that are remembered: two hundred megabytes. Sets of further sets are not sold."""
_MANY = 10**9  # of one part in a set: no stock suffices


class MadeOf(NamedTuple):
    """A set needs `units` of a part that is not a set itself. `sells_up_to` is what the file says of that part, None when it says
    nothing that can be read. Without a part: it is a set, and of what the file does not say for certain."""

    nth: int  # set of the file, from 1
    sku: str
    part: str | None = None
    units: int | None = None
    sells_up_to: int | None = None
    listed: bool = True  # the part is in the file; else it may be in another of the supplier's


def needed(parts: list[Part], known: Container[str]) -> dict[str, int]:
    """How many of each part; a text that looks like a count is a part where there is one of that number."""
    found: dict[str, int] = {}
    for part in parts:
        name, count = (part.text, 1) if part.text in known else (part.sku, part.needed)
        found[name] = found.get(name, 0) + count
    return found


class Apart:
    """`stocks` are those of the file's parts, `made_of` the parts of parts that are sets; both may still grow."""

    def __init__(self, stocks: dict[str, Stock], made_of: dict[str, list[Part]]) -> None:
        self._stocks, self._made_of = stocks, made_of
        self._leaves: dict[tuple[str, int], dict[str, int] | None] = {}
        self._kept = self._nth = 0

    def take(self, parts: list[Part], depth: int = 1) -> dict[str, int] | None:
        """How many of each part that is no set. Empty when that is not certain, because a set is in a ring or too deep; None when they
        are too many."""
        leaves: dict[str, int] = {}
        for name, count in needed(parts, self._stocks).items():
            within = self._of(name, depth)
            if not within:
                return within
            for leaf, units in within.items():
                leaves[leaf] = min(leaves.get(leaf, 0) + count * units, _MANY)
            if len(leaves) > MAX_LEAVES:
                return None
        return leaves

    def tell(self, sku: str, leaves: dict[str, int] | None, told: list[MadeOf]) -> None:
        """Append to `told` what the set is made of, where that is certain."""
        self._nth += 1
        if not leaves:
            told.append(MadeOf(self._nth, sku))
            return
        for name, units in leaves.items():
            of = self._stocks.get(name)
            unsaid = of is None or of.keep or (of.quantity is None and of.availability is None)
            sells = None if of is None or unsaid else of.sells_up_to
            told.append(MadeOf(self._nth, sku, name, units, sells, of is not None))

    def _of(self, name: str, depth: int) -> dict[str, int] | None:
        """Of one part; kept, because many sets share it."""
        inner = self._made_of.get(name)
        if inner is None:
            return {name: 1}
        if depth >= MAX_DEPTH:
            return {}
        if (name, depth) not in self._leaves:
            if self._kept > MAX_KEPT:
                return None
            leaves = self._leaves[name, depth] = self.take(inner, depth + 1)
            self._kept += len(leaves or ()) + 1
        return self._leaves[name, depth]
