"""The one money parser: a price as any shop writes it → an integer of 1/10,000 of the unit, and its currency.

`12.99 EUR`, `17.00 OMR` (three decimals), `$15.00`, `3,700.00 BDT`, `18,9`, `5 000,50`, `₹1,10,990`, `1'234.50`,
`12,-`. No float on the way. Which of point and comma is the decimal mark is the column's own setting when it is known;
alone, a single mark before exactly three digits is the only doubtful case, and the rule for it is in `_decimals`.
"""

from __future__ import annotations

import re
from typing import Literal

from marketplace.kernel.money import EXPONENTS, round_div
from marketplace.sourcing.values.currency import currency_of, is_sign

Decimal = Literal["auto", ".", ","]
MAX_E4 = 10**15
"""One hundred thousand million units: what is above is no price."""

_POWER = (10_000, 1_000, 100, 10, 1)
_NUMBER = re.compile(r"[-+−–(]?\s*(?:(?<![^\W\d_.])[.,]\d+|\d[\d.,'’´ \u00a0\u2009\u202f_]*)")
_BAD_GROUP = re.compile(r"['’´ \u00a0\u2009\u202f_](?!\d{3}(?!\d))")
_SPACES = str.maketrans("", "", "'’´ \u00a0\u2009\u202f_")
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９٫٬．，",
    "0123456789" * 4 + ".,.,",
)
_TAIL = re.compile(r"^\s*(?:[-–—=]{1,2}|,-|\.-)?\s*")
_DASHES = ("-", "–", "—")
_WHOLE = frozenset({"HUF", "IDR", "COP"})
"""Currencies whose smaller unit is not used in trade, though ISO 4217 lists one."""
_NO_AMOUNT = frozenset({"", "-", "–", "—", "n/a", "na", "null", "none", "nan", "nil", "#n/a", "."})


LONGEST = 200
"""Characters of a cell that may be a price; what is looked for in a longer one would take its time."""


class PriceUnreadable(ValueError):
    """The cell holds something, and it is no price."""


def parse_price(
    text: str, decimal: Decimal = "auto", column_currency: str | None = None
) -> tuple[int | None, str | None]:
    """(1/10,000 of the unit, ISO currency or None); (None, None) for an empty cell. Raises PriceUnreadable."""
    text = text.strip()
    if text.lower() in _NO_AMOUNT:
        return None, None
    if len(text) > LONGEST:
        raise PriceUnreadable(text)
    if not text.isascii():
        text = text.translate(_DIGITS)
    found = _NUMBER.search(text)
    if found is None:
        raise PriceUnreadable(text)
    around = text[: found.start()] + " " + _TAIL.sub("", text[found.end() :])
    currency = currency_of(around, column_currency)
    if text[found.end() : found.end() + 1] in _DASHES and found.group()[-1] in ".,":  # `12.990,-`
        decimal = "," if found.group()[-1] == "," else "."
    number = found.group().rstrip(" \u00a0\u2009\u202f.,'_")
    leftover = around.strip(" \t*+:()./,-–")
    if _glued(text, found.start(), found.end(), currency is None):
        raise PriceUnreadable(text)
    if any(c.isdigit() for c in around) or (leftover and currency is None and _looks_like_words(leftover)):
        raise PriceUnreadable(text)
    return _amount(number, decimal, currency or column_currency), currency


def _glued(text: str, start: int, end: int, plain: bool) -> bool:
    """A letter right at the number that is no currency's: `A3100.046` is an article, `12kg` a weight. Behind a number that
    has its currency (`£9.99ea`) a unit may stand."""
    before = re.search(r"[^\W\d_]+\.?$", text[:start])
    after = re.match(r"[^\W\d_]+", text[end:]) if plain else None
    return any(found is not None and not is_sign(found.group()) for found in (before, after))


def _looks_like_words(leftover: str) -> bool:
    """A unit (`kr`, `/ pc`, `TTC`) may stand beside a number; a sentence may not."""
    return len(leftover) > 12


