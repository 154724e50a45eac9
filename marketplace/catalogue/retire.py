"""Take listings off the storefront for good, or bring them back as drafts. Orders keep what they were."""

from collections.abc import Sequence

from marketplace.catalogue.set_will import set_will
from marketplace.catalogue.states import ListingWill


async def retire(merchant: int, products: Sequence[int]) -> list[int]:
    """Retire these. Answers which were not retired yet."""
    return await set_will(merchant, products, ListingWill.RETIRED)


async def bring_back(merchant: int, products: Sequence[int]) -> list[int]:
    """Retired listings become drafts again. Answers which."""
    return await set_will(merchant, products, ListingWill.DRAFT)
