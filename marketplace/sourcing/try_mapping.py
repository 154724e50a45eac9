"""A worker reads a draft's whole file with its mapping and compares it with the offers, by the code of the sync, and writes nothing
but what it found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import Refused
from marketplace.kernel.reach import fetch_allow
from marketplace.sourcing.change_draft import tell_trial
from marketplace.sourcing.drafts import trial
from marketplace.sourcing.drafts.draft import write_draft
from marketplace.sourcing.drafts.files import whole
from marketplace.sourcing.drafts.proposals import told_of
from marketplace.sourcing.mapping import Mapping, from_json
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.sync.rehearse import rehearse
from tenants.scope import acting_as

TELL_SECONDS = 1.0


async def try_mapping(supplier: int, feed: int, asked: int) -> None:
    """Leaves the trial done, or failed with the reason. Nothing happens when something else was asked since."""
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT file_key, mapping FROM mapping_draft WHERE feed = $1 AND asked = $2 AND trial_state = 'running'",
            feed,
            asked,
        )
    if row is None:
        return
    mapping = from_json(row["mapping"])
    try:
        async with whole(row["file_key"]) as path:
            found = await _try(supplier, feed, asked, path, mapping)
        broken = found.pop("broken")
        state, found = ("failed", {**found, **broken}) if broken else ("done", found)
    except FeedRefused as error:
        state, found = "failed", told_of(error)
    except Refused as error:
        state, found = "failed", {"error": error.message, "line": None, "column": None}
    async with acting_as(supplier):
        if await fetch_one(
            "SELECT 1 FROM mapping_draft WHERE feed = $1 AND asked = $2 FOR UPDATE", feed, asked
        ):
            await write_draft(feed, trial_state=state, trial=found)


async def _try(supplier: int, feed: int, asked: int, path: Path, mapping: Mapping) -> dict[str, Any]:
    """What the file says, then what a run would do; of a file broken after some records only the first: no run would apply it.
    Raises FeedRefused."""
    done = [0]

    def tell(rows: int) -> None:
        done[0] = rows

    async def watched(work: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
        return await _watched(supplier, feed, asked, work, lambda: done[0])

    allowed = frozenset(f"{host}:{port}" for host, port in fetch_allow())
    found = await watched(asyncio.to_thread(trial.run, path, mapping, allowed, tell))
    if found["broken"]:
        return found
    return found | await watched(rehearse(supplier, feed, path, mapping))


async def _watched(
    supplier: int, feed: int, asked: int, work: Coroutine[Any, Any, dict[str, Any]], done: Callable[[], int]
) -> dict[str, Any]:
    """The work, its progress told once a second."""
    working = asyncio.ensure_future(work)
    while True:
        finished, _ = await asyncio.wait([working], timeout=TELL_SECONDS)
        if finished:
            return working.result()
        await tell_trial(supplier, feed, asked, done())
