"""A feed with one merchant's prices: it writes only `agreement_offer`, price and visibility of offers that are there already.

Its trail is the merchant's own (`agreement_offer_change`): what one merchant pays is no other's to read.
"""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.sourcing.sync.compare import Counts, FeedFacts
from marketplace.sourcing.sync.keep_undone import anything_undone
from marketplace.sourcing.sync.keep_undone_prices import keep_undone_prices, note_said_otherwise
from marketplace.sourcing.sync.sample import KEPT
from marketplace.sourcing.sync.statements import OFFER_OF_ROW

_PRICES = f"""
INSERT INTO price_diff
SELECT o.id, o.sku, o.title, p.id IS NOT NULL, p.cost_e4, p.currency, coalesce(p.hidden, false), s.price_e4, s.currency, s.excluded,
       least(coalesce(s.source_time, $3), now())
  FROM stage s
  {OFFER_OF_ROW}
  LEFT JOIN agreement_offer p ON p.agreement = $2 AND p.offer = o.id
 WHERE (p.cost_e4, p.currency, coalesce(p.hidden, false)) IS DISTINCT FROM (s.price_e4, s.currency, s.excluded)"""

_TABLE = """
CREATE TEMP TABLE price_diff (offer bigint, sku text, title text, had boolean, old_cost bigint, old_currency text, old_hidden boolean,
    cost bigint, currency text, hidden boolean, t timestamptz, older boolean DEFAULT false) ON COMMIT DROP"""

_STATE = (
    "jsonb_strip_nulls(jsonb_build_object('cost_e4', {cost}, 'currency', {currency}, 'hidden', {hidden}))"
)
_OLD = _STATE.format(cost="d.old_cost", currency="d.old_currency", hidden="d.old_hidden")
_NEW = _STATE.format(cost="d.cost", currency="d.currency", hidden="d.hidden")
_WAS = f"CASE WHEN d.had THEN {_OLD} END"
_WILL_BE = f"CASE WHEN d.hidden IS NOT NULL THEN {_NEW} END"


async def compare(facts: FeedFacts, agreement: int) -> Counts:
    """Fill `price_diff`, and count. Prices that are gone from the list are in it with neither price nor visibility."""
    await execute(_TABLE)
    columns = "(offer, sku, title, had, old_cost, old_currency, old_hidden, cost, currency, hidden, t)"
    await execute(
        _PRICES.replace("price_diff", f"price_diff {columns}"), facts.supplier, agreement, facts.source_time
    )
    await execute(
        "UPDATE price_diff d SET older = true FROM agreement_offer p WHERE p.agreement = $1 AND p.offer = d.offer"
        " AND p.price_time > d.t",
        agreement,
    )
    if facts.vanished != "keep":
        await execute(
            f"INSERT INTO price_diff {columns} SELECT o.id, o.sku, o.title, true, p.cost_e4, p.currency, p.hidden, NULL, NULL, NULL, $3"
            " FROM agreement_offer p JOIN offer o ON o.id = p.offer WHERE p.agreement = $2 AND o.supplier = $1"
            " AND NOT EXISTS (SELECT 1 FROM stage s WHERE s.sku = o.sku)",
            facts.supplier,
            agreement,
            facts.source_time,
        )
    undone = not facts.meant and await anything_undone(facts.feed)
    kept = await keep_undone_prices(facts.feed, agreement, new=_WILL_BE, old=_WAS) if undone else 0
    counts = await _count(facts, agreement)
    counts.undone = kept
    return counts


async def _count(facts: FeedFacts, agreement: int) -> Counts:
    counts = Counts()
    known = await fetch_value("SELECT count(*) FROM agreement_offer WHERE agreement = $1", agreement)
    row = await fetch_one(
        """
        SELECT count(*) FILTER (WHERE NOT had) AS new, count(*) FILTER (WHERE had AND hidden IS NOT NULL AND NOT older) AS changed,
               count(*) FILTER (WHERE hidden IS NULL) AS vanished, count(*) FILTER (WHERE older) AS older,
               count(*) FILTER (WHERE old_cost <> cost OR recurrent) AS repriced,
               count(*) FILTER (WHERE had AND NOT old_hidden AND hidden AND NOT older) AS zeroed,
               count(*) FILTER (WHERE old_cost IS NOT NULL AND cost IS NULL AND hidden IS NOT NULL) AS unpriced,
               count(*) FILTER (WHERE abs(cost - old_cost)::numeric * 10000 > old_cost::numeric * $1 OR recurrent) AS moved
          FROM (SELECT *, old_cost IS NOT NULL AND cost IS NOT NULL AND old_currency <> currency AS recurrent FROM price_diff) d""",
        facts.move_size_bp,
    )
    assert row is not None
    counts.set({**row, "known": known, "in_stock": known, "priced": known})
    return counts


async def write_sample(facts: FeedFacts) -> None:
    """The run's sample, which is the supplier's to read."""
    await execute("DELETE FROM run_diff WHERE run = $1", facts.run)
    for kind, condition in (
        ("new", "NOT d.had"),
        ("changed", "d.had AND d.hidden IS NOT NULL"),
        ("vanished", "d.hidden IS NULL"),
    ):
        await execute(
            f"INSERT INTO run_diff (supplier, run, kind, sku, title, before, after) SELECT $1, $2, '{kind}', d.sku, d.title,"
            f" {_OLD}, {_NEW} FROM price_diff d WHERE {condition} ORDER BY d.sku LIMIT {KEPT}",
            facts.supplier,
            facts.run,
        )


async def write(facts: FeedFacts, agreement: int) -> None:
    """Write prices and visibility, with the merchant's trail."""
    if not facts.meant and await anything_undone(facts.feed):
        await note_said_otherwise(facts.feed, agreement, facts.supplier, facts.run)
    merchant = await fetch_value("SELECT merchant FROM agreement WHERE id = $1", agreement)
    await execute(
        "INSERT INTO agreement_offer_change (merchant, supplier, agreement, offer, run, before, after)"
        f" SELECT $1, $2, $3, d.offer, $4, {_WAS}, {_WILL_BE}"
        " FROM price_diff d WHERE NOT d.older",
        merchant,
        facts.supplier,
        agreement,
        facts.run,
    )
    await execute(
        "INSERT INTO agreement_offer (merchant, supplier, agreement, offer, cost_e4, currency, hidden, price_time)"
        " SELECT $1, $2, $3, d.offer, d.cost, d.currency, d.hidden, d.t FROM price_diff d WHERE NOT d.older AND d.hidden IS NOT NULL"
        " ON CONFLICT (agreement, offer) DO UPDATE SET cost_e4 = EXCLUDED.cost_e4, currency = EXCLUDED.currency,"
        " hidden = EXCLUDED.hidden, price_time = EXCLUDED.price_time",
        merchant,
        facts.supplier,
        agreement,
    )
    await execute(
        "DELETE FROM agreement_offer p USING price_diff d WHERE p.agreement = $1 AND p.offer = d.offer AND d.hidden IS NULL",
        agreement,
    )
