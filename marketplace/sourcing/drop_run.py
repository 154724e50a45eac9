"""A person wants nothing of a run: one that is held, waits, or is at work."""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import NotFound, Stale
from marketplace.sourcing.states import FEED_RUN, FeedRun
from marketplace.sourcing.sync.claim import reads_as
from tenants.scope import acting_as


async def drop_run(supplier: int, run: int, *, by: str) -> None:
    """Drop it; a worker at work on it notices within a second and writes nothing.

    The file of a held run is remembered, so that the same file is not proposed again. Raises NotFound, and Stale when the run has
    ended.
    """
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT feed, state, sha, etag, last_modified, mapping_version FROM feed_run WHERE id = $1 FOR NO KEY UPDATE",
            run,
        )
        if row is None:
            raise NotFound
        if not FEED_RUN.can(row["state"], FeedRun.DROPPED):
            raise Stale(f"run {run} has ended")
        await execute(
            "UPDATE feed_run SET state = 'dropped', decided_by = $2, finished_at = now(), phase = NULL WHERE id = $1",
            run,
            by,
        )
        if row["state"] == FeedRun.HELD:
            await execute(
                "UPDATE feed SET content_sha = $2, content_stands = false, etag = $3, last_modified = $4 WHERE id = $1",
                row["feed"],
                f"{row['sha']}:{reads_as(row['mapping_version'])}",
                row["etag"],
                row["last_modified"],
            )
