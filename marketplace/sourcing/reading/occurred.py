"""Which of the wanted elements a document holds at all: an element that never occurs is a column that was not sent."""

from __future__ import annotations

from collections.abc import Iterator

from marketplace.sourcing.mapping.refs import Places
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.section import Record, Section


class Occurred:
    """Watches a section's records go by; costs little once every column was seen."""

    def __init__(self, section: Section) -> None:
        self._columns = section.columns
        self._unseen = list(range(len(section.columns)))
        section.records = self._watched(section.records, section.nested)

    def _watched(self, records: Iterator[Record | Rejected], nested: bool) -> Iterator[Record | Rejected]:
        for record in records:
            if self._unseen and not isinstance(record, Rejected):
                for cells in record[1] if nested else (record[1],):
                    self._unseen = [place for place in self._unseen if not cells[place]]
            yield record

    def places(self) -> Places:
        """Only the columns in which there was anything."""
        unseen = set(self._unseen)
        return Places(["" if place in unseen else name for place, name in enumerate(self._columns)])
