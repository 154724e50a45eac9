"""Elements as columns: the paths of a record's values, read by a plan that knows which are wanted, or all of them.

`a/b` is the text of b in a, `a/@id` an attribute, `param[Colour]` the value of the param called Colour (by attribute
`name`, or by a pair of children such as PARAM_NAME and VAL), `param[*]` all of those with their names. Names are local:
Google's are often written without their namespace, or with another prefix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from marketplace.sourcing.reading.xml_pairs import by_type, local, name_and_value, says_nothing, text_of

MAX_PATHS = 2_000
MAX_ATTRIBUTES = 200


class Node:
    """What is wanted of one element: its text, attributes, named values, children."""

    __slots__ = ("attributes", "children", "every", "leaf", "many", "named", "slot")

    def __init__(self) -> None:
        self.slot = -1
        self.many = False
        self.attributes: list[tuple[str, int, bool]] = []
        self.children: dict[str, Node | None] = {}
        self.named: dict[str, tuple[int, bool]] = {}
        self.every = -1
        self.leaf = False  # nothing but its text is wanted


def plan(wanted: Mapping[str, bool]) -> Node:
    """A tree of Nodes from paths → whether all values are wanted. The slot is the path's place in `wanted`."""
    root = Node()
    for slot, (path, many) in enumerate(wanted.items()):
        node = root
        parts = _parts(path)
        for part in parts[:-1]:
            node = _child(node, part)
        last = parts[-1]
        if last.startswith("@"):
            node.attributes.append((last[1:], slot, many))
        elif last.endswith("]") and "[" in last:
            tag, _, name = last[:-1].partition("[")
            child = _child(node, tag)
            if name == "*":
                child.every = slot
            else:
                child.named[name] = slot, many
        elif last:
            child = _child(node, last)
            child.slot, child.many = slot, many
    _mark(root)
    return root


def _mark(node: Node) -> None:
    node.leaf = node.slot >= 0 and not (node.attributes or node.children or node.named or node.every >= 0)
    for child in node.children.values():
        if child is not None:
            _mark(child)


def _parts(path: str) -> list[str]:
    bracket = path.find("[")
    if bracket < 0:
        return path.split("/")
    head = path[:bracket].split("/")
    return [*head[:-1], head[-1] + path[bracket:]]


def _child(node: Node, tag: str) -> Node:
    found = node.children.get(tag)
    if found is None:
        found = node.children[tag] = Node()
    return found


def fill(element: Any, node: Node, cells: list[Any]) -> None:
    """Puts what is wanted of an element into the cells: a text, or where many are wanted and there are, a list of them."""
    if node.attributes:
        for name, slot, many in node.attributes:
            value = element.get(name)
            if value and not cells[slot]:
                cells[slot] = value
            elif value and many:
                _append(cells, slot, value)
    known = node.children
    for child in element:
        tag = child.tag
        wanted = known.get(tag, _NEW)
        if wanted is _NEW:
            wanted = _learn(known, tag)
        if wanted is None:
            continue
        if wanted.leaf and not len(child):
            text = child.text
            if text:
                slot = wanted.slot
                if not cells[slot]:
                    cells[slot] = text
                elif wanted.many and not text.isspace():
                    _append(cells, slot, text)
        else:
            _take(child, wanted, cells)


def _learn(known: dict[str, Node | None], tag: Any) -> Node | None:
    """Tags with a namespace are looked up by their local name once."""
    wanted = known.get(local(tag)) if isinstance(tag, str) else None
    if len(known) < MAX_PATHS:
        known[tag] = wanted
    return wanted


def _take(child: Any, wanted: Node, cells: list[Any]) -> None:
    if wanted.slot >= 0:
        value = (child.text or "") if len(child) == 0 else text_of(child)
        if not cells[wanted.slot]:
            cells[wanted.slot] = value
        elif wanted.many and value and not value.isspace():
            _append(cells, wanted.slot, value)
    if wanted.named or wanted.every >= 0:
        pair = name_and_value(child)
        if pair is not None:
            slot, many = wanted.named.get(pair[0], _NO_SLOT)
            if slot >= 0 and not cells[slot]:
                cells[slot] = pair[1]
            elif many and pair[1]:
                _append(cells, slot, pair[1])
            if wanted.every >= 0:
                cells[wanted.every] = [*cells[wanted.every], pair]
    if wanted.attributes or wanted.children:
        fill(child, wanted, cells)


def _append(cells: list[Any], slot: int, value: str) -> None:
    """A second value makes a list of what was one."""
    held = cells[slot]
    if held.__class__ is list:
        held.append(value)
    else:
        cells[slot] = [held, value]


_NEW: Any = Node()
_NO_SLOT = (-1, False)


def flatten(element: Any, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every (path, value) of a record, for the preview and the proposal; the same paths as `plan` understands."""
    for name in element.keys()[:MAX_ATTRIBUTES]:  # looking a value up takes longer the more there are
        yield f"{prefix}@{local(name)}", element.get(name)
    several = _Repeated(element)
    for child in element:
        tag = local(child.tag)
        if not tag:
            continue
        pair = name_and_value(child)
        if pair is not None and pair[0] and len(pair[0]) < 80 and (not by_type(child) or several(child.tag)):
            yield f"{prefix}{tag}[{pair[0]}]", pair[1]
            continue
        if pair is None and says_nothing(child, tag):
            continue
        value = text_of(child)
        if value.strip() and (len(child) == 0 or not _structured(child)):
            yield f"{prefix}{tag}", value
        if (len(child) or child.attrib) and depth < 8:
            yield from flatten(child, f"{prefix}{tag}/", depth + 1)


def _structured(element: Any) -> bool:
    """Children with their own meaning, not markup within a text."""
    return not (element.text or "").strip() and not any((child.tail or "").strip() for child in element)


class _Repeated:
    """Whether a tag comes more than once among an element's children: a type makes a price one of several only where there are
    several (`type="decimal"` is how some write a number). Counted when first asked."""

    def __init__(self, parent: Any) -> None:
        self._parent = parent
        self._counts: Counter[Any] | None = None

    def __call__(self, tag: Any) -> bool:
        if self._counts is None:
            self._counts = Counter(child.tag for child in self._parent)
        return self._counts[tag] > 1
