"""What is kept of a proposal with a draft, and a mapping carried over to another look at the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from marketplace.kernel.json import storable
from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.mapping.refs import Places, refs_of
from marketplace.sourcing.propose_mapping import Proposal, propose
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.relook import READING

_SHAPE = {"table": "table", "workbook": "workbook", "xml": "xml", "json": "json", "jsonl": "json"}


def shape_of(format: str) -> str:
    """table, workbook, xml, json, or edi: what can be set about how it is read."""
    return _SHAPE.get(formats()[format].shapes[0], "edi") if format in formats() else "table"


def plain(proposal: Proposal) -> dict[str, Any]:
    """Fit for a jsonb column: without NULs and halves of characters, which PostgreSQL refuses."""
    counted = {
        told.sentence for told in proposal.told if told.code == "unused"
    }  # the page counts them itself
    return {
        "format": proposal.format,
        "label": proposal.label,
        "shape": shape_of(proposal.format),
        "columns": [
            {"name": storable(c.name), "samples": storable(c.samples), "fields": c.fields}
            for c in proposal.columns
        ],
        "warnings": [storable(w) for w in proposal.warnings if w not in counted],
        "broken": told_of(proposal.broken) if proposal.broken else None,
    }


def told_of(fault: FeedRefused) -> dict[str, Any]:
    """Where a file is broken, as plain data."""
    return {"error": storable(fault.error), "line": fault.line, "column": fault.column}


def propose_for(path: Path, name: str, mapping: Mapping | None) -> tuple[dict[str, Any], Mapping]:
    """(proposal as plain data, mapping). With a mapping the file is looked at as it says, and it stays what it is. A broken document is
    proposed for as far as it can be read. Raises FeedRefused."""
    if mapping is None:
        found = propose(path, name, recover=True)
        return plain(found), found.mapping
    found = propose(path, name, format=mapping.format, reading=reading_of(mapping), recover=True)
    return plain(found), mapping


def reading_of(mapping: Mapping) -> dict[str, Any]:
    """The settings that decide what the columns are."""
    return {name: getattr(mapping, name) for name in READING}


def reread(
    path: Path, name: str, was: Mapping, format: str, reading: dict[str, Any]
) -> tuple[dict[str, Any], Mapping]:
    """The proposal under other settings. Where the columns of the old mapping are still there its choices stay. Raises FeedRefused."""
    found = propose(path, name, format=format, reading=reading, recover=True)
    mapping = found.mapping
    for setting, value in reading.items():
        setattr(mapping, setting, value)
    if format == was.format and _all_there(was, [column.name for column in found.columns]):
        mapping = msgspec.structs.replace(was, **reading)
    else:
        mapping.words, mapping.net_of = dict(was.words), was.net_of
    return plain(found), mapping


def _all_there(mapping: Mapping, columns: list[str]) -> bool:
    places = Places(columns)
    refs = [ref for ref in refs_of(mapping) if not ref.endswith("[*]")]
    return bool(refs) and all(places.find(ref) is not None for ref in refs)
