"""Where the units to cancel are: with nobody yet, in a draft of ours, or with a supplier who must be asked."""

from typing import Any

import msgspec

from marketplace.fulfilment.states import SupplierOrder
from marketplace.fulfilment.take_over import uncovered_units
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound, Refused
from marketplace.stock.commit import Sale

OURS = (SupplierOrder.DRAFTED, SupplierOrder.HELD)


class Part(msgspec.Struct, frozen=True):
    """Units of an order line, at one supplier order line (None: nobody was asked for them)."""

    line: int
    units: int
    source: dict[str, Any] | None


async def cancellable_lines(order: int) -> dict[int, dict[str, Any]]:
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


async def spread(order: int, wanted: dict[int, int]) -> tuple[list[Part], list[Part]]:
    """(what can go at once, what a supplier must be asked for): first what nobody was asked, then drafts, then the rest."""
    free = await uncovered_units(order)
    routed = await is_routed(order)
    sources = await fetch(
        "SELECT sol.*, so.state FROM supplier_order_line sol JOIN supplier_order so ON so.id = sol.supplier_order"
        " WHERE so.order_id = $1 AND so.purpose = 'sale' AND so.state NOT IN ('cancelled', 'refused', 'completed')"
        " ORDER BY so.id DESC, sol.id",
        order,
    )
    sources.sort(key=lambda s: s["state"] not in OURS)
    at_once: list[Part] = []
    asked: list[Part] = []
    for line, count in sorted(wanted.items()):
        left = count
        unasked = min(left, free.get(line, 0)) if routed else left
        if unasked:
            at_once.append(Part(line, unasked, None))
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
                (at_once if source["state"] in OURS else asked).append(Part(line, part, source))
                left -= part
    return at_once, asked


async def is_routed(order: int) -> bool:
    row = await fetch_one("SELECT EXISTS (SELECT 1 FROM supplier_order WHERE order_id = $1) AS yes", order)
    return bool(row and row["yes"])


async def unrouted_holds(order: int, units: dict[int, int]) -> list[Sale]:
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


def units_of(parts: list[Part]) -> dict[int, int]:
    total: dict[int, int] = {}
    for part in parts:
        total[part.line] = total.get(part.line, 0) + part.units
    return total
