"""Where the sync meets the reader: the same code as `comptoir feed check`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from marketplace.kernel.reach import fetch_allow
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.reader import Reader
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.failure import RunRefused
from marketplace.sourcing.sync.known import Known


async def mapping_for(task: Task, path: Path) -> tuple[Mapping, bool]:
    """The feed's mapping, or for a first file the proposal. Answers whether it was proposed.

    Raises RunRefused when there is neither, FeedRefused when the file is no feed.
    """
    if task.mapping is not None:
        return task.mapping, False
    mapping = (await asyncio.to_thread(propose, path, task.file_name or "")).mapping
    has_key = "sku" in mapping.columns or bool(mapping.key_from)
    if not (has_key and "title" in mapping.columns):
        raise RunRefused(
            "needs_mapping",
            "This feed needs a mapping: say which column is the article number and which the title.",
        )
    return mapping, True


def open_reader(path: Path, mapping: Mapping, known: Known) -> Reader:
    """Records as they come; repeated keys are settled in SQL."""
    allowed = frozenset(f"{host}:{port}" for host, port in fetch_allow())
    return read(path, mapping, dedup=False, known=known if len(known) else None, allowed=allowed)
