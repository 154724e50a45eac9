"""What a person chose in one step of a mapping: read anew where it decides what the columns are, else just kept."""

from __future__ import annotations

import asyncio
from typing import Any

from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.outbox import emit
from marketplace.sourcing.change_mapping import read_mapping
from marketplace.sourcing.drafts.draft import need_draft, write_draft
from marketplace.sourcing.drafts.files import head_of
from marketplace.sourcing.drafts.proposals import reread
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from tenants.scope import acting_as


async def change_reading(supplier: int, feed: int, format: str, reading: dict[str, Any], *, by: str) -> None:
    """Read the file as another format, or with other settings of `relook.READING`. Raises NotFound, Refused when it cannot be."""
    draft = await need_draft(supplier, feed)
    if draft.file_key is None:
        raise NotFound
    async with head_of(draft.file_key) as path:
        try:
            proposal, mapping = await asyncio.to_thread(
                reread, path, draft.file_name or "", draft.mapping or Mapping(), format, reading
            )
        except FeedRefused as error:
            values: dict[str, Any] = dict(error.params)
            raise Refused(error.sentence, **values) from error
    async with acting_as(supplier):
        await write_draft(
            feed, proposal=proposal, mapping=mapping, state="ready", error=None, message=None, changed_by=by
        )


async def change_draft(supplier: int, feed: int, mapping: Mapping | dict[str, Any], *, by: str) -> Mapping:
    """Keep the mapping as it is chosen now. Raises NotFound, Invalid."""
    wanted = read_mapping(mapping)
    await need_draft(supplier, feed)
    async with acting_as(supplier):
        await write_draft(feed, mapping=wanted, changed_by=by)
    return wanted


async def ask_trial(supplier: int, feed: int) -> None:
    """Let a worker read the whole file with the draft's mapping; nothing when that was done. Raises NotFound, Invalid."""
    draft = await need_draft(supplier, feed)
    if draft.mapping is None or draft.file_key is None:
        raise Invalid({"": "There is no file to try the mapping on yet."})
    if draft.trial_is_current and draft.trial_state == "done":
        return
    async with acting_as(supplier):
        asked = await fetch_value(
            "UPDATE mapping_draft SET asked = asked + 1, trial_state = 'running', trial = NULL WHERE feed = $1 RETURNING asked",
            feed,
        )
        await emit("mapping.trial_wanted", supplier=supplier, feed=feed, asked=asked)


async def tell_trial(supplier: int, feed: int, asked: int, done: int) -> bool:
    """How far a trial is. Answers whether it is still wanted."""
    async with acting_as(supplier):
        return bool(
            await execute(
                "UPDATE mapping_draft SET trial = jsonb_build_object('done', $3::bigint) WHERE feed = $1 AND asked = $2"
                " AND trial_state = 'running'",
                feed,
                asked,
                done,
            )
        )
