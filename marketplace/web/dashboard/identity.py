"""Whether a merchant's professional identity is verified: that comes before any supplier's cost."""

from marketplace.kernel.database import fetch_value
from tenants.scope import acting_as


async def is_verified(merchant: int) -> bool:
    async with acting_as(merchant):
        return bool(
            await fetch_value("SELECT identity_verified_at IS NOT NULL FROM tenant WHERE id = $1", merchant)
        )
