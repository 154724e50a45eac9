"""Elements as columns: the paths of a record's values, read by a plan that knows which are wanted, or all of them.

`a/b` is the text of b in a, `a/@id` an attribute, `param[Colour]` the value of the param called Colour (by attribute
`name`, or by a pair of children such as PARAM_NAME and VAL), `param[*]` all of those with their names. Names are local:
Google's are often written without their namespace, or with another prefix.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

NAME_ATTRIBUTES = ("name", "Name", "NAME", "key", "label")
_VALUE_ATTRIBUTES = ("value", "Value", "VALUE", "val")
_CALLED = frozenset(
    ["param", "parameter", "property", "prop", "attribute", "attr", "a", "feature", "spec", "specification", "option", "characteristic",
     "field", "extrinsic"]
)  # fmt: skip
"""Elements that are nothing without their value: an empty one says nothing, its name least of all."""
_PICTURES = frozenset(
    {"", "normal", "detail", "thumbnail", "logo", "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff"}
)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?|bmp)$", re.IGNORECASE)
_PRICED = re.compile(r"price|preis|prix|prezzo|precio|preco|preço|cena|fiyat|prijs|cost", re.IGNORECASE)
_PAIRS = (
    ("PARAM_NAME", "VAL"), ("NAME", "VALUE"), ("name", "value"), ("Name", "Value"), ("FNAME", "FVALUE"), ("key", "value"),
    ("label", "value"), ("PARAM_NAME", "PARAM_VALUE"), ("attribute", "value"), ("title", "value"), ("title", "text"),
    ("attribute_name", "attribute_value"), ("section_name", "attribute_value"), ("meta_key", "meta_value"), ("key", "val"), ("Key", "Value"), ("NAME", "VAL"),
    ("param_name", "param_value"), ("ParamName", "ParamValue"),
)  # fmt: skip
MAX_PATHS = 2_000
MAX_ATTRIBUTES = 200
MAX_TIERS = 100


def local(tag: Any) -> str:
    """The name without its namespace; "" for comments and processing instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Any) -> str:
    """The element's text, of its children too when it holds markup."""
    if len(element) == 0:
        return element.text or ""
    return "".join(element.itertext())


def name_and_value(element: Any) -> tuple[str, str] | None:
    """What an element called something says, if that is how it is built."""
    if len(element) == 0:
        return _called(element) or _typed_price(element) if element.attrib else None
    if "price_type" in element.attrib:
        return _catalogue_price(element)
    if len(element) > 8:
        return None
    children = {local(child.tag): child for child in element}
    if "MIME_SOURCE" in children:
        return _medium(children)
    if len(element) == 1 and element.attrib and not children.keys().isdisjoint(_VALUE_ATTRIBUTES):
        name = next((name for each in NAME_ATTRIBUTES if (name := element.get(each))), "")
        return (name.strip(), text_of(element[0]).strip()) if name else None
    if not 2 <= len(element) <= 6:
        return None
    for name_tag, value_tag in _PAIRS:
        if name_tag in children and value_tag in children:
            return text_of(children[name_tag]).strip(), text_of(children[value_tag]).strip()
    return None


def _called(element: Any) -> tuple[str, str] | None:
    """`<param name="Colour">red</param>`, `<param name="Colour" value="red"/>`; None without a value."""
    for attribute in NAME_ATTRIBUTES:
        name = element.get(attribute)
        if name:
            text = (element.text or "").strip()
            text = (
                text
                or next((value for each in _VALUE_ATTRIBUTES if (value := element.get(each))), "").strip()
            )
            return (name.strip(), text) if text else None
    return None


def _typed_price(element: Any) -> tuple[str, str] | None:
    """`<price type="wholesale" currency="EUR">11.00</price>`: one price of several, told apart by its type."""
    kind, amount = element.get("type"), (element.text or "").strip()
    if not kind or not amount or not _PRICED.search(local(element.tag)):
        return None
    currency = element.get("currency") or ""
    return kind.strip(), f"{amount} {currency}".strip()


def _catalogue_price(element: Any) -> tuple[str, str] | None:
    """A price of BMEcat by its type, with its own currency; one for larger quantities only is called so."""
    children = {local(child.tag): child for child in element}
    if "PRICE_AMOUNT" not in children:
        return None
    amount = text_of(children["PRICE_AMOUNT"]).strip()
    currency = text_of(children["PRICE_CURRENCY"]).strip() if "PRICE_CURRENCY" in children else ""
    kind, least = element.get("price_type"), _lower_bound(element)
    if least > 1 and _has_lower(element, kind, least):
        kind = f"{kind} ≥ {least:g}"
    return kind, f"{amount} {currency}".strip()


def _has_lower(price: Any, kind: str, least: float) -> bool:
    """Whether another price of this kind is for fewer. Each price asks, so the first hundred are compared and further ones
    taken to be: a price of which that is not known is for larger quantities, never the one paid for a single piece."""
    others = price.getparent().iterchildren(price.tag)
    for each in islice(others, MAX_TIERS):
        if each.get("price_type") == kind and _lower_bound(each) < least:
            return True
    return next(others, None) is not None


def _medium(children: dict[str, Any]) -> tuple[str, str]:
    """A file of BMEcat's: `image` when it is one, else what it says to be."""
    source, kind, purpose = (
        text_of(children[tag]).strip() if tag in children else ""
        for tag in ("MIME_SOURCE", "MIME_TYPE", "MIME_PURPOSE")
    )
    told = kind.lower() or purpose.lower()
    picture = told.startswith("image/") or told in _PICTURES or _PICTURE_FILE.search(source) is not None
    return "image" if picture else told, source


def _lower_bound(price: Any) -> float:
    text = price.findtext("{*}LOWER_BOUND") or ""
    try:
        return float(text.strip() or 1)
    except ValueError:
        return 1.0


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
        if pair is not None and pair[0] and len(pair[0]) < 80 and (not _by_type(child) or several(child.tag)):
            yield f"{prefix}{tag}[{pair[0]}]", pair[1]
            continue
        if pair is None and _says_nothing(child, tag):
            continue
        value = text_of(child)
        if value.strip() and (len(child) == 0 or not _structured(child)):
            yield f"{prefix}{tag}", value
        if (len(child) or child.attrib) and depth < 8:
            yield from flatten(child, f"{prefix}{tag}/", depth + 1)


def _structured(element: Any) -> bool:
    """Children with their own meaning, not markup within a text."""
    return not (element.text or "").strip() and not any((child.tail or "").strip() for child in element)


def _says_nothing(element: Any, tag: str) -> bool:
    """`<param name="Size"/>`: a name without a value."""
    return (
        len(element) == 0
        and bool(element.attrib)
        and tag.lower() in _CALLED
        and any(element.get(name) for name in NAME_ATTRIBUTES)
    )


def _by_type(element: Any) -> bool:
    """Whether only its type tells what an element is called."""
    return (
        len(element) == 0 and element.get("type") is not None and not any(map(element.get, NAME_ATTRIBUTES))
    )


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
