"""Put listings on the storefront, when they have what a shopper and the law need."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.price_listings import note_prices
from marketplace.catalogue.states import LISTING_WILL, ListingWill
from marketplace.kernel.database import fetch
from tenants.scope import acting_as

_SOLD_IN_EU_BY = "('AT','BE','BG','CY','CZ','DE','DK','EE','ES','FI','FR','GR','HR','HU','IE','IT','LT','LU','LV','MT','NL','PL','PT','RO','SE','SI','SK')"


@dataclass(frozen=True)
class Published:
    """`refused`: product → what is missing (codes of `reasons.UNPUBLISHABLE`). Products that were live stay so."""

    products: list[int]
    refused: dict[int, list[str]]


async def publish(merchant: int, products: Sequence[int]) -> Published:
    """Make every complete listing of these live. What is out of stock is published too, and says so on its page."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        missing = await what_is_missing(merchant, products)
        complete = [product for product, codes in missing.items() if not codes]
        rows = await fetch(
            "UPDATE listing SET will = 'live', published_at = coalesce(published_at, now()), updated_at = now()"
            " WHERE product = ANY($1) AND will = ANY($2) RETURNING product",
            complete,
            [state.value for state in LISTING_WILL.sources(ListingWill.LIVE)],
        )
        moved = [int(row["product"]) for row in rows]
        await note_prices(moved)
        return Published(sorted(moved), {product: codes for product, codes in missing.items() if codes})


async def what_is_missing(merchant: int, products: Sequence[int]) -> dict[int, list[str]]:
    """Product → codes, empty when it may be published, in the open scope. A photo that is on its way counts as one.

    GPSR (EU) 2023/988 article 19: the manufacturer's name, postal and electronic address; outside the EU a responsible
    person too. The merchant's policy may do without (`storefront.gpsr_required`).
    """
    rows = await fetch(
        f"""
        SELECT p.id, array_remove(ARRAY[
            CASE WHEN NOT EXISTS (SELECT 1 FROM variant v WHERE v.product = p.id AND v.price IS NOT NULL) THEN 'price' END,
            CASE WHEN NOT EXISTS (SELECT 1 FROM match m JOIN variant v ON v.id = m.variant
                                   WHERE v.product = p.id AND m.state = 'confirmed') THEN 'offer' END,
            CASE WHEN NOT EXISTS (SELECT 1 FROM listing_photo f WHERE f.product = p.id AND (f.media_sha IS NOT NULL OR NOT EXISTS
                (SELECT 1 FROM offer_photo o JOIN match m ON m.offer = o.offer JOIN variant v ON v.id = m.variant
                  WHERE v.product = p.id AND o.url = f.source_url AND o.state = 'broken'))) THEN 'photo' END,
            CASE WHEN p.category IS NULL THEN 'category' END,
            CASE WHEN coalesce(s.gpsr_required, true) AND ({_blank("manufacturer", "name", "address", "email")}) THEN 'manufacturer' END,
            CASE WHEN coalesce(s.gpsr_required, true) AND upper(p.manufacturer->>'country') NOT IN {_SOLD_IN_EU_BY}
                      AND ({_blank("responsible", "name", "address", "email")}) THEN 'responsible' END], NULL) AS missing
          FROM product p LEFT JOIN storefront s ON s.merchant = p.merchant WHERE p.merchant = $1 AND p.id = ANY($2)""",
        merchant,
        list(products),
    )
    return {int(row["id"]): list(row["missing"]) for row in rows}


def _blank(column: str, *keys: str) -> str:
    return " OR ".join(f"coalesce(trim(p.{column}->>'{key}'), '') = ''" for key in keys)
