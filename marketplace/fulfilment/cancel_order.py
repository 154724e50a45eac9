"""The shopper or the merchant takes units off an order that have not left, per line and quantity.

What no supplier was asked for, or only in a draft, is cancelled at once. What a supplier has is asked back: it grants or denies
(usually because the parcel has left), and the order follows its answer.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from marketplace.fulfilment.states import CANCELLATION, Cancellation, SupplierOrder
from marketplace.fulfilment.supplier_progress import lock_supplier_order, supplier_progress
from marketplace.fulfilment.take_over import loose_holds, uncovered_units
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.ordering.cancel_units import cancel_units
from marketplace.ordering.progress import lock_order, progress
from marketplace.ordering.timeline import note
from marketplace.stock.commit import Sale
from marketplace.stock.end import end
from tenants.scope import acting_as

_OURS = (SupplierOrder.DRAFTED, SupplierOrder.HELD)


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
        lines = await _lines(order)
        wanted = {i: line["left"] for i, line in lines.items()} if units is None else dict(units)
        wanted = {line: count for line, count in wanted.items() if count}
        _refuse(lines, wanted)
        at_once, asked = await _spread(order, wanted)
        holds = await _drop_ours(at_once)
        direct = _sum(at_once)
        if direct:
            holds += await _unrouted_holds(order, direct) if not await _routed(order) else []
            await cancel_units(merchant, order, direct, holds=holds, who=who, why=why)
            await _end_loose(merchant, order)
        for part in asked:
            await _ask_back(part)
        requested = _sum(asked)
        if requested:
            lines_asked = {str(line): count for line, count in requested.items()}
            await note(merchant, order, "cancellation_requested", who=who, why=why, lines=lines_asked)
        await progress(merchant, order, who=who, why=why)
        return Cancelled(direct, requested)


class _Part(msgspec.Struct, frozen=True):
    """Units of an order line, at one supplier order line (None: nobody was asked for them)."""

    line: int
    units: int
    source: dict[str, Any] | None


async def _lines(order: int) -> dict[int, dict[str, Any]]:
    """Units that have not left and are not asked back already, by line. Raises NotFound, Refused before it is paid."""
    head = await fetch_one("SELECT state FROM orders WHERE id = $1", order)
    if head is None:
        raise NotFound(f"order {order}")
    if head["state"] in ("awaiting_payment", "abandoned"):
        raise Refused("This order was never paid.")
    rows = await fetch(
        """
        SELECT ol.id, ol.ordered - ol.cancelled - ol.shipped
               - coalesce(sum(sol.cancel_wanted / sol.pack_quantity), 0)::bigint AS left
          FROM order_line ol LEFT JOIN supplier_order_line sol ON sol.order_line = ol.id
         WHERE ol."order" = $1 GROUP BY ol.id ORDER BY ol.id""",
        order,
    )
    return {r["id"]: r for r in rows}


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


async def _spread(order: int, wanted: dict[int, int]) -> tuple[list[_Part], list[_Part]]:
    """(what can go at once, what a supplier must be asked for): first what nobody was asked, then drafts, then the rest."""
    free = await uncovered_units(order)
    routed = await _routed(order)
    sources = await fetch(
        "SELECT sol.*, so.state FROM supplier_order_line sol JOIN supplier_order so ON so.id = sol.supplier_order"
        " WHERE so.order_id = $1 AND so.purpose = 'sale' AND so.state NOT IN ('cancelled', 'refused', 'completed')"
        " ORDER BY so.id DESC, sol.id",
        order,
    )
    sources.sort(key=lambda s: s["state"] not in _OURS)
    at_once: list[_Part] = []
    asked: list[_Part] = []
    for line, count in sorted(wanted.items()):
        left = count
        unasked = min(left, free.get(line, 0)) if routed else left
        if unasked:
            at_once.append(_Part(line, unasked, None))
            left -= unasked
        for source in (s for s in sources if s["order_line"] == line):
            here = (
                source["ordered"]
                - source["refused"]
                - source["cancelled"]
                - source["shipped"]
                - source["cancel_wanted"]
            )
            if part := min(left, here // source["pack_quantity"]):
                (at_once if source["state"] in _OURS else asked).append(_Part(line, part, source))
                left -= part
    return at_once, asked


async def _routed(order: int) -> bool:
    row = await fetch_one("SELECT EXISTS (SELECT 1 FROM supplier_order WHERE order_id = $1) AS yes", order)
    return bool(row and row["yes"])


async def _drop_ours(parts: list[_Part]) -> list[Sale]:
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


async def _unrouted_holds(order: int, units: dict[int, int]) -> list[Sale]:
    """Before the first routing the plan is in the holds: end them by their share of the line, dearest pack last."""
    rows = await fetch(
        "SELECT h.order_line, h.offer, sum(h.quantity)::bigint AS held, m.pack_quantity FROM hold h"
        " JOIN order_line l ON l.id = h.order_line JOIN match m ON m.variant = l.variant AND m.offer = h.offer"
        " WHERE l.\"order\" = $1 AND h.kind = 'commitment' AND h.ended_at IS NULL"
        " GROUP BY h.order_line, h.offer, m.pack_quantity ORDER BY h.order_line, m.pack_quantity, h.offer",
        order,
    )
    left, holds = dict(units), []
    for row in rows:
        part = min(left.get(row["order_line"], 0), row["held"] // row["pack_quantity"])
        if part:
            left[row["order_line"]] -= part
            holds.append(Sale(row["order_line"], row["offer"], part * row["pack_quantity"]))
    return holds


async def _end_loose(merchant: int, order: int) -> None:
    loose = await loose_holds(order)
    uncovered = await uncovered_units(order)
    done = [Sale(line, offer, units) for (line, offer), units in loose.items() if line not in uncovered]
    if done:
        await end(merchant, done, why="cancelled")


async def _ask_back(part: _Part) -> None:
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


def _sum(parts: list[_Part]) -> dict[int, int]:
    total: dict[int, int] = {}
    for part in parts:
        total[part.line] = total.get(part.line, 0) + part.units
    return total
