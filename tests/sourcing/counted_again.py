"""The rows of a table counted without our reader: Python's own codecs and csv, and nothing of ours but what the mapping says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping

_PACKED = (b"\x1f\x8b", b"PK")


def rows_of_table(path: Path, mapping: Mapping) -> int | None:
    """Rows below the header that are not blank; None where the file is no plain table."""
    content = path.read_bytes()
    known = formats().get(mapping.format)
    if content.startswith(_PACKED) or known is None or "table" not in known.shapes or not mapping.delimiter:
        return None
    text = content.decode(mapping.encoding, "replace").removeprefix("\ufeff").replace("\0", "")
    lines = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=mapping.delimiter,
        quotechar=mapping.quote or None,
        quoting=csv.QUOTE_MINIMAL if mapping.quote else csv.QUOTE_NONE,
        escapechar=mapping.escape or None,
        skipinitialspace=True,
    )
    counted = [
        begun
        for begun, cells in _begun(lines)
        if begun >= (mapping.header_row or 0) and any(cell.strip() for cell in cells)
    ]
    return len(counted) - (1 if mapping.header_row else 0)


def _begun(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """Records with the line they begin on: cells may hold line ends."""
    line = 1
    for cells in lines:
        yield line, cells
        line = lines.line_num + 1
