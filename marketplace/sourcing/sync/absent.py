"""What becomes of offers that a file no longer mentions: kept, not sold, or retired after so many runs.

Not being sold is a verdict (`vanished`) beside the quantity, which stays as it was with its age: when the offer comes back, or the
run is undone, nothing has to be guessed.
"""

from __future__ import annotations

from marketplace.kernel.database import execute
from marketplace.sourcing.sync.compare import FeedFacts


def _retires(policy: str, after: str) -> str:
    return f"({policy} = 'retire' AND o.missing_runs + 1 >= {after})"


_TRAIL_GONE = f"""
INSERT INTO offer_change (supplier, offer, run, kind, before, after)
SELECT $1, o.id, $2, CASE WHEN {_retires("$3", "$4")} THEN 'retired' ELSE 'vanished' END,
       jsonb_strip_nulls(jsonb_build_object('missing_runs', o.missing_runs,
           'not_sellable', CASE WHEN $3 <> 'keep' AND o.not_sellable IS DISTINCT FROM 'vanished' THEN o.not_sellable END)),
       jsonb_strip_nulls(jsonb_build_object('missing_runs', o.missing_runs + 1,
           'not_sellable', CASE WHEN $3 <> 'keep' AND o.not_sellable IS DISTINCT FROM 'vanished' THEN 'vanished' END,
           'retired_at', CASE WHEN {_retires("$3", "$4")} THEN now() END))
  FROM absent a JOIN offer o ON o.id = a.id
 WHERE a.gone AND (o.missing_runs = 0 OR {_retires("$3", "$4")})"""


def _frozen(feed: str, confirmed: str) -> str:
    """Taking the confirmation off: the quantity keeps the age it has now."""
    return ", ".join(
        f"{group}_time = CASE WHEN o.{group}_feed = {feed} THEN greatest(o.{group}_time, {confirmed}) ELSE o.{group}_time END,"
        f" {group}_feed = NULLIF(o.{group}_feed, {feed})"
        for group in ("stock", "price")
    )


_WRITE_GONE = f"""
UPDATE offer o SET not_sellable = CASE WHEN $4 = 'keep' THEN o.not_sellable ELSE 'vanished' END,
       missing_runs = o.missing_runs + 1, retired_at = CASE WHEN {_retires("$4", "$5")} THEN now() END, hash = NULL, stock_hash = NULL,
       last_run = CASE WHEN o.missing_runs = 0 OR {_retires("$4", "$5")} THEN $2 ELSE o.last_run END,
       updated_at = CASE WHEN o.missing_runs = 0 OR {_retires("$4", "$5")} THEN now() ELSE o.updated_at END, {_frozen("$3", "$6")}
  FROM absent a WHERE a.id = o.id AND a.gone AND (o.missing_runs = 0 OR $4 = 'retire') AND o.supplier = $1"""

_FREEZE = f"""
UPDATE offer o SET stock_hash = NULL, {_frozen("$2", "$3")} FROM absent a WHERE a.id = o.id AND NOT a.gone AND o.supplier = $1"""

_EMPTIED = "absent a JOIN offer o ON o.id = a.id WHERE NOT a.gone AND o.stock_feed = $3 AND o.sells_up_to > 0"
_EMPTY_TRAIL = f"""
INSERT INTO offer_change (supplier, offer, run, kind, before, after)
SELECT $1, o.id, $2, 'vanished',
       jsonb_strip_nulls(jsonb_build_object('quantity', o.quantity, 'sells_up_to', o.sells_up_to, 'not_sellable', o.not_sellable)),
       jsonb_build_object('quantity', 0, 'sells_up_to', 0, 'not_sellable', coalesce(o.not_sellable, 'out_of_stock'))
  FROM {_EMPTIED}"""
_EMPTY = """
UPDATE offer o SET quantity = 0, quantity_kind = 'exact', quantity_raw = NULL, sells_up_to = 0, availability = 'out_of_stock',
       not_sellable = coalesce(o.not_sellable, 'out_of_stock'), stock_time = $4, stock_said = NULL, hash = NULL, stock_hash = NULL, last_run = $2, updated_at = now()
  FROM absent a WHERE a.id = o.id AND NOT a.gone AND o.supplier = $1 AND o.stock_feed = $3 AND o.sells_up_to > 0"""


async def write_absent(facts: FeedFacts) -> None:
    """Write the rows of `absent`. An offer that is merely no longer confirmed keeps its quantity with the age it has now."""
    args = (
        facts.supplier,
        facts.run,
        facts.feed,
        facts.vanished,
        facts.retire_after,
        facts.confirmed_at,
    )
    if facts.owns:
        await execute(_TRAIL_GONE, *args[:2], *args[3:5])
        await execute(_WRITE_GONE, *args)
    elif facts.vanished != "keep":
        await execute(_EMPTY_TRAIL, *args[:3])
        await execute(_EMPTY, *args[:3], facts.source_time)
        return
    await execute(_FREEZE, facts.supplier, facts.feed, facts.confirmed_at)
