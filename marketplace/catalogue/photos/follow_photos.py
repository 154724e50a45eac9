"""Pictures have arrived, or changed: the merchant's listings show them."""

from collections.abc import Sequence

from marketplace.catalogue.photos.lay_photos import fill_photos
from marketplace.kernel.database import fetch
from tenants.scope import acting_as


async def follow_photos(merchant: int, offers: Sequence[int]) -> int:
    """Take over the pictures of these offers. Answers how many photos changed."""
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT DISTINCT v.product FROM match m JOIN variant v ON v.id = m.variant WHERE m.offer = ANY($1)",
            list(offers),
        )
        return await fill_photos([int(row["product"]) for row in rows])
