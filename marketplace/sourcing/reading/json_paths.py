"""Where in a JSON document its records are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.json_graph import straight
from marketplace.sourcing.reading.json_stream import JsonText, json_lines, json_values
from marketplace.sourcing.reading.sniff import Head

SAMPLES = 100
_LIKELY = (
    "products",
    "items",
    "offers",
    "data",
    "results",
    "records",
    "articles",
    "rows",
    "inventory",
    "stock",
    "catalog",
    "feed",
)
MAX_DEPTH = 5


def find_records(head: Head) -> tuple[str, list[dict[str, Any]]]:
    """(path, the first records). `""` for a list at the top, `products` or `data.items` for one inside, `*` for an object
    whose values are the records. Raises FeedRefused where the document is broken or holds no objects."""
    if head.shape == "jsonl":
        found = [
            record
            for _, _, record in _some(straight(json_lines(head.path, head.encoding)))
            if isinstance(record, dict)
        ]
        if len(found) != 1:
            return "lines", found
    text = JsonText(iter([head.text.encode("utf-8", errors="replace")]))
    if text.peek() == "[":
        return "", _records(head, "")
    paths = _paths(head)
    for path in sorted(paths, key=lambda path: _rank(path, paths[path])):
        found = _records(head, path)
        if found:
            return path, found
    return "", _records(head, "")


def _some(found: Iterator[Any]) -> Iterator[Any]:
    for place, item in enumerate(found):
        if place >= SAMPLES:
            return
        yield item


def _records(head: Head, path: str) -> list[dict[str, Any]]:
    found = []
    try:
        for _, key, record in _some(straight(json_values(head.path, head.encoding, path))):
            if isinstance(record, dict):
                found.append({"@key": key, **record} if key else record)
    except FeedRefused:
        if not found:
            raise
    return found


def _rank(path: str, parts: int) -> tuple[int, int, int]:
    name = path.rsplit(".", 1)[-1].lower()
    likely = _LIKELY.index(name) if name in _LIKELY else len(_LIKELY)
    return (0 if parts > 1 else 1, likely, path.count("."))


def _paths(head: Head) -> dict[str, int]:
    """Paths of arrays of objects (and of objects of alike objects) → how many keys their first record has."""
    try:
        document = json.loads(head.text.lstrip("\ufeff")) if head.complete else _cut(head.text)
    except (ValueError, RecursionError):
        return _refused(head)
    found: dict[str, int] = {}
    _walk(document, "", found, 0)
    return found


def _refused(head: Head) -> dict[str, int]:
    """Let the stream say where the document is broken."""
    for _ in json_values(head.path, head.encoding, "*"):
        pass
    return {}


def _cut(text: str) -> Any:
    """The document as far as it was read, its open brackets closed: enough to see its shape."""
    closers: list[str] = []
    inside = escaped = False
    safe, pending = 0, ""
    for place, mark in enumerate(text):
        if inside:
            inside, escaped = (escaped or mark != '"'), (mark == "\\" and not escaped)
        elif mark == '"':
            inside = True
        elif mark in "{[":
            closers.append("}" if mark == "{" else "]")
        elif mark in "}]":
            if closers:
                closers.pop()
            safe, pending = place + 1, "".join(reversed(closers))
    return json.loads(text[:safe] + pending)


def _walk(value: Any, path: str, found: dict[str, int], depth: int) -> None:
    if isinstance(value, list):
        first = next((item for item in value if isinstance(item, dict)), None)
        if (
            first is None
            and len(value) > 1
            and all(isinstance(item, list) and len(item) > 1 for item in value[:5])
        ):
            first = value[0]  # rows that are lists
        if first is not None and path not in found:
            found[path] = len(first)
        return
    if not isinstance(value, dict) or depth > MAX_DEPTH:
        return
    inner = [item for item in value.values() if isinstance(item, dict)]
    if (
        len(inner) > 1
        and len(inner) == len(value)
        and len(set.intersection(*(set(item) for item in inner))) > 1
    ):
        found[f"{path}.*".lstrip(".")] = len(inner[0])
        return
    for key, item in list(value.items())[:200]:
        if "." not in key:
            _walk(item, f"{path}.{key}".lstrip("."), found, depth + 1)
