"""A feed that fell silent is told of once: to its supplier, and to the merchants who sell from it. A word that is good again ends the silence;
one that is too old when it comes does not.

Any number of schedulers may look at once: a pulse is taken with SKIP LOCKED and marked in the transaction that tells.
"""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from marketplace.sourcing.silence import LEASE_ENDED, STOPS_A_SALE
from tenants.scope import platform_scope

BATCH = 50


async def tell_silence() -> int:
    """One pass. Answers how many feeds were told of."""
    async with platform_scope("feeds that fell silent"):
        await execute(
            f"UPDATE feed_pulse p SET silence_told = NULL WHERE silence_told IS NOT NULL AND NOT ({LEASE_ENDED})"
        )
        silent = await fetch(
            "SELECT p.id, p.feed, p.supplier, p.confirmed_at FROM feed_pulse p"
            f" WHERE p.silence_told IS NULL AND {STOPS_A_SALE} ORDER BY p.id LIMIT $1"
            " FOR NO KEY UPDATE SKIP LOCKED",
            BATCH,
        )
        for pulse in silent:
            await execute("UPDATE feed_pulse SET silence_told = confirmed_at WHERE id = $1", pulse["id"])
            said = {
                "supplier": pulse["supplier"],
                "feed": pulse["feed"],
                "since": pulse["confirmed_at"].isoformat(),
            }
            await emit("feed.fell_silent", **said)
            for row in await fetch(
                "SELECT merchant FROM agreement WHERE supplier = $1 AND state = 'active' ORDER BY merchant",
                pulse["supplier"],
            ):
                await emit("sale.stopped", merchant=row["merchant"], **said)
    return len(silent)
