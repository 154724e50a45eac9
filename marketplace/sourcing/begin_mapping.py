"""Somebody begins to work on a feed's mapping: with a file that was sent, or with the one at the feed's address."""

from __future__ import annotations

import asyncio
from pathlib import Path

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.media import MediaUnavailable
from marketplace.kernel.outbox import emit
from marketplace.sourcing.kept_files import forget_unused
from marketplace.sourcing.mapping import Mapping, to_json
from marketplace.sourcing.transports import upload
from marketplace.sourcing.upload_feed_file import EMPTY, NOT_KEPT
from tenants.scope import acting_as

NO_FILE = N_("Send a file to try the mapping on: this feed has no address to fetch one from.")


async def begin_mapping(
    supplier: int,
    feed: int,
    *,
    path: Path | None = None,
    name: str | None = None,
    mapping: Mapping | None = None,
    by: str,
) -> None:
    """Ask a worker to look at the file at `path`, else at the one of the last run that is still kept, else at the feed's address.

    A draft that is there goes on with the new file, and with `mapping` when it is given (a template, say); a new one begins with
    the feed's mapping, or with what is proposed. Raises NotFound, Refused.
    """
    key = await _kept(path) if path is not None else None
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT f.url, f.mapping, f.mapping_version, d.file_key, d.file_name, d.mapping AS draft_mapping FROM feed f"
            " LEFT JOIN mapping_draft d ON d.feed = f.id WHERE f.id = $1 AND f.archived_at IS NULL",
            feed,
        )
        if row is None:
            raise NotFound
        if key is None and (found := await _last_file(feed, row)):
            key, name = found
        if key is None and row["url"] is None:
            raise Refused(NO_FILE, field="file")
        chosen = (
            json.dumps(to_json(mapping)) if mapping is not None else row["draft_mapping"] or row["mapping"]
        )
        asked = await fetch_value(
            "INSERT INTO mapping_draft (supplier, feed, state, asked, file_key, file_name, mapping, base_version, changed_by)"
            " VALUES ($1, $2, 'reading', 1, $3, $4, $5, $6, $7) ON CONFLICT (feed) DO UPDATE SET state = 'reading',"
            " asked = mapping_draft.asked + 1, file_key = $3, file_name = $4, mapping = $5, trial_state = 'none', trial = NULL,"
            " changed_by = $7, changed_at = now() RETURNING asked",
            supplier,
            feed,
            key,
            name,
            chosen,
            row["mapping_version"],
            by,
        )
        await emit("mapping.wanted", supplier=supplier, feed=feed, asked=asked)
    if row["file_key"] != key:
        await forget_unused([row["file_key"]])


async def _kept(path: Path) -> str:
    if not (await asyncio.to_thread(path.stat)).st_size:
        raise Refused(EMPTY, field="file")
    try:
        return await upload.keep(path)
    except MediaUnavailable as error:
        raise Refused(NOT_KEPT, field="file") from error


async def _last_file(feed: int, row: dict[str, str | None]) -> tuple[str, str | None] | None:
    """The draft's own file, else the last one that was sent. One with an address is fetched anew when a draft begins."""
    if row["file_key"] is not None:
        return str(row["file_key"]), row["file_name"]
    if row["url"] is not None:
        return None
    last = await fetch_one(
        "SELECT file_key, file_name FROM feed_run WHERE feed = $1 AND file_key IS NOT NULL ORDER BY id DESC LIMIT 1",
        feed,
    )
    return (last["file_key"], last["file_name"]) if last else None


async def discard_mapping(supplier: int, feed: int) -> None:
    """Forget the draft and its file; the feed is read as before. Raises NotFound."""
    async with acting_as(supplier):
        row = await fetch_one("DELETE FROM mapping_draft WHERE feed = $1 RETURNING file_key", feed)
    if row is None:
        raise NotFound
    await forget_unused([row["file_key"]])
