"""Ask for a run of a feed, by hand, by upload or by the clock: one run at work a feed, whoever asks."""

from __future__ import annotations

import asyncpg

from marketplace.kernel.database import connection, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

BUSY = N_("This feed is being synced already.")


async def start_run(
    supplier: int,
    feed: int,
    *,
    trigger: str = "hand",
    by: str | None = None,
    file_key: str | None = None,
    file_name: str | None = None,
) -> int:
    """A pending run, on its way to a worker. Answers its id.

    `trigger` is hand, upload, api, schedule or retry; `file_key` is what `transports.upload.keep` gave. Raises NotFound, and
    Refused when the feed is archived, has nothing to fetch, or is being synced.
    """
    async with acting_as(supplier):
        row = await fetch_one("SELECT archived_at, url FROM feed WHERE id = $1", feed)
        if row is None:
            raise NotFound
        if row["archived_at"] is not None:
            raise Refused(N_("This feed is archived."))
        if file_key is None and row["url"] is None:
            raise Refused(N_("This feed has no address to fetch from: send its file instead."))
        run = await insert_run(supplier, feed, trigger, by, file_key, file_name)
        if run is None:
            raise Refused(BUSY)
        return run


async def insert_run(
    supplier: int,
    feed: int,
    trigger: str,
    by: str | None = None,
    file_key: str | None = None,
    file_name: str | None = None,
) -> int | None:
    """In the open scope: a pending run and its event; None when one is at work (the unique index decides)."""
    try:
        async with connection().transaction():
            run = await fetch_value(
                "INSERT INTO feed_run (supplier, feed, trigger, started_by, file_key, file_name)"
                " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                supplier,
                feed,
                trigger,
                by,
                file_key,
                file_name,
            )
    except asyncpg.UniqueViolationError:
        return None
    await emit("feed_run.wanted", supplier=supplier, run=run, attempt=0)
    return int(run)
