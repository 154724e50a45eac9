"""Which element of an XML document is a record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from marketplace.sourcing.reading.prolog import SAFE, readable
from marketplace.sourcing.reading.sniff import Head
from marketplace.sourcing.reading.xml_pairs import local
from marketplace.sourcing.reading.xml_records import WHOLE, refusal

_RECORDS = frozenset(
    [
        "item",
        "entry",
        "product",
        "offer",
        "shopitem",
        "article",
        "o",
        "good",
        "goods",
        "produkt",
        "producto",
        "prodotto",
        "produto",
        "artikel",
        "artículo",
        "товар",
        "tovar",
        "termek",
        "productitem",
        "stockitem",
        "productoffer",
        "catalogproduct",
        "sku",
        "variant",
        "listing",
        "indexitemadd",
        "quotation_item",
        "products_item",
    ]
)
_WRAPPERS = frozenset(["row", "record", "element", "node", "data", "entry"])
_NEVER = frozenset(
    [
        "category",
        "categories",
        "currency",
        "image",
        "images",
        "param",
        "params",
        "shipping",
        "delivery",
        "header",
        "supplier",
        "buyer",
    ]
)
MAX_PATHS = 5_000


_WITHIN = frozenset(["variant", "variation", "sku", "size", "offer", "item"])
"""Of these a product may hold several; they are then not the records."""


@dataclass(slots=True)
class _Seen:
    count: int = 0
    most: int = 0  # in one parent
    inner: set[str] = field(default_factory=set)
    leaves: set[str] = field(default_factory=set)  # children that hold text alone; of the root only


def find_record_path(head: Head) -> str:
    """`channel/item`: the path below the root of the element that repeats and has a record's many parts; `.` when the document
    is one record itself, "" when there is none. Raises FeedRefused where the head of the document is broken."""
    seen = _survey(head)
    scored = [
        (_score(path, found), -len(path), "/".join(path[1:])) for path, found in seen.items() if len(path) > 1
    ]
    best = max(scored, default=(0.0, 0, ""))
    found = _whole_of(best[2], seen) if best[0] > 0 else ""
    return (
        WHOLE
        if head.complete and _is_record(seen) and found.rsplit("/", 1)[-1].lower() in {"", *_WITHIN}
        else found
    )


def _whole_of(path: str, seen: dict[tuple[str, ...], _Seen]) -> str:
    """Where each such element stands alone in another that says more (`CatalogueLine` with one `Item`), that is the record."""
    steps = (next(each[0] for each in seen), *path.split("/"))
    inner, outer = seen[steps], seen.get(steps[:-1], _Seen())
    more = {each for each in outer.inner if not each.startswith("@")} - {steps[-1]}
    return (
        "/".join(steps[1:-1])
        if len(steps) > 2 and outer.count == inner.count > 1 == inner.most and more
        else path
    )


def _is_record(seen: dict[tuple[str, ...], _Seen]) -> bool:
    """Whether the root is called like a record and says of itself what one does."""
    root, known = next(
        ((path[0].lower(), each) for path, each in seen.items() if len(path) == 1), ("", _Seen())
    )
    return (root in _RECORDS or root.endswith(("product", "item", "article"))) and len(known.leaves) > 2


def _survey(head: Head) -> dict[tuple[str, ...], _Seen]:
    pull = etree.XMLPullParser(events=("start", "end"), **SAFE)
    seen: dict[tuple[str, ...], _Seen] = {}
    path: list[str] = []
    held: list[Counter[str]] = [Counter()]  # of each open element: how many of each child it has so far
    data = readable(head.text.encode("utf-8", errors="replace"))
    try:
        for start in range(0, len(data), 65_536):
            pull.feed(data[start : start + 65_536])
            for event, found in pull.read_events():
                element: Any = found
                if event == "start":
                    path.append(local(element.tag))
                    held[-1][path[-1]] += 1
                    _enter(seen, tuple(path), element, held[-1][path[-1]])
                    held.append(Counter())
                elif path:
                    if len(path) == 2 and len(element) == 0 and len(seen[path[0],].leaves) < 100:
                        seen[path[0],].leaves.add(path[1])
                    path.pop()
                    held.pop()
                    if len(path) > 2:
                        element.clear()
        if head.complete:
            pull.close()
    except etree.XMLSyntaxError as fault:
        raise refusal(fault) from None
    return seen


def _enter(seen: dict[tuple[str, ...], _Seen], path: tuple[str, ...], element: object, number: int) -> None:
    if len(path) > 12 or (len(seen) >= MAX_PATHS and path not in seen):
        return
    known = seen.setdefault(path, _Seen())
    known.count += 1
    known.most = max(known.most, number)
    known.inner.update(f"@{name}" for name in list(getattr(element, "attrib", {}))[:100])
    parent = seen.get(path[:-1])
    if parent is not None and len(parent.inner) < 2_000:
        parent.inner.add(path[-1])
        name = getattr(element, "attrib", {}).get("name")
        if name:
            parent.inner.add(f"{path[-1]}[{name[:60]}]")


def _score(path: tuple[str, ...], found: _Seen) -> float:
    """Named like a record, with a record's many parts, repeated, and not inside another such element."""
    name = path[-1].lower()
    parts = len(found.inner)
    if name in _NEVER or parts < 2:
        return 0.0
    named = name in _RECORDS or name.rstrip("s") in _RECORDS
    if not named and (found.count < 2 or parts < 3):
        return 0.0
    inside = any(part.lower() in _RECORDS for part in path[1:-1])
    score = (
        (6.0 if named else 2.0 if name in _WRAPPERS else 0.0)
        + min(parts, 15) / 3
        + (1.5 if found.count > 1 else 0.0)
    )
    return score - (8.0 if inside else 0.0) - len(path) * 0.5
