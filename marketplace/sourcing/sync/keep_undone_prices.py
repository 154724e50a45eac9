"""The same as `keep_undone`, of one merchant's price list: a price that a person took back is not written again by the next file that says it
still, until the file says something else.

A price has no digest that would tell whether the file said something else since. So a run that finds it to do so writes that down: a step of
the price's trail on which nothing changes.
"""

from __future__ import annotations

from marketplace.kernel.database import execute

_UNDONE = """
agreement_offer_change c JOIN feed_run r ON r.id = c.run AND r.feed = $1 AND r.state = 'undone'
 WHERE c.agreement = $2 AND c.by IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM agreement_offer_change l WHERE l.agreement = c.agreement AND l.offer = c.offer AND l.id > c.id)"""

#: feed and agreement; what the row of `price_diff` would write, and what is there
_AGAIN = """
CREATE TEMP TABLE price_kept ON COMMIT DROP AS
SELECT d.offer FROM (SELECT c.offer, c.before, c.after FROM {undone}) c JOIN price_diff d ON d.offer = c.offer
 WHERE NOT d.older AND {new} IS NOT DISTINCT FROM c.before AND {old} IS NOT DISTINCT FROM c.after"""

#: $3 the supplier, $4 the run
_SAID_OTHERWISE = f"""
INSERT INTO agreement_offer_change (merchant, supplier, agreement, offer, run, before, after)
SELECT c.merchant, c.supplier, c.agreement, c.offer, $4, c.after, c.after
  FROM (SELECT c.* FROM {_UNDONE}) c
  JOIN LATERAL (SELECT 1 FROM offer o JOIN stage s ON s.sku = o.sku WHERE o.id = c.offer AND o.supplier = $3) listed ON true
 WHERE NOT EXISTS (SELECT 1 FROM price_kept k WHERE k.offer = c.offer)
   AND NOT EXISTS (SELECT 1 FROM price_diff d WHERE d.offer = c.offer)"""


async def keep_undone_prices(feed: int, agreement: int, *, new: str, old: str) -> int:
    """Take out of `price_diff` what was undone; `new` and `old` are its states as SQL. Answers how many."""
    undone = _UNDONE.replace("$1", str(int(feed))).replace("$2", str(int(agreement)))
    await execute(_AGAIN.format(undone=undone, new=new, old=old))
    return await execute("DELETE FROM price_diff d USING price_kept k WHERE k.offer = d.offer")


async def note_said_otherwise(feed: int, agreement: int, supplier: int, run: int) -> None:
    """When the run is written: prices that were undone and of which the file says by now what stands."""
    await execute(_SAID_OTHERWISE, feed, agreement, supplier, run)
