"""What one column could be: by its name, and by the values in it, which speak for it or against."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marketplace.sourcing.mapping.aliases import is_known, never
from marketplace.sourcing.mapping.evidence import Values, fits
from marketplace.sourcing.mapping.names import (
    ANOTHER,
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
"""Under those they are the product's all the same."""
_ANOTHERS = re.compile(
    rf"(?:^|[/.])(?:g:)?(?:{ANOTHER})[a-z]{{0,3}}(?:[_-]?(?:products?|items?|articles?|offers?|skus?|list))*[/.\[]|/@(?:type|rel|lang)$",
    re.IGNORECASE,
)
"""What stands under these is another product's (but not under `alternative_images`), or says how to read its element."""
_ONE = frozenset({"price", "cost", "sale_price", "msrp", "map_price", "quantity", "availability", "gtin", "sku", "currency", "vat_rate", "weight"})  # fmt: skip
"""Fields of which a record has one: where an element repeats, the first is it."""
_COUNTED = frozenset(map(fold, ("available", "disponible", "disponibles", "disponibile", "verfügbar", "dostępne", "beschikbaar", "disponível", "instock", "in stock", "lagernd")))  # fmt: skip
"""Whether there are any, or, where these are numbers, how many."""
_KINDS_OF_PRODUCT = frozenset(
    map(fold, ("product", "physical", "digital", "service", "virtual", "simple", "simple product", "grouped product", "variable", "variant", "variation",
               "configurable", "product variation", "product_variation", "storable product", "consumable", "goods", "stockable", "good", "item", "kit", "bundle"))
)  # fmt: skip
"""How a shop keeps it, not what it is."""
KINDS = frozenset({"type", "typ", "tipo", "тип"})
"""A category only where there is no other."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column as a field: `score` up to 200, names before values."""

    field: str
    column: str
    score: float


def guesses_of(column: str, values: Values, inner: str = "") -> list[Guess]:
    """The fields a column could be. `inner` is what the columns of variants begin with, if the records hold any."""
    if column == "@key":  # the records are the values of an object
        return [Guess("sku", column, 95)]
    name = fold(last_step(column))
    if _says_nothing(column, name):
        return []
    own = bool(inner) and column.startswith(inner)
    first = values.firsts(1.0 if own else None)  # not every product has variants
    guesses = []
    for field, score in _apt(column, name, values):
        kind = "images" if field in ("image", "more_images") else field
        fit = fits(kind, first if kind in _ONE else values) if values.values else 0.0
        if _may_be(field, kind, name, values, fit):
            score += 3 if field == "price" and values.filled > 0.8 and not NET.isdisjoint(name.split()) else 0
            score += 8 if own and kind in _ONE else 0
            score -= 30 if _is_doubtful(field, values, fit) else 0
            guesses.append(Guess(field, column, score + fit * 20 - _depth(column.removeprefix(inner)) * 7))
    if guesses and values.gtins > 0.6 and values.distinct > 0.5 and all(g.field != "gtin" for g in guesses):
        guesses.append(Guess("gtin", column, 60))  # `product-id` beside a `product-id-type`
    if own and first.distinct > 0.9 and name == f"{fold(inner[:-1].rsplit(inner[-1], 1)[-1]).rstrip('s')} id":
        guesses.append(Guess("sku", column, 125))  # `model_id`, of variants called models
    return guesses or _by_values(column, values)


def _says_nothing(column: str, name: str) -> bool:
    """What it holds is not the product's own, whatever it is called."""
    hidden = last_step(column)[:1] == "_" and name != "id" and "[_" not in column
    aside = bool(_ASIDE.search(column)) and name not in _CODES
    return hidden or aside or name in never() or bool(_ANOTHERS.search(column))


def _apt(column: str, name: str, values: Values) -> list[tuple[str, float]]:
    """What the name says, without what its other words or the values speak against."""
    last = last_step(column)
    named = said_by(column)
    if not NOT_STOCK.isdisjoint(name.split()) and not is_known(name) and name != "value":  # `stock/value`
        named = [(field, score) for field, score in named if field not in ("quantity", "availability")]
    if is_price_aside(name):
        named = [(field, score) for field, score in named if field not in PRICES and field != "category"]
    elif "%" in last and MONEY_WORDS.isdisjoint(re.split(r"[\s-]+", name)):
        named = [(field, score) for field, score in named if field == "vat_rate"]
    elif names_money(last):
        named = [(field, score) for field, score in named if field in PRICES or field == "currency"]
    if name in KINDS and (
        "/" in column or "." in column or (values.distinct > 0.8 and len(values.values) > 2)
    ):
        named = [
            (field, score) for field, score in named if field != "category"
        ]  # another thing's, or a model
    if name in _COUNTED and values.quantities > 0.95 and not set(values.values) <= {"0", "1"}:
        named = [("quantity" if field == "availability" else field, score) for field, score in named]
    if values.flags > 0.8 and not values.quantities:  # stock: yes, no
        named = [("availability" if field == "quantity" else field, score) for field, score in named]
    return named


def _may_be(field: str, kind: str, name: str, values: Values, fit: float) -> bool:
    """Whether the values allow what the name says; a column without values may be anything."""
    if field == "lead_days" and not MONEY_WORDS.isdisjoint(name.split()):
        return False
    if field == "availability" and name in VAGUE_STATES and fit < 0.5:
        return False
    if (
        field == "category"
        and values.values
        and all(fold(value) in _KINDS_OF_PRODUCT for value in values.values)
    ):
        return False
    if (
        field == "sku"
        and name == "item"
        and sum(" " in value for value in values.values) > len(values.values) / 2
    ):
        return False  # what it is called
    if field == "group_key" and name in PERHAPS_GROUPS and values.distinct > 0.98:
        return False
    return not values.values or fit >= _NEEDS_FIT.get(kind, 0.0)


def _is_doubtful(field: str, values: Values, fit: float) -> bool:
    return bool(values.values) and fit < {"sku": 0.6, "group_key": 0.3}.get(field, 0.0)


def _depth(column: str) -> int:
    """How far below the product a path leads; from five steps on it is all the same."""
    return min(column.count("/") + (column.strip(".").count(".") if " " not in column else 0), 5)


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
