"""Pictures of a supplier's offers are there: its merchants are told."""

from collections.abc import Sequence

from marketplace.kernel.database import fetch
from marketplace.kernel.outbox import emit


async def tell_ready(supplier: int, offers: Sequence[int]) -> None:
    """One event for each merchant linked with the supplier, in the supplier's open scope."""
    linked = await fetch(
        "SELECT merchant FROM agreement WHERE supplier = $1 AND active_since IS NOT NULL ORDER BY merchant",
        supplier,
    )
    for row in linked:
        await emit("photos.ready", merchant=row["merchant"], supplier=supplier, offers=list(offers))
