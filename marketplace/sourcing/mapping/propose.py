"""A mapping for a file nobody has seen before: by what its columns are called and by what is in them.

Names come first; a name that contains a known one ("Cena katalogowa 11.2021", "Número del fabricante (HAN/MPN)") counts for
less and must be borne out by the values; what has no telling name can still be a picture's address or a valid GTIN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketplace.sourcing.mapping.aliases import never, ranked, squashed
from marketplace.sourcing.mapping.evidence import Values, fits
from marketplace.sourcing.mapping.fields import OPTION_FIELDS
from marketplace.sourcing.values.dates import read_date
from marketplace.sourcing.values.text import fold

_NEEDS_FIT = {"price": 0.5, "cost": 0.5, "sale_price": 0.5, "msrp": 0.5, "map_price": 0.5, "gtin": 0.1, "images": 0.5, "link": 0.5,
              "more_images": 0.5, "quantity": 0.5, "excluded": 0.6, "title": 0.3, "currency": 0.4, "sku": 0.1, "description": 0.3,  "vat_rate": 0.5,
              "availability": 0.3}  # fmt: skip


_ASIDE = re.compile(
    r"(?:^|[/.])(?:g:)?(?:shipping|delivery|tax|installment|loyalty|reviews?|meta|seller|dimensions)[/.\[]",
    re.IGNORECASE,
)
"""What stands under these is not the product's own price or name."""


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
        if field in found and not _takes_another(field, found[field], guess):
            continue
        found.setdefault(field, []).append(guess.column)
        used.add(guess.column)
    if "sale_price" in found and not {"price", "cost"} & found.keys():
        found["price"] = found.pop("sale_price")  # the only price there is
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


def _takes_another(field: str, refs: list[str], guess: Guess) -> bool:
    """Pictures and category levels take several columns; a second one must be as good a match by its name."""
    return field in ("images", "category") and len(refs) < 30 and guess.score >= 80


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
    last = _last(column)
    name = fold(last)
    if name in never() or _ASIDE.search(column) or (last[:1] == "_" and name != "id"):
        return []
    named = _named(column, name)
    if _CHARGES.intersection(name.split()):
        named = [(field, score) for field, score in named if field not in _PRICES]
    depth = column.count("/") + (column.count(".") if " " not in column else 0)
    guesses = []
    for field, score in named:
        kind = "images" if field in ("image", "more_images") else field
        fit = fits(kind, values) if values.values else 0.0
        if not values.values or fit >= _NEEDS_FIT.get(kind, 0.0):
            doubtful = bool(values.values) and (
                (field == "sku" and fit < 0.6) or (field == "group_key" and fit < 0.3)
            )
            guesses.append(
                Guess(field, column, score + fit * 20 - (30 if doubtful else 0) - min(depth, 5) * 7)
            )
    return guesses or _by_values(column, values)


def _named(column: str, name: str) -> list[tuple[str, float]]:
    """What the name says: whole, as a path, without its number, or a known name inside it."""
    for whole in (name, fold(column.replace("/", " ").replace(".", " "))):
        if whole in ranked():
            return [(field, 100 - rank * _RANK.get(field, 0.05)) for field, rank in ranked()[whole]]
    if name in squashed():
        return [(field, 94 - rank * _RANK.get(field, 0.05)) for field, rank in ranked()[squashed()[name]]]
    bare = name.rstrip("0123456789 ")
    if bare != name and bare in ranked():
        numbered = [
            (f, 90 - r * 0.05) for f, r in ranked()[bare] if f in ("image", "more_images", "category")
        ]
        if numbered:
            return numbered
    return [(field, score) for field, score in _containing(name) if field not in _WHOLE_ONLY]


_RANK = {"sku": 0.25}
"""How much the order of a field's names counts: an `id` is a key only where there is no `sku`."""
_PRICES = frozenset({"price", "cost", "sale_price", "msrp", "map_price"})
_CHARGES = frozenset(
    [
        "shipping",
        "delivery",
        "freight",
        "postage",
        "handling",
        "versand",
        "versandkosten",
        "porto",
        "livraison",
        "spedizione",
        "envio",
        "frete",
        "fret",
        "verzending",
        "dostawa",
        "dostawy",
        "doprava",
        "szallitas",
        "livrare",
        "dostavka",
        "доставка",
        "доставки",
        "αποστολη",
        "kargo",
        "frakt",
        "fragt",
        "tax",
        "eco",
        "ecotax",
        "discount",
        "impact",
        "basis",
        "per",
    ]
)
"""With one of these words it is a charge or a rate, not the price."""
_WHOLE_ONLY = frozenset({"group_key", "currency", "excluded", "source_time", "condition", *OPTION_FIELDS})


def _last(column: str) -> str:
    """The telling part of a path: `detail/price` is a price, `price/@currency` a currency, `param[Colour]` a colour."""
    if column.endswith("]") and "[" in column:
        return column[column.rfind("[") + 1 : -1]
    part = column.rsplit("/", 1)[-1].lstrip("@")
    return part.rsplit(".", 1)[-1] if "." in part and " " not in part else part


def _containing(name: str) -> list[tuple[str, float]]:
    """Known names inside a longer one; the longest counts, and less than a whole match."""
    words = name.split()
    if not 1 < len(words) <= 9:
        return []
    best: list[tuple[str, float]] = []
    for size in range(min(len(words) - 1, 4), 0, -1):
        for start in range(len(words) - size + 1):
            part = " ".join(words[start : start + size])
            if len(part) > 2 and part not in never():
                best += [
                    (field, 50 + size * 5 - rank * 0.1 - start) for field, rank in ranked().get(part, ())
                ]
        if best:
            return best
    return best


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


def without_header(columns: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """For a table without names: the first unique code is the key, the first column of words the title, and so on."""
    found: dict[str, list[str]] = {}
    judged = {
        column: Values([row[place] for row in samples if place < len(row)], len(samples))
        for place, column in enumerate(columns)
    }

    def take(field: str, test: Callable[[Values], bool]) -> None:
        for column, values in judged.items():
            if values.values and test(values):
                found[field] = [column]
                judged.pop(column)
                return

    take("gtin", lambda v: v.gtins > 0.6)
    take("images", lambda v: v.pictures > 0.7 and v.urls > 0.7)
    take("link", lambda v: v.urls > 0.8)
    take(
        "sku",
        lambda v: (
            v.distinct > 0.95 and v.filled > 0.95 and v.codes > 0.9 and v.length <= 60 and v.money < 0.5
        ),
    )
    take("category", lambda v: sum(">" in text for text in v.values) > len(v.values) * 0.5)
    take("title", lambda v: v.words > 0.8 and v.distinct > 0.5 and 5 <= v.length < 300)
    take("description", lambda v: v.words > 0.7 and v.length > 60)
    take("price", lambda v: v.money > 0.6)
    take("quantity", lambda v: v.quantities > 0.9 and v.numbers > 0.9)
    take("brand", lambda v: v.words > 0.7 and v.distinct < 0.9 and v.length < 40)
    return found


def take_options(found: dict[str, list[str]]) -> dict[str, str]:
    """Colour, size and the like are options, not fields: taken out of what was found, by our option's name."""
    return {label: found.pop(field)[0] for field, label in OPTION_FIELDS.items() if field in found}
