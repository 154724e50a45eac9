"""A feed is put away for good: nothing is read for it any more, and what waited of it waits no longer."""

from __future__ import annotations

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.fetching import N_
from marketplace.sourcing.kept_files import forget_unused
from tenants.audit import record
from tenants.scope import acting_as

PUT_AWAY = N_("The feed was archived before anybody decided.")


async def archive_feed(supplier: int, feed: int, *, by: str) -> None:
    """No more runs; its offers stay as they are and age. A held run is dropped, a mapping's draft forgotten. Raises NotFound."""
    async with acting_as(supplier):
        if not await execute(
            "UPDATE feed SET archived_at = coalesce(archived_at, $2), enabled = false, due_at = NULL WHERE id = $1",
            feed,
            now(),
        ):
            raise NotFound
        await execute(
            "UPDATE feed_run SET state = 'dropped', decided_by = $2, finished_at = now(), phase = NULL, message = $3"
            " WHERE feed = $1 AND state = 'held'",
            feed,
            by,
            PUT_AWAY,
        )
        draft = await fetch_value("DELETE FROM mapping_draft WHERE feed = $1 RETURNING file_key", feed)
        await record("feed.archived", who=by, subject=str(feed))
    await forget_unused([draft])
