"""JSON as a stream: the records of one array, decoded one at a time, whatever the size of the document around them.

Numbers stay the text they are in the file: a price never becomes a float.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.encoding import Utf8, chunks_as_utf8
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.source import open_bytes

MAX_VALUE = 16 * 1024**2
"""Characters of one record, or of one value beside the records."""
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda name: None, strict=False)
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_UNSURE_END = re.compile(r"[-+.0-9A-Za-z]\Z")


TOO_EARLY = N_("it ends too early")
TOO_DEEP = N_("it is nested too deeply")
ENDLESS = N_("a record does not end")
MISSING = N_("“{mark}” is missing here")


class JsonText:
    """A window on the document: grows forward as values are asked for, and forgets what was read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._carry = b""
        self.text = ""
        self.at = 0
        self.over = False
        self._lines = 1
        self._line_start = 0  # characters of the current line that were forgotten

    def more(self) -> bool:
        """Read on; False at the end of the document."""
        data = next(self._chunks, None)
        if data is None:
            self.over = True
            return False
        data = self._carry + data
        self._carry = self._rest(data)
        whole = data[: len(data) - len(self._carry)].decode("utf-8", errors="replace")
        self.text = self.text[self._forget() :] + whole
        return True

    @staticmethod
    def _rest(data: bytes) -> bytes:
        """The bytes of a character that is cut at the end of the chunk."""
        for back in range(1, min(4, len(data) + 1)):
            byte = data[-back]
            if byte & 0xC0 != 0x80:
                need = (
                    2
                    if byte & 0xE0 == 0xC0
                    else 3
                    if byte & 0xF0 == 0xE0
                    else 4
                    if byte & 0xF8 == 0xF0
                    else 1
                )
                return data[-back:] if need > back else b""
        return b""

    def _forget(self) -> int:
        """Drops what was read; how many characters."""
        gone, self.at = self.at, 0
        newline = self.text.rfind("\n", 0, gone)
        if newline >= 0:
            self._lines += self.text.count("\n", 0, gone)
            self._line_start = gone - newline - 1
        else:
            self._line_start += gone
        return gone

    def peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def refuse(self, what: str, at: int | None = None) -> FeedRefused:
        """The document is broken here."""
        at = self.at if at is None else at
        before = self.text.rfind("\n", 0, at)
        line = self._lines + self.text.count("\n", 0, at)
        column = at - before if before >= 0 else self._line_start + at + 1
        return FeedRefused("json", N_("The JSON is broken: {fault}"), line=line, column=column, fault=what)

    def expect(self, mark: str) -> None:
        """Step over one character. Raises FeedRefused when there is another."""
        if self.peek() != mark:
            raise self.refuse(MISSING.format(mark=mark) if self.peek() else TOO_EARLY)
        self.at += 1

    def value(self) -> Any:
        """The whole next value. Raises FeedRefused when it is broken, cut or too big."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except (json.JSONDecodeError, RecursionError) as fault:
                if isinstance(fault, RecursionError):
                    raise self.refuse(TOO_DEEP) from None
                if len(self.text) - self.at > MAX_VALUE:
                    raise self.refuse(ENDLESS) from None
                if _hopeless(fault, len(self.text)) or not self._grow():
                    raise self.refuse(_words(fault, self.over), fault.pos) from None
                continue
            if (
                end == len(self.text)
                and not self.over
                and _UNSURE_END.search(self.text[max(end - 1, 0) : end])
            ):
                self._grow()
                continue
            self.at = end
            return value

    def _grow(self) -> bool:
        """Read on, more at a time the longer a value is, so that a long one is not decoded over and over."""
        size, grown = len(self.text) - self.at, False
        while self.more():
            grown = True
            if len(self.text) - self.at > size * 2:
                break
        return grown

    def key(self) -> str:
        """An object's next key and its colon. Raises FeedRefused."""
        if self.peek() != '"':
            raise self.refuse(plainly("Expecting property name") if self.peek() else TOO_EARLY)
        key = self.value()
        self.expect(":")
        return str(key)


def _hopeless(fault: json.JSONDecodeError, length: int) -> bool:
    """The fault is well before the end of what was read: reading on will not mend it."""
    unfinished = fault.msg.startswith("Unterminated string")
    return not unfinished and fault.pos < length - 16


def _words(fault: json.JSONDecodeError, over: bool) -> str:
    if fault.msg == "Expecting value" and fault.doc[fault.pos : fault.pos + 1] in ("]", "}"):
        return plainly("Illegal trailing comma")
    cut = fault.pos >= len(fault.doc) - 1 or fault.msg.startswith("Unterminated string")
    return TOO_EARLY if over and cut else plainly(fault.msg)


