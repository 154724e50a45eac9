"""A person looked at a held run's diff and says: apply it all the same."""

from __future__ import annotations

import asyncpg

from marketplace.kernel.database import connection, execute, fetch_one
from marketplace.kernel.errors import NotFound, Refused, Stale
from marketplace.kernel.outbox import emit
from marketplace.sourcing.start_run import BUSY
from tenants.scope import acting_as


async def apply_held_run(supplier: int, run: int, *, by: str) -> None:
    """Send the run back to a worker, which reads the kept file and asks the breaker no more.

    What was sold or changed meanwhile is compared again. Raises NotFound, Stale when it is no longer held, Refused while another
    run of the feed is at work.
    """
    async with acting_as(supplier):
        row = await fetch_one("SELECT attempts FROM feed_run WHERE id = $1", run)
        if row is None:
            raise NotFound
        try:
            async with connection().transaction():
                moved = await execute(
                    "UPDATE feed_run SET state = 'applying', decided_by = $2, beat_at = now(), finished_at = NULL,"
                    " phase = 'waiting' WHERE id = $1 AND state = 'held'",
                    run,
                    by,
                )
        except asyncpg.UniqueViolationError:
            raise Refused(BUSY) from None
        if not moved:
            raise Stale(f"run {run} is no longer held")
        await emit("feed_run.wanted", supplier=supplier, run=run, attempt=row["attempts"])
