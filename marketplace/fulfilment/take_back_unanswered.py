"""A supplier that does not answer loses the order to one that will, if the merchant wants it so and there is one."""

from marketplace.fulfilment.policy import read_policy
from marketplace.fulfilment.resource_lines import preview_resource, resource_lines
from marketplace.fulfilment.supplier_progress import lock_supplier_order, read_lines, supplier_progress
from marketplace.fulfilment.take_over import take_over
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order
from tenants.scope import acting_as


async def take_back_unanswered(merchant: int, supplier_order: int, *, by_hand: str | None = None) -> bool:
    """Take the unanswered units back and send them elsewhere. False when the policy is to wait, it was answered meanwhile, or
    nobody else can serve all of them: then waiting is better. `by_hand` (a name) overrules the policy, not the rest."""
    async with acting_as(merchant):
        order = await fetch_value("SELECT order_id FROM supplier_order WHERE id = $1", supplier_order)
        if order is None:
            raise NotFound(f"supplier order {supplier_order}")
        await lock_order(order)  # the shopper's order before the supplier's, as everybody does
        row = await lock_supplier_order(supplier_order)
        if row["state"] not in ("sent", "acknowledged") or row["purpose"] != "sale":
            return False
        if not by_hand and (await read_policy(merchant)).unanswered != "resource":
            return False
        units: dict[int, int] = {}
        lines = await read_lines(supplier_order)
        for line in lines:
            open_ones = line["ordered"] - line["accepted"] - line["refused"] - line["cancelled"]
            if whole := open_ones // line["pack_quantity"]:
                units[line["order_line"]] = units.get(line["order_line"], 0) + whole
        if (
            not units
            or not (await preview_resource(merchant, row["order_id"], units, row["agreement"])).complete
        ):
            return False
        await execute(
            "UPDATE supplier_order_line SET cancelled = cancelled + (ordered - accepted - refused - cancelled)"
            " WHERE supplier_order = $1",
            supplier_order,
        )
        who = by_hand or "system"
        await supplier_progress(supplier_order, who=who, why="unanswered")
        await note_supplier_order(supplier_order, "taken_back", who=who, why="unanswered")
        await emit(
            "supplier_order.taken_back",
            merchant=merchant,
            supplier=row["supplier"],
            supplier_order=supplier_order,
        )
        await take_over(merchant, row["order_id"])
        await resource_lines(merchant, row["order_id"], why="unanswered")
        return True
