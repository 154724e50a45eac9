"""“Send my link again.” Whoever asks learns nothing: the answer is the same for any address."""

from datetime import timedelta

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

ONCE_IN = timedelta(minutes=5)
MOST = 5


async def send_link_again(merchant: int, email: str, number: str | None = None) -> None:
    """Mail the links of the address's latest orders (or of one), at most once in five minutes each. Never says whether
    there is one."""
    address = email.strip().lower()
    async with acting_as(merchant):
        asked_at = now()
        rows = await fetch(
            "UPDATE orders SET link_sent_at = $3 WHERE id IN (SELECT id FROM orders"
            " WHERE merchant = $1 AND lower(email) = $2 AND placed_at IS NOT NULL AND ($4::text IS NULL OR number = $4)"
            " ORDER BY id DESC LIMIT $5) AND (link_sent_at IS NULL OR link_sent_at < $6) RETURNING id",
            merchant,
            address,
            asked_at,
            (number or "").strip().lstrip("#") or None,
            MOST,
            asked_at - ONCE_IN,
        )
        for row in sorted(rows, key=lambda r: r["id"]):
            await emit("order.link_wanted", merchant=merchant, order=row["id"], asked_at=asked_at)
