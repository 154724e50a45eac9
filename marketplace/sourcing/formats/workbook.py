"""Workbooks: xlsx, xls and what else calamine reads. Every sheet is read whose columns are those of the mapping."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look


def detect_new(look: Look) -> int:
    """A zip archive of XML parts."""
    return 1 if look.head.packing.old else 2


def detect_old(look: Look) -> int:
    """A compound file."""
    return 2 if look.head.packing.old else 1


def finish(mapping: Mapping, look: Look) -> None:
    """A workbook has neither delimiter nor encoding to speak of."""
    mapping.delimiter = None


FORMAT = Format(
    name="xlsx",
    label="Workbook (xlsx)",
    shapes=("workbook",),
    detect=detect_new,
    finish=finish,
    kinds=("xlsx",),
)
MORE = (
    Format(
        name="xls",
        label="Workbook (xls)",
        shapes=("workbook",),
        detect=detect_old,
        finish=finish,
        kinds=("xls",),
    ),
)
