"""What GraphQL puts around records, taken off: `{"edges": [{"node": …}]}` and `{"nodes": […]}` become the list they hold, and lines
that name their parent (`__parentId`, Shopify's bulk operations) become part of it.

Whether a file is so is judged by its first records: others pay nothing. The parts of a product follow it where the file is grouped;
where it is not, it is put together in memory as long as it is small enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.header import column_names

Item = tuple[int, str, Any]
PARENT = "__parentId"
PEEKED = 50
HELD_OBJECTS = 50_000
HELD_CHARACTERS = 16 * 1024**2
_AROUND = frozenset({"edges", "nodes", "pageInfo", "totalCount", "__typename", "count"})
_NODE = frozenset({"node", "cursor", "__typename"})
_PARTS = {"productvariant": "variants", "mediaimage": "media", "inventorylevel": "inventoryLevels"}
MAX_DEPTH = 12


def _tabled(found: Iterator[Item]) -> Iterator[Item]:
    """Rows that are lists, as spreadsheets' interfaces send them, as objects under the names in the first of them."""
    names: list[str] | None = None
    for item in found:
        if item[2].__class__ is not list:
            yield item
            continue
        cells: Any = item[2]
        if names is None:
            head = all(isinstance(cell, str) and not cell.strip().isdecimal() for cell in cells)
            names = column_names(cells if head else [], len(cells))
            if head:
                continue
        names += column_names([], len(cells))[len(names) :]
        yield item[0], item[1], dict(zip(names, cells, strict=False))


def straight(found: Iterator[Item]) -> Iterator[Item]:
    """The records without what GraphQL puts around them. Raises FeedRefused where lines stand too far from their parents."""
    first = list(islice(found, PEEKED))
    if first and first[0][2].__class__ is list:
        return _tabled(chain(first, found))
    records = [record for _, _, record in first if isinstance(record, dict)]
    whole: Iterator[Item] = chain(first, found)
    if any(_is_wrapped(record) for record in records):
        whole = ((index, key, unwrapped(record)) for index, key, record in whole)
    if any(PARENT in record or _kind(record) == "product" for record in records):
        return _Families().through(whole)
    return whole


def _is_wrapped(record: Any, depth: int = 0) -> bool:
    """Whether there is a connection in it, or it is the node of one."""
    if depth > 4 or not isinstance(record, dict | list):
        return False
    if isinstance(record, list):
        return any(_is_wrapped(item, depth + 1) for item in record[:3])
    if _inside(record) is not None or (depth == 0 and _is_node(record)):
        return True
    return any(_is_wrapped(value, depth + 1) for value in record.values())


def _is_node(record: dict[str, Any]) -> bool:
    return isinstance(record.get("node"), dict) and _NODE.issuperset(record)


def _inside(record: dict[str, Any]) -> list[Any] | None:
    """What a connection holds; None for any other object."""
    if not _AROUND.issuperset(record):
        return None
    for name in ("nodes", "edges"):
        if isinstance(record.get(name), list):
            return [
                item["node"] if isinstance(item, dict) and _is_node(item) else item for item in record[name]
            ]
    return None


def unwrapped(value: Any, depth: int = 0) -> Any:
    """The value with every connection in it replaced by the list it holds."""
    if depth > MAX_DEPTH or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [unwrapped(item, depth + 1) for item in value]
    if depth == 0 and _is_node(value):
        return unwrapped(value["node"], 1)
    held = _inside(value)
    if held is not None:
        return [unwrapped(item, depth + 1) for item in held]
    return {key: unwrapped(item, depth + 1) for key, item in value.items()}


def _kind(record: dict[str, Any]) -> str:
    """`productvariant` of `gid://shopify/ProductVariant/1`."""
    number = record.get("id")
    return (
        number.split("/")[3].lower()
        if isinstance(number, str) and number.startswith("gid://") and number.count("/") > 3
        else ""
    )


def _part(record: dict[str, Any]) -> str:
    """Where in its parent a line belongs."""
    kind = _kind(record)
    if kind in _PARTS:
        return _PARTS[kind]
    if kind:
        return "images" if kind.endswith("image") else f"{kind}s"
    if "sku" in record or "price" in record:
        return "variants"
    return (
        "images"
        if {"url", "src", "originalSrc", "transformedSrc"} & record.keys()
        else "inventoryLevels"
        if "available" in record
        else "parts"
    )


class _Families:
    """Products put together from lines. What is held is let go when the next product begins and it has become much."""

    def __init__(self) -> None:
        self._open: dict[str, Item] = {}
        self._owners: dict[str, tuple[str, dict[str, Any]]] = {}  # line → (the product it belongs to, itself)
        self._objects = self._characters = 0
        self._scattered = 0  # the first line whose product is not the one above it
        self._last = ""
        self._gave = False

    def through(self, found: Iterator[Item]) -> Iterator[Item]:
        """Each product with its variants and pictures in it; what is no object comes as it is. Raises FeedRefused."""
        for item in found:
            index, _, record = item
            if not isinstance(record, dict):
                yield item
                continue
            number = str(record.setdefault("id", f"#{index}"))
            if record.get(PARENT) is not None:
                self._belongs(index, number, record)
                continue
            if self._is_full() and not self._scattered:
                yield from self._let_go()
            self._open[number], self._owners[number], self._last = item, (number, record), number
            self._hold(record)
        yield from self._open.values()

    def _belongs(self, index: int, number: str, record: dict[str, Any]) -> None:
        family, holder = self._owners.get(str(record[PARENT]), ("", {}))
        if family != self._last:
            self._scattered = self._scattered or index
        if self._scattered and (self._is_full() or self._gave):
            raise _refusal(self._scattered)
        if not family:  # its parent is not in the file
            self._open[number] = index, "", record
            return
        parts = holder.setdefault(_part(record), [])
        if isinstance(parts, list):
            parts.append(record)
        self._owners[number] = family, record
        self._hold(record)

    def _hold(self, record: dict[str, Any]) -> None:
        self._objects += 1
        self._characters += sum(len(value) for value in record.values() if isinstance(value, str))

    def _is_full(self) -> bool:
        return self._objects > HELD_OBJECTS or self._characters > HELD_CHARACTERS

    def _let_go(self) -> Iterator[Item]:
        yield from self._open.values()
        self._open.clear()
        self._owners.clear()
        self._objects = self._characters = 0
        self._gave = True


def _refusal(line: int) -> FeedRefused:
    return FeedRefused(
        "scattered",
        N_("The lines of a product do not follow it: ask for this file with its objects grouped"),
        line=line,
        column=1,
    )
