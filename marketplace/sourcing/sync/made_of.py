"""What the sets of a file are made of, kept beside the offers: `stock` sells a set with its parts by it.

Told by the reader for every set of the file, whether its row changed or not, and looked up by article number when the run is applied:
a part may be an offer of another feed, or become one later. Last of all but the ends of commitments, because it locks stock.

A set that a file no longer lists, or of which it does not say for certain, stays what it was. Feeds without sets pay one look-up.
"""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.kernel.database import copy_into, execute, fetch, fetch_value
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.reading.made_of import MadeOf
from marketplace.sourcing.sync.claim import Task
from marketplace.stock.parts import charge_open_holds
from marketplace.stock.rows import make_rows
from marketplace.stock.tell import stock_changed

TOLD = 5_000  # offers in one event

_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS told (nth bigint, sku text, part text, units bigint, sells_up_to bigint, listed boolean) ON COMMIT DROP"""

#: the last row of a key wins, as with offers. `part_sku` is null where nothing certain is said. A part that is no longer listed by itself
#: has no stock but what the set's file says of it
_MADE = """
CREATE TEMP TABLE made ON COMMIT DROP AS
SELECT o.id AS offer, t.part AS part_sku, NULL::bigint AS part, t.units, CASE WHEN p.id IS NULL THEN t.sells_up_to ELSE 0 END AS sells_up_to,
       t.listed, p.id AS part_offer, o.first_run
  FROM (SELECT *, max(nth) OVER (PARTITION BY sku) AS last FROM told) t
  CROSS JOIN LATERAL (SELECT id, coalesce(first_run, 0) AS first_run FROM offer WHERE supplier = $1 AND sku = t.sku OFFSET 0) o
  LEFT JOIN LATERAL (SELECT id FROM offer WHERE supplier = $1 AND sku = t.part AND missing_runs = 0 AND retired_at IS NULL OFFSET 0) p
    ON true
 WHERE t.nth = t.last"""

#: a part that neither the file nor any of the supplier's lists makes the whole set uncertain
_UNLISTED = """
UPDATE made SET part_sku = NULL, part_offer = NULL
 WHERE offer IN (SELECT offer FROM made WHERE NOT listed AND part_offer IS NULL)"""

#: a part that another feed of the supplier calls a set is taken apart in its turn
_APART = """
WITH inner_set AS (
    DELETE FROM made m
     WHERE m.part_offer IN (SELECT l.offer FROM offer_part l WHERE l.supplier = $1 AND l.feed <> $2 AND l.part_offer IS DISTINCT FROM l.offer)
       AND NOT EXISTS (SELECT 1 FROM made s WHERE s.offer = m.part_offer)
 RETURNING m.offer, m.units, m.part_offer, m.first_run)
INSERT INTO made (offer, part_sku, units, sells_up_to, part_offer, first_run)
SELECT i.offer, p.sku, i.units * l.units, l.sells_up_to, l.part_offer, i.first_run
  FROM inner_set i JOIN offer_part l ON l.offer = i.part_offer JOIN part p ON p.id = l.part"""
_TOGETHER = """
WITH twice AS (
    DELETE FROM made m USING (SELECT offer, part_sku FROM made WHERE part_sku IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1) t
     WHERE m.offer = t.offer AND m.part_sku = t.part_sku RETURNING m.*)
INSERT INTO made (offer, part_sku, units, sells_up_to, part_offer, first_run)
SELECT offer, part_sku, least(sum(units), 1e9), min(sells_up_to), min(part_offer), min(first_run) FROM twice GROUP BY 1, 2"""

#: a part that is an offer takes one of itself, unless the file says that it is a set
_THEMSELVES = """
INSERT INTO made (offer, part_sku, units, sells_up_to, part_offer, first_run)
SELECT DISTINCT m.part_offer, m.part_sku, 1, 0, m.part_offer, o.first_run
  FROM made m CROSS JOIN LATERAL (SELECT coalesce(first_run, 0) AS first_run FROM offer WHERE id = m.part_offer OFFSET 0) o
 WHERE m.part_offer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM made s WHERE s.offer = m.part_offer)"""

_PARTS = """
INSERT INTO part (supplier, sku) SELECT DISTINCT $1::bigint, part_sku FROM made WHERE part_sku IS NOT NULL
    ON CONFLICT (supplier, sku) DO NOTHING"""
_KNOW = "UPDATE made m SET part = (SELECT id FROM part WHERE supplier = $1 AND sku = m.part_sku) WHERE part_sku IS NOT NULL"

#: of a part that is no offer, and of which nothing was ever said, nothing can be counted
_UNSAID = """
UPDATE made m SET part = NULL WHERE m.part IS NOT NULL AND m.part_offer IS NULL AND m.sells_up_to IS NULL
   AND NOT EXISTS (SELECT 1 FROM offer_part k WHERE k.offer = m.offer AND k.part = m.part)"""

#: links that no longer hold: of what the file describes anew, and of what it lists and calls no set. An offer that was a part goes on
#: counting as one: sets sold before still need it. $1 supplier, $2 feed, $3 whether it says which offers there are, $4 whether it tells of sets
_GONE = """
CREATE TEMP TABLE unmade ON COMMIT DROP AS
SELECT l.id, l.offer FROM offer_part l
 WHERE l.supplier = $1 AND EXISTS (SELECT 1 FROM made m WHERE m.offer = l.offer AND m.part IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM made m WHERE m.offer = l.offer AND m.part = l.part)
