"""What hangs on a variant's GTIN: the words it is found by, and the offers that were matched by it."""

from collections.abc import Sequence

from marketplace.catalogue.doubt_matches import doubt_matches
from marketplace.catalogue.index_products import index_products
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_VARIANTS


async def recoded(merchant: int, changed: Sequence[tuple[int, int]]) -> None:
    """The GTINs of these (product, variant) are other ones now; in the open scope, under the catalogue's lock."""
    if not changed:
        return
    await index_products(merchant, sorted({product for product, _ in changed}))
    doubted = await doubt_matches(variants=[variant for _, variant in changed])
    await price_listings(merchant, OF_VARIANTS, doubted)
