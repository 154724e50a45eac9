"""Where the sync meets the reader: the same code as `comptoir feed check`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from marketplace.kernel.fetching import N_
from marketplace.kernel.reach import fetch_allow
from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.reader import Reader
from marketplace.sourcing.reading.sniff import sniff
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.failure import RunRefused
from marketplace.sourcing.sync.known import Known

NEEDS_TITLE = N_("This feed needs a mapping: say which column is the article number and which the title.")
NEEDS_NUMBERS = N_(
    "This feed needs a mapping: say which column is the article number and which the stock or price."
)

_SHAPES = {
    "table": "a table",
    "xml": "XML",
    "json": "JSON",
    "jsonl": "JSON lines",
    "workbook": "a workbook",
    "edifact": "EDIFACT",
    "x12": "X12",
}


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


def open_reader(path: Path, mapping: Mapping, known: Known) -> Reader:
    """Records as they come; repeated keys are settled in SQL."""
    allowed = frozenset(f"{host}:{port}" for host, port in fetch_allow())
    return read(path, mapping, dedup=False, known=known if len(known) else None, allowed=allowed)
