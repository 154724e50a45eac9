"""Who has to know: stock belongs to a supplier and is sold by many merchants; the clock ticks for all of them."""

from collections.abc import Sequence

from marketplace.catalogue.photos.fetch_photos import DUE
from marketplace.kernel.database import fetch
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as, platform_scope

#: a set sold takes stock from its parts, and a part sold from its sets
_WITH_THEM = """
SELECT DISTINCT t.offer FROM offer_part m JOIN offer_part t ON t.part = m.part WHERE m.offer = ANY($1) AND t.offer <> ALL ($1)"""


async def tell_merchants(supplier: int, offers: Sequence[int]) -> int:
    """Stock of these offers moved, and of those that share parts with them: one event for each merchant linked with the supplier.
    Answers how many."""
    async with acting_as(supplier):
        rows = await fetch(_WITH_THEM, list(offers))
        offers = sorted({*offers, *(row["offer"] for row in rows)})
        linked = await fetch(
            "SELECT merchant FROM agreement WHERE supplier = $1 AND state IN ('active', 'paused') ORDER BY merchant",
            supplier,
        )
        for row in linked:
            await emit("availability.changed", merchant=row["merchant"], supplier=supplier, offers=offers)
        return len(linked)


async def tell_every_merchant(event: str) -> int:
    """`event` for each merchant that has anything on its storefront. Answers how many."""
    async with platform_scope("the clock ticks for every merchant"):
        merchants = await fetch(
            "SELECT id FROM tenant t WHERE kind = 'merchant' AND closed_at IS NULL AND EXISTS"
            " (SELECT 1 FROM listing l WHERE l.merchant = t.id AND l.will = 'live') ORDER BY id"
        )
        for row in merchants:
            await emit(event, merchant=row["id"])
        return len(merchants)


async def tell_suppliers_of_photos() -> int:
    """Pictures whose pause is over, or that were not looked at for a month. Answers for how many suppliers."""
    async with platform_scope("the clock ticks for every supplier"):
        suppliers = await fetch(f"SELECT DISTINCT supplier FROM offer_photo WHERE {DUE} ORDER BY supplier")
        for row in suppliers:
            await emit("photos.due", supplier=row["supplier"])
        return len(suppliers)
