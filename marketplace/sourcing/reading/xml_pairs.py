"""Values with a name beside them: what an element called `param`, `attribute`, `price` or `MIME` says, and what that is called."""

from __future__ import annotations

import re
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
    ("param_name", "param_value"), ("ParamName", "ParamValue"), ("ИдТипаЦены", "ЦенаЗаЕдиницу"), ("Наименование", "Значение"),
)  # fmt: skip
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


def says_nothing(element: Any, tag: str) -> bool:
    """`<param name="Size"/>`: a name without a value."""
    return (
        len(element) == 0
        and bool(element.attrib)
        and tag.lower() in _CALLED
        and any(element.get(name) for name in NAME_ATTRIBUTES)
    )


def by_type(element: Any) -> bool:
    """Whether only its type tells what an element is called."""
    return (
        len(element) == 0 and element.get("type") is not None and not any(map(element.get, NAME_ATTRIBUTES))
    )
