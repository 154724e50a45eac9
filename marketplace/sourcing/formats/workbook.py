"""Workbooks: xlsx, xls and what else calamine reads. Every sheet is read whose columns are those of the mapping."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look


def detect_zipped(look: Look) -> int:
    """The newer kind is a zip archive."""
    return 1 + _is_zip(look)


def detect_old(look: Look) -> int:
    """The older kind is a compound file."""
    return 2 - _is_zip(look)


def _is_zip(look: Look) -> int:
    with look.head.path.open("rb") as file:
        return int(file.read(2) == b"PK")


def finish(mapping: Mapping, look: Look) -> None:
    """A workbook has neither delimiter nor encoding to speak of."""
    mapping.delimiter = None


FORMAT = Format(
    name="xlsx",
    label="Workbook (xlsx)",
    shapes=("workbook",),
    detect=detect_zipped,
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
