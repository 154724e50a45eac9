"""The shopper or the merchant takes units off an order that have not left, per line and quantity.

What no supplier was asked for, or only in a draft, is cancelled at once. What a supplier has is asked back: it grants or denies
(usually because the parcel has left), and the order follows its answer.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from marketplace.fulfilment.cancellation_plan import (
    Part,
    cancellable_lines,
    is_routed,
    spread,
    units_of,
    unrouted_holds,
)
from marketplace.fulfilment.states import CANCELLATION, Cancellation
from marketplace.fulfilment.supplier_progress import lock_supplier_order, supplier_progress
from marketplace.fulfilment.take_over import loose_holds, uncovered_units
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.database import execute
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.cancel_units import cancel_units
from marketplace.ordering.progress import lock_order, progress
from marketplace.ordering.timeline import note
from marketplace.stock.commit import Sale
from marketplace.stock.end import end
from tenants.scope import acting_as


class Cancelled(msgspec.Struct, frozen=True):
    """Order line -> units: off the order now, and asked back of a supplier."""

    cancelled: dict[int, int]
    requested: dict[int, int]


async def cancel_order(
    merchant: int, order: int, units: Mapping[int, int] | None = None, *, who: str, why: str
) -> Cancelled:
    """Cancel `units` (order line -> units), or all that has not left. `who` is shown on the timeline; `why`: shopper, merchant,
    withdrawal, authorisation. Raises NotFound, Invalid (`line_<id>`), Refused when nothing can be cancelled any more."""
    async with acting_as(merchant):
        await lock_order(order)
        lines = await cancellable_lines(order)
        wanted = {i: line["left"] for i, line in lines.items()} if units is None else dict(units)
        wanted = {line: count for line, count in wanted.items() if count}
        _refuse(lines, wanted)
        at_once, asked = await spread(order, wanted)
        holds = await _drop_ours(at_once)
        direct = units_of(at_once)
        if direct:
            holds += await unrouted_holds(order, direct) if not await is_routed(order) else []
            await cancel_units(merchant, order, direct, holds=holds, who=who, why=why)
            await _end_loose(merchant, order)
        for part in asked:
            await _ask_back(part)
        requested = units_of(asked)
        if requested:
            lines_asked = {str(line): count for line, count in requested.items()}
            await note(merchant, order, "cancellation_requested", who=who, why=why, lines=lines_asked)
        await progress(merchant, order, who=who, why=why)
        return Cancelled(direct, requested)


def _refuse(lines: dict[int, dict[str, Any]], wanted: dict[int, int]) -> None:
    if strangers := set(wanted) - set(lines):
        raise NotFound(f"order lines {sorted(strangers)}")
    if not wanted:
        raise Refused("Nothing of this order can be cancelled any more.")
    problems = {
        f"line_{line}": "That many can no longer be cancelled."
        for line, count in wanted.items()
        if count < 0 or count > lines[line]["left"]
    }
    if problems:
        raise Invalid(problems)


async def _drop_ours(parts: list[Part]) -> list[Sale]:
    """Drafts lose the units; answers the holds that end with them."""
    holds = []
    for part in parts:
        if part.source is None:
            continue
        await lock_supplier_order(part.source["supplier_order"])
        count = part.units * part.source["pack_quantity"]
        await execute(
            "UPDATE supplier_order_line SET cancelled = cancelled + $2, given_up = given_up + $2,"
            " given_up_booked = given_up_booked + $2 WHERE id = $1",
            part.source["id"],
            count,
        )
        await supplier_progress(part.source["supplier_order"], who="merchant", why="cancelled")
        holds.append(Sale(part.line, part.source["offer"], count))
    return holds


async def _end_loose(merchant: int, order: int) -> None:
    loose = await loose_holds(order)
    uncovered = await uncovered_units(order)
    done = [Sale(line, offer, units) for (line, offer), units in loose.items() if line not in uncovered]
    if done:
        await end(merchant, done, why="cancelled")


async def _ask_back(part: Part) -> None:
    assert part.source is not None
    supplier_order = part.source["supplier_order"]
    row = await lock_supplier_order(supplier_order)
    await execute(
        "UPDATE supplier_order_line SET cancel_wanted = cancel_wanted + $2 WHERE id = $1",
        part.source["id"],
        part.units * part.source["pack_quantity"],
    )
    if row["cancellation"] != Cancellation.REQUESTED:
        await move(
            CANCELLATION, "supplier_order", supplier_order, Cancellation.REQUESTED, column="cancellation"
        )
        await emit(
            "supplier_order.cancellation_requested",
            merchant=row["merchant"],
            supplier=row["supplier"],
            supplier_order=supplier_order,
        )
    await note_supplier_order(
        supplier_order,
        "cancellation_requested",
        who="merchant",
        line=part.source["id"],
        sku=part.source["sku"],
        units=part.units * part.source["pack_quantity"],
    )