UNION ALL
SELECT l.id, l.offer FROM offer_part l JOIN offer o ON o.id = l.offer
 WHERE l.supplier = $1 AND l.feed = $2 AND l.part_offer IS DISTINCT FROM l.offer
   AND NOT EXISTS (SELECT 1 FROM made m WHERE m.offer = l.offer)
   AND (NOT $4 OR ($3 AND o.feed = $2 AND o.missing_runs = 0 AND o.retired_at IS NULL))"""

#: offers that were there before this run and are made of something else from now on
_CHANGED = """
SELECT DISTINCT offer FROM (
    SELECT offer FROM unmade
     UNION ALL
    SELECT m.offer FROM made m LEFT JOIN offer_part l ON l.offer = m.offer AND l.part = m.part
     WHERE m.part IS NOT NULL AND m.first_run <> $1 AND l.units IS DISTINCT FROM m.units) c ORDER BY offer"""

_LINK = """
INSERT INTO offer_part (supplier, feed, offer, part, units, part_offer, sells_up_to)
SELECT $1::bigint, $2::bigint, m.offer, m.part, m.units, m.part_offer, coalesce(m.sells_up_to, k.sells_up_to)
  FROM made m LEFT JOIN offer_part k ON k.offer = m.offer AND k.part = m.part
 WHERE m.part IS NOT NULL AND (k.id IS NULL OR (k.feed, k.units, k.part_offer, k.sells_up_to)
       IS DISTINCT FROM ($2::bigint, m.units, m.part_offer, coalesce(m.sells_up_to, k.sells_up_to)))
    ON CONFLICT (offer, part) DO UPDATE SET feed = EXCLUDED.feed, units = EXCLUDED.units, part_offer = EXCLUDED.part_offer,
       sells_up_to = EXCLUDED.sells_up_to"""


async def stage_sets(told: Sequence[MadeOf]) -> None:
    """Keep what the reader told until the run is applied."""
    if told:
        await execute(_TABLE)
        fit = [made for made in told if _fits(made.sku) and _fits(made.part or "")]
        await copy_into("told", fit)


def _fits(text: str) -> bool:
    return "\0" not in text and text.encode("utf-8", "replace").decode() == text


async def write_sets(task: Task, mapping: Mapping) -> None:
    """What the applied file says of sets, in the supplier's open scope and under its lock."""
    tells = "parts" in mapping.columns
    if not tells and not await fetch_value(
        "SELECT EXISTS (SELECT 1 FROM offer_part WHERE feed = $1)", task.feed
    ):
        return
    await execute(_TABLE)
    await execute(_MADE, task.supplier)
    await execute("CREATE INDEX ON made (offer, part); ANALYZE made")
    await execute(_UNLISTED)
    if await execute(_APART, task.supplier, task.feed):
        await execute(_TOGETHER)
    await execute(_THEMSELVES)
    await execute(_PARTS, task.supplier)
    await execute(_KNOW, task.supplier)
    await execute(_UNSAID)
    await execute(_GONE, task.supplier, task.feed, task.speed == "full", tells)
    changed = [row["offer"] for row in await fetch(_CHANGED, task.run)]
    if changed:
        await _lock(task, changed)
    await execute("DELETE FROM offer_part l USING unmade u WHERE l.id = u.id")
    await execute(_LINK, task.supplier, task.feed)
    if changed:
        await charge_open_holds(changed)
        for begin in range(0, len(changed), TOLD):
            await stock_changed(changed[begin : begin + TOLD])


async def _lock(task: Task, changed: Sequence[int]) -> None:
    """The stock rows of what changes, so that nobody is selling it, and at once those that the ends of commitments lock after it."""
    await make_rows(changed)
    await fetch(
        "SELECT offer FROM stock WHERE offer = ANY($1) OR offer IN (SELECT offer FROM hold WHERE supplier = $2"
        " AND kind = 'commitment' AND ended_at IS NULL AND counted_from IS NOT NULL) ORDER BY offer FOR UPDATE",
        list(changed),
        task.supplier,
    )
