"""What the feed's numbers mean for what was sold: counted sales end their commitments, and sales beyond the stock are told."""

from __future__ import annotations

from datetime import datetime

from marketplace.kernel.database import fetch
from marketplace.kernel.outbox import emit
from marketplace.sourcing.count_miss import count_shortfall
from marketplace.sourcing.sync.claim import Task
from marketplace.stock.end_counted import end_counted_commitments


async def end_commitments(task: Task, source_time: datetime) -> int:
    """End what this feed has counted by now; in the open scope, last of all, because it locks stock. Answers how many."""
    return await end_counted_commitments(task.supplier, source_time, lag_hours=task.lag_hours, feed=task.feed)


#: what was sold of a part by itself and in sets, more than the run says there is
_SHORT_OF_PARTS = """
SELECT DISTINCT s.merchant, s.offer
  FROM (SELECT h.merchant, h.offer, took.part, sum(took.units * h.quantity) OVER (PARTITION BY took.part) AS sold
          FROM hold h CROSS JOIN LATERAL unnest(h.parts, h.part_units) AS took (part, units)
         WHERE h.supplier = $1 AND h.kind = 'commitment' AND h.ended_at IS NULL
           AND (h.counted_from IS NULL OR h.counted_from > $3)) s
  JOIN offer_part op ON op.part = s.part AND op.offer = s.offer
  JOIN offer o ON o.id = coalesce(op.part_offer, op.offer) AND o.last_run = $2
 WHERE s.sold > CASE WHEN op.part_offer IS NULL THEN op.sells_up_to ELSE o.sells_up_to END
 ORDER BY s.merchant, s.offer"""


async def tell_short(supplier: int, run: int, source_time: datetime) -> int:
    """Paid orders stand; their merchants are told when the supplier says it has less than was sold. Answers how many.

    Only sales the feed cannot have counted yet are set against what it says. Of a part that sets took too much of, all who sold it
    are told, and nobody's miss is counted: it is not one offer's.
    """
    short = await fetch(
        """
        SELECT merchant, offer, sum(quantity)::bigint AS its, max(sold) - max(sells_up_to) AS missing
          FROM (SELECT h.offer, h.merchant, h.quantity, sum(h.quantity) OVER (PARTITION BY h.offer) AS sold, o.sells_up_to
                  FROM hold h JOIN offer o ON o.id = h.offer
                 WHERE h.supplier = $1 AND h.kind = 'commitment' AND h.ended_at IS NULL AND o.last_run = $2
                   AND (h.counted_from IS NULL OR h.counted_from > $3)) s
         WHERE sold > sells_up_to GROUP BY merchant, offer ORDER BY merchant, offer""",
        supplier,
        run,
        source_time,
    )
    offers: dict[int, list[int]] = {}
    for row in await fetch(_SHORT_OF_PARTS, supplier, run, source_time):
        offers.setdefault(row["merchant"], []).append(row["offer"])
    for row in short:
        if row["offer"] not in (its := offers.setdefault(row["merchant"], [])):
            its.append(row["offer"])
        await count_shortfall(row["offer"], row["merchant"], min(row["its"], int(row["missing"])), run)
    for merchant, its in offers.items():
        await emit("offer.oversold", merchant=merchant, supplier=supplier, run=run, offers=its)
    return len(offers)
