"""A table whose columns have no names: what each is must be told from its values alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from marketplace.sourcing.mapping.evidence import Values
from marketplace.sourcing.values.quantity import read_quantity


def without_header(columns: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Our field → the column: addresses and trade numbers first, then the article number, the longest words as the title,
    the number with decimals (or the greater one) as the price, the whole and smaller one as the quantity."""
    found: dict[str, list[str]] = {}
    left = {
        column: Values([row[place] for row in samples if place < len(row)], len(samples))
        for place, column in enumerate(columns)
    }
    left = {column: values for column, values in left.items() if values.values}

    def take(
        field: str, test: Callable[[Values], bool], best: Callable[[Values], float] | None = None
    ) -> None:
        fit = [column for column, values in left.items() if test(values)]
        if fit:
            chosen = max(fit, key=lambda column: best(left[column])) if best else fit[0]
            found[field] = [chosen]
            left.pop(chosen)

    take("gtin", lambda v: v.gtins > 0.6)
    take("images", lambda v: v.pictures > 0.7 and v.urls > 0.7)
    take("link", lambda v: v.urls > 0.8)
    take("currency", lambda v: v.currencies > 0.9 and v.length == 3)
    take("category", lambda v: sum(">" in text for text in v.values) > len(v.values) * 0.5)
    take("availability", lambda v: v.stock_words > 0.8)
    take("sku", _is_key, _keyness)
    left = {column: values for column, values in left.items() if not _is_code(values)}
    take(
        "title",
        lambda v: v.words > 0.7 and v.distinct > 0.5 and 5 <= v.length < 300,
        lambda v: min(v.length, 80) * v.distinct,
    )
    take("description", lambda v: v.words > 0.7 and v.length > 60)
    if any(values.money > 0.3 for values in left.values()):
        take("price", lambda v: v.prices > 0.8 and v.money > 0.3)
        take("quantity", lambda v: v.quantities > 0.9 and v.money < 0.2 and _middle(v) < 100_000)
    elif sum(values.numbers > 0.8 for values in left.values()) == 1 and "title" not in found:
        take(
            "quantity", lambda v: v.quantities > 0.9 and v.numbers > 0.8
        )  # an article and a number: a list of stock
    else:
        numbers = [column for column, values in left.items() if values.prices > 0.8 and values.numbers > 0.8]
        numbers.sort(key=lambda column: -_middle(left[column]))
        for field, column in zip(("price", "quantity"), (*numbers[:1], *numbers[-1:]), strict=False):
            if column in left:
                found[field] = [column]
                left.pop(column)
    take("brand", lambda v: v.words > 0.7 and v.distinct < 0.9 and v.length < 40)
    return found


def _is_key(values: Values) -> bool:
    return values.distinct > 0.9 and values.filled > 0.95 and values.codes > 0.9 and values.length <= 60 and values.money < 0.5 and values.length > 1  # fmt: skip


def _is_code(values: Values) -> bool:
    """Digits with noughts before them are nobody's price or stock."""
    return (
        sum(len(value) > 1 and value[0] == "0" and value.isdecimal() for value in values.values)
        > len(values.values) * 0.5
    )


def _keyness(values: Values) -> float:
    """Each once, few spaces, digits in it: `68377850AA` before `Brake pads`."""
    spaced = sum(" " in value for value in values.values) / len(values.values)
    digits = sum(any(c.isdigit() for c in value) for value in values.values) / len(values.values)
    lettered = sum(any(c.isalpha() for c in value) for value in values.values) / len(values.values)
    return values.distinct * 3 - spaced * 2 + digits + lettered * 0.5


def _middle(values: Values) -> float:
    counts = [found.number for value in values.values if (found := read_quantity(value)) is not None]
    return float(median(counts)) if counts else 0.0
