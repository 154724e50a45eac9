"""What spreadsheets put around a text that looks like a number, taken off (`="00123"` and `'00123`), and what some feeds write at
the end of each record (`<endrecord>`).

Whether a file does so is judged by its first records: others pay nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.section import Record

PEEKED = 100
_END = "<endrecord>"
_MARKED = re.compile(r"'\+?\d[^']*")


def is_typed(rows: Iterable[Sequence[str]]) -> bool:
    """Whether one of the cells is a formula that gives a text, or several are marked as texts."""
    marked = 0
    for cells in rows:
        for cell in cells:
            if cell.startswith('="') and cell.rstrip().endswith('"'):
                return True
            if cell.endswith(_END):
                return True
            marked += cell[:1] == "'" and _MARKED.fullmatch(cell.strip()) is not None
    return marked > 2


def plain(cell: str) -> str:
    """The text itself."""
    text = cell.strip()
    if text.endswith(_END):
        return text.removesuffix(_END)
    if text[:2] == '="' and len(text) > 2 and text[-1] == '"':
        return text[2:-1].replace('""', '"')
    return text[1:] if text[:1] == "'" and _MARKED.fullmatch(text) else cell


def untyped(records: Iterator[Record | Rejected]) -> Iterator[Record | Rejected]:
    """The records of a table with every text as it is."""
    first = list(islice(records, PEEKED))
    whole: Iterator[Record | Rejected] = chain(first, records)
    if not is_typed(record[1] for record in first if not isinstance(record, Rejected)):
        return whole
    return (
        record if isinstance(record, Rejected) else (record[0], [plain(cell) for cell in record[1]])
        for record in whole
    )
