"""How good a feed's word was: how old its quantities were over time, and how often what it said was there was not."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.database import fetch
from marketplace.sourcing.states import CONFIRMS

FRESH_DAYS = 30
SOLD_DAYS = 90

#: A quantity ages from one confirmation to the next: between two runs its age grows from (end of the first − its source time) by the
#: time between them. Of the months before only the last run matters, whose word was in force when they began.
_SINCE = "now() - make_interval(days => $2)"
_TOLD = f"SELECT id, finished_at, source_time FROM feed_run WHERE feed = f.feed AND source_time IS NOT NULL AND {CONFIRMS}"
_FRESHNESS = f"""
WITH told AS (
    SELECT f.feed, r.finished_at AS since, lead(r.finished_at, 1, now()) OVER w AS until, max(r.source_time) OVER w AS source
      FROM unnest($1::bigint[]) AS f(feed)
     CROSS JOIN LATERAL (({_TOLD} AND finished_at <= {_SINCE} ORDER BY finished_at DESC LIMIT 1)
                         UNION ALL {_TOLD} AND finished_at > {_SINCE}) r
    WINDOW w AS (PARTITION BY f.feed ORDER BY r.finished_at, r.id)),
spans AS (
    SELECT t.feed, extract(epoch FROM until - greatest(since, {_SINCE})) AS length,
           extract(epoch FROM greatest(since, {_SINCE}) - source) AS youngest,
           extract(epoch FROM until - source) AS oldest, p.stale_after_hours * 3600 AS stale
      FROM told t JOIN feed_pulse p ON p.feed = t.feed WHERE until > {_SINCE})
SELECT feed, (sum((youngest + oldest) / 2 * length) / nullif(sum(length), 0))::bigint AS usual_age, max(oldest)::bigint AS worst_age,
       (sum(least(greatest(stale - youngest, 0), length)) * 10000 / nullif(sum(length), 0))::bigint AS fresh_bp
  FROM spans GROUP BY feed"""

#: row security says whose sales: a supplier's all, a merchant's own
_SOLD = """
SELECT coalesce(o.stock_feed, o.feed) AS feed, count(*) AS sold FROM hold h JOIN offer o ON o.id = h.offer
 WHERE h.supplier = ANY($1) AND h.kind = 'commitment' AND h.why IS DISTINCT FROM 'moved'
   AND h.created_at > now() - make_interval(days => $2) AND coalesce(o.stock_feed, o.feed) = ANY($3)
 GROUP BY 1"""

_MISSED = """
SELECT feed, count(*) FILTER (WHERE kind = 'refused') AS refused, count(*) FILTER (WHERE kind = 'short') AS short
  FROM feed_miss WHERE supplier = ANY($1) AND at > now() - make_interval(days => $2) AND feed = ANY($3) GROUP BY feed"""


@dataclass(frozen=True)
class Measures:
    """Ages in seconds over the last FRESH_DAYS, `fresh_bp` the share of that time in which the quantity was within its lease; None when
    nothing was confirmed. `sold` lines of the last SOLD_DAYS, of which `refused` for want of stock; `short`: how often the feed said
    less than was sold."""

    usual_age: int | None = None
    worst_age: int | None = None
    fresh_bp: int | None = None
    sold: int = 0
    refused: int = 0
    short: int = 0

    @property
    def accuracy_bp(self) -> int | None:
        """Share of sold lines that were there; None when nothing was sold."""
        sold = max(self.sold, self.refused)
        return (sold - self.refused) * 10_000 // sold if sold else None


async def measures_of(feeds: dict[int, int]) -> dict[int, Measures]:
    """By feed, in the open scope; `feeds` names each feed's supplier. What a merchant may see of sales are its own."""
    ids, suppliers = list(feeds), sorted(set(feeds.values()))
    found: dict[int, dict[str, int]] = {feed: {} for feed in ids}
    for row in await fetch(_FRESHNESS, ids, FRESH_DAYS):
        found[row.pop("feed")].update(row)
    for sql in (_SOLD, _MISSED):
        for row in await fetch(sql, suppliers, SOLD_DAYS, ids):
            found[row.pop("feed")].update(row)
    return {feed: Measures(**values) for feed, values in found.items()}
