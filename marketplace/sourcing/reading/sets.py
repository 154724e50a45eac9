"""Sets and their parts in one file: the stock of a set is the least that its parts allow.

A set may stand above its parts, so the file is gone through before it is read: once for the article numbers that sets name, once
for the stock of these. What is held is bounded by the number of different parts, whatever the size of the file. Rows that a
filter leaves out count as parts all the same: they are often those not sold by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import Places
from marketplace.sourcing.reading.convert import Converter
from marketplace.sourcing.reading.made_of import MAX_DEPTH, MAX_LEAVES, Apart, MadeOf, needed
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected
from marketplace.sourcing.reading.section import Section
from marketplace.sourcing.reading.slots import SLOT
from marketplace.sourcing.reading.tally import Survey, Tally
from marketplace.sourcing.values.parts import Part, read_parts
from marketplace.sourcing.values.stock import Stock, stock_of_set
from marketplace.sourcing.values.text import shorten

MAX_NAMES = 200_000
"""Different parts that are followed: about forty megabytes. Sets of further parts are not sold, and say so."""
MAX_HELD = 1_000_000
"""Parts of sets that are parts themselves: two hundred megabytes. Sets of further sets are not sold either."""
_COUNTED = ("sku", "quantity", "availability", "lead_days", "parts")
_OWN = frozenset({"discontinued", "preorder"})
_SKU, _LINE, _STATE = SLOT["sku"], SLOT["line"], SLOT["availability"]

Sections = Callable[[Path, Mapping, Tally], Iterator[Section]]


class Sets:
    """The stock of every part that a set of the file names. Raises FeedRefused when the file is broken.

    `told`, when given, is appended what each set is made of as its row is read; whoever gives it takes it away again.
    """

    def __init__(
        self,
        path: Path,
        mapping: Mapping,
        sections: Sections,
        now: datetime,
        told: list[MadeOf] | None = None,
    ) -> None:
        self._told = told
        self._stocks: dict[str, Stock] = {}
        self._made_of: dict[str, list[Part]] = {}
        self._apart = Apart(self._stocks, self._made_of)
        self._inner: dict[tuple[str, int], Stock] = {}
        self.full = False
        names = self._names(sections(path, mapping, Survey()), mapping)
        if names:
            self._look_up(names, sections(path, mapping, Survey()), mapping, now)

    def join(self, converter: Converter) -> None:
        """From now on its sets have the stock that their parts allow."""
        places = converter.places.find_all(converter.mapping.columns.get("parts", ()))
        if places:
            converter.also(lambda cells, values: self._fill(_parts(cells, places), values, converter.tally))

    def _names(self, sections: Iterator[Section], mapping: Mapping) -> set[str]:
        names: set[str] = set()
        for section in sections:
            places = Places(section.columns).find_all(mapping.columns["parts"])
            for cells in _rows(section) if places else ():
                for part in _parts(cells, places):
                    if len(names) >= MAX_NAMES:
                        self.full = True
                        return names
                    names.update((part.sku, part.text))
        return names

    def _look_up(self, names: set[str], sections: Iterator[Section], mapping: Mapping, now: datetime) -> None:
        columns = {field: mapping.columns[field] for field in _COUNTED if field in mapping.columns}
        counted = msgspec.structs.replace(mapping, columns=columns, filters=[], fixed={})
        held = 0
        for section in sections:
            converter = Converter(counted, section.columns, now, Survey())
            places = converter.places.find_all(columns["parts"])
            for cells in _rows(section):
                row = converter.convert(cells, 0)
                if isinstance(row, OfferRow) and row.sku in names:
                    self._stocks[row.sku] = _stock(row)
                    parts = [part for part in _parts(cells, places) if part.text != row.sku]
                    held += len(parts) - len(self._made_of.pop(row.sku, ()))
                    if held > MAX_HELD:
                        held, self.full = held - len(parts), True
                        del self._stocks[row.sku]
                    elif parts:
                        self._made_of[row.sku] = parts

    def _fill(self, parts: list[Part], values: list[Any], tally: Tally) -> None:
        sku = values[_SKU]
        if not parts or [part.text for part in parts] == [sku]:
            return
        if values[_STATE] in _OWN:
            if self._told is not None:
                self._apart.tell(sku, None, self._told)
            return
        stock = self._assembled(parts, frozenset((sku,)))
        leaves = self._apart.take(parts)
        if leaves is None:
            why = f"it is made of more than {MAX_LEAVES:,} different parts"
            stock = Stock(not_sellable="part_unknown", trouble=why)
        if self._told is not None:
            self._apart.tell(sku, leaves, self._told)
        for name, value in stock._asdict().items():
            if name in _SLOTS:
                values[_SLOTS[name]] = value
        values[SLOT["issues"]] = (stock.trouble,) if stock.trouble else ()
        if stock.trouble:
            tally.see(
                "stock_unreadable" if stock.keep else "part_unknown",
                values[_LINE],
                shorten(f"{sku}: {stock.trouble}", 90),
            )
        else:
            tally.see("sets", values[_LINE])

    def _assembled(self, parts: list[Part], above: frozenset[str]) -> Stock:
        """What the parts allow; `above` are the sets it is a part of."""
        found: list[tuple[str, int, Stock | None]] = []
        for name, count in needed(parts, self._stocks).items():
            found.append((name, count, None if name in above else self._of(name, above)))
        return stock_of_set(found, followed=not self.full)

    def _of(self, name: str, above: frozenset[str]) -> Stock | None:
        """Worked out once at each depth: sets of the same sets would take ages. One that leads into a ring is unknown wherever it
        is entered, so it does not matter which sets are above."""
        inner = self._made_of.get(name)
        if inner is None:
            return self._stocks.get(name)
        depth = len(above)
        if depth >= MAX_DEPTH:
            return None
        stock = self._inner.get((name, depth))
        if stock is None:
            stock = self._inner[name, depth] = self._assembled(inner, above | {name})
        return stock


_SLOTS = {
    "quantity": SLOT["quantity"],
    "kind": SLOT["quantity_kind"],
    "sells_up_to": SLOT["sells_up_to"],
    "availability": _STATE,
    "keep": SLOT["keep_quantity"],
    "lead_days": SLOT["lead_days"],
    "not_sellable": SLOT["not_sellable"],
}


def _rows(section: Section) -> Iterator[Sequence[Any]]:
    for record in section.records:
        if not isinstance(record, Rejected):
            yield from record[1] if section.nested else (record[1],)


def _parts(cells: Sequence[Any], places: Sequence[int]) -> list[Part]:
    """The parts of a row, from one cell, several columns or the values of a repeated element."""
    found: list[Part] = []
    for place in places:
        cell = cells[place]
        if cell:
            for text in (cell,) if isinstance(cell, str) else cell:
                found += read_parts(text)
    return found


def _stock(row: OfferRow) -> Stock:
    return Stock(
        row.quantity,
        row.quantity_kind,  # type: ignore[arg-type]
        row.quantity_raw,
        row.sells_up_to,
        row.availability,
        row.keep_quantity,
        row.lead_days,
    )
