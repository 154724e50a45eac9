"""What every format is: how it is known, what its columns are called, what its numbers mean.

A new format is one file in this folder with a `FORMAT`, and its test. What it does not say, the alias tables and the values
themselves decide; how its records are read follows from its shape, unless it brings its own `sections`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.section import Section
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.xml_records import Context

Sections = Callable[[Path, Mapping, Tally], Iterator[Section]]


@dataclass(frozen=True, slots=True)
class Format:
    """`detect` scores a look from 0 (not this) to 100 (surely this); the generic ones give 1.

    `columns` are our field → names of theirs, the first that is there (for pictures and categories: all that are there).
    `settings` are those of the Mapping. `finish` may correct the proposed mapping after a look at the file.
    """

    name: str
    label: str
    shapes: tuple[str, ...]  # of what a Head may be: table, xml, json, jsonl, workbook, edifact, x12
    detect: Callable[[Look], int]
    columns: Map[str, tuple[str, ...]] = field(default_factory=dict)
    options: Map[str, str] = field(default_factory=dict)
    settings: Map[str, Any] = field(default_factory=dict)
    only: bool = False  # no column is mapped but those named here
    finish: Callable[[Mapping, Look], None] | None = None
    sections: Sections | None = None
    context: Context | None = None
    kinds: tuple[str, ...] = ()  # extensions a person would look for, for the screen


def own_or_shared(look: Look, path: str, name: str) -> str | list[str] | None:
    """Where `name` stands in the variants at `path` and in their product: what a variant says of itself goes before what the
    product says of them all. None where neither is there."""
    own = f"{path}/{name}"
    if own not in look.columns:
        return name if name in look.columns else None
    return [own, name] if name in look.columns else own


def never(look: Look) -> int:
    """For formats that are chosen by hand."""
    return 0
