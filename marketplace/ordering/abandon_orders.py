"""Orders whose payment never came are given up after a day; their reservations expired long before."""

from datetime import timedelta

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.ordering.progress import lock_order
from marketplace.ordering.write_order import abandon
from tenants.scope import acting_as, platform_scope

AFTER = timedelta(hours=24)


async def abandon_orders() -> int:
    """Those without a payment under way. Answers how many."""
    async with platform_scope("find orders nobody paid"):
        due = await fetch(
            "SELECT o.id, o.merchant FROM orders o WHERE o.state = 'awaiting_payment' AND o.created_at < $1"
            " AND NOT EXISTS (SELECT 1 FROM payment_attempt a WHERE a.charge = o.charge AND a.state IN ('requested', 'sent'))"
            " ORDER BY o.id LIMIT 500",
            now() - AFTER,
        )
    given_up = 0
    for row in due:
        async with acting_as(row["merchant"]):
            await lock_order(row["id"])
            given_up += await abandon(row["merchant"], row["id"], "never_paid")
    return given_up
