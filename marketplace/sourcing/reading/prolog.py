"""What stands before an XML document's root, made harmless.

No DTD, no entity, no network. Real catalogues carry a DOCTYPE (`<!DOCTYPE yml_catalog SYSTEM "shops.dtd">` in every YML,
one per document in cXML, element declarations in some BMEcat), so refusing each would refuse honest suppliers, and handing
it to the parser would trust it with more than it needs. The DOCTYPE is therefore cut out, unread and without a request,
before the parser sees the document (its lines stay, so that line numbers do). One that declares a general entity, or uses
a parameter entity, is refused: nothing good needs it.

In its place the parser is given a DOCTYPE of ours, which declares HTML's named characters (`&nbsp;`, `&eacute;`): shops write them
undeclared, and what they mean is fixed. It stands on the first line, so that lines keep their numbers; columns of that line are
carried back. Any other entity is a well-formedness error. It also declares the prefixes of Google's and other feeds (`g:`) for the
roots under which these are forgotten.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from html.entities import html5
from typing import Any

from lxml import etree

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.errors import FeedRefused

MAX_DOCTYPE = 64 * 1024
SAFE: dict[str, Any] = {
    "resolve_entities": "internal",
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "encoding": "utf-8",
}
"""The settings of every parser of a feed: it resolves only what stands in the document, from which the DOCTYPE was cut, fetches
nothing, and gives up on a document built to exhaust it."""
_SKIP = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_QUOTED_OR_MARK = re.compile(
    rb"""<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[\[\]>]|<!ENTITY\b|%[\w.:-]+;""", re.DOTALL
)
_PARAMETER = re.compile(rb"<!ENTITY\s+%\s")
_DECLARATION = re.compile(
    rb"""<!ENTITY\s+([A-Za-z][A-Za-z0-9]{1,31})\s+(?:"([^"<]{1,40})"|'([^'<]{1,40})')\s*>"""
)
_DECLARED = re.compile(rb"""(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")

_OWN = frozenset({"lt", "gt", "amp", "quot", "apos"})
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_LITERAL = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_PREFIXES = {
    "g": "http://base.google.com/ns/1.0",
    "c": "http://base.google.com/cns/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
}
_ROOTS = ("rss", "feed", "channel", "products", "items", "store", "catalog", "root")
"""Roots under which prefixes are used that nobody declared: what is read goes by local names anyway."""


def _value(characters: str) -> str:
    return "".join(f"&#38;#{ord(c)};" if c in "<&" else f"&#{ord(c)};" for c in characters)


_CHARACTERS = "".join(
    f'<!ENTITY {name[:-1]} "{_value(characters)}">'
    for name, characters in html5.items()
    if name.endswith(";") and name[:-1] not in _OWN
)
_NAMESPACES = " ".join(f'xmlns:{prefix} CDATA "{address}"' for prefix, address in _PREFIXES.items())
DECLARATIONS = "<!DOCTYPE feed [{}{}]>".format(
    _CHARACTERS, "".join(f"<!ATTLIST {root} {_NAMESPACES}>" for root in _ROOTS)
).encode()
"""Every named character of HTML as a declaration, and the prefixes of feeds' roots, on one line."""


def readable(head: bytes) -> bytes:
    """The first bytes of a cleared document with HTML's named characters declared."""
    end = head.find(b"?>") + 2 if head.startswith(b"<?xml") else 0
    return head[:end] + DECLARATIONS + head[end:]


@cache
def shift() -> int:
    """By how much our declarations move the columns of the first line, as the parser counts them."""

    def column(head: bytes) -> int:
        try:
            etree.fromstring(head + b"<a></b>", etree.XMLParser(**SAFE))
        except etree.XMLSyntaxError as fault:
            return (fault.position or (0, 0))[1]
        return 0

    return column(DECLARATIONS) - column(b"")


def uses_named_characters(text: str) -> bool:
    """Whether there are characters by HTML's names outside of what is literal (CDATA, comments)."""
    return any(
        name in html5 and name[:-1] not in _OWN
        for name in _NAMED.findall(_LITERAL.sub("", text) if "&" in text else "")
    )


def cleared(head: bytes) -> bytes:
    """The first bytes (UTF-8) of a document, without DOCTYPE and without a declared encoding, line for line the same.

    Raises FeedRefused when the DOCTYPE declares entities (other than HTML's, as HTML does) or does not end within 64 KB.
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
            token[:1] == b"%"
            or (
                token == b"<!ENTITY"
                and not _PARAMETER.match(head, mark.start())
                and not _is_htmls(head, mark.start())
            )
        ):
            _refuse("doctype", N_("The DOCTYPE declares entities, which are not read"), head, mark.start())
    _refuse("doctype", N_("The DOCTYPE does not end"), head, at)
    raise AssertionError


def _is_htmls(head: bytes, at: int) -> bool:
    """Whether one of HTML's names is declared there, as what it means anyway."""
    found = _DECLARATION.match(head, at)
    if found is None:
        return False
    value = (found[2] or found[3]).decode("utf-8", errors="replace")
    return unescape(unescape(value)) == html5.get(f"{found[1].decode()};")


def _refuse(code: str, sentence: str, head: bytes, at: int) -> None:
    line = head.count(b"\n", 0, at) + 1
    raise FeedRefused(code, sentence, line=line, column=at - head.rfind(b"\n", 0, at))
