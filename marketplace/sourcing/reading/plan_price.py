"""The prices of a row: which column means what, in which currency, with or without VAT."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from marketplace.kernel.money import EXPONENTS, round_div
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import Places, as_list
from marketplace.sourcing.reading.slots import SLOT
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.values.currency import currency_of
from marketplace.sourcing.values.dates import read_span
from marketplace.sourcing.values.measure import read_rate
from marketplace.sourcing.values.price import MinorCells, PriceCells, PriceUnreadable, net_of_vat
from marketplace.sourcing.values.quantity import read_count

_PRICE, _STATED, _CURRENCY, _MEANS = (
    SLOT["price_e4"],
    SLOT["stated_e4"],
    SLOT["currency"],
    SLOT["price_means"],
)
_SALE, _MSRP, _MAP, _RATE = SLOT["sale_price_e4"], SLOT["msrp_e4"], SLOT["map_e4"], SLOT["vat_rate_bp"]
_CODE = re.compile(r"(?:^|[^A-Za-z])([A-Z]{3}|[a-z]{3})(?:[^A-Za-z]|$)")

_MINOR = re.compile(
    r"(?:^|[^A-Za-z])(?:cents?|pence|centimes|minor|minor[_ ]units?)[^A-Za-z]*$|[a-z](?:In)?(?:Cents?|Minor)$|centAmount$"
)
"""Names of columns whose numbers are minor units: `price_cents`, `centAmount`, `amount_minor`."""
_SIGN = re.compile(
    r"(?:^|[\s(,/])(\$|R\$|US\$|CA\$|AU\$|NZ\$|Kč|Ft|руб|грн|лв|lei|TL|円|ر\.?س|د\.?إ|ر\.?ع|د\.?ك|ج\.?م|درهم)\.?(?:[\s).]|$)"
)

Reader = Callable[[Sequence[Any]], tuple[int | None, str | None]]


def currency_in_name(name: str) -> str | None:
    """The currency a column's name carries: `Price EUR`, `price_usd`, `Compare Price USD`, `Цена, €`."""
    for code in _CODE.findall(name.replace("_", " ").replace(" ", "  ")):
        if code.upper() in EXPONENTS and code.upper() not in ("ALL", "TOP", "TRY", "MAD", "COP", "MOP"):
            return str(code.upper())
    signed = _SIGN.search(name)
    if signed:
        return currency_of(signed[1])
    return (
        currency_of(name)
        if any(sign in name for sign in "€£₹₺₽₴₪₩₫฿zł") and "zl" not in name.lower()
        else None
    )


