"""Reading a feed by its mapping: a stream of offers and rejected records, with counts that always add up.

    accepted + merged + attached + rejected = rows

A row that repeats a key replaces the earlier one ("last row wins"): both are given, in the order of the file, and the earlier
one counts as merged. So whoever takes the offers applies them in order; whoever stages them in SQL keeps, for each sku, the
one with the highest place, and passes `dedup=False`: then the caller sets `merged` from what it found (and the counts are the
same, because the key is). In Python the keys of a million rows take about 100 MB, in PostgreSQL none of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketplace.sourcing.mapping.model import Mapping, fingerprint
from marketplace.sourcing.mapping.refs import Places, as_list
from marketplace.sourcing.reading.convert import Converter
from marketplace.sourcing.reading.families import Families
from marketplace.sourcing.reading.made_of import MadeOf
from marketplace.sourcing.reading.occurred import Occurred
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected, Unchanged, content_hash
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Section
from marketplace.sourcing.reading.sent import sent_fields
from marketplace.sourcing.reading.sets import Sets
from marketplace.sourcing.reading.tally import Tally, Warned
from marketplace.sourcing.values.links import MAX_IMAGES, NOBODY

VERSION = b"4"
"""Raised when the same bytes would be read differently: stored hashes are then worth nothing."""

Item = OfferRow | Rejected | Unchanged
Sections = Callable[[Path, Mapping, Tally], Iterator[Section]]


class Reader:
    """Iterate it once; the counts, warnings and `sent` are complete when the iteration is.

    `sent` names the OfferRow fields this file speaks of: a field that is not among them changes nothing. `stock_only` is
    True when there is no title: such a row updates an offer already known, and makes none.
    """

    def __init__(
        self,
        path: Path,
        mapping: Mapping,
        sections: Sections,
        *,
        now: datetime | None = None,
        dedup: bool = True,
        known: Container[int] | None = None,
        allowed: frozenset[str] = NOBODY,
        hashes: bool = True,
    ) -> None:
        self.path, self.mapping = path, mapping
        self._sections = sections
        self._now = now or datetime.now(UTC)
        self._seen: dict[int, int] | None = {} if dedup else None
        self._alive: dict[int, int] = {}
        self._known = known
        self._hashes = hashes
        self._allowed = allowed
        self._salt = hashlib.sha256(VERSION + fingerprint(mapping))
        self._today = self._now.date().isoformat()
        self.tally = Tally()
        self.made_of: list[MadeOf] | None = None
        self.rows = self.given = self.merged = self.attached = self.rejected = self.offers = 0
        self.sent: frozenset[str] = frozenset()
        self.stock_only = False
        self.columns: list[str] = []
        self._places: list[Places] = []
        self._tabular = True
        self.sellable = 0

    @property
    def accepted(self) -> int:
        """Records that are an offer (with their variants), and were not replaced by a later one."""
        return self.given - self.merged

    @property
    def standing(self) -> int:
        """Offers that were not replaced by a later one, where the reader tells keys apart."""
        return self.offers - self.tally.duplicates

    @property
    def warnings(self) -> list[Warned]:
        """What was odd, a sentence each."""
        return self.tally.all()

    def __iter__(self) -> Iterator[Item]:
        found: set[str] = set()
        sets = (
            Sets(self.path, self.mapping, self._sections, self._now, self.made_of)
            if "parts" in self.mapping.columns
            else None
        )
        for section in self._sections(self.path, self.mapping, self.tally):
            self.columns = self.columns or section.columns
            converter = Converter(self.mapping, section.columns, self._now, self.tally, self._allowed)
            if sets is not None:
                sets.join(converter)
            occurred = None if section.may_be_blank else Occurred(section)
            self._tabular = section.may_be_blank
            if section.nested:
                yield from self._nested(section, converter)
            elif self.mapping.inherit or self.mapping.parents or sets is not None:
                yield from self._grouped(section, converter)
            else:
                yield from self._plain(section, converter)
            self.rows, self.attached = self.rows + section.joined, self.attached + section.joined
            self._constant(converter)
            found |= sent_fields(self.mapping, occurred.places() if occurred else converter.places)
            self._places.append(occurred.places() if occurred else converter.places)
        self.sent = frozenset(found)
        self.stock_only = "title" not in self.sent
        self._finish()

    def _plain(self, section: Section, converter: Converter) -> Iterator[Item]:
        """One record, one offer: the fast way."""
        convert, needs_title = converter.convert, converter.needs_title
        known = self._known if converter.plain_key is not None else None
        item: Any
        for item in section.records:
            if item.__class__ is Rejected:
                yield self._reject(item)
                continue
            line, cells = item
            hashed = self._digest(cells, converter) if self._hashes else -converter.depends_on_today(cells)
            if known is not None and hashed in known:
                sku = cells[converter.plain_key].strip()
                self.rows += 1
                self._count(sku, line)
                yield Unchanged(sku, line, hashed)
                continue
            row = convert(cells, line)
            if row is None:
                if section.may_be_blank:
                    continue
                row = reject("no_key", line, cells)
            self.rows += 1
            if row.__class__ is OfferRow:
                if needs_title and not row.title:
                    self.rejected += 1
                    yield reject("no_title" if converter.useful else "nothing", line, cells)
                    continue
                row.hash = hashed
                self._count(row.sku, line, sold=row.not_sellable is None)
            else:
                self.rejected += 1
            yield row

    def _digest(self, cells: Sequence[Any], converter: Converter) -> int:
        """A hash of the record as it came, under this mapping: cheaper than one of what was made of it."""
        try:
            raw = "\x1f".join(cells).encode("utf-8", "surrogatepass")
        except TypeError:  # some cells are lists
            flat = [
                cell if cell.__class__ is str else f"\x1d{len(cell)}" + "\x1e".join(map(str, cell))
                for cell in cells
            ]
            raw = "\x1f".join(flat).encode("utf-8", "surrogatepass")
        digest = self._salt.copy()
        digest.update(raw)
        if converter.depends_on_today(cells):
            digest.update(self._today.encode())
        return int.from_bytes(digest.digest()[:8], "big", signed=True)

    def _count(self, sku: str, line: int, *, sold: bool = False) -> None:
        """What was seen of a key is where: below zero where that row can be sold."""
        self.given += 1
        self.offers += 1
        self.sellable += sold
        seen = self._seen
        if seen is not None:
            key = hash(sku)
            first = seen.get(key)
            if first is not None:
                self.merged += 1
                self.sellable -= first < 0
                self.tally.duplicate(sku, abs(first), line)
            seen[key] = -line if sold else line

    def _reject(self, item: Any) -> Rejected:
        self.rows += 1
        self.rejected += 1
        return item

    def _grouped(self, section: Section, converter: Converter) -> Iterator[Item]:
        families = Families(self.mapping, converter)
        item: Any
        for item in section.records:
            if item.__class__ is Rejected:
                yield self._reject(item)
                continue
            line, cells = item
            row = converter.convert(cells, line)
            if row is None:
                if section.may_be_blank:
                    continue
                row = reject("no_key", line, cells)
            self.rows += 1
            if isinstance(row, Rejected):
                self.rejected += 1
                yield row
                continue
            for out in families.take(row, cells):
                yield self._settled(out)
        for out in families.flush():
            yield self._settled(out)
        self.attached += families.attached

    def _settled(self, out: OfferRow | Rejected) -> Item:
        if isinstance(out, Rejected):
            self.rejected += 1
            return out
        out.hash = content_hash(out)
        self._count(out.sku, out.line, sold=out.not_sellable is None)
        return out

    def _nested(self, section: Section, converter: Converter) -> Iterator[Item]:
        """One record, several offers: the record is accepted while one of its offers stands."""
        item: Any
        for item in section.records:
            if item.__class__ is Rejected:
                yield self._reject(item)
                continue
            line, variants = item
            rows = [converter.convert(cells, line) or reject("no_key", line, cells) for cells in variants]
            self.rows += 1
            good = [
                row for row in rows if isinstance(row, OfferRow) and (row.title or not converter.needs_title)
            ]
            if not good:
                self.rejected += 1
                bad = rows[0]
                yield bad if isinstance(bad, Rejected) else reject("no_title", line, variants[0])
                continue
            if len(good) < len(rows):
                self.tally.see("variants_left_out", line)
            self.given += 1
            if converter.shows_variants:
                _show_own_first(rows, variants, converter)
            for row in good:
                row.hash = content_hash(row)
                self._count_variant(row.sku, sold=row.not_sellable is None)
                yield row

    def _count_variant(self, sku: str, *, sold: bool) -> None:
        self.offers += 1
        self.sellable += sold
        if self._seen is None:
            return
        ordinal, key = self.rows, hash(sku)
        seen = self._seen.get(key)
        self._seen[key] = -ordinal if sold else ordinal
        self._alive[ordinal] = self._alive.get(ordinal, 0) + 1
        if seen is not None:
            former = abs(seen)
            self.sellable -= seen < 0
            self.tally.duplicate(sku, former, ordinal)
            self._alive[former] -= 1
            if not self._alive[former] and former != ordinal:
                self.merged += 1

    def _constant(self, converter: Converter) -> None:
        constant = converter.stock.constant()
        if constant is not None and self.given >= 20:
            self.tally.say("constant_stock", example=constant)

    def _finish(self) -> None:
        if self.stock_only and self.given:
            self.tally.say("stock_only")
        if (
            self.mapping.price_vat == "included"
            and self.mapping.vat_rate_bp is None
            and "vat_rate" not in (self.mapping.columns.keys() | self.mapping.fixed.keys())
            and "price_e4" in self.sent
        ):
            self.tally.say("vat_unknown")
        for field, refs in self.mapping.columns.items():
            told = self._tabular or field in _MISSED
            if told and self._places and not any(places.find_all(refs) for places in self._places):
                self.tally.say("missing_column", column=", ".join(as_list(refs)), field=field)


def _show_own_first(
    rows: Sequence[OfferRow | Rejected], variants: Sequence[Sequence[Any]], converter: Converter
) -> None:
    """A variant's own picture stands before those of its product."""
    for row, cells in zip(rows, variants, strict=True):
        own = converter.variant_images(cells) if isinstance(row, OfferRow) else ()
        if own and isinstance(row, OfferRow):
            row.images = tuple(dict.fromkeys((*own, *row.images)))[:MAX_IMAGES]


_MISSED = frozenset({"title", "price", "cost", "quantity", "availability"})
"""Of a document's elements, most of which are optional, those whose absence everywhere is worth a word."""
