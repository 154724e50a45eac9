"""A feed's word that did not hold is written down: that is what its accuracy is measured by."""

from __future__ import annotations

from marketplace.kernel.database import execute

#: one shortfall of an offer that every later run sees again is one
AGAIN_AFTER_HOURS = 24

_REFUSED = """
INSERT INTO feed_miss (merchant, supplier, feed, offer, kind, units)
SELECT $2, o.supplier, coalesce(o.stock_feed, o.feed), o.id, 'refused', $3
  FROM offer o WHERE o.id = $1 AND coalesce(o.stock_feed, o.feed) IS NOT NULL"""

_SHORT = """
INSERT INTO feed_miss (merchant, supplier, feed, offer, kind, units, run)
SELECT $2, o.supplier, coalesce(o.stock_feed, o.feed), o.id, 'short', $3, $4
  FROM offer o WHERE o.id = $1 AND coalesce(o.stock_feed, o.feed) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM feed_miss m WHERE m.offer = o.id AND m.merchant = $2 AND m.kind = 'short' AND m.supplier = o.supplier
                      AND m.at > now() - make_interval(hours => $5))"""


async def count_refusal(offer: int, merchant: int, units: int) -> None:
    """In the supplier's open scope, before the offer's stock is written down: units of a sold line were declined for want of stock.
    Offers that no feed states are nobody's word."""
    await execute(_REFUSED, offer, merchant, units)


async def count_shortfall(offer: int, merchant: int, units: int, run: int) -> None:
    """In the supplier's open scope: the feed says `units` fewer than this merchant has sold."""
    await execute(_SHORT, offer, merchant, units, run, AGAIN_AFTER_HOURS)