class PricePlan:
    """Compiled once for a table; `fill` is called for every row and says why the row cannot be sold, if so."""

    def __init__(self, mapping: Mapping, places: Places, now: datetime, tally: Tally) -> None:
        self._mapping = mapping
        self._now = now
        self._tally = tally
        self._cells: dict[tuple[str | None, bool], PriceCells] = {}
        self._price = self._column("price", places)
        self._cost = self._column("cost", places)
        self._sale = self._column("sale_price", places)
        self._msrp = self._column("msrp", places)
        self._map = self._column("map_price", places)
        self._currency = self._one("currency", places)
        self._vat = self._one("vat_rate", places)
        self._dates = self._one("sale_dates", places)
        self._per = self._one("price_quantity", places)
        self._for = read_count(mapping.fixed.get("price_quantity", ""))
        self._included = mapping.price_vat == "included"
        self._rate = mapping.vat_rate_bp if mapping.vat_rate_bp is not None else _fixed_rate(mapping)
        self._default = mapping.fixed.get("currency") or mapping.currency
        self._means = mapping.price_means
        self.sends = bool(self._price or self._cost)
        self._simple = not (self._sale or self._msrp or self._map or self._per or self._cost or self._for > 1)

    def _one(self, field: str, places: Places) -> int | None:
        found = places.find_all(self._mapping.columns.get(field, ()))
        return found[0] if found else None

    def _column(self, field: str, places: Places) -> list[tuple[int, PriceCells, str | None]]:
        columns = []
        for ref in as_list(self._mapping.columns.get(field, ())):
            place = places.find(ref)
            if place is not None:
                named = currency_in_name(ref)
                currency = named or self._mapping.currency
                minor = _MINOR.search(ref) is not None
                kind = MinorCells if minor else PriceCells
                cells = self._cells.setdefault((currency, minor), kind(self._mapping.decimal, currency))
                columns.append((place, cells, named))
        return columns

    def _read(
        self, columns: list[tuple[int, PriceCells, str | None]], cells: Sequence[Any], line: int
    ) -> tuple[int | None, str | None, bool]:
        """(amount, currency, whether a cell held something unreadable) of the first column that has a price."""
        for place, price_cells, named in columns:
            text = cells[place]
            if text:
                try:
                    amount, currency = price_cells.read(text)
                except PriceUnreadable:
                    self._tally.see("price_unreadable", line, text.strip()[:40])
                    return None, None, True
                if amount is not None and amount < 0:
                    self._tally.see("price_negative", line)
                    return None, None, True
                if amount is not None:
                    return amount, currency or named, False
        return None, None, False

    def fill(self, cells: Sequence[Any], values: list[Any], line: int) -> str | None:
        """Fills the price fields of `values`; gives None or the code of why the row cannot be sold."""
        amount, currency, unreadable = self._read(self._price, cells, line)
        if self._vat is not None and cells[self._vat]:
            rate = read_rate(cells[self._vat])
            values[_RATE] = rate if rate is not None else self._rate
        else:
            values[_RATE] = self._rate
        stated = amount
        if amount is not None and self._included and values[_RATE]:
            amount = net_of_vat(amount, values[_RATE])
        means: str = self._means
        if not self._simple:
            amount, stated, currency, means = self._more(cells, values, line, amount, stated, currency)
        values[_MEANS] = means
        values[_PRICE] = amount
        values[_STATED] = stated
        if not amount:
            return "price_unreadable" if unreadable else "no_price"
        currency = currency or self._of_row(cells) or self._default
        values[_CURRENCY] = currency
        if currency is None:
            self._tally.see("currency_unknown", line)
            return "no_currency"
        return None

    def _of_row(self, cells: Sequence[Any]) -> str | None:
        if self._currency is None or not cells[self._currency]:
            return None
        return currency_of(cells[self._currency], self._mapping.currency)

    def _net(self, amount: int | None, rate: int | None) -> int | None:
        return net_of_vat(amount, rate) if amount is not None and self._included and rate else amount

    def _more(
        self,
        cells: Sequence[Any],
        values: list[Any],
        line: int,
        amount: int | None,
        stated: int | None,
        currency: str | None,
    ) -> tuple[int | None, int | None, str | None, str]:
        rate = values[_RATE]
        per = read_count(cells[self._per]) if self._per is not None else self._for
        if self._sale:
            values[_SALE] = self._reduced(cells, line, stated, rate)
        msrp, msrp_currency, _ = self._read(self._msrp, cells, line)
        values[_MSRP] = self._net(msrp, rate) or None
        values[_MAP] = self._net(self._read(self._map, cells, line)[0], rate) or None
        means: str = self._means
        cost, cost_currency, _ = self._read(self._cost, cells, line)
        if cost:
            if values[_MSRP] is None and self._means == "public":
                values[_MSRP] = amount
            amount, stated, currency, means = cost, cost, cost_currency or currency, "cost"
            values[_SALE] = None
        if per > 1:
            amount, stated = (round_div(a, per) if a is not None else None for a in (amount, stated))
            for slot in (_SALE, _MSRP, _MAP):
                values[slot] = round_div(values[slot], per) if values[slot] is not None else None
        return amount, stated, currency or (msrp_currency if amount is not None else None), means

    def _reduced(self, cells: Sequence[Any], line: int, price: int | None, rate: int | None) -> int | None:
        """The reduced price, if it is one and is valid now. One above the price is left out, never swapped."""
        sale, _, _ = self._read(self._sale, cells, line)
        if not sale or not price or sale == price:
            return None
        if sale > price:
            self._tally.see("sale_above_price", line)
            return None
        span = read_span(cells[self._dates]) if self._dates is not None and cells[self._dates] else None
        if span and ((span[0] and self._now < span[0]) or (span[1] and self._now > span[1])):
            return None
        return self._net(sale, rate)


def _fixed_rate(mapping: Mapping) -> int | None:
    fixed = mapping.fixed.get("vat_rate")
    return read_rate(fixed) if fixed else None
