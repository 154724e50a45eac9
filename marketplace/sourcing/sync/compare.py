"""What a staged file would change: new, changed and gone, counted before anything is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.columns import Sent
from marketplace.sourcing.sync.keep_undone import anything_undone, keep_present, keep_undone
from marketplace.sourcing.sync.known import Known
from marketplace.sourcing.sync.surge import surged

REHASH_SHARE = 4  # digests alone are written when at most one row in so many has a new one


class FeedFacts(Struct, frozen=True):
    """What the comparison needs to know of the feed."""

    supplier: int
    feed: int
    run: int
    speed: str  # full | stock
    agreement: int | None  # prices of one merchant
    vanished: str  # keep | zero | retire
    retire_after: int
    source_time: datetime
    move_size_bp: int  # a price that changed by more than this share of what it was has moved
    surge_times: int  # stock that grew to more than so many times what it was has surged
    confirmed_at: datetime | None = None  # the feed's pulse before this run
    alone: bool = True  # no other full feed of this supplier
    rehash: bool = False  # the mapping changed: all digests are new
    counted: bool = False  # a row's own time is when its numbers were counted, not when it was last changed
    meant: bool = False  # a person sent this very file, or asked for it again

    @property
    def said(self) -> tuple[int, int, datetime, bool]:
        """$1 to $4 of `statements`."""
        return self.supplier, self.feed, self.source_time, self.counted

    @property
    def owns(self) -> bool:
        """Whether it says which offers there are."""
        return self.speed == "full" and self.agreement is None

    @property
    def digest(self) -> str:
        """The column that knows this feed's records again."""
        return "hash" if self.speed == "full" else "stock_hash"

    @property
    def mine(self) -> str:
        """Which offers `o` this feed ($2) speaks of."""
        return "o.feed = $2" if self.owns else "$2 IN (o.stock_feed, o.price_feed)"


class Counts(Struct):
    """What a run does to the offers. `known`, `in_stock` and `priced` are the feed's offers before it; `moved` are those of the
    repriced whose price moved by more than the feed's limit, `surged` those whose stock grew beyond it. Rises, falls and the median ratio in basis points."""

    known: int = 0
    in_stock: int = 0
    priced: int = 0
    new: int = 0
    changed: int = 0
    returned: int = 0
    vanished: int = 0
    zeroed: int = 0
    restocked: int = 0
    repriced: int = 0
    unpriced: int = 0
    moved: int = 0
    surged: int = 0
    largest_rise_bp: int = 0
    largest_fall_bp: int = 0
    median_ratio_bp: int | None = None
    retired: int = 0
    older: int = 0
    undone: int = 0  # on which the file says again what a person undid

    def set(self, row: dict[str, Any]) -> None:
        for name, value in row.items():
            setattr(self, name, value)


async def look_up_only() -> None:
    """Until the transaction ends, rows are found by their keys and never by joining whole tables.

    What a run does is then a matter of how many rows changed, whatever the statistics say. They are wrong when it matters: right after
    an import, and of temporary tables always. Left to itself the planner has joined a million offers with ten thousand rows by reading
    the million again for each of them.
    """
    await execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")


async def compare(facts: FeedFacts, sent: Sent, known: Known, staged: int) -> Counts:
    """Fill `diff` and `absent`, and count. Locks the supplier's offers against other runs until the end."""
    counts = Counts()
    await execute(statements.diff_table(sent))
    await execute("CREATE TEMP TABLE absent (id bigint PRIMARY KEY, gone boolean) ON COMMIT DROP")
    first = not await fetch_value("SELECT EXISTS (SELECT 1 FROM offer WHERE supplier = $1)", facts.supplier)
    if first:
        counts.new = staged
        return counts
    await execute(statements.compare(sent, owns=facts.owns), *facts.said)
    await execute("ANALYZE diff (id)")
    undone = not facts.meant and await anything_undone(facts.feed)
    if undone:
        counts.undone = await keep_undone(facts.feed, facts.digest, sent)
    await _drop_lonely_digests(facts, known)
    await _absent(facts, known)
    if undone and facts.owns:
        counts.undone += await keep_present(facts.feed)
    counts.known, counts.in_stock, counts.priced = len(known), known.in_stock, known.priced
    if facts.owns:
        counts.new = await fetch_value(
            "SELECT count(*) FROM stage s WHERE NOT EXISTS (SELECT 1 FROM offer o WHERE o.supplier = $1 AND o.sku = s.sku)",
            facts.supplier,
        )
    await _count_changes(facts, sent, counts)
    await _count_absent(facts, counts)
    return counts


