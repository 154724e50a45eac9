"""The merchant's shelves on the dashboard, and what suppliers file where; and their order."""

from collections.abc import Sequence
from typing import Any

from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as


async def read_categories(merchant: int) -> list[dict[str, Any]]:
    """id, parent, slug, title, intro, picture_sha, position, products (not retired): for the dashboard, in order."""
    async with acting_as(merchant):
        return await fetch(
            "SELECT c.id, c.parent, c.slug, c.title, c.intro, c.picture_sha, c.position, (SELECT count(*) FROM product p"
            " JOIN listing l ON l.product = p.id WHERE p.category = c.id AND l.will <> 'retired') AS products"
            " FROM category c WHERE c.merchant = $1 ORDER BY c.parent NULLS FIRST, c.position, c.id",
            merchant,
        )


async def category_mappings(merchant: int, category: int | None = None) -> list[dict[str, Any]]:
    """supplier, supplier_name, source (its words), category, decided_by (None: guessed): what `map_category` changes."""
    async with acting_as(merchant):
        return await fetch(
            "SELECT m.supplier, coalesce(t.name, '') AS supplier_name, m.source, m.category, m.decided_by"
            " FROM category_mapping m LEFT JOIN tenant_card t ON t.tenant = m.supplier"
            " WHERE m.merchant = $1 AND ($2::bigint IS NULL OR m.category = $2) ORDER BY t.name, m.source",
            merchant,
            category,
        )


async def order_categories(merchant: int, categories: Sequence[int]) -> None:
    """Put them in this order; those not named keep theirs."""
    async with acting_as(merchant):
        await execute(
            "UPDATE category c SET position = o.place FROM unnest($2::bigint[]) WITH ORDINALITY o (id, place)"
            " WHERE c.id = o.id AND c.merchant = $1",
            merchant,
            list(categories),
        )
