"""What the values of a column say it is, whatever its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.values.condition import read_condition
from marketplace.sourcing.values.gtin import valid_gtin
from marketplace.sourcing.values.links import looks_like_picture, split_images
from marketplace.sourcing.values.measure import read_rate
from marketplace.sourcing.values.parts import read_parts
from marketplace.sourcing.values.price import PriceUnreadable, parse_price
from marketplace.sourcing.values.quantity import read_quantity
from marketplace.sourcing.values.stock_words import COMMON_WORDS, LEVELS
from marketplace.sourcing.values.text import fold, truth

_URL = re.compile(r"^(?:https?:)?//\S+$", re.IGNORECASE)
_HTML = re.compile(r"<(?:p|br|div|ul|li|span|table|h\d|strong|b)\b", re.IGNORECASE)
_CODE = re.compile(r"^[\w./#+() -]{1,60}$")


class Values:
    """A column's samples, judged. Shares are of the values that are not empty; `filled` of all."""

    def __init__(self, values: Sequence[str], rows: int) -> None:
        self.values = [value.strip() for value in values if value.strip()]
        self.filled = len(self.values) / rows if rows else 0.0
        self.distinct = len(set(self.values)) / len(self.values) if self.values else 0.0
        self.length = sum(map(len, self.values)) / len(self.values) if self.values else 0.0

    def firsts(self, filled: float | None = None) -> Values:
        """Of cells with several lines the first line of each; `filled` where that is known better."""
        first = Values([value.partition("\n")[0] for value in self.values], len(self.values))
        first.filled = self.filled if filled is None else filled
        return first

    def _share(self, test: Callable[[str], bool]) -> float:
        return sum(map(test, self.values)) / len(self.values) if self.values else 0.0

    @property
    def gtins(self) -> float:
        return self._share(lambda v: valid_gtin(v) is not None)

    @property
    def gtin_shaped(self) -> float:
        return self._share(lambda v: v.isdecimal() and 7 <= len(v) <= 14)

    @property
    def pictures(self) -> float:
        return self._share(lambda v: looks_like_picture(_first(v)[:2_000]) or "/image" in v.lower())

    @property
    def urls(self) -> float:
        return self._share(lambda v: bool(_URL.match(_first(v))))

    @property
    def prices(self) -> float:
        return self._share(_is_price)

    @property
    def money(self) -> float:
        """Prices that show it: decimals or a currency."""
        return self._share(
            lambda v: _is_price(v) and (bool(re.search(r"[.,]\d{1,4}\b", v)) or not v.isdecimal())
        )

    @property
    def quantities(self) -> float:
        return self._share(lambda v: read_quantity(v) is not None)

    @property
    def stock_words(self) -> float:
        """Words of stock, plain yes and no aside."""
        return self._share(
            lambda v: (word := fold(v)) in COMMON_WORDS and word not in LEVELS and truth(v) is None
        )

    @property
    def flags(self) -> float:
        return self._share(lambda v: truth(v) is not None)

    @property
    def currencies(self) -> float:
        return self._share(lambda v: v.upper() in EXPONENTS)

    @property
    def only_flags(self) -> bool:
        """Nothing but noughts and ones: whether something is so, not what it costs."""
        return len(self.values) > 2 and set(self.values) <= {"0", "1"}

    @property
    def conditions(self) -> float:
        return self._share(lambda v: read_condition(v) is not None)

    @property
    def rates(self) -> float:
        return self._share(lambda v: read_rate(v) is not None)

    @property
    def digits(self) -> float:
        """Codes of digits with points or spaces between: customs codes."""
        return self._share(lambda v: bool(re.fullmatch(r"[\d. ]{1,16}", v)))

    @property
    def contacts(self) -> float:
        return self._share(lambda v: "@" in v or bool(_URL.match(v)))

    @property
    def part_lists(self) -> float:
        """Article numbers, one or several in a cell, with or without how many of each."""
        return self._share(lambda v: bool(parts := read_parts(v)) and all(_CODE.match(p.sku) and len(p.sku) <= 40 for p in parts)
                           and sum(" " in p.sku for p in parts) <= len(parts) / 2)  # fmt: skip

    @property
    def html(self) -> float:
        return self._share(lambda v: bool(_HTML.search(v)))

    @property
    def codes(self) -> float:
        return self._share(lambda v: bool(_CODE.match(v)))

    @property
    def words(self) -> float:
        """Texts with more than one word, or letters enough for a name."""
        return self._share(
            lambda v: sum(_letters(c) for c in v) >= max(3, len(v) * 0.3) and not _URL.match(v)
        )

    @property
    def numbers(self) -> float:
        return self._share(lambda v: v.replace(".", "").replace(",", "").replace("-", "").isdecimal())


def _first(text: str) -> str:
    """The first address of a list of several lines, or in brackets."""
    return next(iter(split_images(text)), "") if text[:1] == "[" else text.split("\n")[0]


def _letters(c: str) -> int:
    """A syllable or a word's sign is worth two letters."""
    return (2 if c > "\u2e80" else 1) if c.isalpha() else 0


def _is_price(text: str) -> bool:
    try:
        amount, _ = parse_price(text)
    except PriceUnreadable:
        return False
    return amount is not None and amount >= 0 and len(text) < 30


def fits(field: str, values: Values) -> float:
    """From 0 (cannot be) to 1 (just so): how well the values suit a field. 0.5 where they say nothing."""
    if not values.values:
        return 0.4
    judge = {
        "gtin": lambda: max(values.gtins, values.gtin_shaped * 0.6, 0.1),
        "price": lambda: values.prices if values.prices > 0.5 and not values.only_flags else 0.0,
        "quantity": lambda: max(values.quantities, values.stock_words * 0.9),
        "availability": lambda: max(values.stock_words, values.flags, 0.3 if values.length < 40 else 0.0),
        "images": lambda: max(values.pictures, values.urls * 0.8) if values.numbers < 0.5 else 0.0,
        "link": lambda: values.urls if values.pictures < 0.6 else 0.1,
        "currency": lambda: max(values.currencies, 0.5 if values.length <= 4 else 0.0),
        "sku": lambda: values.distinct * values.filled if values.length <= 80 else 0.1,
        "group_key": lambda: 0.2 if values.distinct > 0.98 and len(values.values) > 3 else 0.6,
        "title": lambda: values.words * (1.0 if values.length < 300 else 0.5),
        "description": lambda: 1.0 if values.words > 0.5 or values.html > 0.2 else 0.2,
        "brand": lambda: 1.0 if values.words > 0.3 and values.length < 60 else 0.3,
        "category": lambda: (1.0 if values.words > 0.3 and values.length < 250 else 0.3) if values.flags < 0.9 or values.numbers > 0.5 else 0.0,
        "weight": lambda: 1.0 if values.numbers > 0.5 or values.quantities > 0.5 else 0.3,
        "vat_rate": lambda: values.rates if values.length < 12 else 0.1,
        "condition": lambda: values.conditions,
        "hs_code": lambda: values.digits,
        "min_quantity": lambda: values.quantities,
        "manufacturer_email": lambda: values.contacts,
        "parts": lambda: values.part_lists,
        "lead_days": lambda: 1.0 if values.length < 60 else 0.1,
        "excluded": lambda: values.flags,
    }  # fmt: skip
    same = {
        "cost": "price",
        "sale_price": "price",
        "msrp": "price",
        "map_price": "price",
        "more_images": "images",
        "pack_quantity": "min_quantity",
        "responsible_email": "manufacturer_email",
    }
    chosen = judge.get(same.get(field, field))
    return float(chosen()) if chosen else 0.5
