"""What suppliers answered and shipped, taken over into the merchant's order. Everything is derived from their lines, so it may
run twice, late, or for several answers at once.

A supplier acts as itself and cannot touch these rows; its event brings us here, acting as the merchant.
"""

from typing import Any

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order, progress
from marketplace.ordering.timeline import note
from marketplace.stock.count_from import count_from

#: units of the order line; a pack that is not whole is none
_FACTS = """
SELECT ol.id, ol.ordered, ol.cancelled, ol.accepted AS was_accepted, ol.refused AS was_refused,
       coalesce(sum(sol.accepted / sol.pack_quantity), 0)::bigint AS accepted,
       coalesce(sum((sol.refused + sol.pack_quantity - 1) / sol.pack_quantity), 0)::bigint AS refused,
       coalesce(sum(sol.shipped / sol.pack_quantity), 0)::bigint AS shipped,
       coalesce(sum(sol.delivered / sol.pack_quantity), 0)::bigint AS delivered,
       coalesce(sum(sol.lost / sol.pack_quantity), 0)::bigint AS lost,
       coalesce(sum((sol.given_up - sol.given_up_booked) / sol.pack_quantity), 0)::bigint AS given_up
  FROM order_line ol
  LEFT JOIN (supplier_order_line sol JOIN supplier_order so ON so.id = sol.supplier_order AND so.purpose = 'sale')
    ON sol.order_line = ol.id
 WHERE ol."order" = $1 GROUP BY ol.id ORDER BY ol.id
"""
#: units a feed counts as sold, by the `net_of` of its mapping, else of the agreement, and those whose holds say so already
_COUNTED = """
SELECT sol.order_line, sol.offer,
       sum(CASE coalesce(nullif(p.net_of, 'agreement'), a.net_of) WHEN 'acceptance' THEN sol.accepted WHEN 'shipment' THEN sol.shipped ELSE sol.delivered END)::bigint
         AS sold,
       coalesce((SELECT sum(h.quantity) FROM hold h WHERE h.order_line = sol.order_line AND h.offer = sol.offer
                  AND h.kind = 'commitment' AND h.counted_from IS NOT NULL
                  AND (h.ended_at IS NULL OR h.why = 'counted')), 0)::bigint AS marked
  FROM supplier_order_line sol
  JOIN supplier_order so ON so.id = sol.supplier_order
  JOIN agreement a ON a.id = so.agreement
  JOIN offer o ON o.id = sol.offer
  LEFT JOIN feed_pulse p ON p.feed = coalesce(o.stock_feed, o.feed)
 WHERE so.order_id = $1 GROUP BY sol.order_line, sol.offer ORDER BY sol.offer, sol.order_line
"""


async def take_over(merchant: int, order: int, *, who: str = "supplier") -> None:
    """Bring the order's lines, holds and header in line with what its suppliers did. In the merchant's open scope.

    Emits `order.uncovered` when units are left that no supplier serves any more: `resource_lines` finds them another.
    """
    await lock_order(order)
    facts = await fetch(_FACTS, order)
    for line in facts:
        await _take_over_line(line)
    if any(line["given_up"] for line in facts):
        await _book_given_up(merchant, order, {str(f["id"]): f["given_up"] for f in facts if f["given_up"]})
    if more := {str(f["id"]): n for f in facts if (n := f["accepted"] - f["was_accepted"]) > 0}:
        await note(merchant, order, "accepted", who=who, shopper_sees=True, lines=more)
    if fewer := {str(f["id"]): n for f in facts if (n := f["refused"] - f["was_refused"]) > 0}:
        await note(merchant, order, "refused", who=who, lines=fewer)
    for sold in await fetch(_COUNTED, order):
        if sold["sold"] > sold["marked"]:
            await count_from(
                merchant, sold["order_line"], sold["offer"], sold["sold"] - sold["marked"], now()
            )
    await progress(merchant, order, who=who)
    if await has_loose_ends(order):
        await emit("order.uncovered", merchant=merchant, order=order)


async def _take_over_line(line: dict[str, Any]) -> None:
    await execute(
        "UPDATE order_line SET accepted = $2, refused = $3, shipped = $4, delivered = $5, lost = $6,"
        " cancelled = cancelled + $7 WHERE id = $1",
        *(line[f] for f in ("id", "accepted", "refused", "shipped", "delivered", "lost", "given_up")),
    )


async def _book_given_up(merchant: int, order: int, lines: dict[str, int]) -> None:
    await execute(
        "UPDATE supplier_order_line SET given_up_booked = given_up WHERE given_up_booked < given_up"
        " AND supplier_order IN (SELECT id FROM supplier_order WHERE order_id = $1)",
        order,
    )
    await note(merchant, order, "cancelled", who="supplier", why="agreed", shopper_sees=True, lines=lines)
    await emit(
        "order.units_cancelled", merchant=merchant, order=order, lines=lines, why="agreed", who="supplier"
    )


async def has_loose_ends(order: int) -> bool:
    """Units that no supplier serves, or holds that nobody needs."""
    return bool(await uncovered_units(order) or await loose_holds(order))


async def uncovered_units(order: int) -> dict[int, int]:
    """order line -> units that were sold and that no supplier is asked for; before the first routing that is none's fault."""
    rows = await fetch(
        """
        SELECT ol.id, ol.ordered - ol.cancelled - coalesce(sum(
                 (sol.ordered - sol.refused - sol.cancelled) / sol.pack_quantity), 0)::bigint AS units
          FROM order_line ol
          LEFT JOIN (supplier_order_line sol JOIN supplier_order so ON so.id = sol.supplier_order AND so.purpose = 'sale')
            ON sol.order_line = ol.id
         WHERE ol."order" = $1 AND EXISTS (SELECT 1 FROM supplier_order WHERE order_id = $1)
         GROUP BY ol.id ORDER BY ol.id""",
        order,
    )
    return {r["id"]: r["units"] for r in rows if r["units"] > 0}


async def loose_holds(order: int) -> dict[tuple[int, int], int]:
    """(order line, offer) -> committed offer units beyond what that offer's supplier is still asked for."""
    rows = await fetch(
        """
        SELECT h.order_line, h.offer, h.units - coalesce(s.units, 0)::bigint AS loose
          FROM (SELECT h.order_line, h.offer, sum(h.quantity)::bigint AS units FROM hold h
                  JOIN order_line l ON l.id = h.order_line
                 WHERE l."order" = $1 AND h.kind = 'commitment' AND (h.ended_at IS NULL OR h.why = 'counted')
                 GROUP BY 1, 2) h
          LEFT JOIN (SELECT sol.order_line, sol.offer, sum(sol.ordered - sol.refused - sol.cancelled) AS units
                       FROM supplier_order_line sol JOIN supplier_order so ON so.id = sol.supplier_order
                      WHERE so.order_id = $1 GROUP BY 1, 2) s ON s.order_line = h.order_line AND s.offer = h.offer
         WHERE EXISTS (SELECT 1 FROM supplier_order WHERE order_id = $1)
         ORDER BY h.order_line, h.offer""",
        order,
    )
    return {(r["order_line"], r["offer"]): r["loose"] for r in rows if r["loose"] > 0}
