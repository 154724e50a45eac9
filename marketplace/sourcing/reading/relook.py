"""A second look into a file, as a person says that it is to be read: another encoding, separator, header row or record path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading import json_records
from marketplace.sourcing.reading.dialect import Dialect, sample_records, width_of
from marketplace.sourcing.reading.encoding import Utf8
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.header import SEARCHED, column_names
from marketplace.sourcing.reading.json_graph import straight
from marketplace.sourcing.reading.json_stream import json_lines, json_values
from marketplace.sourcing.reading.look import SAMPLES, Look, aligned, gathered, look_at, xml_samples
from marketplace.sourcing.reading.mend import mended
from marketplace.sourcing.reading.sheets import open_workbook, sheet_rows
from marketplace.sourcing.reading.sniff import HEAD_BYTES, Head
from marketplace.sourcing.reading.source import open_bytes

#: settings of a Mapping that decide what the columns are
READING = ("encoding", "delimiter", "quote", "escape", "header_row", "sheets", "record_path")


def relook(head: Head, look: Look, said: Map[str, Any]) -> Look:
    """The look under the settings `said` (those of `READING`); what they do not say stays as it was found.

    Raises FeedRefused when the file cannot be read so.
    """
    encoding = said.get("encoding") or head.encoding
    if encoding != head.encoding and head.shape in ("table", "xml", "json", "jsonl"):
        head = _decoded(head, encoding)
    settings = {**look.settings, **{name: said[name] for name in READING if name in said}}
    if head.shape == "table":
        return _table(head, settings)
    if head.shape == "workbook":
        return _workbook(head, settings)
    if head.shape == "xml":
        return _document(head, settings, xml_samples(head, settings.get("record_path", "")))
    if head.shape in ("json", "jsonl"):
        return _document(head, settings, _json_records(head, settings.get("record_path", "")))
    return look


def look_around(head: Head, said: Map[str, Any], fault: FeedRefused) -> Look:
    """A look into a broken document as far as it can be read, under the settings `said`: for a preview, never for an import.

    Raises the fault itself where nothing can be read around it, or where it is none of a document's.
    """
    if fault.code != "xml" or head.shape != "xml":
        raise fault
    encoding = said.get("encoding") or head.encoding
    sound = mended(_decoded(head, encoding) if encoding != head.encoding else head)
    if sound is None:
        raise fault
    try:
        return relook(sound, look_at(sound), said) if said else look_at(sound)
    except FeedRefused:
        raise fault from None


def _decoded(head: Head, encoding: str) -> Head:
    raw = b""
    with open_bytes(head.path, head.packing) as source:
        while len(raw) < HEAD_BYTES and (data := source.read(HEAD_BYTES - len(raw))):
            raw += data
    text = Utf8(encoding).convert(raw, final=head.complete).decode("utf-8", errors="replace")
    return replace(head, encoding=encoding, text=text, warnings=[])  # they were of the encoding


def table_records(head: Head, settings: Map[str, Any]) -> list[tuple[int, list[str]]]:
    """(physical line, cells) of a table's first records."""
    dialect = Dialect(settings.get("delimiter") or ",", settings.get("quote", '"'), settings.get("escape"))
    records = sample_records(head.text, dialect, SEARCHED + SAMPLES)
    return records[:-1] if not head.complete and len(records) > 1 else records


def _table(head: Head, settings: dict[str, Any]) -> Look:
    records = table_records(head, settings)
    if not records:
        raise FeedRefused("empty", N_("The file holds no rows"))
    return _rows(head, records, settings)


def _rows(head: Head, records: list[tuple[int, list[str]]], settings: dict[str, Any]) -> Look:
    row = settings.get("header_row") or 0
    place = next((n for n, (line, _) in enumerate(records, 1) if line >= row), 0) if row else 0
    if row and not place:
        raise FeedRefused("no_header", N_("There is no header on line {row}: the file is shorter"), row=row)
    settings["header_row"] = records[place - 1][0] if place else 0
    below = [cells for _, cells in records[place:]][:SAMPLES]
    header = records[place - 1][1] if place else []
    usual = Counter(map(width_of, below)).most_common(1)
    names = column_names(header, max(usual[0][0] if usual else 0, width_of(header)))
    samples = [(cells + [""] * len(names))[: len(names)] for cells in below]
    return Look(head, names, samples, settings, preamble=[cells for _, cells in records[: max(place - 1, 0)]])


def _workbook(head: Head, settings: dict[str, Any]) -> Look:
    book = open_workbook(head.path)
    sheets = [name for name in settings.get("sheets") or () if name in book.sheet_names] or book.sheet_names[
        :1
    ]
    records = []
    for row in sheet_rows(book, sheets[0]):
        records.append(row)
        if len(records) >= SEARCHED + SAMPLES:
            break
    if not records:
        raise FeedRefused("empty", N_("The workbook is empty"))
    return _rows(head, records, settings)


def _json_records(head: Head, path: str) -> list[dict[str, list[str]]]:
    found = (
        json_lines(head.path, head.encoding)
        if path == "lines"
        else json_values(head.path, head.encoding, path)
    )
    records: list[dict[str, list[str]]] = []
    try:
        for _, key, record in straight(found):
            if isinstance(record, dict):
                records.append(gathered(json_records.flatten({"@key": key, **record} if key else record)))
            if len(records) >= SAMPLES:
                break
    except FeedRefused:
        if not records:  # only the head of a long file is there: what was read of it is enough for a look
            raise
    return records


def _document(head: Head, settings: dict[str, Any], records: list[dict[str, list[str]]]) -> Look:
    if not records:
        raise FeedRefused(
            "no_records", N_("There are no records at “{path}”"), path=settings.get("record_path", "")
        )
    columns, samples = aligned(records)
    path = settings.get("record_path", "")
    return Look(
        head, columns, samples, settings, root=head.root, record=path.rsplit("/", 1)[-1].rsplit(".", 1)[-1]
    )
