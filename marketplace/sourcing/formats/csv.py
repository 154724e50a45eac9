"""Any delimited text: read by names, aliases and values."""

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """The one that is left."""
    return 1


def finish(mapping: Mapping, look: Look) -> None:
    """Raises FeedRefused for a text with nothing of a table in it."""
    keyed = mapping.columns.keys() & {"sku", "gtin", "mpn", "title"}
    if not keyed and (len(look.columns) < 2 or not look.samples):
        raise FeedRefused("not_a_table", N_("This is plain text, not a table of offers"), line=1, column=1)


FORMAT = Format(
    name="csv",
    label="CSV or TSV, any columns",
    shapes=("table",),
    detect=detect,
    finish=finish,
    kinds=("csv", "tsv", "txt"),
)
