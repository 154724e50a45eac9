"""Where the sync meets the reader: the same code as `comptoir feed check`, spared what is known."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from marketplace.kernel.fetching import N_
from marketplace.kernel.reach import fetch_allow
from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.made_of import MadeOf
from marketplace.sourcing.reading.sniff import sniff
from marketplace.sourcing.reading.source import share_read
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.failure import RunRefused
from marketplace.sourcing.sync.known import Known
from marketplace.sourcing.sync.sieve import Sieved, sievable, sieve

NEEDS_TITLE = N_("This feed needs a mapping: say which column is the article number and which the title.")
NEEDS_NUMBERS = N_(
    "This feed needs a mapping: say which column is the article number and which the stock or price."
)
_SHAPES = {
    "table": N_("a table"),
    "xml": "XML",
    "json": "JSON",
    "jsonl": N_("JSON lines"),
    "workbook": N_("a workbook"),
    "edifact": "EDIFACT",
    "x12": "X12",
}
_OF_THE_WHOLE = frozenset(
    {"constant_stock", "nothing_sold", "title_key"}
)  # said of all rows: not to be judged from a part


async def mapping_for(task: Task, path: Path) -> tuple[Mapping, bool]:
    """The feed's mapping, or for a first file the proposal. Answers whether it was proposed.

    Raises RunRefused when there is neither, FeedRefused when the file is no feed.
    """
    if task.mapping is not None:
        return await asyncio.to_thread(_still_fits, task.mapping, path, task.file_name or ""), False
    mapping = (await asyncio.to_thread(propose, path, task.file_name or "")).mapping
    told = mapping.columns.keys() | mapping.fixed.keys()
    has_key = "sku" in told or bool(mapping.key_from)
    makes_offers = task.speed == "full" and task.agreement is None
    wanted = {"title"} if makes_offers else {"quantity", "availability", "price", "cost"}
    if not has_key or told.isdisjoint(wanted):
        raise RunRefused("needs_mapping", NEEDS_TITLE if makes_offers else NEEDS_NUMBERS)
    return mapping, True


def _still_fits(mapping: Mapping, path: Path, name: str) -> Mapping:
    """The stored mapping, when the file is still of its kind: a login page must not be read as a table of one column.

    A supplier that moved to UTF-8 is followed there: what decodes strictly is not what a person chose between candidates.
    """
    head = sniff(path, name)
    shapes = formats()[mapping.format].shapes if mapping.format in formats() else (head.shape,)
    if head.shape not in shapes:
        raise FeedRefused(
            "other_format",
            "This file is {found}, and the feed's mapping reads {expected}: has the address moved?",
            found=_SHAPES.get(head.shape, head.shape),
            expected=_SHAPES.get(shapes[0], shapes[0]),
        )
    if (
        head.encoding == "utf-8"
        and mapping.encoding != "utf-8"
        and head.shape == "table"
        and not head.text.isascii()
    ):
        return msgspec.structs.replace(mapping, encoding="utf-8")
    return mapping


class Reading:
    """A file being read: iterate it once, then ask for its counts. Lines are those of the file as it came."""

    def __init__(
        self, path: Path, mapping: Mapping, known: Known, sieved: Sieved | None, *, dedup: bool = False
    ) -> None:
        self.known, self.sieved = known, sieved
        allowed = frozenset(f"{host}:{port}" for host, port in fetch_allow())
        self.reader = read(
            sieved.path if sieved else path,
            mapping,
            dedup=dedup,
            known=known if sieved is None and known.digests else None,
            allowed=allowed,
            hashes=sieved is None,
        )
        if "parts" in mapping.columns:
            self.reader.made_of = []

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from self.reader
        except FeedRefused as refused:
            if self.sieved is not None and refused.line is not None:
                refused.line = self.sieved.line(refused.line)
            raise

    def take_sets(self) -> list[MadeOf]:
        """What the sets read since are made of. While nothing is read."""
        told = self.reader.made_of
        if not told:
            return []
        taken = told.copy()
        told.clear()
        return taken

    @property
    def mapping(self) -> Mapping:
        return self.reader.mapping

    @property
    def rows(self) -> int:
        return self.reader.rows + (self.sieved.skipped if self.sieved else 0)

    @property
    def expected(self) -> int:
        """About how many rows there will be, by how much of the file they took so far; 0 when that is not known."""
        share = share_read(self.reader.path) if self.sieved is None or not self.sieved.skipped else None
        return round(self.reader.rows / share) if share else 0

    @property
    def merged(self) -> int:
        """Records whose key came again, when the reader was asked to tell keys apart."""
        return self.reader.merged

    @property
    def attached(self) -> int:
        return self.reader.attached

    @property
    def nested(self) -> bool:
        """Whether one record gives several offers."""
        return self.reader.offers != self.reader.given

    @property
    def sent(self) -> frozenset[str]:
        return self.reader.sent

    @property
    def warnings(self) -> list[str]:
        """What was odd about the file, a sentence each."""
        whole = not self.known.met
        return [
            warned._replace(
                params={k: self._line(v) if k == "lines" else v for k, v in warned.params.items()}
            ).sentence
            for warned in self.reader.warnings
            if whole or warned.code not in _OF_THE_WHOLE
        ]

    def _line(self, said: object) -> object:
        """ "12, 40, …" with the lines of the file as it came."""
        if self.sieved is None or not self.sieved.skipped:
            return said
        return ", ".join(
            str(self.sieved.line(int(part))) if part.isdigit() else part for part in str(said).split(", ")
        )


async def open_reading(
    path: Path, mapping: Mapping, known: Known, folder: Path, *, dedup: bool = False
) -> Reading:
    """Ready to iterate. Repeated keys are told apart in SQL unless the reader is to `dedup` them. Raises FeedRefused."""
    found = (
        await asyncio.to_thread(sieve, path, mapping, known, folder / "rest") if sievable(mapping) else None
    )
    return Reading(path, mapping, known, found, dedup=dedup)
