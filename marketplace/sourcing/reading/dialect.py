"""The delimiter and quoting of a table, judged by what each candidate makes of the first records, never by the file's name."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.mapping.aliases import is_known
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.typed_text import is_typed, plain
from marketplace.sourcing.values.text import fold

MAX_COLUMNS = 2_000
MAX_CELL = 1_000_000
"""Characters in one cell. An unclosed quote would otherwise swallow the rest of the file."""
csv.field_size_limit(MAX_CELL)

_CANDIDATES = ("\t", ";", ",", "|", "^", "¦", "~", "\x1f")
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """How records are parted into cells; `quote` "" where quotes mean nothing, `escape` the backslash of database dumps."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None


def find_dialect(text: str, delimiter: str | None = None) -> Dialect:
    """The best reading of a sample of text."""
    quote = _quote(text)
    escape = "\\" if _backslashed(text, quote) else None
    candidates = (delimiter,) if delimiter else _CANDIDATES
    scored = [(_score(text, Dialect(d, quote, escape)), -place) for place, d in enumerate(candidates)]
    best, place = max(scored)
    chosen = Dialect(candidates[-place] if best > 0 else ",", quote, escape)
    if f"{chosen.delimiter}{quote}" in text and not _quotes_close(text, chosen.delimiter, quote):
        bare = Dialect(chosen.delimiter, "", None)
        if (
            _score(text, bare) > best + 0.5
        ):  # `"Big" mug` at the start of a cell, in a file that quotes nothing
            return bare
    return chosen


def _quotes_close(text: str, delimiter: str, quote: str) -> bool:
    """As many cells begin with a quote as end with one: it quotes, however ragged the rows are."""
    opened = text.count(delimiter + quote) + text.count("\n" + quote)
    closed = text.count(quote + delimiter) + text.count(quote + "\n") + text.count(quote + "\r")
    return min(opened, closed) > 0.8 * max(opened, closed)


def reader_of(lines: Iterable[str], dialect: Dialect) -> Any:
    """csv's reader under a dialect."""
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape,
        skipinitialspace=True,
    )


def judge_width(columns: int, line: int) -> None:
    """Raises FeedRefused for a table wider than any catalogue."""
    if columns > MAX_COLUMNS:
        raise FeedRefused(
            "columns",
            N_("It has {count} columns; at most {limit} are read"),
            line=line,
            column=1,
            count=columns,
            limit=MAX_COLUMNS,
        )


def sample_records(text: str, dialect: Dialect, limit: int = SAMPLE_ROWS) -> list[tuple[int, list[str]]]:
    """(physical line where it starts, cells) of the first records, blank ones left out. What csv cannot read ends it."""
    reader = reader_of(io.StringIO(text, newline=""), dialect)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                records.append((line, cells))
            line = reader.line_num + 1
            if len(records) >= limit:
                break
    except csv.Error:
        pass
    if is_typed(cells for _, cells in records):
        return [(line, [plain(cell) for cell in cells]) for line, cells in records]
    return records


def _score(text: str, dialect: Dialect) -> float:
    """Regular widths count, more columns count a little, known header words count most."""
    records = [cells for _, cells in sample_records(text, dialect, 60)]
    widths = Counter(width for width in map(width_of, records) if width > 1)
    if not widths:
        return 0.0
    width, _ = max(widths.items(), key=lambda item: (item[1] * min(item[0], 8), item[0]))
    regular = sum(count for w, count in widths.items() if abs(w - width) <= max(1, width // 10)) / len(
        records
    )
    words = max(sum(1 for c in cells[:300] if is_known(fold(c[:100]))) for cells in islice(records, 40))
    return regular * 2 + min(width, 30) / 30 + min(words, 10) * 0.5


def width_of(cells: Sequence[str]) -> int:
    """How many cells a record has, without the empty ones a trailing separator leaves."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return end


def _quote(text: str) -> str:
    """Apostrophes quote only where there is no double quote and many cells stand between them."""
    if '"' in text:
        return '"'
    quoted = text.count("','") + text.count("';'") + text.count("'\t'")
    return "'" if quoted > 10 else '"'


def _backslashed(text: str, quote: str) -> bool:
    slashed = text.count("\\" + quote)
    return slashed > 1 and slashed > text.count(quote + quote) / 4
