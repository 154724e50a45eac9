"""Taking back what a run wrote: texts, prices and presence as they were before it, never a quantity or its age.

Quantities are not brought back because goods were sold since: an old number would be sold again. What a later run or a person
changed since is left alone, field by field, and listed.
"""

from __future__ import annotations

from typing import Any

from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.columns import COLUMNS, NEVER_UNDONE

LISTED = 100
_RESTORED = tuple(c for c in statements.TRAIL if c not in NEVER_UNDONE and c != "not_sellable")
_KEYS = ", ".join(f"'{c}'" for c in _RESTORED)

#: what field `k.key` was before run `c`
_WAS = "coalesce(c.before -> k.key, 'null')"
#: the same where runs before it were undone already: before those, if it was `c` that they left the field to
_WAS_BEFORE_THOSE = """
coalesce((SELECT e.before -> k.key FROM offer_change e JOIN feed_run r ON r.id = e.run
           WHERE e.offer = c.offer AND e.id < c.id AND e.kind <> 'undone' AND (e.before ? k.key OR e.after ? k.key) AND r.state = 'undone'
             AND NOT EXISTS (SELECT 1 FROM offer_change b LEFT JOIN feed_run l ON l.id = b.run
                              WHERE b.offer = c.offer AND b.id > e.id AND b.id < c.id AND b.kind <> 'undone'
                                AND (b.before ? k.key OR b.after ? k.key) AND l.state IS DISTINCT FROM 'undone')
           ORDER BY e.id LIMIT 1), c.before -> k.key, 'null')"""

#: whether the field is as the run left it. Runs that miss an article again count on without a trail
_SAME = """
CASE WHEN key = 'missing_runs' AND (c.after ->> key)::bigint > 0
     THEN o.missing >= (c.after ->> key)::bigint AND (o.retired_at IS NULL) = (c.after ->> 'retired_at' IS NULL)
     ELSE coalesce(o.now -> key, 'null') = coalesce(c.after -> key, 'null') END"""

#: per offer, the fields that are still as the run left them (`doc`, with their values before it) and those that are not (`left_alone`)
_FIND = f"""
CREATE TEMP TABLE undo ON COMMIT DROP AS
SELECT offer, doc, left_alone, was_why FROM (
    SELECT c.offer, max(CASE WHEN (c.before || c.after) ? 'not_sellable' THEN c.before ->> 'not_sellable' ELSE o.why END) AS was_why,
           jsonb_object_agg(k.key, {{was}}) FILTER (WHERE k.same) AS doc,
           array_agg(k.key ORDER BY k.key) FILTER (WHERE NOT k.same) AS left_alone
      FROM offer_change c
      JOIN LATERAL (SELECT to_jsonb(o) AS now, o.not_sellable AS why, o.missing_runs AS missing, o.retired_at
                      FROM offer o WHERE o.id = c.offer) o ON true
      JOIN LATERAL (SELECT key, {_SAME} AS same
                      FROM jsonb_object_keys(c.before || c.after) AS key WHERE key = ANY (ARRAY[{_KEYS}])) k ON true
     WHERE c.run = {{run}} AND c.kind IN ('changed', 'returned', 'vanished', 'retired')
     GROUP BY c.offer) found"""

_STOCK_ONLY = ", ".join(f"'{c}'" for c in sorted((*NEVER_UNDONE, "not_sellable")))

#: whether a person touched the offer `o` since run $1, or another run that stands said more of it than its stock
_TOUCHED = f"""
EXISTS (SELECT 1 FROM offer_change c LEFT JOIN feed_run l ON l.id = c.run
         WHERE c.offer = o.id AND c.run IS DISTINCT FROM $1 AND c.kind <> 'undone' AND l.state IS DISTINCT FROM 'undone'
           AND (c.run IS NULL OR EXISTS (SELECT 1 FROM jsonb_object_keys(c.before || c.after) AS k(name)
                                          WHERE name <> ALL (ARRAY[{_STOCK_ONLY}]))))"""
_GONE = "jsonb_build_object('missing_runs', 1, 'retired_at', now())"

#: an offer the run brought goes, unless it was touched since
_NEW = f"""
INSERT INTO undo (offer, doc, left_alone, was_why)
SELECT o.id, CASE WHEN touched THEN NULL ELSE {_GONE} END, CASE WHEN touched THEN ARRAY['presence'] END, 'vanished'
  FROM (SELECT o.id, {_TOUCHED} AS touched FROM offer o WHERE o.supplier = $2 AND o.first_run = $1 AND o.retired_at IS NULL) o"""

#: and so does one that a run undone before had brought, which was left alone for the sake of this one
_LEFT_OVER = f"""
UPDATE undo u SET doc = coalesce(u.doc, '{{}}') || {_GONE}, was_why = 'vanished'
  FROM offer o JOIN feed_run r ON r.id = o.first_run AND r.state = 'undone'
 WHERE o.id = u.offer AND o.retired_at IS NULL AND NOT {_TOUCHED}"""


def _value(column: str) -> str:
    return f"CASE WHEN u.doc ? '{column}' THEN p.{column} ELSE o.{column} END AS {column}"


