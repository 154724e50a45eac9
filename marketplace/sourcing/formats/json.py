"""Any JSON document with a list of objects in it, and JSON lines."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """The one that is left."""
    return 1


def finish(mapping: Mapping, look: Look) -> None:
    """Lists of {name, value} are options. Raises FeedRefused for a document that speaks of no product."""
    if look.columns and not ({"sku", "title", "gtin", "mpn"} & mapping.columns.keys()):
        raise FeedRefused(
            "not_products", "Nothing in this JSON has a name or a number like a product's", line=1, column=1
        )
    starred = dict.fromkeys(c.partition("[")[0] + "[*]" for c in look.columns if c.endswith("]") and "[" in c)
    mapping.option_columns = list(starred)


FORMAT = Format(
    name="json",
    label="JSON, any list of records",
    shapes=("json",),
    detect=detect,
    finish=finish,
    kinds=("json",),
)
MORE = (
    Format(
        name="jsonl",
        label="JSON lines",
        shapes=("jsonl",),
        detect=detect,
        finish=finish,
        kinds=("jsonl", "ndjson"),
    ),
)