_SAID = (
    ("Expecting ',' delimiter", N_("a comma or a closing bracket is missing")),
    ("Expecting ':' delimiter", N_("a colon is missing after a name")),
    ("Expecting property name", N_("a name in double quotes is missing")),
    ("Expecting value", N_("a value is missing")),
    ("Illegal trailing comma", N_("there is a comma too many")),
    ("Unterminated string", N_("a text is not closed by its quote")),
    ("Invalid control character", N_("a text holds a line break or another control character")),
    ("Invalid \\", N_("a text holds a “\\” that escapes nothing")),
    ("Extra data", N_("something follows after its end")),
)


def plainly(message: str) -> str:
    """What the parser said, in words of whoever has to mend it."""
    return next((ours for start, ours in _SAID if message.startswith(start)), message.lower())


def json_values(
    path: Path, encoding: str, record_path: str, converter: Utf8 | None = None
) -> Iterator[tuple[int, str, Any]]:
    """(index from 1, key, record) at a path such as `data.products`; "" is the document's own array, `*` the values of an
    object (then `key` is theirs). A `*` in the middle goes through every value there. Raises FeedRefused."""
    converter = converter or Utf8(encoding)
    with open_bytes(path) as source:
        text = JsonText(chunks_as_utf8(source, converter))
        parts = [part for part in record_path.split(".") if part]
        for index, (key, record) in enumerate(_descend(text, parts), 1):
            yield index, key, record
        if text.peek():
            raise text.refuse(plainly("Extra data"))


def _descend(text: JsonText, parts: list[str]) -> Iterator[tuple[str, Any]]:
    start = text.peek()
    if start == "[":
        yield from _array(text, parts)
    elif start == "{" and parts:
        yield from _object(text, parts)
    elif start == "":
        raise text.refuse(TOO_EARLY)
    else:
        value = text.value()
        if not parts:
            yield "", value


def _array(text: JsonText, parts: list[str]) -> Iterator[tuple[str, Any]]:
    text.expect("[")
    if text.peek() == "]":
        text.expect("]")
        return
    while True:
        if parts and parts[0] == "*":
            yield from _within(text.value(), parts[1:])
        elif parts:
            yield from _within(text.value(), parts)
        else:
            yield "", text.value()
        mark = text.peek()
        text.at += 1
        if mark == "]":
            return
        if mark != ",":
            text.at -= 1
            raise text.refuse(plainly("Expecting ',' delimiter") if mark else TOO_EARLY)


def _object(text: JsonText, parts: list[str]) -> Iterator[tuple[str, Any]]:
    text.expect("{")
    if text.peek() == "}":
        text.expect("}")
        return
    while True:
        key = text.key()
        if parts[0] == "*" and len(parts) == 1:
            yield key, text.value()
        elif parts[0] in (key, "*"):
            yield from _descend(text, parts[1:])
        else:
            text.value()
        mark = text.peek()
        text.at += 1
        if mark == "}":
            return
        if mark != ",":
            text.at -= 1
            raise text.refuse(plainly("Expecting ',' delimiter") if mark else TOO_EARLY)


def _within(value: Any, parts: list[str]) -> Iterator[tuple[str, Any]]:
    """The records inside one value that is already decoded."""
    for part in parts:
        if part == "*" and isinstance(value, dict):
            yield from ((key, item) for key, item in value.items())
            return
        value = value.get(part) if isinstance(value, dict) else None
    for item in value if isinstance(value, list) else [value] if value is not None else []:
        yield "", item


def json_lines(path: Path, encoding: str, converter: Utf8 | None = None) -> Iterator[tuple[int, str, Any]]:
    """(index from 1, "", record) of a file with one object a line; a line that is none is given as its error.

    A broken line is that record's trouble: the rest of the file is read.
    """
    converter = converter or Utf8(encoding)
    index, carry = 0, b""
    with open_bytes(path) as source:
        for data in chunks_as_utf8(source, converter):
            *lines, carry = (carry + data).split(b"\n")
            for line in lines:
                if line.strip():
                    index += 1
                    yield index, "", _line(line)
            if len(carry) > MAX_VALUE:
                raise FeedRefused(
                    "json",
                    N_("The JSON is broken: {fault}"),
                    line=index + 1,
                    column=1,
                    fault=ENDLESS,
                )
        if carry.strip():
            yield index + 1, "", _line(carry)


def _line(line: bytes) -> Any:
    try:
        return _DECODER.decode(line.decode("utf-8", errors="replace").strip("\ufeff \t\r"))
    except (json.JSONDecodeError, RecursionError) as fault:
        return BrokenLine(plainly(fault.msg) if isinstance(fault, json.JSONDecodeError) else TOO_DEEP)


class BrokenLine(str):
    """Why a line is no JSON."""
