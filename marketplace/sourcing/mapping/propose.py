"""A mapping for a file nobody has seen before: by what its columns are called and by what is in them.

Names come first; a name that contains a known one ("Cena katalogowa 11.2021", "Número del fabricante (HAN/MPN)") counts for
less and must be borne out by the values; what has no telling name can still be a picture's address or a valid GTIN.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from marketplace.sourcing.mapping.aliases import is_known
from marketplace.sourcing.mapping.evidence import Values
from marketplace.sourcing.mapping.fields import OPTION_FIELDS
from marketplace.sourcing.mapping.guesses import KINDS, Guess, guesses_of
from marketplace.sourcing.mapping.names import VAGUE_STATES, last_step, said_by
from marketplace.sourcing.values.dates import read_date
from marketplace.sourcing.values.text import fold


def guess_columns(
    columns: Sequence[str],
    samples: Sequence[Sequence[str]],
    taken: dict[str, list[str]],
    inner: str = "",
) -> dict[str, list[str]]:
    """Our field → their columns, best first; `taken` is what the format knows already and stays as it is. `inner` is what the
    columns of variants begin with: what an offer has of its own is theirs first."""
    used = {column for refs in taken.values() for column in refs}
    places = {column: place for place, column in enumerate(columns)}
    prefix = _prefix(columns)
    guesses: list[Guess] = []
    for place, column in enumerate(columns):
        if column not in used:
            values = Values([row[place] for row in samples if place < len(row)], len(samples))
            bare = _unprefixed(column, prefix)
            found_so = guesses_of(bare, values, inner)
            guesses += found_so if bare == column else [replace(guess, column=column) for guess in found_so]
    found = {field: list(refs) for field, refs in taken.items()}
    for guess in sorted(guesses, key=lambda g: (-g.score, places[g.column])):
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
    _in_order(found, places)
    return found


_PREFIX = re.compile(r"[A-Za-z]{1,12}_")


def _prefix(columns: Sequence[str]) -> str:
    """What most names begin with (`p_name`, `p_stock`, `p_tax`) says nothing of any one of them."""
    said = Counter(found[0] for column in columns if (found := _PREFIX.match(column)))
    most, count = said.most_common(1)[0] if said else ("", 0)
    return most if count > 4 and count >= len(columns) * 0.7 else ""


def _unprefixed(column: str, prefix: str) -> str:
    bare = column.removeprefix(prefix)
    return column if not prefix or not bare or is_known(fold(column)) else bare


_MAY_BE_TITLES = frozenset({"title", "description", "material"})


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
        brief = _brief(found, columns, samples)
        for column, values in left.items() if brief is None else ():
            if (
                {field for field, _ in said_by(column)} <= _MAY_BE_TITLES
                and values.words > 0.7
                and values.distinct > 0.5
                and values.filled > 0.5
                and 6 <= values.length < 300
            ):
                found["title"] = [column]
                found.pop("material", None) if column in found.get("material", ()) else None
                break
        else:
            if "description" in found:
                found["title"] = [brief or found["description"][0]]
    if not {"quantity", "availability"} & found.keys():
        _fill_stock(found, left)
    if "sku" not in found and "mpn" in found:
        _number_of_maker(found, columns, samples)
    if "sku" not in found:
        for column, values in left.items():
            if column not in found.get("title", ()) and _is_number(values):
                found["sku"] = [column]
                break


def _brief(
    found: dict[str, list[str]], columns: Sequence[str], samples: Sequence[Sequence[str]]
) -> str | None:
    """A description that is short and of one thing each is its name."""
    for column in found.get("description", ())[:1]:
        place = columns.index(column)
        values = Values([row[place] for row in samples if place < len(row)], len(samples))
        if (
            values.words > 0.7
            and values.distinct > 0.5
            and values.filled > 0.5
            and values.length < 80
            and not values.html
        ):
            return column
    return None


def _fill_stock(found: dict[str, list[str]], left: dict[str, Values]) -> None:
    """A column called stock whose words are not known is that all the same: each row then says which word it is."""
    for column, values in left.items():
        named = [
            field for field, score in said_by(column) if score >= 90 and field in ("quantity", "availability")
        ]
        plain = values.filled > 0.3 and values.length < 40 and not values.urls and values.money < 0.5
        if named and plain and fold(last_step(column)) not in VAGUE_STATES and not _is_dated(values):
            found["availability"] = [column]
            return


def _is_dated(values: Values) -> bool:
    """Days rather than words."""
    return sum(1 for value in values.values[:20] if read_date(value)) > len(values.values[:20]) / 2


def _number_of_maker(
    found: dict[str, list[str]], columns: Sequence[str], samples: Sequence[Sequence[str]]
) -> None:
    """Where it is the only number, and each has its own, the maker's may be the supplier's as well (`Part number`)."""
    column = found["mpn"][0]
    place = columns.index(column)
    values = Values([row[place] for row in samples if place < len(row)], len(samples))
    if values.filled == 1 and values.distinct == 1 and any(field == "sku" for field, _ in said_by(column)):
        found["sku"] = found.pop("mpn")


def _is_number(values: Values) -> bool:
    """Short codes, each once: an article number, even where most rows are headings without one."""
    return (
        len(values.values) > 4 and values.distinct > 0.97 and values.codes > 0.95 and 2 < values.length <= 40 and values.money < 0.3
        and values.filled > 0.5 and not any(read_date(value) for value in values.values[:5])
    )  # fmt: skip


_KNOWN_WELL = frozenset({"category", "parts"})
"""What a format names is not added to by guessing."""


def _takes_another(field: str, refs: list[str], guess: Guess) -> bool:
    """Pictures and category levels take several columns; a second one must be as good a match by its name, or be the first's with
    another number. A category's own number adds nothing to its name."""
    if field == "category" and (
        fold(guess.column) in KINDS or fold(last_step(guess.column)).split()[-1:] in (["id"], ["code"])
    ):
        return False
    numbered = field == "images" and any(_unnumbered(guess.column) == _unnumbered(ref) for ref in refs)
    return field in ("images", "category", "parts") and len(refs) < 30 and (guess.score >= 80 or numbered)


def _unnumbered(column: str) -> str:
    return fold(column).rstrip("0123456789 ").removesuffix(" extra")


def _in_order(found: dict[str, list[str]], places: dict[str, int]) -> None:
    """Numbered picture columns and category levels keep the file's order, a main picture before additional ones."""
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


def take_options(found: dict[str, list[str]]) -> dict[str, str]:
    """Colour, size and the like are options, not fields: taken out of what was found, by our option's name."""
    return {label: found.pop(field)[0] for field, label in OPTION_FIELDS.items() if field in found}
