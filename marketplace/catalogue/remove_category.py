"""Take a shelf away, and say where its products go."""

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.index_products import index_products
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from tenants.scope import acting_as


async def remove_category(merchant: int, category: int, *, into: int | None = None) -> int:
    """Its products, its children and what suppliers file there go `into` another one. Answers how many products moved.

    Raises NotFound, Invalid, Refused while it holds something and no other is named.
    """
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        row = await fetch_one(
            "SELECT parent FROM category WHERE id = $1 AND merchant = $2", category, merchant
        )
        if row is None:
            raise NotFound
        known = "SELECT 1 FROM category WHERE id = $1 AND merchant = $2"
        if into is not None and not await fetch_value(known, into, merchant):
            raise Invalid({"into": "There is no such category."})
        products = [int(r["id"]) for r in await fetch("SELECT id FROM product WHERE category = $1", category)]
        if into is None or into == category:
            holds = products or await fetch_value(
                "SELECT 1 FROM category_mapping WHERE category = $1 LIMIT 1", category
            )
            if holds:
                raise Refused("Say where its products go.", field="into")
        await execute("UPDATE product SET category = $2 WHERE category = $1", category, into)
        await execute("UPDATE category_mapping SET category = $2 WHERE category = $1", category, into)
        await execute(
            "UPDATE field_state SET own_value = $3 WHERE merchant = $1 AND field = 'category' AND own_value = $2",
            merchant,
            str(category),
            str(into) if into is not None else "",
        )
        await execute(
            "UPDATE category SET parent = $2 WHERE parent = $1 AND id IS DISTINCT FROM $2",
            category,
            row["parent"],
        )
        await execute("DELETE FROM category WHERE id = $1", category)
        await index_products(merchant, products)
        return len(products)
