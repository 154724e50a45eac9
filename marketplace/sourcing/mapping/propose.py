"""A mapping for a file nobody has seen before: by what its columns are called and by what is in them.

Names come first; a name that contains a known one ("Cena katalogowa 11.2021", "Número del fabricante (HAN/MPN)") counts for
less and must be borne out by the values; what has no telling name can still be a picture's address or a valid GTIN.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.sourcing.mapping.aliases import is_known, never
from marketplace.sourcing.mapping.evidence import Values, fits
from marketplace.sourcing.mapping.fields import OPTION_FIELDS
from marketplace.sourcing.mapping.names import (
    MONEY_WORDS,
    NET,
    NOT_STOCK,
    PERHAPS_GROUPS,
    PRICES,
    VAGUE_STATES,
    is_price_aside,
    last_step,
    names_money,
    said_by,
)
from marketplace.sourcing.values.dates import read_date
from marketplace.sourcing.values.text import fold

_NEEDS_FIT = {"price": 0.5, "cost": 0.5, "sale_price": 0.5, "msrp": 0.5, "map_price": 0.5, "gtin": 0.1, "images": 0.5, "link": 0.5,
              "more_images": 0.5, "quantity": 0.5, "excluded": 0.6, "title": 0.3, "currency": 0.4, "sku": 0.1, "description": 0.3,  "vat_rate": 0.5,
              "availability": 0.3, "category": 0.1, "condition": 0.3, "hs_code": 0.5, "min_quantity": 0.5, "pack_quantity": 0.5, "manufacturer_email": 0.5, "responsible_email": 0.5,
              "parts": 0.6}  # fmt: skip


_ASIDE = re.compile(
    r"(?:^|[/.])(?:g:)?(?:shipping|delivery|tax|installment|loyalty|reviews?|meta|seller|dimensions)[/.\[]",
    re.IGNORECASE,
)
"""What stands under these is not the product's own price or name."""
_CODES = frozenset({"barcode", "gtin", "ean", "ean13", "upc"})
"""Whatever they stand under, they are the product's."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column as a field: `score` up to 200, names before values."""

    field: str
    column: str
    score: float


