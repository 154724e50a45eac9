"""What stands before an XML document's root, made harmless.

No DTD, no entity, no network. Real catalogues carry a DOCTYPE (`<!DOCTYPE yml_catalog SYSTEM "shops.dtd">` in every YML,
one per document in cXML, element declarations in some BMEcat), so refusing each would refuse honest suppliers, and handing
it to the parser would trust it with more than it needs. The DOCTYPE is therefore cut out, unread and without a request,
before the parser sees the document (its lines stay, so that line numbers do). One that declares a general entity, or uses
a parameter entity, is refused: nothing good needs it. An entity that is used without one is then a well-formedness error.
"""

from __future__ import annotations

import re
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.errors import FeedRefused

MAX_DOCTYPE = 64 * 1024
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "encoding": "utf-8",
}
"""The settings of every parser of a feed: it resolves nothing, fetches nothing and gives up on a document built to exhaust it."""
_SKIP = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_QUOTED_OR_MARK = re.compile(
    rb"""<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[\[\]>]|<!ENTITY\b|%[\w.:-]+;""", re.DOTALL
)
_PARAMETER = re.compile(rb"<!ENTITY\s+%\s")
_DECLARED = re.compile(rb"""(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")


def cleared(head: bytes) -> bytes:
    """The first bytes (UTF-8) of a document, without DOCTYPE and without a declared encoding, line for line the same.

    Raises FeedRefused when the DOCTYPE declares entities or does not end within 64 KB.
    """
    head = _DECLARED.sub(rb"\1", head, count=1) if head.lstrip()[:5] == b"<?xml" else head
    lead = len(head) - len(head.lstrip())
    if lead:
        head = head[lead:]  # a blank line before the declaration is an error to a parser, and common in feeds
        head = _after_declaration(head, lead)
    start = _SKIP.match(head)
    at = start.end() if start else 0
    if head[at : at + 9].upper() != b"<!DOCTYPE":
        return head
    end = _end(head, at)
    return head[:at] + b"\n" * head.count(b"\n", at, end) + head[end:]


def _after_declaration(head: bytes, lead: int) -> bytes:
    """Blank lines that stood before the declaration, moved behind it, so that lines keep their numbers."""
    if not head.startswith(b"<?xml"):
        return b" " * lead + head
    end = head.find(b"?>") + 2
    return head[:end] + b"\n" * lead + head[end:]


def _end(head: bytes, at: int) -> int:
    depth = 0
    for mark in _QUOTED_OR_MARK.finditer(head, at + 9, at + MAX_DOCTYPE):
        token = mark.group()
        if token == b"[":
            depth += 1
        elif token == b"]":
            depth -= 1
        elif token == b">" and depth <= 0:
            return mark.end()
        elif depth > 0 and (
            token[:1] == b"%" or (token == b"<!ENTITY" and not _PARAMETER.match(head, mark.start()))
        ):
            _refuse("doctype", N_("The DOCTYPE declares entities, which are not read"), head, mark.start())
    _refuse("doctype", N_("The DOCTYPE does not end"), head, at)
    raise AssertionError


def _refuse(code: str, sentence: str, head: bytes, at: int) -> None:
    line = head.count(b"\n", 0, at) + 1
    raise FeedRefused(code, sentence, line=line, column=at - head.rfind(b"\n", 0, at))
