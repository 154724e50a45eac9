"""Extend a checkout's reservations: each step of it gives ten minutes more."""

from datetime import datetime

from marketplace.kernel.database import execute
from tenants.scope import acting_as


async def keep(merchant: int, cart: int, *, until: datetime) -> int:
    """Open reservations of the cart live until then, never shorter than before. Answers how many there are."""
    async with acting_as(merchant):
        return await execute(
            "UPDATE hold SET expires_at = GREATEST(expires_at, $2)"
            " WHERE cart = $1 AND kind = 'reservation' AND ended_at IS NULL",
            cart,
            until,
        )
