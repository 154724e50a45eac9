"""Old runs let go of what only served to look at them or to undo them: their samples, issues, trail and files."""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch
from marketplace.kernel.media import MediaUnavailable, media_store
from marketplace.sourcing.transports.upload import AREA
from tenants.scope import platform_scope

KEEP_RUNS = 10  # of a feed, with issues and sample
KEEP_DAYS = 30
KEEP_UNCHANGED_DAYS = 3
TRAIL_DAYS = 400  # how far back "why was it not sellable" can look


async def clean_runs() -> int:
    """One pass over the platform. Answers how many runs were cleaned."""
    async with platform_scope("forget old feed runs"):
        old = await fetch(
            """
            SELECT id, file_key FROM (
                SELECT id, file_key, state, created_at, row_number() OVER (PARTITION BY feed ORDER BY id DESC) AS place
                  FROM feed_run WHERE state IN ('applied', 'undone', 'dropped', 'failed', 'unchanged')) r
             WHERE place > $1 AND created_at < now() - make_interval(days => $2)
               AND (file_key IS NOT NULL OR EXISTS (SELECT 1 FROM run_issue i WHERE i.run = r.id)
                    OR EXISTS (SELECT 1 FROM run_diff d WHERE d.run = r.id)) LIMIT 500""",
            KEEP_RUNS,
            KEEP_DAYS,
        )
        ids = [r["id"] for r in old]
        await execute("DELETE FROM run_issue WHERE run = ANY($1)", ids)
        await execute("DELETE FROM run_diff WHERE run = ANY($1)", ids)
        await execute("UPDATE feed_run SET file_key = NULL WHERE id = ANY($1)", ids)
        await execute("DELETE FROM offer_change WHERE at < now() - make_interval(days => $1)", TRAIL_DAYS)
        await execute(
            "DELETE FROM feed_run r WHERE state = 'unchanged' AND created_at < now() - make_interval(days => $1)"
            " AND NOT EXISTS (SELECT 1 FROM run_issue i WHERE i.run = r.id)",
            KEEP_UNCHANGED_DAYS,
        )
        keys = {r["file_key"] for r in old if r["file_key"]}
        used = await fetch("SELECT DISTINCT file_key FROM feed_run WHERE file_key = ANY($1)", list(keys))
    await _forget_files(keys - {r["file_key"] for r in used})
    return len(ids)


async def _forget_files(keys: set[str]) -> None:
    store = media_store(AREA)
    for key in sorted(keys):
        try:
            await store.delete(key.partition(":")[2])
        except MediaUnavailable:
            return  # a file too many does no harm
