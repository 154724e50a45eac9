"""Any JSON document with a list of objects in it, and JSON lines."""

import re

from marketplace.kernel.fetching import N_
from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.aliases import ranked
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.values.text import fold, shorten

_CURRENCY = re.compile(r"""\"currency(?:_?code|_?iso)?\"\s*:\s*\"([A-Z]{3})\"""", re.IGNORECASE)
"""Said once for all records, or in each beside what is no price."""
_PRICES = frozenset({"price", "cost", "msrp"})
_INNER = frozenset({"custom_attributes", "customAttributes", "meta_data", "metafields"})
"""What a shop keeps of a product for itself, by name: read where it is one of our fields, no choices for shoppers."""


_TOLD = re.compile(
    r"^(?:@key|(?:.*\.)?(?:errors?(?:[_ -]?(?:codes?|messages?|descriptions?|types?))?|messages?|msg|codes?|status(?:[_ -]?code)?|success|ok|results?|details?"
    r"|title|type|reason|description|exception|fault|time(?:stamp)?|path|instance|(?:request|trace|correlation)[_ -]?id|documentation_url))$",
    re.IGNORECASE,
)
"""What servers say in an apology: one object of these alone is none of a product."""


def detect(look: Look) -> int:
    """The one that is left; an object on one line is a document, not a line of many."""
    return int(look.settings.get("record_path") != "lines")


def detect_lines(look: Look) -> int:
    """One object a line."""
    return int(look.settings.get("record_path") == "lines")


def finish(mapping: Mapping, look: Look) -> None:
    """Lists of {name, value} are options. Raises FeedRefused for a document that speaks of no product."""
    if len(look.samples) == 1 and look.columns and all(_TOLD.match(column) for column in look.columns):
        raise FeedRefused(
            "not_products",
            N_("The server sent a message in place of products: {text}"),
            line=1,
            column=1,
            text=shorten(" ".join(cell for cell in look.samples[0] if any(map(str.isalpha, cell)))),
        )
    named = any(fold(column.rsplit(".", 1)[-1]) in ranked() for column in look.columns)
    if look.columns and not (named and {"sku", "title", "gtin", "mpn"} & mapping.columns.keys()):
        raise FeedRefused(
            "not_products",
            N_("Nothing in this JSON has a name or a number like a product's"),
            line=1,
            column=1,
        )
    if mapping.currency is None and "currency" not in mapping.columns and _PRICES & mapping.columns.keys():
        codes = set(_CURRENCY.findall(look.head.text))
        if len(codes) == 1 and codes <= EXPONENTS.keys():
            mapping.currency = codes.pop()
    lists = (c.partition("[")[0] for c in look.columns if c.endswith("]") and "[" in c)
    starred = dict.fromkeys(f"{name}[*]" for name in lists if name.rsplit(".", 1)[-1] not in _INNER)
    mapping.option_columns = list(starred)
    mapping.options = {
        label: c for label, c in mapping.options.items() if f"{c.partition('[')[0]}[*]" not in starred
    }


FORMAT = Format(
    name="json",
    label="JSON, any list of records",
    shapes=("json", "jsonl"),
    detect=detect,
    finish=finish,
    kinds=("json",),
)
MORE = (
    Format(
        name="jsonl",
        label="JSON lines",
        shapes=("jsonl",),
        detect=detect_lines,
        finish=finish,
        kinds=("jsonl", "ndjson"),
    ),
)