def _restore() -> str:
    """The offers as they will be, in the shape that `statements.trail` compares."""
    kept = ", ".join(f"o.{c}" for c in statements.TRAIL if c in NEVER_UNDONE)
    restored = ", ".join(_value(c) for c in _RESTORED)
    names = ", ".join(f"r.{c} AS n_{c}" for c in (x.name for x in COLUMNS))
    why = statements.why("n_", missing="gone", hint="o_why", before="o_why")
    return f"""
CREATE TEMP TABLE restored ON COMMIT DROP AS
SELECT n.*, {why} AS not_sellable
  FROM (SELECT r.*, {names} FROM (
        SELECT o.id, o.not_sellable AS o_why, {kept}, {restored},
               coalesce(CASE WHEN u.doc ? 'missing_runs' THEN p.missing_runs > 0 AND u.was_why = 'vanished'
                             ELSE o.not_sellable = 'vanished' END, false) AS gone
          FROM undo u JOIN offer o ON o.id = u.offer
          JOIN LATERAL jsonb_populate_record(NULL::offer, u.doc) p ON true
         WHERE u.doc IS NOT NULL) r) n"""


_WRITE = f"""
UPDATE offer o SET {", ".join(f"{c} = r.{c}" for c in (*_RESTORED, "not_sellable"))},
       hash = NULL, stock_hash = NULL, last_run = $1, updated_at = now(),
       price_feed = CASE WHEN o.price_e4 IS DISTINCT FROM r.price_e4 THEN NULL ELSE o.price_feed END
  FROM restored r WHERE o.id = r.id"""


async def undo_offers(supplier: int, run: int) -> dict[str, Any]:
    """Undo in the open scope, under the supplier's lock. Answers what was done: counts, and the first of what was left alone."""
    others = await fetch_value(
        "SELECT EXISTS (SELECT 1 FROM feed_run WHERE supplier = $1 AND id < $2 AND state = 'undone')",
        supplier,
        run,
    )
    await execute(_FIND.format(run=int(run), was=_WAS_BEFORE_THOSE if others else _WAS))
    await execute(_NEW, run, supplier)
    if others:
        await execute(_LEFT_OVER, run)
    await execute(_restore())
    await execute(
        statements.trail("r", kind="'undone'", source="restored r JOIN offer o ON o.id = r.id"), supplier, run
    )
    counts = await fetch_one(
        "SELECT count(*) FILTER (WHERE r.retired_at IS NULL OR o.retired_at IS NOT NULL) AS restored,"
        " count(*) FILTER (WHERE r.retired_at IS NOT NULL AND o.retired_at IS NULL) AS retired"
        " FROM restored r JOIN offer o ON o.id = r.id"
    )
    assert counts is not None
    await execute(_WRITE, run)
    left = await fetch(
        "SELECT o.sku, o.title, u.left_alone, count(*) OVER () AS total FROM undo u JOIN offer o ON o.id = u.offer"
        " WHERE u.left_alone IS NOT NULL ORDER BY o.sku LIMIT $1",
        LISTED,
    )
    return {
        **counts,
        "left": left[0]["total"] if left else 0,
        "examples": [{"sku": r["sku"], "title": r["title"], "fields": r["left_alone"]} for r in left],
    }


_FIND_PRICES = """
CREATE TEMP TABLE undo_price ON COMMIT DROP AS
SELECT c.offer, c.merchant, c.supplier, c.before, c.after,
       CASE WHEN p.id IS NOT NULL THEN jsonb_strip_nulls(jsonb_build_object('cost_e4', p.cost_e4, 'currency', p.currency, 'hidden', p.hidden)) END
           IS NOT DISTINCT FROM c.after AS same
  FROM agreement_offer_change c LEFT JOIN agreement_offer p ON p.agreement = c.agreement AND p.offer = c.offer
 WHERE c.run = %s AND c.agreement = %s AND c.by IS NULL"""

_NO_PRICE = """
DELETE FROM agreement_offer p USING undo_price u WHERE p.agreement = $1 AND p.offer = u.offer AND u.same AND u.before IS NULL"""

_OLD_PRICE = """
INSERT INTO agreement_offer (merchant, supplier, agreement, offer, cost_e4, currency, hidden, price_time)
SELECT u.merchant, u.supplier, $1, u.offer, (u.before ->> 'cost_e4')::bigint, u.before ->> 'currency',
       coalesce((u.before ->> 'hidden')::boolean, false), now()
  FROM undo_price u WHERE u.same AND u.before IS NOT NULL
    ON CONFLICT (agreement, offer) DO UPDATE SET cost_e4 = EXCLUDED.cost_e4, currency = EXCLUDED.currency, hidden = EXCLUDED.hidden"""

_PRICE_TRAIL = """
INSERT INTO agreement_offer_change (merchant, supplier, agreement, offer, run, before, after, by)
SELECT u.merchant, u.supplier, $1, u.offer, $2, u.after, u.before, $3 FROM undo_price u WHERE u.same"""


async def undo_prices(agreement: int, run: int, by: str) -> dict[str, Any]:
    """Undo a price list of one merchant, in the open scope."""
    await execute(_FIND_PRICES % (int(run), int(agreement)))
    await execute(_NO_PRICE, agreement)
    await execute(_OLD_PRICE, agreement)
    restored = await execute(_PRICE_TRAIL, agreement, run, by)
    left = await fetch(
        "SELECT o.sku, o.title, count(*) OVER () AS total FROM undo_price u JOIN offer o ON o.id = u.offer WHERE NOT u.same"
        " ORDER BY o.sku LIMIT $1",
        LISTED,
    )
    examples = [{"sku": row["sku"], "title": row["title"], "fields": ["cost_e4"]} for row in left]
    return {"restored": restored, "retired": 0, "left": left[0]["total"] if left else 0, "examples": examples}
