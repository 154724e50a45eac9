"""What changed between two texts, word by word, so that a person sees it at a glance."""

import re
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from marketplace.web.dashboard.listings_words import as_text

MOST_WORDS = 600
_WORDS = re.compile(r"\s+|[^\s]+")


class Piece(NamedTuple):
    """`kind` is same, new or gone."""

    kind: str
    text: str


def pieces(before: Any, after: Any) -> list[Piece]:
    """`after` with what is new in it and what went; long texts are cut. Documents are read as their values on a line."""
    old, new = _words(before), _words(after)
    found: list[Piece] = []
    for what, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(old[a0:a1])))
            continue
        if gone := "".join(old[a0:a1]).strip():
            found.append(Piece("gone", gone))
        if came := "".join(new[b0:b1]):
            found.append(Piece("new", came))
    return found


def _words(value: Any) -> list[str]:
    return _WORDS.findall(as_text(value))[:MOST_WORDS]
