"""Take listings off the storefront for a while; their pages say that they are not available."""

from collections.abc import Sequence

from marketplace.catalogue.set_will import set_will
from marketplace.catalogue.states import ListingWill


async def pause(merchant: int, products: Sequence[int]) -> list[int]:
    """Pause those that are live. Answers which."""
    return await set_will(merchant, products, ListingWill.PAUSED)
