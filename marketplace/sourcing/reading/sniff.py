"""The first look at a file: how it is packed, which encoding, and what kind of thing it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading import encoding
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.prolog import cleared, uses_named_characters
from marketplace.sourcing.reading.source import Packing, open_bytes, packing_of

HEAD_BYTES = 1024 * 1024
SURVEYED_BYTES = 64 * 1024**2
"""How far a file is looked through for its encoding: one accent may stand in its last row."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta|title)\b", re.IGNORECASE)
_SCRIPT = re.compile(r"(?:/\*\*/\s*)?(?:(?:var|let|const)\s+[\w$]+\s*=\s*|[\w$.]+\s*\(\s*)[\[{]\s*[\"{\[]")
_PAGE = re.compile(r"<(?:br|b|p|div|font|center|pre|h[1-6]|strong|span)(?:\s[^>]*)?/?>", re.IGNORECASE)
"""What a page without a head begins with, or the warning of a script that failed."""
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROOT = re.compile(r"<([^\W\d][\w.:-]*)")


@dataclass(slots=True)
class Head:
    """The first megabyte of a feed, decoded, and what the whole of it is."""

    path: Path
    name: str
    packing: Packing
    encoding: str
    shape: str  # table | xml | json | jsonl | workbook | edifact | x12
    text: str = ""
    complete: bool = True  # the text is the whole file
    content_type: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def root(self) -> str:
        """The local name of an XML document's root."""
        start = re.sub(r"<\?.*?\?>|<!--.*?-->", "", self.text[:100_000], flags=re.DOTALL)
        found = _ROOT.search(start)
        return found[1].rsplit(":", 1)[-1] if found else ""


def sniff(path: Path, name: str = "", content_type: str = "") -> Head:
    """Look at a file. `name` and `content_type` are hints, shown and never trusted. Raises FeedRefused."""
    packing = packing_of(path)
    name = name or path.name
    if packing.kind == "workbook":
        return Head(path, name, packing, "utf-8", "workbook", content_type=content_type)
    raw, complete, foreign = _survey(path, packing)
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise FeedRefused("empty", N_("The file is empty"))
    declared = encoding.declared_in_xml(raw)
    telling = raw if encoding.mark_of(raw) or encoding.is_wide(raw) or not foreign else foreign
    chosen = encoding.guess(telling, declared)
    if telling is foreign and chosen != "utf-8" and _mostly_utf8(foreign):
        chosen = "utf-8"
    head = Head(path, name, packing, chosen, "table", complete=complete, content_type=content_type)
    converted = encoding.Utf8(chosen).convert(raw, final=complete)
    if declared and declared != chosen and not (declared == "ascii" and chosen == "utf-8"):
        head.warnings.append(f"The file says that it is {declared}; its bytes are {chosen}")
    _judge_shape(head, converted)
    return head


def _survey(path: Path, packing: Packing) -> tuple[bytes, bool, bytes]:
    """(the first megabyte, whether that is all, the lines that are no UTF-8 however far they are)."""
    with open_bytes(path, packing) as source:
        raw = b""
        while len(raw) < HEAD_BYTES and (data := source.read(HEAD_BYTES - len(raw))):
            raw += data
        complete = len(raw) < HEAD_BYTES
        if not encoding.is_utf8(raw, whole=complete) or encoding.mark_of(raw):
            return raw, complete, encoding.foreign_lines(raw) if encoding.mark_of(raw) is None else b""
        return raw, complete, b"" if complete else _foreign_beyond(source, raw)


def _foreign_beyond(source: object, raw: bytes) -> bytes:
    """Lines beyond the first megabyte that are not UTF-8 (with the foreign lines before them, for the guess)."""
    seen, carry = len(raw), raw[raw.rfind(b"\n") + 1 :]
    while seen < SURVEYED_BYTES and (data := source.read(262_144)):  # type: ignore[attr-defined]
        seen += len(data)
        block = carry + data
        end = block.rfind(b"\n") + 1
        carry = block[end:] if len(block) - end < 1_000_000 else b""
        if not encoding.is_utf8(block[:end], whole=True):
            return encoding.foreign_lines(raw) + b"\n" + encoding.foreign_lines(block[:end])
    return b""


def _mostly_utf8(lines: bytes) -> bool:
    """A UTF-8 file with a few broken bytes: most lines with foreign letters are sound."""
    parts = [line for line in lines.split(b"\n") if line]
    sound = sum(1 for line in parts if encoding.is_utf8(line, whole=True))
    return sound > len(parts) * 0.9


def _judge_shape(head: Head, converted: bytes) -> None:
    text = converted.decode("utf-8", errors="replace")
    start = text[:4_000].lstrip("\ufeff \t\r\n")
    if _is_html(start) and _is_sheet(text):
        raise FeedRefused(
            "html",
            N_(
                "This is a table saved as a web page, as some programs do under the name .xls: save it as .xlsx or as CSV"
            ),
            line=1,
            column=1,
        )
    if _is_html(start):
        raise FeedRefused(
            "html",
            N_("This is a web page, not a feed: the address may need a login or has moved"),
            line=1,
            column=1,
        )
    if start.startswith("<"):
        head.shape = "xml"
        text = cleared(converted).decode("utf-8", errors="replace")
        if uses_named_characters(text):
            head.warnings.append(
                "Characters by HTML's names (such as &nbsp;), which XML does not know, are read as HTML means them"
            )
    elif _SCRIPT.match(start):
        raise FeedRefused(
            "json",
            N_("This is JSON wrapped in a call of a script (JSONP): ask for plain JSON"),
            line=1,
            column=1,
        )
    elif start[:1] in ("{", "["):
        head.shape = _json_shape(start, text)
    elif (re.match(r"UN[ABG].{4,}", start, re.DOTALL) and re.search(r"UN[BH]\W", start)) or re.match(
        r"UNH\+[^+\r\n]{1,20}\+[A-Z]{6}:", start
    ):
        head.shape = "edifact"
    elif re.match(r"ISA[^A-Za-z0-9\s]", start):
        head.shape = "x12"
    elif start.startswith(("STX=", "STX+")):
        raise FeedRefused(
            "not_products", N_("This is a TRADACOMS document, not a list of products"), line=1, column=1
        )
    elif _is_binary(text[:20_000]):
        raise FeedRefused("binary", N_("This is a binary file, not a feed"))
    head.text = text


def _is_sheet(text: str) -> bool:
    """A table of several rows, and nothing to sign in with."""
    return len(re.findall(r"<tr\b", text[:100_000], re.IGNORECASE)) > 1 and not re.search(
        r"<(?:form|input)\b", text, re.IGNORECASE
    )


def _is_html(start: str) -> bool:
    if not start.startswith("<"):
        return False
    bare = re.sub(r"<\?.*?\?>|<!--.*?-->", "", start, flags=re.DOTALL).lstrip()
    found = _HTML.match(bare)
    if not found:
        return bool(_PAGE.match(bare)) or (bool(_TABLE.match(bare)) and _is_sheet(start))
    return not bare.lower().startswith("<title>")


def _json_shape(start: str, text: str) -> str:
    """Lines that each hold one object, or one document."""
    if start[0] == "[":
        return "json"
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    return (
        "jsonl"
        if first.rstrip().endswith("}") and rest.lstrip()[:1] in ("{", "") and _balanced(first)
        else "json"
    )


def _balanced(line: str) -> bool:
    import json

    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_binary(sample: str) -> bool:
    odd = sum(1 for c in sample if (c < " " and c not in "\t\r\n\x0b\x0c\x1c\x1d\x1e\x1f") or c == "\ufffd")
    return odd > len(sample) * 0.03
