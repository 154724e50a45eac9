"""What changed between two texts, word by word, so that a person sees it at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 600
AROUND = 6  # words left standing on either side of a change
LONGEST = 160  # characters of a part that went or came
_COMPARED = 80  # words on either side that are compared one by one: beyond that the parts are shown whole
_WORDS = re.compile(r"\s+|[^\s]+")


class Piece(NamedTuple):
    """`kind` is same, new or gone."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """`after` with what is new in it and what went; long texts are cut."""
    return _pieces(_words(before)[:MOST_WORDS], _words(after)[:MOST_WORDS])


def excerpt(before: str, after: str) -> list[Piece]:
    """Only what differs, with a few words around it. Cheap enough for a page of fifty rows."""
    old, new = _words(before)[: 8 * MOST_WORDS], _words(after)[: 8 * MOST_WORDS]
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    gone, came = old[head : len(old) - tail], new[head : len(new) - tail]
    close = max(len(gone), len(came)) <= _COMPARED
    middle = _pieces(gone, came) if close else _whole(gone, came)
    if close and sum(len(p.text) for p in middle if p.kind == "same") * 3 < len("".join(came)):
        middle = _whole(gone, came)  # a word in common here and there is noise
    around = 2 * AROUND  # a space is a piece too
    parts = [
        Piece("same", ("… " if head > around else "") + "".join(old[max(0, head - around) : head])),
        *(Piece(p.kind, p.text if p.kind == "same" else _cut(p.text)) for p in middle),
        Piece("same", "".join(old[len(old) - tail :][:around]) + (" …" if tail > around else "")),
    ]
    return [part for part in parts if part.text]


def _pieces(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """A space that both have between two changes belongs to them: words that all changed are read in one go."""
    found: list[Piece] = []
    gone = came = ""
    for what, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a0:a1]), "".join(new[b0:b1])
        if what != "equal" or (before.isspace() and (gone or came)):
            gone, came = gone + before, came + after
            continue
        found += [*_changed(gone, came), Piece("same", after)]
        gone = came = ""
    return found + _changed(gone, came)


def _changed(gone: str, came: str) -> list[Piece]:
    went = [Piece("gone", gone.strip())] if gone.strip() else []
    return [*went, Piece("new" if came.strip() else "same", came)] if came else went


def _whole(gone: Sequence[str], came: Sequence[str]) -> list[Piece]:
    return [Piece("gone", "".join(gone).strip()), Piece("new", "".join(came))]


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    most = min(len(old), len(new))
    return next((n for n in range(most) if old[n] != new[n]), most)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)
