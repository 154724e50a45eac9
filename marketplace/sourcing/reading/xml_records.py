"""XML as a stream of records: parsed as it comes, each record dropped once read, nothing outside the file ever asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from marketplace.kernel.fetching import N_
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import refs_of
from marketplace.sourcing.reading.encoding import Utf8
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.prolog import MAX_DOCTYPE, SAFE, cleared, readable, shift
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.source import open_bytes
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.xml_faults import plainly
from marketplace.sourcing.reading.xml_pairs import local
from marketplace.sourcing.reading.xml_tree import Node, fill, plan

CHUNK = 128 * 1024
MAX_RECORD = 24 * 1024**2
"""Bytes between two records. What a parser holds of them is several times that."""

Context = Callable[[Any], dict[str, dict[str, str]]]
"""From the document read so far (its root element) → column → value in the file → what it stands for."""


WHOLE = "."
"""The path of a record that is the document itself: a single product."""


def parser(*tags: str) -> etree.XMLPullParser:
    """One that tells of the ends of these elements."""
    names = [each for tag in tags if tag != WHOLE for each in (tag, "{*}" + tag)]
    return etree.XMLPullParser(events=("end",), tag=names, **SAFE)


def refusal(fault: etree.XMLSyntaxError) -> FeedRefused:
    """Not well-formed: where, and the parser's own words for why."""
    line, column, message = fault.lineno or 0, (fault.position or (0, 0))[1], fault.msg or "not well-formed"
    if not line:  # an entity that nobody declared is only in the log
        log: Any = fault.error_log
        entry = log.last_error
        if entry is not None:
            line, column, message = entry.line, entry.column, entry.message
    if line == 1 and column > shift():
        column -= shift()
    message = message.rsplit(", line ", 1)[0]
    return FeedRefused(
        "xml",
        N_("The XML is broken: {fault}"),
        line=max(line, 1),
        column=max(column, 1),
        fault=plainly(message)[:200],
    )


def elements(
    path: Path, encoding: str, record_path: str, tally: Tally | None = None, dropped: Sequence[str] = ()
) -> Iterator[tuple[int, Any]]:
    """(line, element) of each record at `channel/item`, counted from the root's children; the element is emptied when
    the next is asked for. Elements `dropped` are let go of unread, however many there are. Raises FeedRefused with line and
    column where the document is broken."""
    parents, tag = _steps(record_path)
    pull, since, line = parser(tag, *dropped), 0, 0
    known: Any = (
        parents  # the element that holds the records, once one was found: most often it holds them all
    )
    for data in chunks(path, encoding, tally):
        since += len(data)
        try:
            pull.feed(data)
            for _, found in pull.read_events():
                element: Any = found
                if dropped and local(element.tag) in dropped:
                    _forget(element)
                    since = 0
                    continue
                holder = element.getparent()
                if holder is known or _at(element, parents):
                    known, since = holder, 0
                    line = max(line, element.sourceline or 0)
                    yield line, element
                    element.clear()
                    while holder[0] is not element:
                        del holder[0]
        except etree.XMLSyntaxError as fault:
            raise refusal(fault) from None
        if since > MAX_RECORD:
            raise FeedRefused(
                "big_record",
                N_("No record ends within {limit} MB"),
                limit=MAX_RECORD // 1024**2,
                line=line or 1,
            )
    try:
        root: Any = pull.close()
    except etree.XMLSyntaxError as fault:
        raise refusal(fault) from None
    if record_path == WHOLE:
        yield root.sourceline or 1, root


def elements_of_text(text: str, record_path: str, complete: bool) -> Iterator[tuple[int, Any]]:
    """As `elements`, of the head of a document that was read already. Raises FeedRefused where that is broken."""
    parents, tag = _steps(record_path)
    pull = parser(tag)
    data = readable(text.encode("utf-8", errors="replace"))
    try:
        for start in range(0, len(data), CHUNK):
            pull.feed(data[start : start + CHUNK])
            for _, found in pull.read_events():
                element: Any = found
                if _at(element, parents):
                    yield element.sourceline or 0, element
                    _forget(element)
        if complete:
            root: Any = pull.close()
            if record_path == WHOLE:
                yield root.sourceline or 1, root
    except etree.XMLSyntaxError as fault:
        raise refusal(fault) from None


def passing(path: Path, encoding: str, tags: Sequence[str]) -> Iterator[Any]:
    """Every element of these names, wherever it stands, for a look that goes before the reading; each is emptied when the next is
    asked for. Raises FeedRefused as `elements` does."""
    pull = parser(*tags)
    try:
        for data in chunks(path, encoding, None):
            pull.feed(data)
            for _, found in pull.read_events():
                yield found
                _forget(found)
        pull.close()
    except etree.XMLSyntaxError as fault:
        raise refusal(fault) from None


