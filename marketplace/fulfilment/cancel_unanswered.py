"""The promise of the shopper's bank ends, and the merchant would rather let go of what no supplier has answered."""

from collections.abc import Iterable

from marketplace.fulfilment.supplier_progress import lock_supplier_order, supplier_progress
from marketplace.fulfilment.take_over import loose_holds, uncovered_units
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from marketplace.ordering.cancel_units import cancel_units
from marketplace.ordering.progress import lock_order, progress
from marketplace.stock.commit import Sale
from marketplace.stock.end import end
from tenants.scope import acting_as


async def cancel_unanswered(
    merchant: int, order: int, lines: Iterable[int], *, why: str = "authorisation"
) -> None:
    """Take the open units of `lines` off the order and back from the suppliers that did not answer. May run twice."""
    wanted = set(lines)
    async with acting_as(merchant):
        await lock_order(order)
        units = {line: count for line, count in (await uncovered_units(order)).items() if line in wanted}
        rows = await fetch(
            "SELECT sol.id, sol.order_line, sol.supplier_order, sol.supplier, sol.pack_quantity,"
            " sol.ordered - sol.accepted - sol.refused - sol.cancelled AS open FROM supplier_order_line sol"
            " JOIN supplier_order so ON so.id = sol.supplier_order"
            " WHERE so.order_id = $1 AND so.purpose = 'sale' AND sol.order_line = ANY($2)"
            " AND sol.ordered > sol.accepted + sol.refused + sol.cancelled ORDER BY sol.supplier_order, sol.id",
            order,
            sorted(wanted),
        )
        for row in rows:
            await lock_supplier_order(row["supplier_order"])
            await execute(
                "UPDATE supplier_order_line SET cancelled = cancelled + $2, given_up = given_up + $2,"
                " given_up_booked = given_up_booked + $2, cancel_wanted = 0 WHERE id = $1",
                row["id"],
                row["open"],
            )
            units[row["order_line"]] = units.get(row["order_line"], 0) + row["open"] // row["pack_quantity"]
        for supplier_order, supplier in sorted({(r["supplier_order"], r["supplier"]) for r in rows}):
            await supplier_progress(supplier_order, why=why)
            await note_supplier_order(supplier_order, "taken_back", why=why)
            await emit(
                "supplier_order.taken_back",
                merchant=merchant,
                supplier=supplier,
                supplier_order=supplier_order,
            )
        if units:
            await cancel_units(merchant, order, units, who="system", why=why)
        loose = await loose_holds(order)
        await end(merchant, [Sale(line, offer, n) for (line, offer), n in loose.items()], why="cancelled")
        await progress(merchant, order, why=why)
