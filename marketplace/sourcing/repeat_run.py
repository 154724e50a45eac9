"""A person wants a file after all that was dropped or undone, and is left alone since: it is read again."""

from __future__ import annotations

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound, Stale
from marketplace.sourcing.start_run import start_run
from tenants.scope import acting_as


async def repeat_run(supplier: int, run: int, *, by: str) -> int:
    """Answers the new run, which asks the breaker like any other. Of an undone run of an address the file is what is there now, and it
    may write again what was undone. Raises NotFound, Stale when that file is not the feed's last or stands, Refused while the feed is
    being synced."""
    async with acting_as(supplier):
        row = await fetch_one(LEFT_ALONE, run)
    if row is None:
        raise NotFound
    if not row["left_alone"]:
        raise Stale(f"the file of run {run} is not left alone")
    return await start_run(
        supplier, row["feed"], trigger="retry", by=by, file_key=row["file_key"], file_name=row["file_name"]
    )


#: $1 run. Whether its file is the one that the feed leaves alone because a person dropped or undid it
LEFT_ALONE = """
SELECT r.feed, r.file_key, r.file_name,
       f.archived_at IS NULL AND (r.state IN ('unchanged', 'undone', 'dropped') AND NOT f.content_stands
           AND split_part(f.content_sha, ':', 1) = r.sha OR r.state = 'undone' AND r.file_key IS NULL) AS left_alone
  FROM feed_run r JOIN feed f ON f.id = r.feed WHERE r.id = $1"""
