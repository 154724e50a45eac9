"""A supplier that declines for want of stock has told us its stock: nobody else buys it until a newer file says otherwise."""

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.outbox import emit


async def declare_out_of_stock(offer: int, *, why: str) -> None:
    """The offer's quantity is 0 as of now, in the supplier's open scope. The feed's next word that is newer replaces it:
    without a hash the record is compared value by value."""
    was = await fetch_one(
        "SELECT supplier, quantity, sells_up_to, availability, not_sellable FROM offer WHERE id = $1 FOR NO KEY UPDATE",
        offer,
    )
    if was is None or was["sells_up_to"] == 0:
        return
    await execute(
        "UPDATE offer SET quantity = 0, quantity_kind = 'exact', sells_up_to = 0, availability = 'out_of_stock',"
        " not_sellable = coalesce(not_sellable, 'out_of_stock'),"
        " stock_time = $2, stock_feed = NULL, stock_said = NULL, hash = NULL, stock_hash = NULL, updated_at = $2 WHERE id = $1",
        offer,
        now(),
    )
    after = {"quantity": 0, "sells_up_to": 0, "availability": "out_of_stock"}
    if was["not_sellable"] is None:
        after["not_sellable"] = "out_of_stock"
    before = {name: was[name] for name in after if was[name] is not None}
    await execute(
        "INSERT INTO offer_change (supplier, offer, at, kind, before, after, by)"
        " VALUES ($1, $2, $3, 'by_hand', $4::jsonb, $5::jsonb, $6)",
        was["supplier"],
        offer,
        now(),
        json.dumps(before),
        json.dumps(after),
        f"declined an order: {why}",
    )
    await emit("stock.changed", supplier=was["supplier"], offers=[offer])