async def _drop_lonely_digests(facts: FeedFacts, known: Known) -> None:
    """A file whose every record carries the hour has new digests each time: writing them all would gain nothing."""
    if facts.rehash:
        return
    lonely = await fetch_value("SELECT count(*) FROM diff WHERE hash_only")
    if lonely * REHASH_SHARE > max(len(known), 1):
        await execute("DELETE FROM diff WHERE hash_only")


async def _absent(facts: FeedFacts, known: Known) -> None:
    """Offers that the file does not mention: `gone` where this feed says what there is, else only no longer confirmed."""
    unmentioned = "NOT EXISTS (SELECT 1 FROM stage s WHERE s.sku = o.sku)"
    await execute(
        f"INSERT INTO absent SELECT o.id, $1 FROM unmet u JOIN offer o ON o.id = u.id WHERE {unmentioned}",
        facts.owns,
    )
    if facts.owns and facts.vanished == "retire":  # missing since an earlier run: counted on
        await execute(
            "INSERT INTO absent SELECT o.id, true FROM offer o WHERE o.supplier = $1 AND o.feed = $2 AND o.retired_at IS NULL"
            f" AND o.missing_runs > 0 AND {unmentioned}",
            facts.supplier,
            facts.feed,
        )
    if facts.owns and not facts.alone:
        await execute(
            "INSERT INTO absent SELECT o.id, false FROM offer o WHERE o.supplier = $1 AND $2 IN (o.stock_feed, o.price_feed)"
            f" AND o.feed IS DISTINCT FROM $2 AND {unmentioned}",
            facts.supplier,
            facts.feed,
        )
    await execute("ANALYZE absent")


async def _count_changes(facts: FeedFacts, sent: Sent, counts: Counts) -> None:
    judged = statements.judged(sent)
    counts.set(
        await _one(
            f"""
        SELECT count(*) FILTER (WHERE visible AND NOT returned) AS changed,
               count(*) FILTER (WHERE returned) AS returned, count(*) FILTER (WHERE older) AS older,
               count(*) FILTER (WHERE had > 0 AND has = 0) AS zeroed,
               count(*) FILTER (WHERE had = 0 AND has > 0) AS restocked,
               count(*) FILTER (WHERE was <> now OR recurrent) AS repriced,
               count(*) FILTER (WHERE was IS NOT NULL AND now IS NULL) AS unpriced,
               count(*) FILTER (WHERE surged) AS surged,
               count(*) FILTER (WHERE abs(ratio - 10000) > $1 OR recurrent) AS moved,
               least(greatest(coalesce(max(ratio), 10000) - 10000, 0), 1e15)::bigint AS largest_rise_bp,
               greatest(10000 - coalesce(min(ratio), 10000), 0)::bigint AS largest_fall_bp,
               least(percentile_disc(0.5) WITHIN GROUP (ORDER BY ratio) FILTER (WHERE ratio <> 10000), 1e15)::bigint
                   AS median_ratio_bp
          FROM (SELECT *, now::numeric * 10000 / NULLIF(was, 0) AS ratio
                  FROM (SELECT d.visible, d.returned, d.older, {judged.had} AS had, {judged.has} AS has, {judged.was} AS was,
                               {judged.now} AS now, {judged.recurrent} AS recurrent,
                               {surged(judged, facts.surge_times)} AS surged
                          FROM diff d JOIN offer o ON o.id = d.id WHERE d.visible OR d.returned OR d.older) y) x""",
            facts.move_size_bp,
        )
    )


async def _count_absent(facts: FeedFacts, counts: Counts) -> None:
    row = await _one(
        """
        SELECT count(*) FILTER (WHERE a.gone AND o.missing_runs = 0) AS vanished,
               count(*) FILTER (WHERE a.gone AND $1 = 'retire' AND o.missing_runs + 1 >= $2) AS retired,
               count(*) FILTER (WHERE NOT a.gone AND NOT $3 AND $1 <> 'keep' AND o.stock_feed = $4 AND o.sells_up_to > 0) AS emptied
          FROM absent a JOIN offer o ON o.id = a.id""",
        facts.vanished,
        facts.retire_after,
        facts.owns,
        facts.feed,
    )
    counts.vanished, counts.retired = row["vanished"], row["retired"]
    counts.zeroed += row["emptied"]


async def _one(sql: str, *args: Any) -> dict[str, Any]:
    row = await fetch_one(sql, *args)
    assert row is not None
    return row
