"""The supplier grants what the merchant asked back, or denies it: usually because it has left."""

from typing import Any

from marketplace.fulfilment.states import CANCELLATION, Cancellation
from marketplace.fulfilment.supplier_progress import lock_supplier_order, read_lines, supplier_progress
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.database import execute
from marketplace.kernel.errors import Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def answer_cancellation(
    supplier: int, supplier_order: int, *, grant: bool, who: str, why: str | None = None
) -> None:
    """Grant all that can still be granted, or deny it. Raises NotFound, Stale when nothing is asked (any more)."""
    async with acting_as(supplier):
        row = await lock_supplier_order(supplier_order)
        if row["cancellation"] != Cancellation.REQUESTED:
            raise Stale(f"no cancellation of supplier order {supplier_order} is asked")
        granted = 0
        for line in await read_lines(supplier_order):
            if line["cancel_wanted"]:
                granted += await _answer(line, grant)
        to = Cancellation.GRANTED if grant and granted else Cancellation.DENIED
        await move(CANCELLATION, "supplier_order", supplier_order, to, column="cancellation")
        await note_supplier_order(supplier_order, f"cancellation_{to}", who=who, why=why, units=granted)
        await supplier_progress(supplier_order, who=who, why=why)
        await emit(
            "supplier_order.cancellation_answered",
            merchant=row["merchant"],
            supplier=supplier,
            supplier_order=supplier_order,
            granted=bool(granted),
        )


async def _answer(line: dict[str, Any], grant: bool) -> int:
    """Open units go before accepted ones; what has left cannot be granted."""
    live = line["ordered"] - line["refused"] - line["cancelled"] - line["shipped"]
    units = min(line["cancel_wanted"], live) if grant else 0
    unanswered = line["ordered"] - line["accepted"] - line["refused"] - line["cancelled"]
    await execute(
        "UPDATE supplier_order_line SET cancel_wanted = 0, cancelled = cancelled + $2, given_up = given_up + $2,"
        " accepted = accepted - $3 WHERE id = $1",
        line["id"],
        units,
        max(0, units - unanswered),
    )
    return int(units)
