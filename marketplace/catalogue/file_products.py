"""Many products into one category at once; from then on their category is the merchant's own."""

from collections.abc import Sequence

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.show_fields import show_fields
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import Invalid
from tenants.scope import acting_as


async def file_products(merchant: int, products: Sequence[int], category: int, *, who: str = "") -> list[int]:
    """Answers those that were filed; a product whose category always follows the supplier stays. Raises Invalid."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if not await fetch_value(
            "SELECT 1 FROM category WHERE id = $1 AND merchant = $2", category, merchant
        ):
            raise Invalid({"category": "There is no such category."})
        rows = await fetch(
            "INSERT INTO field_state (merchant, product, field, own_value, decided_by)"
            " SELECT $1, p.id, 'category', $3, $4 FROM product p WHERE p.merchant = $1 AND p.id = ANY($2)"
            " ON CONFLICT (product, variant, field) DO UPDATE SET own_value = EXCLUDED.own_value,"
            " taken_value = field_state.feed_value, pending = false, pending_since = NULL,"
            " decided_by = EXCLUDED.decided_by, updated_at = now() WHERE field_state.lock <> 'theirs' RETURNING product",
            merchant,
            list(products),
            str(category),
            who or None,
        )
        filed = sorted(int(row["product"]) for row in rows)
        await show_fields(merchant, [(product, "category") for product in filed])
        return filed
