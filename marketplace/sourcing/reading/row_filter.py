"""The mapping's row filters, compiled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from marketplace.sourcing.mapping.model import Mapping, RowFilter
from marketplace.sourcing.mapping.refs import Places
from marketplace.sourcing.values.price import PriceUnreadable, parse_price

Test = Callable[[Sequence[Any]], bool]


def filters(mapping: Mapping, places: Places) -> list[tuple[RowFilter, Test]]:
    """(filter, test of a row's cells) for each filter whose column is there; one on a missing column passes all rows."""
    found = [(rule, places.find(rule.column)) for rule in mapping.filters]
    return [(rule, _test(rule, place)) for rule, place in found if place is not None]


def _test(rule: RowFilter, place: int) -> Test:
    wanted = frozenset(value.strip().casefold() for value in rule.values)
    limit = _number(rule.values[0]) if rule.values else None

    def passes(cells: Sequence[Any]) -> bool:
        text = cells[place] if isinstance(cells[place], str) else " ".join(map(str, cells[place]))
        text = text.strip()
        if rule.test in ("is_empty", "is_not_empty"):
            return (not text) == (rule.test == "is_empty")
        if rule.test in ("less_than", "at_least"):
            number = _number(text)
            return number is not None and limit is not None and (number < limit) == (rule.test == "less_than")
        folded = text.casefold()
        if rule.test in ("contains", "does_not_contain"):
            return any(value in folded for value in wanted) == (rule.test == "contains")
        return (folded in wanted) == (rule.test == "is")

    return passes


def _number(text: str) -> int | None:
    try:
        return parse_price(text)[0]
    except PriceUnreadable:
        return None
