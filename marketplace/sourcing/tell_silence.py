"""A feed that fell silent is told of once: to its supplier, and to the merchants who sell from it. A word that is good again ends the silence;
one that is too old when it comes does not.

Any number of schedulers may look at once: a pulse is taken with SKIP LOCKED and marked in the transaction that tells.
"""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from marketplace.sourcing.silence import LEASE_ENDED, WAITING
from tenants.scope import platform_scope

BATCH = 50


async def tell_silence() -> int:
    """One pass. Answers how many feeds were told of."""
    told = 0
    async with platform_scope("feeds that fell silent"):
        await execute(
            f"UPDATE feed_pulse p SET silence = NULL WHERE silence IS NOT NULL AND NOT ({LEASE_ENDED})"
        )
        for pulse in await fetch(
            f"SELECT p.id, p.feed, p.supplier, p.confirmed_at, EXISTS (SELECT 1 FROM offer o WHERE {WAITING}) AS stops"
            f" FROM feed_pulse p WHERE p.silence IS NULL AND {LEASE_ENDED} ORDER BY p.id LIMIT $1 FOR NO KEY UPDATE OF p SKIP LOCKED",
            BATCH,
        ):
            kind = "told" if pulse["stops"] else "harmless"
            await execute("UPDATE feed_pulse SET silence = $2 WHERE id = $1", pulse["id"], kind)
            if pulse["stops"]:
                await _tell(pulse["supplier"], pulse["feed"], pulse["confirmed_at"].isoformat())
                told += 1
    return told


async def _tell(supplier: int, feed: int, since: str) -> None:
    await emit("feed.fell_silent", supplier=supplier, feed=feed, since=since)
    for row in await fetch(
        "SELECT merchant FROM agreement WHERE supplier = $1 AND state = 'active' ORDER BY merchant", supplier
    ):
        await emit("sale.stopped", merchant=row["merchant"], supplier=supplier, feed=feed, since=since)
