"""Commitments end when the supplier's own numbers have counted the sale: until then both would subtract it, or neither.

A sale is counted from `counted_from` on (its acceptance, shipment or delivery, as the agreement says). A feed's numbers are true
of its source time, and the supplier's system may take `lag_hours` to count a sale. In doubt, undersell.
"""

from datetime import datetime, timedelta

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.stock.parts import return_parts

_COUNTED = """
SELECT h.id, h.offer, h.quantity
  FROM hold h
  JOIN offer o ON o.id = h.offer
  JOIN offer_lease l ON l.offer = h.offer
 WHERE h.supplier = $1 AND h.kind = 'commitment' AND h.ended_at IS NULL
   AND h.counted_from < least(l.stock_time, $2) - $3::interval
   AND ($4::bigint IS NULL OR coalesce(o.stock_feed, o.feed) = $4)
   AND NOT EXISTS (
       SELECT 1 FROM unnest(h.parts) AS took (part)
         JOIN offer_part op ON op.part = took.part AND op.offer = op.part_offer
         JOIN offer po ON po.id = op.part_offer AND po.retired_at IS NULL AND po.missing_runs = 0
         JOIN offer_lease pl ON pl.offer = po.id
        WHERE (h.counted_from < least(pl.stock_time, $2) - $3::interval) IS NOT TRUE)
 ORDER BY h.offer, h.id"""


async def end_counted_commitments(
    supplier: int, source_time: datetime, *, lag_hours: int, feed: int | None = None
) -> int:
    """End the supplier's commitments that an applied run of `feed` (null = any) has counted. Answers how many ended.

    `source_time` is what the run's numbers are true of; an offer whose own quantity is older, or that of a part which is still
    listed, keeps its commitments. Runs in the
    supplier's open scope, last of all: it locks stock rows, in id order like everybody.
    """
    rows = await fetch(_COUNTED, supplier, source_time, timedelta(hours=lag_hours), feed)
    if not rows:
        return 0
    offers = sorted({r["offer"] for r in rows})
    await fetch("SELECT offer FROM stock WHERE offer = ANY($1) ORDER BY offer FOR UPDATE", offers)
    ended = await fetch(
        "UPDATE hold SET ended_at = $2, why = 'counted' WHERE id = ANY($1) AND ended_at IS NULL RETURNING offer, quantity, parts, part_units",
        [r["id"] for r in rows],
        now(),
    )
    await return_parts(ended)
    units: dict[int, int] = {}
    for row in ended:
        units[row["offer"]] = units.get(row["offer"], 0) + row["quantity"]
    await execute(
        "UPDATE stock s SET committed = s.committed - u.units FROM unnest($1::bigint[], $2::bigint[]) AS u (offer, units)"
        " WHERE s.offer = u.offer",
        list(units),
        list(units.values()),
    )
    return len(ended)
