"""Offers as a person typed them, in a grid or a sheet: read, with a message for every cell that cannot be. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import N_
from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.values.price import PriceUnreadable, parse_price

MOST_ROWS = 10_000
TEXTS = ("title", "brand", "mpn", "gtin", "category", "description", "group_key", "link")
FIELDS = frozenset({"sku", "price", "currency", "quantity", "lead_days", "excluded", *TEXTS})
LONGEST = {"sku": 200, "description": 64_000}  # characters; of the others 2,000
_NUMBERS = {"quantity": 10**9, "lead_days": 365}
_WHOLE = re.compile(r"\d{1,3}(?: \d{3})+|\d+", re.ASCII)
_SPACES = {ord("\xa0"): " ", ord("\u202f"): " "}
NOT_KEPT = N_("That holds characters that cannot be kept.")
Wrong = Callable[[str, str], None]


class Cell(str):
    """A cell whose text is not what its author sees, with the reason: a formula without a result, an error."""

    why: str

    def __new__(cls, text: str, why: str) -> Cell:
        made = super().__new__(cls, text)
        made.why = why
        return made


def read_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Columns of `offer` for each row, `sku` always among them. Raises Invalid, keys "row.field" (rows from 0)."""
    if len(rows) > MOST_ROWS:
        raise Invalid({"rows": N_("Save at most ten thousand rows at a time.")})
    problems: dict[str, str] = {}
    wanted: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(rows):
        values = read_row(row, _at(place, problems))
        if values.get("sku") in wanted:
            problems[f"{place}.sku"] = N_("This article number is here twice.")
        wanted[values.get("sku", "")] = values
    if problems:
        raise Invalid(problems)
    return list(wanted.values())


def _at(place: int, problems: dict[str, str]) -> Wrong:
    def wrong(field: str, message: str) -> None:
        problems.setdefault(f"{place}.{field}", message)

    return wrong


def read_row(row: Mapping[str, Any], wrong: Wrong) -> dict[str, Any]:
    """What the row writes. `wrong` is told each field that cannot be, once."""
    values: dict[str, Any] = {}
    for name, given in row.items():
        if name not in FIELDS:
            wrong(name, N_("There is no such column."))
        elif isinstance(given, Cell):
            wrong(name, given.why)
        elif name in _NUMBERS:
            values[name] = _number(given, name, wrong)
        elif name == "price":
            values["price_e4"] = _price(given, wrong)
        elif name == "excluded":
            values[name] = given in (True, "1", "on", "true", "yes")
        else:
            values[name] = _text(given, name, wrong)
    if not values.get("sku"):
        wrong("sku", N_("An offer needs an article number."))
    if "title" in values and not values["title"]:
        wrong("title", N_("An offer needs a title."))
    if values.get("currency") is not None and values["currency"] not in EXPONENTS:
        wrong("currency", N_("This is not a currency code."))
    return values


def _text(given: Any, name: str, wrong: Wrong) -> str | None:
    text = str(given or "").strip()
    if "\x00" in text:
        wrong(name, NOT_KEPT)
    elif len(text) > LONGEST.get(name, 2_000):
        wrong(name, N_("That is too long."))
    return text or None


def _number(given: Any, name: str, wrong: Wrong) -> int | None:
    text = str(given if given is not None else "").translate(_SPACES).strip()
    if not text:
        return None
    if not _WHOLE.fullmatch(text) or int(text.replace(" ", "")) > _NUMBERS[name]:
        wrong(name, N_("A whole number, please."))
        return None
    return int(text.replace(" ", ""))


def _price(given: Any, wrong: Wrong) -> int | None:
    if isinstance(given, int) or given is None:
        return given
    text = str(given).strip()
    try:
        amount, _ = parse_price(text)
    except PriceUnreadable:
        amount = -1
    if (amount is None and text) or (
        amount is not None and amount < 0
    ):  # "n/a" is no price, and no way to take one away
        wrong("price", N_("This is not a price."))
        return None
    return amount
