"""What a set is made of, as feeds write it into one cell: `A-1, A-2`, `2x A-1 + A-2`, `A-1*2|A-2*1`, `A-1 (2); A-2`."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_PARTS = 200
MAX_CELL = 10_000
_GAPS = re.compile(r"[ \u00a0]+")
_APART = re.compile(r"\s*[,;|\n\r\t]+\s*|\s+\+\s*|\s*\+\s+|\s+&\s+|\s*、\s*|\s*，\s*|\s*；\s*")
_BEFORE = re.compile(
    r"^(\d{1,4})\s*[x×*]\s*(\S.*)$|^(\d{1,4})\s+(?:pcs|stk|szt|ks|st)\.?\s+(\S.*)$", re.IGNORECASE
)
_AFTER = re.compile(
    r"^(.*?\S)(?:\s*[*×@:=]\s*|\s+x\s*|\s*\(\s*[x×*]?\s*|\s*\[\s*[x×*]?\s*)(\d{1,4})\s*[x×]?\s*[)\]]?$",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """One kind of part: its article number, how many of it a set needs, and the text as it stands (which may be the number itself)."""

    sku: str
    needed: int
    text: str


def read_parts(cell: str) -> list[Part]:
    """The parts in the order of the cell, at most two hundred; one that is named twice comes twice."""
    cell = _GAPS.sub(" ", cell[:MAX_CELL]).strip()
    return [_part(text) for text in _APART.split(cell)[:MAX_PARTS] if text]


def _part(text: str) -> Part:
    before = _BEFORE.match(text)
    if before:
        count, sku = (before[1], before[2]) if before[1] else (before[3], before[4])
    else:
        after = _AFTER.match(text)
        sku, count = (after[1], after[2]) if after else (text, "1")
    needed = int(count)
    return Part(sku.strip(), needed, text) if needed else Part(text, 1, text)
