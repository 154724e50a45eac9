"""The shop with its guard off, for the race test only: what is sold is decided by a reader and written by a writer.

Product code has no such switch: this module puts the wrong function where the right one was, in its own processes.
"""

from typing import Any

from marketplace.kernel.database import execute, fetch_one
from marketplace.stock.guard import Want


async def read_then_write(want: Want, *, held: int = 0, committed: int = 0) -> bool:
    """What `stock.guard.give` must not be."""
    row = await fetch_one(
        "SELECT o.sells_up_to - s.held - s.committed AS free, pg_sleep(0.02) FROM stock s"
        " JOIN offer o ON o.id = s.offer WHERE s.offer = $1",
        want.offer,
    )
    if row is None or row["free"] < held + committed:
        return False
    await execute(
        "UPDATE stock SET held = held + $2, committed = committed + $3 WHERE offer = $1",
        want.offer,
        held,
        committed,
    )
    return True


async def wait_for_nobody(offers: object) -> None:
    """What `stock.rows.lock_rows` must not be."""


def application() -> Any:
    import marketplace.ordering.market as market
    import marketplace.stock.commit as commit
    import marketplace.stock.take as take
    from marketplace.app import application as real

    commit.give = take.give = read_then_write  # type: ignore[assignment]
    commit.lock_rows = take.lock_rows = wait_for_nobody  # type: ignore[assignment]
    market.units_left = lambda row: row[
        "sells_up_to"
    ]  # the plan reads the feed and leaves the rest to the (missing) guard
    return real()
