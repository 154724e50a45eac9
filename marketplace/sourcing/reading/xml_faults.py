"""What an XML parser says about a broken file, in words of whoever has to mend it."""

from __future__ import annotations

import re

from marketplace.kernel.fetching import N_

BROKEN = N_("The XML is broken: {fault}")
#: libxml2's sentence → ours, with what it names
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), ours)
    for pattern, ours in (
        (
            r"Opening and ending tag mismatch: (?P<opened>\S+) line (?P<line>\d+) and (?P<closed>\S+)",
            N_("<{opened}> of line {line} is closed as </{closed}>"),
        ),
        (
            r"(?:Premature end of data in tag|Couldn't find end of Start Tag) (?P<tag>\S+) line (?P<line>\d+)",
            N_("the file ends inside <{tag}> of line {line}"),
        ),
        (
            r"(?:expected '>'|Start tag expected, '<' not found|CData section not finished.*|Comment not terminated.*|Premature end.*)",
            N_("the file ends in the middle of an element"),
        ),
        (
            r"(?:StartTag: invalid element name|Unescaped '<' not allowed in attributes values)",
            N_("there is a bare “<”, which must be written “&lt;”"),
        ),
        (r"Entity '(?P<name>[^']+)' not defined", N_("“&{name};” is no character that XML knows")),
        (r"Attribute (?P<name>\S+) redefined", N_("the attribute “{name}” stands twice in one element")),
        (r"AttValue: .*expected", N_("the value of an attribute is not in quotes")),
        (
            r"Namespace prefix (?P<prefix>\S+)(?: for \S+)? on (?P<name>\S+) is not defined",
            N_("the prefix of <{prefix}:{name}> is not declared"),
        ),
        (
            r"(?:xmlParseEntityRef: no name|EntityRef: expecting ';')",
            N_("there is a bare “&”, which must be written “&amp;”"),
        ),
        (
            r"Input is not proper UTF-8, indicate encoding.*",
            N_("its characters are not in the encoding that it states"),
        ),
        (r"Extra content at the end of the document", N_("something follows after its end")),
        (
            r"(?:PCDATA invalid Char value|xmlParseCharRef: invalid xmlChar value) (?P<number>\d+)",
            N_("it holds a character that XML forbids (number {number})"),
        ),
        (
            r"Specification mandates? value for attribute (?P<name>\S+)",
            N_("the attribute “{name}” has no value"),
        ),
    )
)

OURS = frozenset(ours for _, ours in _SAID)


def plainly(fault: str) -> str:
    """What the parser said, in English that needs no knowledge of it."""
    ours, values = in_plain_words(fault)
    return ours.format(**values) if ours in OURS else fault


def in_plain_words(fault: str) -> tuple[str, dict[str, str]]:
    """(our sentence with places, what fills them); the parser's own words where we have none."""
    for pattern, ours in _SAID:
        if found := pattern.fullmatch(" ".join(fault.split())):
            return ours, found.groupdict()
    return fault, {}
