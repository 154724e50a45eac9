"""Where a supplier's goods go: decided once for all that it files under the same words."""

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.categories import source_key
from marketplace.catalogue.show_fields import show_fields
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import Invalid
from tenants.scope import acting_as


async def map_category(merchant: int, supplier: int, words: str, category: int, *, who: str = "") -> int:
    """Goods that `supplier` files under `words` go into `category`, those taken up before too unless their category was chosen
    by hand. Answers how many products moved. Raises Invalid."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if not await fetch_value(
            "SELECT 1 FROM category WHERE id = $1 AND merchant = $2", category, merchant
        ):
            raise Invalid({"category": "There is no such category."})
        if not source_key(words):
            raise Invalid({"words": "The supplier's words are missing."})
        await execute(
            "INSERT INTO category_mapping (merchant, supplier, source, category, decided_by) VALUES ($1, $2, $3, $4, $5)"
            " ON CONFLICT (merchant, supplier, source) DO UPDATE SET category = EXCLUDED.category, decided_by = EXCLUDED.decided_by",
            merchant,
            supplier,
            source_key(words),
            category,
            who or None,
        )
        rows = await fetch(
            "SELECT f.product FROM field_state f JOIN offer o ON o.id = f.offer JOIN product p ON p.id = f.product"
            " WHERE f.merchant = $1 AND f.field = 'category' AND f.own_value IS NULL AND o.supplier = $2"
            " AND left(f.taken_value, 200) = $3 AND p.category IS DISTINCT FROM $4",
            merchant,
            supplier,
            source_key(words),
            category,
        )
        await show_fields(merchant, [(int(row["product"]), "category") for row in rows])
        return len(rows)
