"""The rows of `stock`, `part` and `hold`, touched in one order everywhere: stock by offer id first, parts by id, holds after.

Two buyers who want the same two offers in different order would otherwise wait for each other for ever.
"""

from collections.abc import Iterable

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.stock.parts import return_parts


async def make_rows(offers: Iterable[int]) -> None:
    """The stock rows of `offers`, made when they are first taken. In id order: two first buyers do not deadlock."""
    await execute(
        "INSERT INTO stock (offer, supplier) SELECT o.id, o.supplier FROM offer o WHERE o.id = ANY($1)"
        " AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.offer = o.id) ORDER BY o.id ON CONFLICT (offer) DO NOTHING",
        list(offers),
    )


async def lock_rows(offers: Iterable[int]) -> None:
    """Wait for, and keep, the stock rows of `offers`."""
    await fetch("SELECT offer FROM stock WHERE offer = ANY($1) ORDER BY offer FOR UPDATE", list(offers))


async def open_reservations(cart: int) -> dict[int, int]:
    """offer -> units that the cart still holds. One past its ten minutes counts until it is swept: the units are there."""
    rows = await fetch(
        "SELECT offer, sum(quantity)::bigint AS units FROM hold"
        " WHERE cart = $1 AND kind = 'reservation' AND ended_at IS NULL GROUP BY offer",
        cart,
    )
    return {r["offer"]: r["units"] for r in rows}


async def covered(cart: int) -> tuple[dict[int, int], dict[int, int]]:
    """As `open_reservations`, and of these the units that took what the offer is made of today: the rest must be taken anew."""
    rows = await fetch(
        "SELECT h.offer, sum(h.quantity)::bigint AS units, coalesce(sum(h.quantity) FILTER (WHERE"
        " h.parts IS NOT DISTINCT FROM m.parts AND h.part_units IS NOT DISTINCT FROM m.units), 0)::bigint AS covered FROM hold h"
        " CROSS JOIN LATERAL (SELECT array_agg(part ORDER BY part) AS parts, array_agg(units ORDER BY part) AS units"
        " FROM offer_part WHERE offer = h.offer) m"
        " WHERE h.cart = $1 AND h.kind = 'reservation' AND h.ended_at IS NULL GROUP BY h.offer",
        cart,
    )
    return {r["offer"]: r["units"] for r in rows}, {r["offer"]: r["covered"] for r in rows}


async def end_reservations(cart: int, why: str, offers: Iterable[int] | None = None) -> dict[int, int]:
    """End the cart's reservations (of `offers`, or all); their parts come back. Answers offer -> units that ended; stock rows are the
    caller's."""
    rows = await fetch(
        "UPDATE hold SET ended_at = $3, why = $2 WHERE cart = $1 AND kind = 'reservation' AND ended_at IS NULL"
        " AND ($4::bigint[] IS NULL OR offer = ANY($4)) RETURNING offer, quantity, parts, part_units",
        cart,
        why,
        now(),
        None if offers is None else list(offers),
    )
    await return_parts(rows)
    ended: dict[int, int] = {}
    for r in rows:
        ended[r["offer"]] = ended.get(r["offer"], 0) + r["quantity"]
    return ended


async def shrink(order_line: int, offer: int, units: int, why: str) -> int:
    """End `units` of the line's open commitment on `offer`; what remains of a hold stays open, what ended is a row of its
    own. Their parts come back. Answers how many were still open: the feed may have counted some of them already."""
    left = units
    ended: list[dict[str, object]] = []
    rows = await fetch(
        "SELECT id, quantity, parts, part_units FROM hold WHERE order_line = $1 AND offer = $2 AND kind = 'commitment' AND ended_at IS NULL"
        " ORDER BY (counted_from IS NOT NULL), id FOR UPDATE",
        order_line,
        offer,
    )
    for hold in rows:
        if not left:
            break
        part = min(left, hold["quantity"])
        await _end_part(hold["id"], part, hold["quantity"], why)
        ended.append({**hold, "quantity": part})
        left -= part
    await return_parts(ended)
    return units - left


async def _end_part(hold: int, part: int, whole: int, why: str) -> None:
    if part == whole:
        await execute("UPDATE hold SET ended_at = $2, why = $3 WHERE id = $1", hold, now(), why)
        return
    await execute("UPDATE hold SET quantity = quantity - $2 WHERE id = $1", hold, part)
    await execute(
        "INSERT INTO hold (offer, merchant, supplier, quantity, parts, part_units, kind, order_line, created_at, counted_from,"
        " ended_at, why) SELECT offer, merchant, supplier, $2, parts, part_units, kind, order_line, created_at, counted_from, $3, $4 FROM hold WHERE id = $1",
        hold,
        part,
        now(),
        why,
    )
