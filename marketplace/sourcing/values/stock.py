"""What a row says of its stock, from its quantity, availability and delivery columns together.

The rules (DESIGN §7): what a number means is in the mapping and never guessed silently; an unknown word is never read as
zero, the row keeps the stock we hold and is reported; a quantity below zero is zero for sale and kept raw.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from marketplace.sourcing.mapping.model import Mapping, QuantityKind, Word
from marketplace.sourcing.values.dates import read_date
from marketplace.sourcing.values.lead import days_until, read_days, says_days
from marketplace.sourcing.values.quantity import MAX_QUANTITY, read_quantity
from marketplace.sourcing.values.stock_words import COMMON_WORDS
from marketplace.sourcing.values.text import fold, shorten

_EMPTY = frozenset({"-", "–", "—", "NULL", "null", "None", "nan", "NaN"})
"""What programs write into a cell that says nothing."""


class Stock(NamedTuple):
    """What an offer row gets. `trouble` is a sentence when a cell could not be read."""

    quantity: int | None = None
    kind: QuantityKind = "unknown"
    raw: str | None = None
    sells_up_to: int = 0
    availability: str | None = None
    keep: bool = False
    lead_days: int | None = None
    not_sellable: str | None = "no_stock"
    trouble: str | None = None


class _Cell(NamedTuple):
    state: str | None = None
    quantity: int | None = None
    kind: QuantityKind | None = None
    lead_days: int | None = None
    unknown: bool = False


_NOTHING = _Cell()
_DATED = re.compile(r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)")
"""`Available from 12.12.2026`: a day among words."""
_UNSOLD = {"out_of_stock": "out_of_stock", "discontinued": "discontinued", "preorder": "preorder"}


class StockCells:
    """Reads the stock of rows under one mapping. The same cells give the same answer, so answers are kept (bounded)."""

    LIMIT = 50_000

    def __init__(self, mapping: Mapping, today: date) -> None:
        self._kind = mapping.quantity_kind
        self._assumed = max(mapping.assumed_quantity, 0)
        self._decimal = mapping.decimal
        self._order = mapping.date_order
        self._today = today
        own = {fold(token): word for token, word in mapping.words.items()}
        plain = {token: word for token, word in own.items() if not token.isdecimal()}
        self._own, self._counts, self._days = (
            own if mapping.words_for in ("", field) else plain
            for field in ("availability", "quantity", "lead_days")
        )
        self._usual = self._lead(mapping.fixed.get("lead_days", "").strip()).lead_days
        self._known: dict[tuple[str, str, str], Stock] = {}

    def read(self, quantity: str, availability: str = "", lead: str = "") -> Stock:
        """The row's stock from its three cells, any of them empty."""
        cells = (quantity, availability, lead)
        known = self._known.get(cells)
        if known is None:
            known = self._judge(quantity.strip(), availability.strip(), lead.strip())
            if len(self._known) > self.LIMIT:
                self._known.clear()
            self._known[cells] = known
        return known

    def constant(self) -> int | None:
        """The one quantity above one that every row in stock had, if there is one: a placeholder, most likely."""
        numbers = {stock.quantity for stock in self._known.values() if stock.quantity}
        return numbers.pop() or None if len(numbers) == 1 and max(numbers) > 1 else None

    def _judge(self, quantity: str, availability: str, lead: str) -> Stock:
        counted, stated, promised = (
            self._quantity(quantity),
            self._availability(availability),
            self._lead(lead),
        )
        raw = quantity or availability or lead.lstrip("-−") or None
        if counted.unknown or (stated.unknown and counted.quantity is None):
            token = shorten(quantity if counted.unknown else availability)
            return Stock(
                raw=raw, keep=True, not_sellable="stock_unreadable", trouble=f"stock “{token}” is not known"
            )
        state = stated.state or counted.state or promised.state
        number = counted.quantity if counted.quantity is not None else stated.quantity
        said = (promised.lead_days, stated.lead_days, counted.lead_days)
        days = next((d for d in said if d is not None), self._usual)
        kind = counted.kind or stated.kind or self._kind
        stock = self._sale(number, kind, state)._replace(raw=raw, lead_days=days)
        if stated.unknown:
            return stock._replace(trouble=f"availability “{shorten(availability)}” is not known")
        if stock.not_sellable == "backorder" and days is not None:
            return stock._replace(not_sellable=None, sells_up_to=self._assumed)
        return stock._replace(not_sellable="out_of_stock") if stock.not_sellable == "backorder" else stock

    def _sale(self, number: int | None, kind: QuantityKind, state: str | None) -> Stock:
        """How many may be sold, and if none, why."""
        if number is not None:
            number = max(number, 0)
        if state in _UNSOLD:
            return Stock(
                number,
                kind if number is not None else "unknown",
                availability=state,
                not_sellable=_UNSOLD[state],
            )
        if number is None:
            if state == "in_stock":
                return Stock(
                    None, "unknown", sells_up_to=self._assumed, availability=state, not_sellable=None
                )
            return Stock(
                None, "unknown", availability=state, not_sellable="backorder" if state else "no_stock"
            )
        if number == 0:
            why = "backorder" if state == "backorder" else "out_of_stock"
            return Stock(
                0, kind, availability="backorder" if why == "backorder" else "out_of_stock", not_sellable=why
            )
        sells = self._assumed if kind == "unknown" else number
        return Stock(number, kind, sells_up_to=sells, availability=state or "in_stock", not_sellable=None)

    def _word(self, text: str, own: dict[str, Word]) -> Word | None:
        token = fold(text)
        return own.get(token) or COMMON_WORDS.get(token)

    def _quantity(self, text: str) -> _Cell:
        if not text or text in _EMPTY:
            own = self._counts.get("")
            return _of(own) if own else _NOTHING
        if self._counts and (own := self._counts.get(fold(text))):
            return _of(own)
        found = read_quantity(text, self._decimal)
        if found is not None:
            kind = found.kind if found.kind == "at_least" and self._kind == "exact" else None
            return _Cell(quantity=min(found.number, MAX_QUANTITY), kind=kind)
        word = self._word(text, self._counts)
        return _of(word) if word else self._timed(text)

    def _availability(self, text: str) -> _Cell:
        if not text:
            return _NOTHING
        word = self._word(text, self._own)
        if word:
            return _of(word)
        if text == "+":
            return _Cell("in_stock")
        if text in ("-", "–", "—"):
            return _NOTHING
        if text in ("0", "1"):
            return _Cell("in_stock" if text == "1" else "out_of_stock", None if text == "1" else 0)
        if says_days(text):
            return self._timed(text)
        found = read_quantity(text, self._decimal)
        if found is not None:
            return _Cell("in_stock" if found.number > 0 else "out_of_stock", found.number, found.kind)
        return self._timed(text)

    def _lead(self, text: str) -> _Cell:
        if not text or text[0] in "-−":  # −1 is how some say that they do not know
            return _NOTHING
        word = self._word(text, self._days) if not text.isdecimal() else self._days.get(text)
        if word:
            return _of(word)
        timed = self._timed(text)
        if not timed.unknown:
            return timed
        days = read_days(text)
        return _Cell("in_stock", lead_days=days) if days is not None else _NOTHING

    def _timed(self, text: str) -> _Cell:
        """A span of days means it can be ordered; a date is when it is back."""
        day = read_date(text, self._order)
        if day is not None:
            wait = days_until(day, self._today)
            return _Cell("in_stock" if wait == 0 else "backorder", lead_days=wait)
        dated = _DATED.search(text)
        if dated is not None and (day := read_date(dated.group(), self._order)) is not None:
            wait = days_until(day, self._today)
            return _Cell("in_stock" if wait == 0 else "backorder", lead_days=wait)
        days = read_days(text) if says_days(text) else None
        return _Cell("in_stock", lead_days=days) if days is not None else _Cell(unknown=True)