def guess_columns(
    columns: Sequence[str], samples: Sequence[Sequence[str]], taken: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Our field → their columns, best first; `taken` is what the format knows already and stays as it is."""
    used = {column for refs in taken.values() for column in refs}
    guesses: list[Guess] = []
    for place, column in enumerate(columns):
        if column not in used:
            values = Values([row[place] for row in samples if place < len(row)], len(samples))
            guesses += _guesses(column, values)
    found = {field: list(refs) for field, refs in taken.items()}
    for guess in sorted(guesses, key=lambda g: (-g.score, columns.index(g.column))):
        if guess.column in used:
            continue
        field = "images" if guess.field in ("image", "more_images") else guess.field
        if field in found and (
            field in _KNOWN_WELL & taken.keys() or not _takes_another(field, found[field], guess)
        ):
            continue
        found.setdefault(field, []).append(guess.column)
        used.add(guess.column)
    for only in ("sale_price", "msrp"):  # the only price there is
        if only in found and not {"price", "cost"} & found.keys():
            found["price"] = found.pop(only)
    if "manufacturer_name" in found and "brand" not in found:
        found["brand"] = list(found["manufacturer_name"])
    _fill_gaps(found, columns, samples, used)
    _in_order(found, columns)
    return found


def _fill_gaps(
    found: dict[str, list[str]], columns: Sequence[str], samples: Sequence[Sequence[str]], used: set[str]
) -> None:
    """No name told the title or the number: the columns left over are judged by their values, then the description."""
    left = {
        column: Values([row[place] for row in samples if place < len(row)], len(samples))
        for place, column in enumerate(columns)
        if column not in used or column in found.get("material", ())
    }
    if "title" not in found:
        for column, values in left.items():
            if (
                values.words > 0.7
                and values.distinct > 0.5
                and values.filled > 0.5
                and 6 <= values.length < 300
            ):
                found["title"] = [column]
                found.pop("material", None) if column in found.get("material", ()) else None
                break
        else:
            if "description" in found:
                found["title"] = found["description"][:1]
    if "sku" not in found:
        for column, values in left.items():
            if column not in found.get("title", ()) and _is_number(values):
                found["sku"] = [column]
                break


_TRADED = frozenset({"price", "cost", "msrp", "quantity", "availability", "images", "gtin", "sku", "mpn"})
"""What a list of goods has at least one of."""


def _is_number(values: Values) -> bool:
    """Short codes, each once: an article number, even where most rows are headings without one."""
    return (
        len(values.values) > 4 and values.distinct > 0.97 and values.codes > 0.95 and 2 < values.length <= 40 and values.money < 0.3
        and values.filled > 0.5 and not any(read_date(value) for value in values.values[:5])
    )  # fmt: skip


_KINDS = frozenset({"type", "typ", "tipo", "тип"})
"""A category only where there is no other."""
_KNOWN_WELL = frozenset({"category", "parts"})
"""What a format names is not added to by guessing."""


def _takes_another(field: str, refs: list[str], guess: Guess) -> bool:
    """Pictures and category levels take several columns; a second one must be as good a match by its name."""
    if field == "category" and fold(guess.column) in _KINDS:
        return False
    return field in ("images", "category", "parts") and len(refs) < 30 and guess.score >= 80


def _in_order(found: dict[str, list[str]], columns: Sequence[str]) -> None:
    """Numbered picture columns and category levels keep the file's order, a main picture before additional ones."""
    places = {column: place for place, column in enumerate(columns)}
    if "images" in found:
        extra = (
            "additional",
            "alternative",
            "more",
            "other",
            "zusatz",
            "dodatk",
            "supp",
            "gallery",
            "إضاف",
            "extra",
        )
        found["images"].sort(key=lambda c: (any(word in fold(c) for word in extra), places.get(c, 0)))
    if "category" in found:
        found["category"].sort(key=lambda c: places.get(c, 0))


def _guesses(column: str, values: Values) -> list[Guess]:
    if column == "@key":  # the records are the values of an object
        return [Guess("sku", column, 95)]
    last = last_step(column)
    name = fold(last)
    if (
        name in never()
        or (_ASIDE.search(column) and name not in _CODES)
        or (last[:1] == "_" and name != "id")
    ):
        return []
    named = said_by(column)
    if not NOT_STOCK.isdisjoint(name.split()) and not is_known(name):
        named = [(field, score) for field, score in named if field not in ("quantity", "availability")]
    if is_price_aside(name):
        named = [(field, score) for field, score in named if field not in PRICES and field != "category"]
    elif "%" in last:
        named = [(field, score) for field, score in named if field == "vat_rate"]
    elif names_money(last):
        named = [(field, score) for field, score in named if field in PRICES or field == "currency"]
    depth = column.count("/") + (column.strip(".").count(".") if " " not in column else 0)
    guesses = []
    for field, score in named:
        kind = "images" if field in ("image", "more_images") else field
        fit = fits(kind, values) if values.values else 0.0
        if not values.values or fit >= _NEEDS_FIT.get(kind, 0.0):
            doubtful = bool(values.values) and (
                (field == "sku" and fit < 0.6) or (field == "group_key" and fit < 0.3)
            )
            if field == "lead_days" and not MONEY_WORDS.isdisjoint(name.split()):
                continue
            if field == "availability" and name in VAGUE_STATES and fit < 0.5:
                continue
            if field == "group_key" and name in PERHAPS_GROUPS and values.distinct > 0.98:
                continue
            score += 3 if field == "price" and not NET.isdisjoint(name.split()) else 0
            guesses.append(
                Guess(field, column, score + fit * 20 - (30 if doubtful else 0) - min(depth, 5) * 7)
            )
    if guesses and values.gtins > 0.6 and values.distinct > 0.5 and all(g.field != "gtin" for g in guesses):
        guesses.append(Guess("gtin", column, 60))  # `product-id` beside a `product-id-type`
    return guesses or _by_values(column, values)


def _by_values(column: str, values: Values) -> list[Guess]:
    if len(values.values) < 2:
        return []
    if values.gtins > 0.6 and values.distinct > 0.5:
        return [Guess("gtin", column, 45)]
    if values.pictures > 0.7 and values.urls > 0.7:
        return [Guess("images", column, 45)]
    if values.urls > 0.8 and values.distinct > 0.5:
        return [Guess("link", column, 40)]
    if values.stock_words > 0.8 and values.length > 2:
        return [Guess("availability", column, 35)]
    if values.currencies > 0.9 and values.length == 3:
        return [Guess("currency", column, 35)]
    return []


def take_options(found: dict[str, list[str]]) -> dict[str, str]:
    """Colour, size and the like are options, not fields: taken out of what was found, by our option's name."""
    return {label: found.pop(field)[0] for field, label in OPTION_FIELDS.items() if field in found}
