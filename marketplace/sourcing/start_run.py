"""Ask for a run of a feed, by hand, by upload or by the clock: one run at work a feed, whoever asks."""

from __future__ import annotations

from datetime import datetime

import asyncpg

from marketplace.kernel.database import connection, execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

BUSY = N_("This feed is being imported already.")
ARCHIVED = N_("This feed is archived.")
REPLACED = N_("A newer file came before this one was begun.")
OTHER_FILE = N_("Another file was sent under this key before: each file needs a key of its own.")


async def start_run(
    supplier: int,
    feed: int,
    *,
    trigger: str = "hand",
    by: str | None = None,
    file_key: str | None = None,
    file_name: str | None = None,
    source_time: datetime | None = None,
    request_key: str | None = None,
) -> int:
    """A pending run, on its way to a worker. Answers its id, or that of the run that reads this very file already. A newer file takes the
    place of one that was sent and not begun, where a file says all there is.

    `trigger` is hand, upload, api, schedule or retry; `file_key` is what `transports.upload.keep` gave; `source_time` says what
    the file is true of, when it was not made just now; `request_key` names a delivery, which is not started twice. Raises
    NotFound, and Refused when the feed is archived, has nothing to fetch, is being synced, or knows the key with another file.
    """
    async with acting_as(supplier):
        row = await fetch_one("SELECT archived_at, url FROM feed WHERE id = $1", feed)
        if row is None:
            raise NotFound
        if row["archived_at"] is not None:
            raise Refused(ARCHIVED)
        if file_key is None and row["url"] is None:
            raise Refused(N_("This feed has no address to fetch from: send its file instead."))
        if (known := await same_delivery(feed, file_key, request_key, source_time)) is not None:
            return known
        if file_key is not None:
            await _drop_waiting(feed, source_time, file_key)
        run = await insert_run(supplier, feed, trigger, by, file_key, file_name, source_time, request_key)
        if run is None:  # somebody was faster since we looked
            run = await same_delivery(feed, file_key, request_key, source_time)
        if run is None:
            raise Refused(BUSY)
        return run


#: a file that waits for a worker and need not be read any more once a newer one ($2, or now) is there. One of a feed that keeps what a file
#: does not name may hold what the next does not
_WAITING = """
r.feed = $1 AND r.state = 'pending' AND r.attempts = 0 AND r.file_key IS NOT NULL AND r.trigger IN ('upload', 'api')
  AND coalesce(r.source_time, r.created_at) <= coalesce($2, now())
  AND EXISTS (SELECT 1 FROM feed f WHERE f.id = r.feed AND f.vanished <> 'keep')"""


async def _drop_waiting(feed: int, source_time: datetime | None, file_key: str) -> None:
    """Another file than `file_key`. Of a worker that begins it just now, and us, one is first."""
    await execute(
        f"UPDATE feed_run r SET state = 'dropped', finished_at = now(), message = $3"
        f" WHERE {_WAITING} AND r.file_key <> $4",
        feed,
        source_time,
        REPLACED,
        file_key,
    )


async def same_delivery(
    feed: int,
    file_key: str | None,
    request_key: str | None = None,
    source_time: datetime | None = None,
) -> int | None:
    """In the open scope: the run of this delivery, when there is one; None when another may be started, in place of one that waits.

    Raises Refused when the key was another file's, or another file is at work.
    """
    if request_key is not None:
        known = await fetch_one(
            "SELECT id, file_key FROM feed_run WHERE feed = $1 AND request_key = $2", feed, request_key
        )
        if known is not None and known["file_key"] not in (file_key, None):
            raise Refused(OTHER_FILE, field="idempotency_key")
        if known is not None:
            return int(known["id"])
    at_work = await fetch_one(
        f"SELECT id, file_key, {_WAITING} AS waits FROM feed_run r"
        " WHERE feed = $1 AND state IN ('pending', 'fetching', 'diffed', 'applying')",
        feed,
        source_time,
    )
    if at_work is None:
        return None
    if file_key is not None and at_work["file_key"] == file_key:
        return int(at_work["id"])
    if file_key is None or not at_work["waits"]:
        raise Refused(BUSY)
    return None


async def insert_run(
    supplier: int,
    feed: int,
    trigger: str,
    by: str | None = None,
    file_key: str | None = None,
    file_name: str | None = None,
    source_time: datetime | None = None,
    request_key: str | None = None,
) -> int | None:
    """In the open scope: a pending run and its event; None when one is at work (the unique indexes decide)."""
    try:
        async with connection().transaction():
            run = await fetch_value(
                "INSERT INTO feed_run (supplier, feed, trigger, started_by, file_key, file_name, source_time, request_key)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                supplier,
                feed,
                trigger,
                by,
                file_key,
                file_name,
                source_time,
                request_key,
            )
    except asyncpg.UniqueViolationError:
        return None
    await emit("feed_run.wanted", supplier=supplier, run=run, attempt=0)
    return int(run)
