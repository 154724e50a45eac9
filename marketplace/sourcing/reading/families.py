"""Rows that belong together: variants that leave to their product's first row what it says of them all, rows that only add
a picture, parents that are described once and sold as their variants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.convert import MAX_KEY, Converter
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.values.links import MAX_IMAGES
from marketplace.sourcing.values.text import fold

MAX_GROUP = 2_000
MAX_LEADERS = 2_000
MAX_PARENTS = 20_000
_INHERITED = (
    "title", "description", "brand", "category", "google_category", "link", "condition", "origin_country", "hs_code",
    "manufacturer", "responsible", "warnings",
)  # fmt: skip

Out = OfferRow | Rejected


class Families:
    """Takes rows as they come and gives them back whole, a group at a time. `attached` counts those that became part of
    others. What was given back never changes again."""

    def __init__(self, mapping: Mapping, converter: Converter) -> None:
        self._mapping = mapping
        self._converter = converter
        self._previous = mapping.inherit == "previous"
        self._group: list[tuple[OfferRow, tuple[str, ...]]] = []
        self._key: str | None = None
        self._parent: OfferRow | None = None  # of the group at hand, where rows follow their parent
        self._gallery: dict[str, None] = {}
        self._leaders: dict[str, OfferRow] = {}
        self._parents: dict[str, OfferRow] = {}
        self._names: dict[str, str] = {}
        self._used: set[str] = set()
        self._sought: set[str] = set()
        parents = mapping.parents
        self._parent_at = converter.places.find(parents.column) if parents else None
        self._parent_words = frozenset(map(fold, parents.values)) if parents else frozenset()
        self.attached = 0

    def take(self, row: OfferRow, cells: Sequence[Any]) -> Iterator[Out]:
        """One row in; what is complete by now out."""
        if self._is_parent(cells) and not self._previous:
            yield from self._hold(row, cells)
        elif row.group_key is not None and self._child(row):
            yield from self._finished(row)
        elif self._mapping.inherit:
            yield from self._in_group(row, cells)
        else:
            yield from self._finished(row)

    def flush(self) -> Iterator[Out]:
        """What is left at the end: the last group, and parents that nobody referred to, which are offers themselves."""
        yield from self._close()
        for sku, parent in self._parents.items():
            if sku in self._used:
                self.attached += 1
            else:
                yield from self._finished(parent)
        self._parents.clear()

    def _finished(self, row: OfferRow) -> Iterator[Out]:
        yield row if row.title or not self._converter.needs_title else reject("no_title", row.line, [row.sku])

    def _is_parent(self, cells: Sequence[Any]) -> bool:
        return self._parent_at is not None and fold(cells[self._parent_at]) in self._parent_words

    def _hold(self, row: OfferRow, cells: Sequence[Any]) -> Iterator[Out]:
        name = self._converter.parent_key(cells)
        if row.sku in self._sought or name in self._sought:
            self.attached += 1
            return
        if row.sku in self._parents:
            yield from self._finished(self._parents.pop(row.sku))
        if len(self._parents) >= MAX_PARENTS:
            yield from self._let_go(next(iter(self._parents)))
        self._parents[row.sku] = row
        if name:
            self._names[name] = row.sku

    def _let_go(self, sku: str) -> Iterator[Out]:
        parent = self._parents.pop(sku)
        if sku in self._used:
            self.attached += 1
        else:
            yield from self._finished(parent)

    def _child(self, row: OfferRow) -> bool:
        """Takes over from the parent the row names; False when no such parent is known (yet)."""
        if self._parent_at is None:
            return False
        key = (row.group_key or "").removeprefix("id:").strip()
        sku = key if key in self._parents else self._names.get(key, "")
        parent = self._parents.get(sku)
        if parent is None:
            if len(self._sought) < 200_000:
                self._sought.add(key)
            return False
        self._used.add(sku)
        row.group_key = parent.sku
        _inherit(row, parent)
        _take_price(row, parent)
        row.images = row.images or parent.images
        return True

    def _in_group(self, row: OfferRow, cells: Sequence[Any]) -> Iterator[Out]:
        key = self._group_of(row)
        if key != self._key or len(self._group) >= MAX_GROUP:
            same = key == self._key
            yield from self._close(keep=same)
            self._key = key
        if self._mapping.attach_images and self._adds_nothing(row):
            if not self._group and key not in self._leaders:
                yield reject("lonely_image", row.line, [row.sku, *row.images[:1]], group=key or "")
                return
            self.attached += 1
            self._gallery.update(dict.fromkeys(row.images))
            return
        self._gallery.update(dict.fromkeys(row.images))
        if self._previous and self._is_parent(cells):
            self._parent = row
        self._group.append((row, self._converter.variant_images(cells)))

    def _group_of(self, row: OfferRow) -> str | None:
        if not self._previous:
            return row.group_key
        if row.title or not self._group:
            return f"{row.line}"
        return self._key

    @staticmethod
    def _adds_nothing(row: OfferRow) -> bool:
        return not (row.title or row.options or row.stated_e4 is not None or row.quantity_raw) and (
            row.sku == row.group_key or row.group_key is None
        )

    def _close(self, keep: bool = False) -> Iterator[Out]:
        if self._group:
            leader = self._leaders.get(self._key or "") if not self._previous else None
            leader = next((row for row, _ in self._group if row.title), leader) or self._group[0][0]
            gallery = tuple(self._gallery)
            self._tell_apart()
            for row, own in self._group:
                if row is self._parent and len(self._group) > 1:
                    self.attached += 1
                    continue
                _inherit(row, leader)
                if self._parent is not None:
                    _take_price(row, self._parent)
                if self._previous and len(self._group) > 1 and row.group_key is None:
                    row.group_key = leader.sku
                row.images = tuple(dict.fromkeys((*own, *(row.images if self._previous else ()), *gallery)))[
                    :MAX_IMAGES
                ]
                yield from self._finished(row)
            if self._key is not None and not self._previous and len(self._leaders) < MAX_LEADERS:
                self._leaders[self._key] = leader
        self._group, self._parent = [], None
        if not keep:
            self._gallery = {}

    def _tell_apart(self) -> None:
        """Variants that share a SKU and differ in their options are different offers: the options complete the key."""
        shared: dict[str, list[OfferRow]] = {}
        for row, _ in self._group:
            shared.setdefault(row.sku, []).append(row)
        for sku, rows in shared.items():
            if len(rows) > 1 and len({tuple((row.options or {}).items()) for row in rows}) > 1:
                for row in rows:
                    if row.options:
                        row.sku = f"{sku}/{'/'.join(row.options.values())}"[:MAX_KEY]
                        self._converter.tally.see("shared_sku", row.line)


def _inherit(row: OfferRow, leader: OfferRow) -> None:
    if row is leader:
        return
    for field in _INHERITED:
        if getattr(row, field) is None:
            setattr(row, field, getattr(leader, field))


_PRICED = (
    "price_e4",
    "stated_e4",
    "sale_price_e4",
    "msrp_e4",
    "map_e4",
    "currency",
    "price_means",
    "vat_rate_bp",
)


def _take_price(row: OfferRow, parent: OfferRow) -> None:
    """A variant without a price of its own has its product's."""
    if row.not_sellable != "no_price" or row.stated_e4 is not None or parent.price_e4 is None:
        return
    for field in _PRICED:
        setattr(row, field, getattr(parent, field))
    row.not_sellable = "no_currency" if row.currency is None else _unsold(row)


def _unsold(row: OfferRow) -> str | None:
    """Why its stock does not let it be sold, if so."""
    if row.sells_up_to > 0:
        return None
    if row.availability in ("discontinued", "preorder"):
        return row.availability
    if row.quantity is None and row.availability is None:
        return "stock_unreadable" if row.keep_quantity else "no_stock"
    return "out_of_stock"
