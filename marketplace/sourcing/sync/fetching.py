"""Bringing a run's file to this machine: from the supplier's server, or from where an upload or a held run keeps it.

Outside any transaction. What comes is judged by its digest: a file we know under the same mapping is not read again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.kernel.fetching import Auth, Fetched
from marketplace.kernel.settings import settings
from marketplace.kernel.vault import NoSecretKey, SecretUnreadable, open_sealed
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.failure import RunRefused
from marketplace.sourcing.transports import transport_for, upload
from marketplace.sourcing.transports.shape import Source
from tenants.scope import acting_as

#: earlier ones are those of clocks that were never set, or said to keep caches away: 1970, 1980, year 1
CLOCKS_SET = datetime(2000, 1, 1, tzinfo=UTC)


class Got(Struct, frozen=True):
    """The file at `path`, or the news that it is the one we know (`path` is None). `source_time`: what its numbers are true
    of when they carry no time of their own."""

    path: Path | None
    sha: str | None
    bytes: int
    source_time: datetime
    etag: str | None
    last_modified: str | None


@contextmanager
def work_folder(task: Task) -> Iterator[Path]:
    """A folder of this attempt's own, gone afterwards. What a killed worker left of the run goes too."""
    parent = settings().data_dir / "runs" / str(task.run)
    shutil.rmtree(parent, ignore_errors=True)
    folder = parent / str(task.attempt)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(parent, ignore_errors=True)


async def fetch(task: Task, folder: Path) -> Got:
    """The run's file. Raises FetchFailed's subclasses and RunRefused."""
    into = folder / "feed"
    if task.file_key is not None:
        fetched = await upload.fetch(Source(task.file_key, sha256=_skip(task)), into=into)
        return _got(fetched, task.source_time or task.created_at)
    if task.url is None:
        raise RunRefused("no_address", "This feed has no address to fetch from: send its file instead.")
    fetched = await transport_for(task.url).fetch(_source(task), into=into)
    if fetched.host_key is not None and task.host_key is None:
        await trust_host_key(task.supplier, task.feed, task.url, fetched.host_key)
    told = fetched.modified if fetched.modified and fetched.modified >= CLOCKS_SET else None
    return _got(fetched, told or fetched.fetch_started)


def _skip(task: Task) -> str | None:
    """A person who sends a file again, or applies a held one, wants it read unless it stands already. A machine that sends again what a
    person dropped or undid wants nothing."""
    known = task.content_stands or task.trigger == "api"
    return task.known_sha if known and not task.decided else None


def _source(task: Task) -> Source:
    assert task.url is not None
    same = task.known_sha is not None
    return Source(
        task.url,
        auth=_auth(task),
        etag=task.etag if same else None,
        last_modified=task.last_modified if same else None,
        sha256=task.known_sha,
        host_key=task.host_key,
    )


def _auth(task: Task) -> Auth | None:
    if task.credentials is None:
        return None
    try:
        return Auth(**json.loads(open_sealed(task.credentials, about=f"feed:{task.feed}")))
    except (SecretUnreadable, NoSecretKey) as error:
        raise RunRefused(
            "secret_unreadable", "The credentials of this feed cannot be read any more: enter them again."
        ) from error


async def trust_host_key(supplier: int, feed: int, url: str, host_key: str) -> None:
    """Pin the key an SFTP server showed at the first contact; one that is pinned stays, and so does a feed that leads elsewhere by now."""
    async with acting_as(supplier):
        await execute(
            "UPDATE feed SET host_key = $3 WHERE id = $1 AND url = $2 AND host_key IS NULL",
            feed,
            url,
            host_key,
        )


def _got(fetched: Fetched, source_time: datetime) -> Got:
    return Got(
        path=fetched.path,
        sha=fetched.sha256,
        bytes=fetched.bytes,
        source_time=min(source_time, now()),
        etag=fetched.etag,
        last_modified=fetched.last_modified,
    )
