"""What a row's own time says of its numbers: when they were counted, or when the row was last changed.

A shop's `updated_at` of March says that nothing changed since March: its stock is as fresh as the file that repeats it today. A
`stock date` of March, or the date of an inventory report, is the age of the stock.
"""

from __future__ import annotations

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.values.text import fold

_REPORTS = frozenset({"edifact", "x12"})
_COUNTED = frozenset(["stock", "inventory", "bestand", "stand", "counted", "voorraad", "остатков"])
_CHANGED = ("updat", "chang", "modif", "ander")


def says_when_counted(mapping: Mapping) -> bool:
    """Whether the time of a row is that of its count. False where the mapping reads no time."""
    if mapping.format in _REPORTS:
        return True
    names = [fold(ref) for ref in as_list(mapping.columns.get("source_time", ()))]
    return any(_COUNTED & set(name.split()) and not any(w in name for w in _CHANGED) for name in names)
