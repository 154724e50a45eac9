"""Any XML in which one element repeats."""

import re

from marketplace.kernel.fetching import N_
from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.xml_records import WHOLE
from marketplace.sourcing.values.text import shorten, spelt

_TELLING = frozenset({"title", "price", "cost", "msrp", "quantity", "availability", "images", "gtin"})
_CELLS = frozenset({"field", "column", "col", "cell"})
"""Elements that are a row's columns by their names, not choices."""
_APOLOGIES = frozenset(
    {"error", "errors", "exception", "fault", "errorresponse", "error_response", "problem"}
)
"""Roots of what a server sends in place of a feed."""
_PRICED = re.compile(r"price|preis|prix|prezzo|precio|cena|prijs|fiyat", re.IGNORECASE)
_CURRENCY = re.compile(
    r"""\bcurrency(?:_?(?:code|id))?\s*=\s*["']([A-Z]{3})["']|<(?:[\w-]+:)?currency(?:_?code)?>\s*([A-Z]{3})\s*</""",
    re.IGNORECASE,
)


def detect(look: Look) -> int:
    """The one that is left."""
    return 1


def _message(look: Look) -> str:
    """What a server says in an apology (`<Error>`, SOAP's `Fault`); "" where the document is none."""
    text = look.head.text
    if not look.head.complete or len(text) > 20_000:
        return ""
    if look.root.lower() not in _APOLOGIES and not re.search(r"<(?:\w+:)?Fault\b", text):
        return ""
    said = [
        words
        for part in re.findall(r">([^<>]+)<", text)
        if any(map(str.isalpha, words := spelt(part).strip()))
    ]
    return shorten(" ".join(said))


def finish(mapping: Mapping, look: Look) -> None:
    """Repeated `param[…]` elements are options. Raises FeedRefused where nothing repeats."""
    if look.root == "Workbook":
        raise FeedRefused(
            "container", N_("This is a workbook saved as XML: save it as .xlsx or as CSV"), line=1, column=1
        )
    if not mapping.record_path and (told := _message(look)):
        raise FeedRefused(
            "not_products",
            N_("The server sent a message in place of products: {text}"),
            line=1,
            column=1,
            text=told,
        )
    if not mapping.record_path:
        raise FeedRefused(
            "no_records", N_("No element of this XML repeats like a list of products"), line=1, column=1
        )
    if not look.samples and not look.head.complete:
        raise FeedRefused("big_record", N_("No record ends within {limit} MB"), limit=1, line=1, column=1)
    if not _TELLING & mapping.columns.keys():
        raise FeedRefused(
            "not_products", N_("Nothing in this XML is a product's: “{root}” holds “{record}”"), line=1, column=1,
            root=look.root[:60], record=look.record[:60],
        )  # fmt: skip
    named = (column.partition("[")[0] for column in look.columns if column.endswith("]") and "[" in column)
    starred = [f"{tag}[*]" for tag in dict.fromkeys(named) if tag not in _CELLS and not _PRICED.search(tag)]
    mapping.option_columns = starred
    covered = {
        label for label, column in mapping.options.items() if column.partition("[")[0] + "[*]" in starred
    }
    mapping.options = {label: column for label, column in mapping.options.items() if label not in covered}
    if mapping.currency is None and {"price", "cost", "msrp"} & mapping.columns.keys():
        mapping.currency = of_the_whole(look)


def of_the_whole(look: Look) -> str | None:
    """The currency said once, above the records: `<catalogue currency="GBP">`, `<currency>EUR</currency>`."""
    tag = look.record if look.record != WHOLE else look.root
    above = re.split(rf"<(?:[\w-]+:)?{re.escape(tag)}[\s>/]", look.head.text[:20_000], maxsplit=1)[0]
    codes = {found[1] or found[2] for found in _CURRENCY.finditer(above)}
    return next(iter(codes)) if len(codes) == 1 and codes <= EXPONENTS.keys() else None


FORMAT = Format(
    name="xml",
    label="XML, any repeated element",
    shapes=("xml",),
    detect=detect,
    finish=finish,
    kinds=("xml",),
)
