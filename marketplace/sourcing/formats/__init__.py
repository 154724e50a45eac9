"""The formats, each a module of the same shape (`shape.Format`) found by looking: a new one is a new file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.json_records import json_sections
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.section import Section
from marketplace.sourcing.reading.sheets import sheet_sections
from marketplace.sourcing.reading.tables import table_sections
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.xml_records import xml_sections


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, in the order of their labels."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    found += [extra for module in modules for extra in getattr(module, "MORE", ())]
    return {each.name: each for each in sorted(found, key=lambda each: each.label.casefold())}


def format_of(look: Look) -> Format:
    """The format a file most looks like; ties go to the one that says more of its columns. Raises FeedRefused."""
    able = [each for each in formats().values() if look.head.shape in each.shapes]
    scored = [(each.detect(look), len(each.columns), each.name) for each in able]
    best = max(scored, default=(0, 0, ""))
    if best[0] <= 0:
        raise FeedRefused("unknown", N_("This is no format that is read as a feed"))
    return formats()[best[2]]


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The sections of a file, read as its mapping says. Raises FeedRefused."""
    chosen = formats().get(mapping.format)
    if chosen is None:
        raise FeedRefused(
            "unknown", N_("“{format}” is no format that is read as a feed"), format=mapping.format
        )
    if chosen.sections is not None:
        return chosen.sections(path, mapping, tally)
    if mapping.delimiter is not None and "table" in chosen.shapes:
        return table_sections(path, mapping, tally)
    if "xml" in chosen.shapes:
        return xml_sections(path, mapping, tally, chosen.context)
    if "json" in chosen.shapes or "jsonl" in chosen.shapes:
        return json_sections(path, mapping, tally)
    return (
        sheet_sections(path, mapping) if "workbook" in chosen.shapes else table_sections(path, mapping, tally)
    )
