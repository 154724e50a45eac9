"""Weights and VAT rates."""

from __future__ import annotations

import re
from typing import Literal

from marketplace.kernel.money import round_div
from marketplace.sourcing.values.price import Decimal, PriceUnreadable, parse_price

WeightUnit = Literal["g", "kg", "lb", "oz"]
MAX_GRAMS = 100_000_000
_PER_E8 = {"g": 10_000, "kg": 10_000_000, "lb": 4_535_924, "oz": 283_495, "mg": 10, "t": 10_000_000_000}
"""1/10,000 gram in one unit (international avoirdupois pound: 453.59237 g)."""
_NAMES = {
    "g": "g", "gr": "g", "gram": "g", "grams": "g", "gramme": "g", "grammes": "g", "gm": "g", "г": "g", "гр": "g",
    "kg": "kg", "kgs": "kg", "kilo": "kg", "kilogram": "kg", "kilograms": "kg", "kilogramme": "kg", "кг": "kg", "κιλά": "kg",
    "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb", "livre": "lb", "oz": "oz", "ounce": "oz", "ounces": "oz",
    "mg": "mg", "t": "t", "grm": "g", "kgm": "kg", "lbr": "lb", "onz": "oz",
}  # fmt: skip
_RATE = re.compile(r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,4})?(?![\d])")
"""Not the beginning of a longer number: a price beside it is no rate."""
_SHAPE = re.compile(r"^([\d.,'\s\u00a0]+)\s*([^\W\d_]+)?\.?$")


def read_weight(text: str, unit: WeightUnit = "kg", decimal: Decimal = "auto") -> int | None:
    """Grams, rounded; the unit in the cell goes before the column's. None when it is no weight or is nought."""
    shape = _SHAPE.match(text.strip())
    if shape is None:
        return None
    written = (shape[2] or "").lower()
    known = _NAMES.get(written, "" if written else unit)
    if not known:
        return None
    try:
        amount_e4, _ = parse_price(shape[1].strip(), decimal)
    except PriceUnreadable:
        return None
    grams = round_div((amount_e4 or 0) * _PER_E8[known], 10_000 * 10_000)
    return grams if 0 < grams <= MAX_GRAMS else None


def unit_named(header: str) -> WeightUnit | None:
    """The unit a column's name carries: `weight_g`, `Variant Grams`, `Peso (kg)`."""
    words = re.split(r"[\W_]+", header.lower())
    for word in reversed(words):
        if word in _NAMES and _NAMES[word] in ("g", "kg", "lb", "oz") and (len(word) > 1 or word in "gг"):
            return _NAMES[word]  # type: ignore[return-value]
    return None


def read_rate(text: str) -> int | None:
    """A VAT rate in basis points: `21%`, `21`, `0.21`, `20,0`, `EX` (Trovaprezzi), `VAT_20`; None when there is none."""
    found = _RATE.search(text)
    if found is None:
        return None
    whole, _, part = found.group().replace(",", ".").partition(".")
    if text.strip().startswith(("0.", "0,")) and part.strip("0"):
        return int((part + "0000")[:4])
    rate = int(whole) * 100 + int((part + "00")[:2])
    return rate if rate <= 5_000 else None
