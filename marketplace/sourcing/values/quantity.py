"""Quantities as stock columns hold them: `12`, `10.0`, `-3`, `>10`, `10+`, `<5`, `5 pcs`, `10-50`, `more than 20`."""

from __future__ import annotations

import re
from typing import NamedTuple

from marketplace.sourcing.mapping.model import QuantityKind
from marketplace.sourcing.values.lead import says_days
from marketplace.sourcing.values.price import Decimal, PriceUnreadable, parse_price
from marketplace.sourcing.values.stock_words import COMMON_WORDS
from marketplace.sourcing.values.text import fold

MAX_QUANTITY = 10**9
_SHAPE = re.compile(
    r"^([<>≥≤~]|>=|<=)?\s*([-−]?\s*\d[\d.,'\u00a0 ]*?)\s*(\+|>|or more|and more)?\s*([^\W\d_][^\d]{0,14})?$"
)
_RANGE = re.compile(r"^(\d{1,7})\s*(?:-|–|—|\.\.|to|a|bis|à)\s*(\d{1,7})$", re.IGNORECASE)
_MORE_WORDS = (
    r"more than|over|at least|min|from|plus de|au moins|à partir de|dès|über|mehr als|mind|mindestens|ab|más de|mas de|oltre|più di|piu di|mais de"
    r"|meer dan|powyżej|ponad|więcej niż|więcej jak|od|více než|více jak|víc než|viac ako|viac než|nad|több mint|peste|mai mult de|более|больше|свыше|от|понад"
    r"|більше|над|повече от|πάνω από|över|fler än|mer än|over|mere end|flere end|mer enn|yli|مکثر من|أكثر من"
)
_MORE = re.compile(rf"^(?:{_MORE_WORDS})\.?\s*(\d{{1,7}})\b(?![./-]\d)", re.IGNORECASE)
_SOME_MORE = re.compile(rf"^(.*\S)\s+(?:{_MORE_WORDS})$", re.IGNORECASE)
"""`In stock more than`, before a number."""
_LESS = re.compile(
    r"^(?:less than|under|fewer than|below|moins de|weniger als|unter|menos de|meno di|minder dan|poniżej|mniej niż|méně než"
    r"|menej ako|kevesebb mint|sub|mai puțin de|менее|меньше|менше|κάτω από|mindre än|mindre end|alle|أقل من)\.?\s*(\d{1,7})\b",
    re.IGNORECASE,
)


_SAID = re.compile(
    r"^([^\d<>≥≤~]{1,30}?)\s*[:(=]?\s*([<>≥≤])?\s*(\d{1,7})\s*(\+)?\s*([^\W\d_][^\d]{0,14}?)?\s*\)?\.?$"
)
_LEFT = frozenset(
    fold(word)
    for word in """
only|only the last|last|left|stock|qty|quantity|inventory|nur|nur noch|noch|bestand|lager|lagerbestand|plus que|il reste|il ne reste que|reste|en stock seulement|seulement|dernières|derniers
|solo|sólo|quedan|quedan solo|solo quedan|últimas|últimos|ultimas|disponibles|solo rimasti|ne restano|ancora|ultimi|ultime|apenas|restam|só|somente|últimas unidades|nog|nog maar|slechts|tylko|ostatnie
|zostało|pozostało|pouze|jen|poslední|posledních|posledné|len|už len|csak|már csak|utolsó|doar|numai|ultimele|осталось|остался|осталась|остаток|ещё|только|последние|залишилось|залишок|останні|лише|остават|само|последни
|μόνο|απομένουν|τελευταία|sadece|son|kun|kun få|bare|sidste|siste|endast|bara|sista|vain|enää|jäljellä|samo|še|još|zadnjih|残り|残|在庫|仅剩|剩余|僅剩|剩|库存|庫存|재고|남은수량|남은 수량|잔여|chỉ còn|còn|เหลือ|tersisa|sisa|נותרו|נשארו|متبقي|باقی مانده
""".replace("\n", "").split("|")
)


_CONTENTS = frozenset(
    """
    g gm gms gr grs gram grams gramm gramme grammes mg ml cl dl l lt ltr ltrs liter litre liters litres oz lb lbs ounce ounces pound m mtr meter
    metre inch inches in гр г мл л
    """.split()  # noqa: SIM905
)
"""What a pack holds, not how many there are: `500 gm`, `1 ltr`."""


class Quantity(NamedTuple):
    """`number` as written, negative too; `kind` at_least when it is a cap or a lower bound."""

    number: int
    kind: QuantityKind


def read_quantity(text: str, decimal: Decimal = "auto") -> Quantity | None:
    """The number of units a cell names; None when it names none (a word, a delivery time, a sentence).

    "Fewer than five" is at least one: it is not zero, and nobody may count on four. Fractions are cut, never rounded
    up. What is beyond a thousand million is no stock.
    """
    text = text.strip()
    if text.isdecimal():
        return Quantity(int(text), "exact") if len(text) <= 10 and int(text) <= MAX_QUANTITY else None
    shape = _SHAPE.match(text)
    if shape is None:
        return _worded(text)
    mark, number, more, unit = shape.groups()
    if unit and (
        says_days(text) or fold(unit).startswith(("x ", "kg", "cm", "mm", "http")) or fold(unit) in _CONTENTS
    ):
        return None
    whole = _whole(number, decimal)
    if whole is None:
        return None
    if mark and mark[0] in "<≤":
        return Quantity(min(whole, 1), "at_least")
    return Quantity(whole, "at_least" if more or (mark and mark[0] in ">≥") else "exact")


def _worded(text: str) -> Quantity | None:
    span = _RANGE.match(text)
    if span:
        low, high = int(span[1]), int(span[2])
        return Quantity(low, "at_least") if low < high else None
    if says_days(text):
        return None
    more = _MORE.match(text)
    if more:
        return Quantity(int(more[1]), "at_least")
    less = _LESS.match(text)
    return Quantity(min(int(less[1]), 1), "at_least") if less else _said(text)


def _said(text: str) -> Quantity | None:
    """`In stock (12)`, `Only 3 left`, `Skladem >5 ks`: a number beside words that only say that it is one."""
    said = _SAID.match(text) if len(text) < 60 else None
    if said is None:
        return None
    words, mark, number, more, _ = said.groups()
    if some := _SOME_MORE.match(words):
        words, more = some[1], "+"
    if words.rstrip()[-1:] in ("-", "−", "–"):  # `Stock: -3` is none, `Stock - 3` perhaps three
        return None
    word = COMMON_WORDS.get(fold(words))
    if (word is None or word.state != "in_stock") and fold(words) not in _LEFT:
        return None
    if mark and mark in "<≤":
        return Quantity(min(int(number), 1), "at_least")
    return Quantity(int(number), "at_least" if more or mark else "exact")


def _whole(number: str, decimal: Decimal) -> int | None:
    try:
        amount_e4, _ = parse_price(number.replace(" ", ""), decimal)
    except PriceUnreadable:
        return None
    if amount_e4 is None or abs(amount_e4) > MAX_QUANTITY * 10_000:
        return None
    return amount_e4 // 10_000 if amount_e4 >= 0 else -(-amount_e4 // 10_000)


def read_count(text: str, default: int = 1) -> int:
    """A minimum or pack quantity: at least 1, the default where the cell says nothing usable."""
    found = read_quantity(text) if text else None
    return found.number if found is not None and 1 <= found.number <= 1_000_000 else default
