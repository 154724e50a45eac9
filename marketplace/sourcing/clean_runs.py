"""Old runs let go of what only served to look at them or to undo them: their samples, issues, trail and files."""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch
from marketplace.sourcing.kept_files import forget_unused
from marketplace.sourcing.undo_run import LAST_RUNS
from tenants.scope import platform_scope

KEEP_RUNS = 10  # of a feed, with issues and sample
KEEP_DAYS = 30
KEEP_UNCHANGED_DAYS = 3
TRAIL_DAYS = 400  # how far back "why was it not sellable" can look

#: the last runs of a feed can be undone however old they are: their trail stays
_OLD_TRAIL = """
DELETE FROM offer_change WHERE at < now() - make_interval(days => $1) AND (run IS NULL OR run NOT IN (
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY feed ORDER BY id DESC) AS place
                      FROM feed_run WHERE state IN ('applied', 'undone')) r WHERE place <= $2))"""

#: of the runs that found nothing new the last of each hour stays as long as the trail: they say how old quantities were
_UNTOLD = """
DELETE FROM feed_run r
 USING (SELECT id, created_at, row_number() OVER (PARTITION BY feed, date_trunc('hour', created_at) ORDER BY id DESC) AS place
          FROM feed_run WHERE state = 'unchanged') u
 WHERE r.id = u.id AND (u.created_at < now() - make_interval(days => $2)
                        OR u.created_at < now() - make_interval(days => $1) AND u.place > 1)
   AND NOT EXISTS (SELECT 1 FROM run_issue i WHERE i.run = r.id)"""


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
        await execute(_OLD_TRAIL, TRAIL_DAYS, LAST_RUNS)
        await execute(_UNTOLD, KEEP_UNCHANGED_DAYS, TRAIL_DAYS)
    await forget_unused(r["file_key"] for r in old)
    return len(ids)
