"""A worker brings a draft's file and looks at it: fetched outside any transaction, read in a thread."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import Auth, FetchFailed
from marketplace.kernel.media import MediaUnavailable
from marketplace.kernel.vault import NoSecretKey, SecretUnreadable, open_sealed
from marketplace.sourcing.drafts.draft import write_draft
from marketplace.sourcing.drafts.files import whole
from marketplace.sourcing.drafts.proposals import propose_for
from marketplace.sourcing.mapping import Mapping, from_json
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.sync.failure import Failure, RunRefused, named
from marketplace.sourcing.sync.fetching import trust_host_key
from marketplace.sourcing.transports import transport_for, upload
from marketplace.sourcing.transports.shape import Limits, Source
from marketplace.sourcing.upload_feed_file import NOT_KEPT
from tenants.scope import acting_as

logger = logging.getLogger(__name__)
LIMITS = Limits(max_seconds=300.0)


class _Wanted(Struct, frozen=True):
    feed: int
    url: str | None
    credentials: str | None
    host_key: str | None
    file_key: str | None
    file_name: str | None
    mapping: Mapping | None


async def probe_feed(supplier: int, feed: int, asked: int) -> None:
    """Leaves the draft ready, or failed with the reason. Nothing happens when something else was asked since."""
    wanted = await _wanted(supplier, feed, asked)
    if wanted is None:
        return
    try:
        found = await _look(supplier, wanted)
    except (FetchFailed, FeedRefused, RunRefused) as error:
        found = _failed(named(error))
    except Refused as error:
        found = _failed(Failure("not_kept", error.message))
    async with acting_as(supplier):
        if await _still(feed, asked):
            await write_draft(feed, **found)


async def _wanted(supplier: int, feed: int, asked: int) -> _Wanted | None:
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT f.id AS feed, f.url, f.credentials, f.host_key, d.file_key, d.file_name, d.mapping FROM mapping_draft d"
            " JOIN feed f ON f.id = d.feed WHERE d.feed = $1 AND d.asked = $2 AND d.state = 'reading'",
            feed,
            asked,
        )
    if row is None:
        return None
    row["mapping"] = from_json(row["mapping"]) if row["mapping"] else None
    return _Wanted(**row)


async def _still(feed: int, asked: int) -> bool:
    return (
        await fetch_one("SELECT 1 FROM mapping_draft WHERE feed = $1 AND asked = $2 FOR UPDATE", feed, asked)
        is not None
    )


async def _look(supplier: int, wanted: _Wanted) -> dict[str, Any]:
    """Columns of the draft. Raises FetchFailed, FeedRefused, RunRefused, Refused."""
    if wanted.file_key is not None:
        async with whole(wanted.file_key) as path:
            return await _propose(path, wanted, wanted.file_key, wanted.file_name or "")
    with tempfile.TemporaryDirectory(prefix="probe-") as folder:
        path = Path(folder) / "file"
        assert wanted.url is not None, "a draft has a file or its feed an address"
        source = Source(wanted.url, auth=_auth(wanted), host_key=wanted.host_key)
        got = await transport_for(wanted.url).fetch(source, into=path, limits=LIMITS)
        if got.host_key is not None:
            await trust_host_key(supplier, wanted.feed, wanted.url, got.host_key)
        name = got.final_url.split("?")[0].rsplit("/", 1)[-1]
        try:
            key = await upload.keep(path)
        except MediaUnavailable as error:
            raise Refused(NOT_KEPT) from error
        return await _propose(path, wanted, key, name)


async def _propose(path: Path, wanted: _Wanted, key: str, name: str) -> dict[str, Any]:
    kept = {"file_key": key, "file_name": name, "bytes": (await asyncio.to_thread(path.stat)).st_size}
    try:
        proposal, mapping = await asyncio.to_thread(propose_for, path, name, wanted.mapping)
    except FeedRefused as error:
        return _failed(named(error)) | kept
    return {
        **kept,
        "state": "ready",
        "proposal": proposal,
        "mapping": mapping,
        "error": None,
        "message": None,
        "error_line": None,
        "error_column": None,
    }


def _failed(failure: Failure) -> dict[str, Any]:
    return {
        "state": "failed",
        "error": failure.code,
        "message": failure.message,
        "error_line": failure.line,
        "error_column": failure.column,
    }


def _auth(wanted: _Wanted) -> Auth | None:
    if wanted.credentials is None:
        return None
    try:
        return Auth(**json.loads(open_sealed(wanted.credentials, about=f"feed:{wanted.feed}")))
    except (SecretUnreadable, NoSecretKey) as error:
        raise RunRefused(
            "secret_unreadable", "The credentials of this feed cannot be read any more: enter them again."
        ) from error