def _amount(number: str, decimal: Decimal, currency: str | None) -> int:
    negative = number[0] in "-−–("
    digits = number.lstrip("-+−–( \u00a0")
    if _BAD_GROUP.search(digits):
        raise PriceUnreadable(number)
    digits = digits.translate(_SPACES)
    whole, fraction = _decimals(digits, decimal, currency)
    if not whole.isdecimal() or (fraction and not fraction.isdecimal()) or len(whole) > 15:
        raise PriceUnreadable(number)
    kept = fraction[:12]
    amount = round_div(int(whole + kept) * 10_000, 10 ** len(kept))
    if amount > MAX_E4:
        raise PriceUnreadable(number)
    return -amount if negative else amount


def _decimals(digits: str, decimal: Decimal, currency: str | None) -> tuple[str, str]:
    """Whole part and decimals. A single mark before exactly three digits is grouping when the column's decimal mark
    says so; when nobody says, a point is a decimal mark (machines write `3.420`) and a comma groups (`1,299`), unless
    the whole part is 0 or the currency has three decimals; where the currency has none in use, both group."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
        if digits.count(mark) > 1:
            raise PriceUnreadable(digits)
        whole, _, fraction = digits.rpartition(mark)
        return _ungroup(whole, "," if mark == "." else "."), fraction
    mark = "." if points else ","
    if points + commas == 0:
        return digits, ""
    if points + commas > 1:
        return _ungroup(digits, mark), ""
    whole, _, fraction = digits.partition(mark)
    if len(fraction) == 3 and 0 < len(whole) <= 3 and whole.strip("0") and _groups(mark, decimal, currency):
        return whole + fraction, ""
    return whole or "0", fraction


def _groups(mark: str, decimal: Decimal, currency: str | None) -> bool:
    if decimal != "auto":
        return mark != decimal
    exponent = EXPONENTS.get(currency or "", 2)
    return (mark == "," and exponent != 3) or exponent == 0 or currency in _WHOLE


def _ungroup(digits: str, mark: str) -> str:
    """1,234,567 and the Indian 1,10,990 → digits. Groups are of two or three, the last of three."""
    head, *groups = digits.split(mark)
    if not groups:
        return digits
    if len(groups[-1]) != 3 or any(len(g) not in (2, 3) for g in groups) or not 0 < len(head) <= 3:
        raise PriceUnreadable(digits)
    return head + "".join(groups)


class PriceCells:
    """Prices of one column, quickly: the plain forms without a regular expression, the rest through a bounded cache."""

    LIMIT = 50_000

    def __init__(self, decimal: Decimal = "auto", currency: str | None = None) -> None:
        self.decimal = decimal
        self.currency = currency
        self._point = decimal != ","
        self._known: dict[str, tuple[int | None, str | None]] = {}

    def read(self, text: str) -> tuple[int | None, str | None]:
        """As `parse_price`; the currency is the cell's own or None. Raises PriceUnreadable."""
        known = self._known.get(text)
        if known is not None:
            return known
        if self._point:
            number, currency = (
                (text[:-4], text[-3:]) if text[-4:-3] == " " and text[-3:] in EXPONENTS else (text, None)
            )
            whole, _, fraction = number.partition(".")
            if whole.isdecimal() and len(whole) < 11:
                if not fraction:
                    return int(whole) * 10_000, currency
                if fraction.isdecimal() and len(fraction) < 5:
                    return int(whole + fraction) * _POWER[len(fraction)], currency
        amount = parse_price(text, self.decimal, self.currency)
        if len(self._known) > self.LIMIT:
            self._known.clear()
        self._known[text] = amount
        return amount


class MinorCells(PriceCells):
    """Prices in a column that says to be in cents: whole numbers are minor units of the currency."""

    def __init__(self, decimal: Decimal = "auto", currency: str | None = None) -> None:
        super().__init__(decimal, currency)
        self._unit = _POWER[4 - EXPONENTS.get(currency or "", 2)]

    def read(self, text: str) -> tuple[int | None, str | None]:
        """As `parse_price`, of minor units where there is no decimal mark. Raises PriceUnreadable."""
        amount, currency = super().read(text)
        if amount is not None and text.strip().lstrip("-").isdecimal():
            amount = round_div(amount, self._unit)
        return amount, currency


def net_of_vat(amount_e4: int, vat_rate_bp: int) -> int:
    """A price with VAT → without, rounded once: 12.10 at 21 % (2100) is 10.00."""
    return round_div(amount_e4 * 10_000, 10_000 + vat_rate_bp)