def holds(path: Path, encoding: str, mark: str) -> bool:
    """Whether a document has this in its text, wherever: cheaper than parsing it. Raises FeedRefused for a damaged archive."""
    sought, before = mark.encode(), b""
    for data in chunks(path, encoding, None):
        if sought in before + data:
            return True
        before = data[-len(sought) :]
    return False


_NOWHERE: list[str] = ["", ""]


def _steps(record_path: str) -> tuple[list[str], str]:
    """(the parents of a record below the root, its tag). Raises FeedRefused where no element can be called so."""
    *parents, tag = record_path.split("/")
    if not tag or not tag.isprintable():
        raise FeedRefused(
            "no_records", N_("No element of this XML repeats like a list of products"), line=1, column=1
        )
    return (_NOWHERE, WHOLE) if record_path == WHOLE else (parents, tag)


def _at(element: Any, parents: list[str]) -> bool:
    """Whether the element's parents are those of the path, up to the root (whose own name does not matter)."""
    if parents is _NOWHERE:
        return False
    for tag in reversed(parents):
        element = element.getparent()
        if element is None or local(element.tag) != tag:
            return False
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]


def chunks(path: Path, encoding: str, tally: Tally | None) -> Iterator[bytes]:
    """The document as UTF-8, its prolog made harmless."""
    converter = Utf8(encoding)
    with open_bytes(path) as source:
        head = b""
        while len(head) < MAX_DOCTYPE * 2 and (data := source.read(CHUNK)):
            head += converter.convert(data)
        yield readable(cleared(head))
        while data := source.read(CHUNK):
            converted = converter.convert(data)
            if converted:
                yield converted
        rest = converter.convert(b"", final=True)
        if rest:
            yield rest
    if tally and converter.strays:
        tally.say("strays", count=converter.strays)
    if tally and converter.nuls:
        tally.say("nuls", count=converter.nuls)


def xml_sections(
    path: Path, mapping: Mapping, tally: Tally, context: Context | None = None, dropped: Sequence[str] = ()
) -> Iterator[Section]:
    """The one section of an XML document. Raises FeedRefused, also while its records are read."""
    wanted = refs_of(mapping)
    if mapping.expand:
        records = _expanded(path, mapping, wanted, tally)
    else:
        found = elements(path, mapping.encoding, mapping.record_path, tally, dropped)
        records = _records(found, plan(wanted), list(wanted), context)
    yield Section(list(wanted), records, nested=bool(mapping.expand))


def _records(
    found: Iterator[tuple[int, Any]], node: Node, columns: list[str], context: Context | None
) -> Iterator[Record]:
    blank: list[Any] = [""] * len(columns)
    meanings: list[tuple[int, dict[str, str]]] | None = None if context else []
    for line, element in found:
        if meanings is None and context is not None:
            said = context(element.getroottree().getroot())
            meanings = [(place, said[name]) for place, name in enumerate(columns) if name in said]
        cells = blank[:]
        fill(element, node, cells)
        for place, meaning in meanings or ():
            cells[place] = _meant(cells[place], meaning)
        yield line, cells


def _meant(cell: Any, meaning: dict[str, str]) -> Any:
    if isinstance(cell, list):
        return [meaning.get(value.strip(), value) for value in cell]
    return meaning.get(cell.strip(), cell)


def _expanded(path: Path, mapping: Mapping, wanted: dict[str, bool], tally: Tally) -> Iterator[Record]:
    """A record with its variants in it: one row for each, with what the record says of them all. One without any is its own
    only variant: what they would say, it says itself."""
    inner = mapping.expand.split("/")
    prefix = mapping.expand + "/"
    own = {path: many for path, many in wanted.items() if path.startswith(prefix)}
    own_plan = plan({path[len(prefix) :]: many for path, many in own.items()})
    outer = [path for path in wanted if not path.startswith(prefix)]
    shared = plan({path: wanted[path] for path in outer})
    for line, element in elements(path, mapping.encoding, mapping.record_path, tally):
        common: list[Any] = [""] * len(outer)
        fill(element, shared, common)
        yield (
            line,
            [
                _joined(wanted, outer, common, own, own_plan, variant)
                for variant in _inside(element, inner) or [element]
            ],
        )


def _joined(
    wanted: dict[str, bool],
    outer: list[str],
    common: list[Any],
    own: dict[str, bool],
    own_plan: Node,
    variant: Any,
) -> list[Any]:
    """The record's cells and the variant's, in the order of the columns."""
    mine: list[Any] = [""] * len(own)
    fill(variant, own_plan, mine)
    told = dict(zip(outer, common, strict=True)) | dict(zip(own, mine, strict=True))
    return [told[path] for path in wanted]


def _inside(element: Any, parts: list[str]) -> list[Any]:
    found = [element]
    for part in parts:
        found = [child for parent in found for child in parent if local(child.tag) == part]
    return found
