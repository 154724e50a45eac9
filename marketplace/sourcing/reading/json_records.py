"""JSON records as rows of cells, by the same kind of paths as XML's: `price.amount`, `images.url`, `attributes[Colour]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import refs_of
from marketplace.sourcing.reading.encoding import Utf8
from marketplace.sourcing.reading.json_graph import straight
from marketplace.sourcing.reading.json_stream import BrokenLine, json_lines, json_values
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tally import Tally

KEY = "@key"
"""The column of a record's own key, where the records are the values of an object."""
_PAIRS = (
    ("name", "value"),
    ("key", "value"),
    ("name", "option"),
    ("name", "options"),
    ("label", "value"),
    ("attribute", "value"),
    ("title", "value"),
    ("attribute_code", "value"),
    ("option_display_name", "label"),
)
_SURROGATES = re.compile("[\ud800-\udfff]")
MAX_DEPTH = 8


def json_sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The one section of a JSON document or of JSON lines. Raises FeedRefused, also while its records are read."""
    wanted = refs_of(mapping)
    converter = Utf8(mapping.encoding)
    found = (
        json_lines(path, mapping.encoding, converter)
        if mapping.record_path == "lines"
        else json_values(path, mapping.encoding, mapping.record_path, converter)
    )
    yield Section(list(wanted), _records(straight(found), mapping, wanted), nested=bool(mapping.expand))
    if converter.strays:
        tally.say("strays", count=converter.strays)
    if converter.nuls:
        tally.say("nuls", count=converter.nuls)


def _records(
    found: Iterator[tuple[int, str, Any]], mapping: Mapping, wanted: dict[str, bool]
) -> Iterator[Record | Rejected]:
    steps = [(parse(path), many) for path, many in wanted.items()]
    for index, key, record in found:
        if isinstance(record, BrokenLine):
            yield reject("damaged", index, (), fault=str(record))
        elif not isinstance(record, dict):
            yield reject("not_an_offer", index, [record], what="a bare value")
        else:
            if key:
                record[KEY] = key
            rows = [
                [cell(variant, path, many) for path, many in steps]
                for variant in variants(record, mapping.expand)
            ]
            yield index, rows if mapping.expand else rows[0]


def variants(record: dict[str, Any], expand: str) -> list[dict[str, Any]]:
    """The record once for each of its variants, which stands in place of their list; itself when it has none."""
    if not expand:
        return [record]
    first, _, rest = expand.partition(".")
    inner = record.get(expand) if rest and expand in record else record.get(first)
    if rest and isinstance(inner, dict):
        return [{**record, first: each} for each in variants(inner, rest)]
    if not isinstance(inner, list) or not inner:
        return [record]
    return [{**record, expand: item} for item in inner if isinstance(item, dict)] or [record]


def parse(path: str) -> list[str]:
    """`a.b[Colour]` → its steps; the last may be `[Colour]` or `[*]`. A whole path that is a key goes first (see `cell`)."""
    bracket = path.find("[") if path.endswith("]") else -1
    steps = path.split(".") if bracket < 0 else path[:bracket].split(".")
    return [path, *steps] if bracket < 0 else [path, *steps, path[bracket:]]


def cell(record: dict[str, Any], path: list[str], many: bool) -> Any:
    """The text at a path, or all texts there when many are wanted."""
    if path[0] in record:
        found: Any = record[path[0]]
    else:
        found = record
        for step in path[1:]:
            found = _step(found, step)
            if found is None:
                return ""
    if many:
        return _all(found)
    while isinstance(found, list):
        found = found[0] if found else None
    return text(found) if not isinstance(found, dict) else _of_object(found)


def _step(found: Any, step: str) -> Any:
    if isinstance(found, dict):
        return found.get(step)
    if isinstance(found, list):
        if step.startswith("["):
            return named(found, step[1:-1])
        if step.isdecimal() and len(step) < 10:
            return found[int(step)] if int(step) < len(found) else None
        inner = [_step(item, step) for item in found if isinstance(item, dict | list)]
        return [item for item in inner if item is not None] or None
    return None


def named(items: list[Any], name: str) -> Any:
    """The value of the item called so, or with `*` every (name, value)."""
    pairs = [pair for item in items if isinstance(item, dict) and (pair := name_and_value(item))]
    if name == "*":
        return pairs
    return next((value for called, value in pairs if called == name), None)


def name_and_value(item: dict[str, Any]) -> tuple[str, str] | None:
    """What an object called something says."""
    for name, value in _PAIRS:
        if isinstance(item.get(name), str) and value in item:
            said = item[value]
            return item[name], text(said[0] if isinstance(said, list) and said else said)
    return None


def _all(found: Any) -> Any:
    if isinstance(found, list):
        if found and isinstance(found[0], tuple):
            return found
        flat = [part for item in found for part in ([item] if not isinstance(item, list) else item)]
        texts = [text(item) if not isinstance(item, dict) else _of_object(item) for item in flat]
        return [value for value in texts if value]
    if isinstance(found, dict):
        found = _of_object(found)
    value = text(found)
    return [value] if value else ""


def _of_object(found: dict[str, Any]) -> str:
    """An object where a text was expected: what it says of itself."""
    for key in (
        "url",
        "src",
        "value",
        "current",
        "name",
        "title",
        "rendered",
        "text",
        "amount",
        "en",
        "fr",
        "de",
    ):
        if key in found and not isinstance(found[key], dict | list):
            return text(found[key])
    return ""


def text(value: Any) -> str:
    """A JSON value as text; numbers are text already."""
    if value is None or isinstance(value, dict | list):
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    value = str(value)
    if not value.isascii() and _SURROGATES.search(value):
        value = _SURROGATES.sub("\ufffd", value)
    return value.replace("\0", "") if "\0" in value else value


def flatten(record: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every (path, value) of a record, for the preview and the proposal."""
    for key, value in record.items():
        yield from _flat(f"{prefix}{key}", value, depth)


def _flat(path: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if depth < MAX_DEPTH:
            yield from flatten(value, path + ".", depth + 1)
    elif isinstance(value, list):
        for item in value[:200]:
            pair = name_and_value(item) if isinstance(item, dict) else None
            if pair is not None:
                yield f"{path}[{pair[0]}]", pair[1]
            elif isinstance(item, dict | list):
                if depth < MAX_DEPTH:
                    yield from _flat(path, item, depth + 1)
            else:
                yield path, text(item)
    else:
        yield path, text(value)
