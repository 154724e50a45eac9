"""The fields that most feeds do not have: options, weights, origin, safety contacts, flags. Each reads its own cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import Places, as_list
from marketplace.sourcing.reading.slots import SLOT
from marketplace.sourcing.values.condition import read_condition
from marketplace.sourcing.values.country import read_country
from marketplace.sourcing.values.dates import read_time
from marketplace.sourcing.values.measure import read_weight
from marketplace.sourcing.values.quantity import read_count
from marketplace.sourcing.values.text import fold, spelt, truth

Fill = Callable[[Sequence[Any], list[Any]], None]
MAX_OPTIONS = 40
_NULLS = frozenset({"N/A", "n/a", "NULL", "null", "None", "nan", "-"})
_NO_CHOICE = frozenset({"default title", "default", "title", ""})


def plans(mapping: Mapping, places: Places) -> list[Fill]:
    """What is to be done for each row beside texts, price and stock; empty for most feeds."""
    makers = (_group, _options, _weight, _counts, _condition, _origin, _people, _time)
    return [fill for maker in makers for fill in maker(mapping, places)]


def _place(mapping: Mapping, places: Places, field: str) -> int | None:
    found = places.find_all(mapping.columns.get(field, ()))
    return found[0] if found else None


_NO_GROUP = frozenset({"0", "-", "0.0", *_NULLS})


def _group(mapping: Mapping, places: Places) -> list[Fill]:
    """`parent_id` 0 is no parent: else all single products would be variants of one."""
    named = places.find_all(mapping.columns.get("group_key", ()))
    if not any("parent" in fold(places.columns[place]) for place in named):
        return []
    slot = SLOT["group_key"]

    def fill(cells: Sequence[Any], values: list[Any]) -> None:
        if values[slot] in _NO_GROUP:
            values[slot] = None

    return [fill]


def _options(mapping: Mapping, places: Places) -> list[Fill]:
    named = [
        (name, place) for name, ref in mapping.options.items() if (place := places.find(ref)) is not None
    ]
    found = [(places.find(name), places.find(value)) for name, value in mapping.option_pairs]
    pairs = [(name, value) for name, value in found if name is not None and value is not None]
    stars = [place for ref in mapping.option_columns if (place := places.find(ref)) is not None]
    if not named and not pairs and not stars:
        return []
    slot = SLOT["options"]
    taken = _taken(mapping)
    names: dict[int, str | list[str]] = {}
    remembers = bool(mapping.inherit)

    def fill(cells: Sequence[Any], values: list[Any]) -> None:
        options: dict[str, str] = {}
        for name, place in named:
            if cells[place]:
                _choose(options, name, cells[place])
        for at_name, at_value in pairs:
            called = cells[at_name]
            if remembers:  # only the product's first row names its options
                called = names[at_name] = called or names.get(at_name, "")
            if cells[at_value] and called:
                for name, value in _zipped(called, cells[at_value]):
                    _choose(options, name, value)
        for place in stars:
            for name, value in _told(cells[place]):
                if name not in taken:
                    _choose(options, name, value)
        values[slot] = options or None

    return [fill]


def _taken(mapping: Mapping) -> frozenset[str]:
    """Names of repeated elements that are a field already: an EAN among the `param`s is no choice."""
    refs = [ref for listed in mapping.columns.values() for ref in as_list(listed)]
    return frozenset(ref[ref.index("[") + 1 : -1] for ref in refs if ref.endswith("]") and "[" in ref)


_TYPED = re.compile(r":(?:select|color|colour|radio|group)?:?\d+$")
_TYPED_LIST = re.compile(r":\w*:?\d+\s*,")
_TELLS = re.compile(r"\s*([^=:;,|]{1,60}?)\s*[=:]\s*([^;|]*?)\s*(?=$|[;|]|,\s*[^=:;,|]{1,60}[=:])")


def _zipped(names: str | list[str], values: str | list[str]) -> list[tuple[str, str]]:
    """Names and values side by side: two lists, two cells, or two cells that each hold several (`size|colour`)."""
    if isinstance(names, list):
        return list(zip(names, [values] if isinstance(values, str) else values, strict=False))
    value = values if isinstance(values, str) else values[0]
    for mark in "|;,":
        if (
            mark in names
            and names.count(mark) == value.count(mark)
            and (mark != "," or _TYPED_LIST.search(names))
        ):
            inner = zip(names.split(mark), value.split(mark), strict=True)
            return [(_TYPED.sub("", name.strip()), _TYPED.sub("", part.strip())) for name, part in inner]
    return [(_TYPED.sub("", names.strip()), _TYPED.sub("", value.strip()))]


def _told(cell: Any) -> list[tuple[str, str]]:
    """The named values of a record, or those written into one cell: `Colour: red, Size: M`, `color=red,size=M`."""
    if not cell:
        return []
    if isinstance(cell, str):
        return _TELLS.findall(cell)[:MAX_OPTIONS]
    return [pair for pair in cell if isinstance(pair, tuple)]


def _choose(options: dict[str, str], name: str, value: str) -> None:
    if "&" in value:
        value = spelt(value)
    name, value = " ".join(name.split())[:60], " ".join(value.split())[:200]
    if (
        name
        and value
        and not (fold(name) in _NO_CHOICE and fold(value) in _NO_CHOICE)
        and len(options) < MAX_OPTIONS
    ):
        options[name] = value


def _weight(mapping: Mapping, places: Places) -> list[Fill]:
    place, unit_place = _place(mapping, places, "weight"), _place(mapping, places, "weight_unit")
    if place is None:
        return []
    slot, known = SLOT["weight_g"], dict[tuple[str, str], int | None]()
    unit, decimal = mapping.weight_unit, mapping.decimal

    def fill(cells: Sequence[Any], values: list[Any]) -> None:
        text = cells[place]
        if text:
            key = (text, cells[unit_place] if unit_place is not None else "")
            if key not in known:
                if len(known) > 20_000:
                    known.clear()
                known[key] = read_weight(f"{key[0]} {key[1]}", unit, decimal)
            values[slot] = known[key]

    return [fill]


def _counts(mapping: Mapping, places: Places) -> list[Fill]:
    fills: list[Fill] = []
    for field in ("min_quantity", "pack_quantity"):
        place = _place(mapping, places, field)
        if place is not None:
            fills.append(_cell(place, SLOT[field], read_count))
    place = _place(mapping, places, "excluded")
    if place is not None:
        words = frozenset(map(fold, mapping.excluded_words))
        fills.append(
            _cell(place, SLOT["excluded"], lambda text: fold(text) in words if words else bool(truth(text)))
        )
    return fills


def _cell(place: int, slot: int, read: Callable[[str], Any]) -> Fill:
    def fill(cells: Sequence[Any], values: list[Any]) -> None:
        if cells[place]:
            values[slot] = read(cells[place])

    return fill


def _condition(mapping: Mapping, places: Places) -> list[Fill]:
    place = _place(mapping, places, "condition")
    known: dict[str, str | None] = {}

    def read(text: str) -> str | None:
        if text not in known:
            if len(known) > 1_000:
                known.clear()
            known[text] = read_condition(text)
        return known[text]

    return [] if place is None else [_cell(place, SLOT["condition"], read)]


def _origin(mapping: Mapping, places: Places) -> list[Fill]:
    place = _place(mapping, places, "origin_country")
    return [] if place is None else [_cell(place, SLOT["origin_country"], read_country)]


def _people(mapping: Mapping, places: Places) -> list[Fill]:
    fills: list[Fill] = []
    for who in ("manufacturer", "responsible"):
        found = {part: _place(mapping, places, f"{who}_{part}") for part in ("name", "address", "email")}
        parts = [(part, place) for part, place in found.items() if place is not None]
        fixed = {p: v for p in ("name", "address", "email") if (v := mapping.fixed.get(f"{who}_{p}"))}
        if parts or fixed:
            fills.append(_contact(SLOT[who], parts, fixed))
    return fills


def _contact(slot: int, parts: list[tuple[str, int]], fixed: dict[str, str]) -> Fill:
    def fill(cells: Sequence[Any], values: list[Any]) -> None:
        told = fixed | {part: cells[place].strip()[:500] for part, place in parts if cells[place]}
        values[slot] = {part: text for part, text in told.items() if text} or None

    return fill


def _time(mapping: Mapping, places: Places) -> list[Fill]:
    place, order = _place(mapping, places, "source_time"), mapping.date_order
    return [] if place is None else [_cell(place, SLOT["source_time"], lambda text: read_time(text, order))]
