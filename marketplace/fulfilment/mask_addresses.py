"""The supplier keeps no shopper's address: after delivery and some days it is masked. Runs by the clock."""

from datetime import timedelta

from marketplace.fulfilment.policy import read_policy
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as, platform_scope

MASK = "•••"


async def mask_addresses() -> int:
    """Mask what is due, merchant by merchant; the country and the first two characters of the postcode stay, for statistics and
    claims of carriers. Answers how many."""
    async with platform_scope("merchants with addresses to mask"):
        merchants = await fetch("SELECT DISTINCT merchant FROM delivery_address WHERE masked_at IS NULL")
    masked = 0
    for row in merchants:
        async with acting_as(row["merchant"]):
            days = (await read_policy(row["merchant"])).mask_after_days
            masked += await execute(
                "UPDATE delivery_address d SET name = $2, street = $2, street2 = NULL, city = $2, phone = NULL, note = NULL,"
                " postcode = left(d.postcode, 2) || $2, masked_at = $1 FROM supplier_order so"
                " WHERE so.id = d.supplier_order AND d.merchant = $4 AND d.masked_at IS NULL"
                " AND so.state IN ('completed', 'cancelled', 'refused')"
                " AND coalesce(so.completed_at, so.answered_at, so.sent_at, so.drafted_at) < $3",
                now(),
                MASK,
                now() - timedelta(days=days),
                row["merchant"],
            )
            await execute(
                "UPDATE supplier_order so SET note = NULL FROM delivery_address d WHERE d.supplier_order = so.id"
                " AND so.merchant = $1 AND d.masked_at IS NOT NULL AND so.note IS NOT NULL",
                row["merchant"],
            )
    return masked
