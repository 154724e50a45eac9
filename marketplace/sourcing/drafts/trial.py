"""A dry run: the file is read as the sync would read it, and nothing is written. Pure but for the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketplace.kernel.json import storable
from marketplace.sourcing.check_feed import shown
from marketplace.sourcing.drafts.draft import mark
from marketplace.sourcing.drafts.proposals import told_of
from marketplace.sourcing.formats import sections
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.mapping.refs import Places, as_list
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected
from marketplace.sourcing.reading.reader import Reader
from marketplace.sourcing.reading.rejections import CELLS
from marketplace.sourcing.reading.section import Section
from marketplace.sourcing.reading.tally import Survey, Tally
from marketplace.sourcing.values.quantity import read_quantity
from marketplace.sourcing.values.stock import StockCells
from marketplace.sourcing.values.stock_words import COMMON_WORDS
from marketplace.sourcing.values.text import fold, shorten

REJECTED = 200
SAMPLES = 12
WORDS = 300
DISTINCT = 5_000
STOCK_FIELDS = ("quantity", "availability", "lead_days")


def run(path: Path, mapping: Mapping, allowed: frozenset[str], tell: Callable[[int], None]) -> dict[str, Any]:
    """Counts, examples and stock words as plain data. `tell` hears how many records were read. Of a file that turns out to be broken
    after some records, `broken` says where, and the rest what was read up to there. Raises FeedRefused when nothing was."""
    words: dict[str, Counter[str]] = {field: Counter() for field in STOCK_FIELDS}
    reader = Reader(path, mapping, _tapped(words), now=datetime.now(UTC), allowed=allowed)
    rejected: list[dict[str, Any]] = []
    sample: list[dict[str, Any]] = []
    why: Counter[str] = Counter()
    broken: FeedRefused | None = None
    try:
        for place, item in enumerate(reader):
            if not place % 5_000:
                tell(reader.rows)
            if isinstance(item, OfferRow):
                if item.not_sellable is not None:
                    why[item.not_sellable] += 1
                if len(sample) < SAMPLES:
                    sample.append(_offer(item))
            elif isinstance(item, Rejected) and len(rejected) < REJECTED:
                rejected.append(
                    {
                        "line": item.line,
                        "reason": storable(item.reason),
                        "raw": storable(item.raw),
                    }
                )
    except FeedRefused as fault:
        if not reader.rows:
            raise
        broken = fault
    return {
        "of": mark(mapping),
        "rows": reader.rows,
        "accepted": reader.accepted,
        "merged": reader.merged,
        "attached": reader.attached,
        "rejected": reader.rejected,
        "offers": reader.standing,
        "sellable": reader.sellable,
        "stock_only": reader.stock_only,
        "warnings": [storable(w.sentence) for w in reader.warnings],
        "rejected_rows": rejected,
        "columns": storable(reader.columns[:CELLS]),
        "sample": sample,
        "why": dict(why.most_common()),
        "words": _vocabulary(words, mapping),
        "broken": told_of(broken) if broken else None,
    }


def _tapped(words: dict[str, Counter[str]]) -> Callable[[Path, Mapping, Tally], Iterator[Section]]:
    """The file's sections, with every stock cell counted as it goes by."""

    def tapped(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
        for section in sections(path, mapping, tally):
            places = Places(section.columns)
            at = [
                (words[field], found[0])
                for field in STOCK_FIELDS
                if (found := places.find_all(as_list(mapping.columns.get(field, ()))))
            ]
            if at and not isinstance(tally, Survey):
                section.records = _counted(section.records, section.nested, at)
            yield section

    return tapped


def _counted(records: Iterator[Any], nested: bool, at: list[tuple[Counter[str], int]]) -> Iterator[Any]:
    item: Any
    for item in records:
        if item.__class__ is not Rejected:
            _, cells = item
            for variant in cells if nested else (cells,):
                for seen, place in at:
                    cell = variant[place]
                    if (
                        cell.__class__ is str
                        and not cell.isdecimal()
                        and (cell in seen or len(seen) < DISTINCT)
                    ):
                        seen[cell] += 1
        yield item


def _vocabulary(words: dict[str, Counter[str]], mapping: Mapping) -> list[dict[str, Any]]:
    """Each word of the stock columns with what it is read as; unknown ones first, then by how often they come."""
    cells = StockCells(mapping, datetime.now(UTC).date())
    own = {fold(token) for token in mapping.words}
    told: dict[str, dict[str, Any]] = {}
    for field, seen in words.items():
        for cell, count in seen.most_common():
            token = shorten(" ".join(cell.split()), 80)
            folded = fold(cell)
            number = read_quantity(cell.strip(), mapping.decimal) if cell.strip() else None
            if not cell.strip() or (number is not None and folded not in own):
                continue
            if folded in told:
                told[folded]["count"] += count
                continue
            told[folded] = {
                "token": storable(token),
                "field": field,
                "count": count,
                **_meaning(cells, field, cell, folded, own),
            }
    ranks = {"unknown": 0, "own": 1, "read": 2, "common": 3}
    return sorted(told.values(), key=lambda w: (ranks[w["known"]], -w["count"], w["token"]))[:WORDS]


def _meaning(cells: StockCells, field: str, cell: str, folded: str, own: set[str]) -> dict[str, Any]:
    stock = (
        cells.read(cell)
        if field == "quantity"
        else cells.read("", cell)
        if field == "availability"
        else cells.read("", "", cell)
    )
    unknown = stock.keep or stock.trouble is not None or (field == "lead_days" and stock == cells.read(""))
    known = (
        "unknown" if unknown else "own" if folded in own else "common" if folded in COMMON_WORDS else "read"
    )
    return {
        "known": known,
        "state": stock.availability,
        "quantity": stock.quantity,
        "lead_days": stock.lead_days,
    }


def _offer(row: OfferRow) -> dict[str, Any]:
    """An offer as it would be, without long texts."""
    said = shown(row)
    for name in ("description", "warnings"):
        if isinstance(said.get(name), str):
            said[name] = shorten(said[name], 200)
    cleaned: dict[str, Any] = storable(said)
    return cleaned
