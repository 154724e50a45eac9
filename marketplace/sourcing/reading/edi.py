"""EDIFACT and X12 as streams of segments: separators and charset from the envelope, release characters honoured."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.encoding import is_utf8
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.source import open_bytes

MAX_SEGMENT = 64 * 1024
CHUNK = 256 * 1024
SURVEYED = 200_000
"""Segments that are gone through to learn what a file holds."""
CHARSETS = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "iso8859-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5", "UNOF": "iso8859-7",
    "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8", "UNOK": "iso8859-9", "UNOL": "iso8859-15",
    "UNOW": "utf-8", "UNOY": "utf-8",
}  # fmt: skip
"""Syntax identifiers of UNB (ISO 9735, code list 0001)."""

Segment = list[list[str]]
"""Elements, each its components; the tag is `segment[0][0]`."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What parts segments, elements and components, and what takes away their meaning ("" for none)."""

    terminator: str
    element: str
    component: str
    release: str = ""
    decimal: str = "."
    start: int = 0


def edifact_marks(text: str) -> Marks:
    """From UNA, if there is one; else the usual ones. Raises FeedRefused when the header is broken."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("UNA"):
        if len(text) < 9:
            raise FeedRefused("edi", N_("The interchange ends within its header"), line=1, column=1)
        return Marks(text[8], text[4], text[3], text[6].strip(), text[5], 9)
    if "'" not in text[:4_000] and "\n" in text[:4_000]:
        return Marks("\n", "+", ":", "?", ".")  # one segment a line, and no other end
    return Marks("'", "+", ":", "?", ".")


def x12_marks(text: str) -> Marks:
    """From ISA, which ought to be 106 characters and often is not: the sixteenth element ends it.

    Raises FeedRefused when it is cut.
    """
    text = text.lstrip("\ufeff \t\r\n")
    element = text[3:4]
    parts = text[:1_000].split(element, 16)
    if len(parts) < 17 or len(parts[16]) < 2:
        raise FeedRefused("edi", N_("The interchange ends within its header"), line=1, column=1)
    rest = parts[16]
    component, terminator = rest[0], rest[1]
    following = rest[1:].lstrip("\r\n").splitlines()
    if terminator in "\r\n" and following and following[0].rstrip().endswith(component):
        return Marks(component, element, "")  # the component separator was left out
    if terminator == "\r":
        terminator = "\n"
    return Marks(terminator, element, component)


def charset_of(raw: bytes) -> str:
    """The encoding UNB names; strict UTF-8 with letters beyond ASCII wins."""
    if not raw.isascii() and is_utf8(raw):
        return "utf-8"
    found = re.search(rb"UNB.(UNO[A-Z])", raw[:500])
    charset = CHARSETS.get(found[1].decode("ascii"), "iso8859-1") if found else "iso8859-1"
    return "iso8859-1" if charset == "ascii" else charset


class Where:
    """How far an interchange was read: line and column, from 1."""

    def __init__(self) -> None:
        self.line = self.column = 1

    def past(self, text: str) -> None:
        """The text was read."""
        broken = text.count("\n")
        self.line += broken
        self.column = len(text) - text.rfind("\n") if broken else self.column + len(text)


def segments(path: Path, marks: Marks, encoding: str, where: Where | None = None) -> Iterator[Segment]:
    """Every segment of the file; `where` follows. Raises FeedRefused when one does not end, or is longer than 64 KB."""
    where = where or Where()
    split_segments = _splitter(marks.terminator, marks.release)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text, first, count = "", True, 0
    with open_bytes(path) as source:
        while data := source.read(CHUNK):
            text += decoder.decode(data)
            if first:
                begins = len(text) - len(text.lstrip("\ufeff \t\r\n")) + marks.start
                where.past(text[:begins])
                text, first = text[begins:], False
            *whole, text = split_segments(text)
            for part in whole:
                count += 1
                where.past(part + marks.terminator)
                if part := part.strip("\r\n\t "):
                    yield parse(part, marks)
            if len(text) > MAX_SEGMENT:
                raise FeedRefused(
                    "edi",
                    N_("Segment {number} does not end"),
                    number=count + 1,
                    line=where.line,
                    column=where.column,
                )
    begins = len(text) - len(text.lstrip())
    where.past(text[:begins])
    text = text[begins:]
    if text.strip("\r\n\t \0") and marks.terminator not in "\r\n" and len(text.strip()) > 3:
        raise FeedRefused(
            "cut",
            N_("The interchange ends in the middle of segment {number}"),
            number=count + 1,
            line=where.line,
            column=where.column,
        )
    where.past(text)


def kinds(path: Path, marks: Marks, encoding: str, tag: str, element: int) -> set[str]:
    """What the messages say that they are, in this element of the segments that begin them. Raises FeedRefused as `segments` does."""
    found = islice(segments(path, marks, encoding), SURVEYED)
    return {get(segment, element) for segment in found if segment[0][0] == tag}


def _splitter(terminator: str, release: str) -> Callable[[str], list[str]]:
    if not release:
        return lambda text: text.split(terminator)
    pattern = re.compile(
        f"(?:{re.escape(release)}.|[^{re.escape(release)}{re.escape(terminator)}])*", re.DOTALL
    )

    def split(text: str) -> list[str]:
        if release not in text:
            return text.split(terminator)
        parts: list[str] = []
        at = 0
        while True:
            found = pattern.match(text, at)
            end = found.end() if found else at
            if end >= len(text) or text[end] != terminator:
                return [*parts, text[at:]]
            parts.append(text[at:end])
            at = end + 1

    return split


def parse(part: str, marks: Marks) -> Segment:
    """One segment's elements and components, released."""
    if marks.release and marks.release in part:
        return [
            [
                _released(component, marks.release)
                for component in _split(element, marks.component, marks.release)
            ]
            for element in _split(part, marks.element, marks.release)
        ]
    elements = part.split(marks.element)
    if not marks.component:
        return [[element] for element in elements]
    return [element.split(marks.component) for element in elements]


def _split(text: str, mark: str, release: str) -> list[str]:
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == release:
            at += 2
            continue
        if text[at] == mark:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _released(text: str, release: str) -> str:
    return re.sub(re.escape(release) + r"(.)", r"\1", text, flags=re.DOTALL)


def whole(amount: str) -> int | None:
    """The whole part of a number, of which no more than eighteen digits are read; None where it is none."""
    digits = amount.split(".")[0][:18]
    return int(digits) if digits.removeprefix("-").isdecimal() else None


def total(amounts: list[int]) -> int:
    """The stock of several places; where the first amount is the sum of the others, it was the total already."""
    return amounts[0] if len(amounts) > 2 and amounts[0] == sum(amounts[1:]) else sum(amounts)


def get(segment: Segment, element: int, component: int = 0) -> str:
    """A component, "" where the segment is shorter."""
    if element < len(segment) and component < len(segment[element]):
        return segment[element][component].strip()
    return ""
