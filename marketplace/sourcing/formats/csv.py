"""Any delimited text: read by names, aliases and values."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """The one that is left."""
    return 1


FORMAT = Format(
    name="csv", label="CSV or TSV, any columns", shapes=("table",), detect=detect, kinds=("csv", "tsv", "txt")
)
