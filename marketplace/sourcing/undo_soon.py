"""The button "undo": at once when it is little, by a worker when it is much or when a feed is being applied right now."""

from __future__ import annotations

from marketplace.kernel.database import execute
from marketplace.kernel.errors import Refused, Stale
from marketplace.kernel.outbox import emit
from marketplace.sourcing.sync.lock import BUSY
from marketplace.sourcing.undo_run import undo_run, undoable
from tenants.scope import acting_as

AT_ONCE = 2_000  # offers: about a second
WAIT_SECONDS = 1.0
UNDOING = "undoing"  # the run's phase until a worker has done it


async def undo_soon(supplier: int, run: int, *, by: str) -> bool:
    """Answers whether it is done; else a worker does it. Raises what `undo_run` raises, and Stale when a worker was asked already."""
    async with acting_as(supplier):
        row = await undoable(run)
    if row["size"] <= AT_ONCE:
        try:
            await undo_run(supplier, run, by=by, wait_seconds=WAIT_SECONDS)
            return True
        except Refused as refused:
            if refused.message != BUSY:
                raise
    async with acting_as(supplier):
        asked = await execute(
            "UPDATE feed_run SET phase = $2 WHERE id = $1 AND state = 'applied' AND phase IS NULL",
            run,
            UNDOING,
        )
        if not asked:
            raise Stale(f"run {run} is being undone, or was")
        await emit("feed_run.undo_wanted", supplier=supplier, run=run, by=by)
    return False


async def undo_wanted(supplier: int, run: int, *, by: str) -> None:
    """What a worker does. Nothing when it was done meanwhile."""
    try:
        await undo_run(supplier, run, by=by)
    except Stale:
        return
