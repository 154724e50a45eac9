"""What every kind of file comes down to: sections of records, each record a line and its cells in the order of columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marketplace.sourcing.reading.offer_row import Rejected

Record = tuple[int, list[Any]]
"""(line, cells): each cell a str, or a list where all values of a repeated element were asked for and there are several."""


@dataclass(slots=True)
class Section:
    """One table: a whole CSV, one sheet of a workbook, all records of a document."""

    columns: list[str]
    records: Iterator[Record | Rejected]
    name: str = ""
    may_be_blank: bool = False
    """A record without a value is no record (a blank line), not one that says nothing (an empty element)."""
    nested: bool = False
    """A record's cells are a list of cells, one for each of its variants."""
    joined: int = 0
    """Records that became part of others before they were handed on, once all are read. They count as rows."""
