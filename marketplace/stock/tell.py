"""Whoever sells these offers hears that there is more or less of them: an event a supplier, fanned out to its merchants."""

from collections.abc import Iterable

from marketplace.kernel.database import fetch
from marketplace.kernel.outbox import emit


async def stock_changed(offers: Iterable[int]) -> None:
    """In the open scope, in the transaction that changed it."""
    changed = sorted(set(offers))
    if not changed:
        return
    rows = await fetch(
        "SELECT supplier, offer FROM stock WHERE offer = ANY($1) ORDER BY supplier, offer", changed
    )
    of_supplier: dict[int, list[int]] = {}
    for row in rows:
        of_supplier.setdefault(row["supplier"], []).append(row["offer"])
    for supplier, mine in of_supplier.items():
        await emit("stock.changed", supplier=supplier, offers=mine)
