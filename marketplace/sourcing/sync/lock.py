"""One at a time compares and writes a supplier's offers: a run, an undo, a person at the grid."""

from __future__ import annotations

import asyncpg

from marketplace.kernel.database import connection, execute
from marketplace.kernel.errors import Refused
from marketplace.kernel.fetching import N_

_SPACE = 0x0FFE
BUSY = N_("A feed is being applied right now. Try again in a minute: nothing you typed is lost.")


async def lock_offers(supplier: int, *, wait_seconds: float | None = None) -> None:
    """Wait for the supplier's offers and keep them until the transaction ends. Raises Refused after `wait_seconds`."""
    if wait_seconds is None:
        await _lock(supplier)
        return
    try:
        async with connection().transaction():
            await execute(f"SET LOCAL lock_timeout = {int(wait_seconds * 1000)}")
            await _lock(supplier)
    except asyncpg.LockNotAvailableError:
        raise Refused(BUSY) from None
    await execute("SET LOCAL lock_timeout = 0")


async def _lock(supplier: int) -> None:
    await execute("SELECT pg_advisory_xact_lock($1, $2)", _SPACE, supplier % 2**31)