def stock_of_set(parts: Sequence[tuple[str, int, Stock | None]], *, followed: bool = True) -> Stock:
    """The stock of a set by that of its parts, each (number, how many are needed, its stock or None where it is not known).

    The least over its parts of how often each suffices. A part of which nothing is known makes the set unknown: not sold, and
    never counted as none. `followed` is False when there were more parts than are followed.
    """
    for name, _, stock in parts:
        if stock is None:
            why = "is not in the file" if followed else "is one of more parts than are followed"
            return Stock(not_sellable="part_unknown", trouble=f"part “{shorten(name)}” {why}")
        if stock.keep:
            return Stock(
                keep=True,
                not_sellable="stock_unreadable",
                trouble=f"the stock of part “{shorten(name)}” is not known",
            )
        if stock.quantity is None and stock.availability is None:
            return Stock(
                not_sellable="part_unknown", trouble=f"the stock of part “{shorten(name)}” is not known"
            )
    known = [
        (stock.quantity // needed, stock.kind)
        for _, needed, stock in parts
        if stock and stock.quantity is not None
    ]
    least = min((number for number, _ in known), default=None)
    sells = min(stock.sells_up_to // needed for _, needed, stock in parts if stock)
    days = max(
        (stock.lead_days for _, _, stock in parts if stock and stock.lead_days is not None), default=None
    )
    out = any(stock.availability in _UNSOLD for _, _, stock in parts if stock)
    if out or (least == 0 and not sells):
        return Stock(0, "exact", availability="out_of_stock", lead_days=days, not_sellable="out_of_stock")
    if len(known) < len(parts):  # of some only that they are there
        least = None
    if least is None and not sells:
        name = next(name for name, needed, stock in parts if stock and stock.sells_up_to < needed)
        return Stock(
            not_sellable="part_unknown",
            trouble=f"whether there are enough of part “{shorten(name)}” is not known",
        )
    kinds = {kind for number, kind in known if number == least}
    kind: QuantityKind = (
        "unknown" if least is None or "unknown" in kinds else "exact" if "exact" in kinds else "at_least"
    )
    state = "backorder" if least == 0 else "in_stock"
    return Stock(
        least,
        kind,
        sells_up_to=sells,
        availability=state,
        lead_days=days,
        not_sellable=None if sells else "out_of_stock",
    )


def _of(word: Word) -> _Cell:
    state = None if word.state == "unknown" else word.state
    return _Cell(state, word.quantity, word.quantity_kind, word.lead_days)
