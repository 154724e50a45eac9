"""Variants inside a record: a list of objects (or a repeated element) that have numbers, prices or stocks of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marketplace.sourcing.mapping.aliases import ranked
from marketplace.sourcing.mapping.names import ANOTHER
from marketplace.sourcing.values.text import fold

_NAMES = re.compile(
    r"^(?:variants?|variations?|variantes?|varianten|varianti|skus?|combinations?|children|models?|sizes|stock_?items?|articles?|offers?"
    r"|product_?variants?|items?|declinations?|déclinaisons?|combinaciones)$",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"^(?:variants?|variations?|variantes?|varianten|varianti|combinations?|product_?variants?)$",
    re.IGNORECASE,
)
"""Called so, they are variants even where no product among the first has more than one."""
_OWN = frozenset({"sku", "price", "cost", "quantity", "gtin"})
_TOLD = {**{field: field for field in _OWN}, "availability": "quantity", "size": "option", "color": "option"}
"""What a column of variants says → what it counts as: a size or a colour is as good as a number of their own."""

_NOT = re.compile(rf"{ANOTHER}|cross|bundle|component|warehouse|supplier|shipping", re.IGNORECASE)


def variants_path(columns: Sequence[str], samples: Sequence[Sequence[str]], mark: str) -> str:
    """The path of the variants within a record (`variants`, `variants/variant`), "" where there are none.

    `mark` parts the steps of a path. Their columns hold several values a record, and at least two of them are what an
    offer has of its own; three, a number and a price or stock among them, where their name does not say that they are variants.
    """
    inner: dict[str, set[str]] = {}
    for place, column in enumerate(columns):
        parent, _, name = column.rpartition(mark)
        steps = parent.split(mark) if parent else []
        fields = {_TOLD[field] for field, _ in ranked().get(fold(name.lstrip("@")), ()) if field in _TOLD}
        several = any("\n" in row[place] for row in samples)
        if steps and fields and (several or _SURE.match(steps[0])):
            for size in range(1, min(len(steps), 2) + 1):
                inner.setdefault(mark.join(steps[:size]), set()).update(fields)
    found = [
        (len(fields), path.count(mark), path)
        for path, fields in inner.items()
        if _are_variants(path, fields, mark)
    ]
    return max(found, default=(0, 0, ""))[2]


def _are_variants(path: str, fields: set[str], mark: str) -> bool:
    first, last = path.split(mark)[0], path.rsplit(mark, 1)[-1]
    if _NAMES.match(first) or (_SURE.match(last) and not _NOT.search(path)):
        return len(fields) > 1 or bool(_SURE.match(first) and fields & {"price", "quantity"})
    fields = fields - {"option"}
    return (
        len(fields) > 2
        and bool(fields & {"sku", "gtin"})
        and bool(fields & {"price", "cost", "quantity"})
        and not _NOT.search(path)
    )


def first_variants(
    columns: Sequence[str], samples: Sequence[Sequence[str]], path: str, mark: str
) -> list[list[str]]:
    """The samples with one value in place of several where these are the variants'."""
    own = {place for place, column in enumerate(columns) if column.startswith(path + mark)}
    return [
        [cell.split("\n", 1)[0] if place in own else cell for place, cell in enumerate(row)]
        for row in samples
    ]


_CALLED = frozenset({"name", "title", "label", "value", "size name", "variant", "option"})
_CHOSEN = re.compile(r"option ?(\d)$")


def names_of_variants(columns: Sequence[str], samples: Sequence[Sequence[str]], inner: str) -> dict[str, str]:
    """Our option's name → the column, beginning with `inner`, that says what each of several variants of a record is called: all
    of `option1`, `option2`, or else the one that is a name."""
    within = [
        (fold(c.removeprefix(inner).lstrip("@")), c, place)
        for place, c in enumerate(columns)
        if c.startswith(inner)
    ]
    chosen = {f"Option {found[1]}": c for name, c, _ in within if (found := _CHOSEN.match(name))}
    named = [
        c
        for name, c, place in within
        if name in _CALLED and any(len(set(row[place].split("\n"))) > 1 for row in samples)
    ]
    return chosen or ({"Variant": named[0]} if named else {})


def group_of(columns: Sequence[str], path: str, mark: str) -> str | None:
    """The record's own number, which its variants have in common."""
    outer = [column for column in columns if not column.startswith(path + mark) and mark not in column]
    numbered = [
        (rank, column)
        for column in outer
        for field, rank in ranked().get(fold(column.lstrip("@")), ())
        if field == "sku"
    ]
    return min(numbered)[1] if numbered else None
