"""What no workbook may be, of whatever kind: larger than can be laid out, or damaged."""

from __future__ import annotations

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.dialect import MAX_COLUMNS
from marketplace.sourcing.reading.errors import FeedRefused

MAX_CELLS = 3_000_000
"""A workbook is held whole while it is read: about 30 bytes a cell and its text."""
#: what the reader of workbooks says, in words of whoever sent one
_PLAIN = {"Cannot detect file format": N_("it is no file of Excel or LibreOffice")}


def judge_extent(rows: int, columns: int) -> None:
    """Raises FeedRefused for a sheet that is too big, blank cells and all."""
    if columns > MAX_COLUMNS or columns * rows > MAX_CELLS:
        raise too_big(rows, columns)


def too_big(rows: int, columns: int) -> FeedRefused:
    """What is said of such a sheet."""
    return FeedRefused(
        "too_big",
        N_("A sheet of {rows} rows by {columns} columns is too big for a workbook: send CSV instead"),
        rows=rows,
        columns=columns,
    )


def damaged(why: object) -> FeedRefused:
    """What is said of a workbook that cannot be read."""
    fault = _PLAIN.get(str(why), str(why)[:160])
    return FeedRefused("workbook", N_("The workbook is damaged: {fault}"), fault=fault)
