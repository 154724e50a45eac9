"""Which of their columns a mapping uses, and where these are in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marketplace.sourcing.mapping.fields import MANY
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.values.text import fold

MANY_REFS = MANY | {"options"}


def as_list(refs: str | Sequence[str]) -> list[str]:
    """One column or several, as a list."""
    return [refs] if isinstance(refs, str) else list(refs)


def refs_of(mapping: Mapping) -> dict[str, bool]:
    """Every column the mapping names, in a stable order → whether all values of a repeated element are wanted there."""
    wanted: dict[str, bool] = {}

    def want(names: Iterable[str], many: bool) -> None:
        for name in names:
            wanted[name] = wanted.get(name, False) or many

    for field, refs in mapping.columns.items():
        want(as_list(refs), field in MANY)
    want(mapping.options.values(), False)
    for pair in mapping.option_pairs:
        want(pair, True)
    want(mapping.option_columns, True)
    want(mapping.key_from, False)
    want((rule.column for rule in mapping.filters), False)
    if mapping.parents:
        want([mapping.parents.column], False)
    return wanted


class Places:
    """Where columns are in the rows of one table: by exact name, by folded name, by place (`#3`)."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self._exact = {name: place for place, name in reversed(list(enumerate(columns)))}
        self._folded = {fold(name): place for place, name in reversed(list(enumerate(columns)))}

    def find(self, ref: str) -> int | None:
        """The place from 0, None when the table has no such column."""
        if not ref:
            return None
        place = self._exact.get(ref)
        if place is None:
            place = self._folded.get(fold(ref)) if fold(ref) else None
        if place is None and ref[:1] == "#" and ref[1:].isdecimal() and 0 < int(ref[1:]) <= len(self.columns):
            place = int(ref[1:]) - 1
        return place

    def find_all(self, refs: str | Sequence[str]) -> list[int]:
        """The places of those columns that are there, in the mapping's order."""
        return [place for place in map(self.find, as_list(refs)) if place is not None]
