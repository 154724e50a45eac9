"""Move the merchant's will about many listings at once, along the machine."""

from collections.abc import Sequence

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.price_listings import note_prices
from marketplace.catalogue.states import LISTING_WILL, ListingWill
from marketplace.kernel.database import fetch
from tenants.scope import acting_as


async def set_will(merchant: int, products: Sequence[int], to: ListingWill) -> list[int]:
    """Move every listing of these that has an arrow to `to`; the others stay. Answers the products moved."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        rows = await fetch(
            "UPDATE listing SET will = $3, updated_at = now() WHERE merchant = $1 AND product = ANY($2) AND will = ANY($4)"
            " RETURNING product",
            merchant,
            list(products),
            to.value,
            [state.value for state in LISTING_WILL.sources(to)],
        )
        moved = sorted(int(row["product"]) for row in rows)
        await note_prices(moved)
        return moved
