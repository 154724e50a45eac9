"""How feeds are: a row a feed, for the supplier whose feeds they are and for the merchants who sell from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.sourcing.screens.feed_measures import Measures, measures_of
from marketplace.sourcing.silence import LEASE_ENDED, WAITING
from tenants.scope import acting_as

RECENT = 20  # runs of a sparkline
AT_WORK = ("pending", "fetching", "diffed", "applying")
ENDED = ("unchanged", "held", "applied", "undone", "dropped", "failed")
_BRIEF = (
    "r.id, r.feed, r.state, r.trigger, r.created_at, r.started_at, r.finished_at, r.phase, r.done_rows, r.rows, r.accepted,"
    " r.rejected, r.warned, r.new, r.changed, r.vanished, r.zeroed, r.repriced, r.retired, r.format, r.error, r.message"
)


@dataclass(frozen=True)
class RunBrief:
    """One run in a list. Counts are of offers but `rows`, `accepted` and `rejected`, which are of the file's records."""

    id: int
    feed: int
    state: str
    trigger: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    phase: str | None
    done_rows: int
    rows: int
    accepted: int
    rejected: int
    warned: int
    new: int
    changed: int
    vanished: int
    zeroed: int
    repriced: int
    retired: int
    format: str | None
    error: str | None
    message: str | None

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def moved(self) -> int:
        """Offers that are not as they were."""
        return self.new + self.changed + self.vanished

    @property
    def seconds(self) -> int | None:
        """How long it took; None where the time was a person's, who dropped it."""
        if self.started_at is None or self.finished_at is None or self.state == "dropped":
            return None
        return max(0, round((self.finished_at - self.started_at).total_seconds()))


@dataclass(frozen=True)
class FeedRow:
    """A feed and its last runs, newest first. What is the supplier's own business (`due_at`, `failures`, …) is None for merchants."""

    id: int
    supplier: int
    supplier_name: str
    supplier_slug: str
    name: str
    speed: str
    transport: str
    enabled: bool
    confirmed_at: datetime | None
    stale_after_hours: int
    stop_after_hours: int
    offers: int | None  # None where they were not counted
    on_sale: int | None
    vouches: bool  # stock is for sale on its word: a catalogue beside a list of stock may grow old
    fetches: bool | None = None
    mapped: bool | None = None  # somebody said how its file is read
    due_at: datetime | None = None
    failures: int | None = None
    runs: list[RunBrief] = field(default_factory=list)
    read: RunBrief | None = None  # the last run that read a file
    measures: Measures = field(default_factory=Measures)  # of sales, a merchant sees its own; blank in brief

    @property
    def last(self) -> RunBrief | None:
        return self.runs[0] if self.runs else None

    @property
    def running(self) -> RunBrief | None:
        return next((run for run in self.runs if run.at_work), None)

    @property
    def held(self) -> RunBrief | None:
        return next((run for run in self.runs if run.state == "held"), None)

    @property
    def ended(self) -> RunBrief | None:
        return next((run for run in self.runs if not run.at_work), None)

    @property
    def health(self) -> str:
        """held | running | failing | stopped | stale | new | paused | well: what a person must know first."""
        if self.held:
            return "held"
        if self.running:
            return "running"
        if self.ended and self.ended.state == "failed":
            return "failing"
        if self.confirmed_at is None:
            if not any(run.state in ("applied", "unchanged") for run in self.runs):
                return "new"
            return "well" if self.enabled else "paused"  # a price list confirms no stock
        return self.aged or ("well" if self.enabled else "paused")

    @property
    def aged(self) -> str | None:
        """stopped | stale | None: what the lease says of its stock, whatever else a person must know first."""
        if not self.vouches or self.confirmed_at is None:
            return None
        age = now() - self.confirmed_at
        if age >= timedelta(hours=self.stop_after_hours):
            return "stopped"
        return "stale" if age >= timedelta(hours=self.stale_after_hours) else None


#: the order in which feeds want attention
URGENCY = ("held", "failing", "stopped", "stale", "new", "running", "paused", "well")


_SALES = """
CROSS JOIN LATERAL (SELECT count(*) AS offers, count(*) FILTER (WHERE o.not_sellable IS NULL) AS on_sale
                      FROM offer o WHERE o.supplier = p.supplier AND o.feed = p.feed AND o.retired_at IS NULL) AS sales"""
_UNCOUNTED = "CROSS JOIN (SELECT NULL::bigint AS offers, NULL::bigint AS on_sale) AS sales"

#: looked for only where the answer matters
_VOUCHES = f"""
CASE WHEN {LEASE_ENDED} AND p.silence IS NOT NULL THEN p.silence = 'told'
     WHEN p.confirmed_at + make_interval(hours => p.stale_after_hours::int) <= now() THEN EXISTS (SELECT 1 FROM offer o WHERE {WAITING})
     ELSE true END AS vouches"""

_OWN = f"""
SELECT f.id, f.supplier, c.name AS supplier_name, c.slug AS supplier_slug, f.name, f.speed, f.transport, f.enabled,
       p.confirmed_at, f.stale_after_hours, f.stop_after_hours, f.url IS NOT NULL AS fetches,
       f.mapping IS NOT NULL AS mapped, f.due_at, f.failures, sales.offers, sales.on_sale, {_VOUCHES}
  FROM feed f
  JOIN tenant_card c ON c.tenant = f.supplier
  LEFT JOIN feed_pulse p ON p.feed = f.id
  {{sales}}
 WHERE f.supplier = $1 AND f.transport <> 'grid' AND {{which}} ORDER BY f.id"""


async def supplier_feeds(supplier: int, *, archived: bool = False, brief: bool = False) -> list[FeedRow]:
    """Every feed of a supplier, those that want attention first. Offers are not counted, which of a large supplier takes a while; in
    `brief` nothing is measured either."""
    which = "(f.archived_at IS NOT NULL) = $2"
    async with acting_as(supplier):
        rows = await fetch(_OWN.format(sales=_UNCOUNTED, which=which), supplier, archived)
        return await _with_runs(rows, measured=not brief)


async def supplier_feed(supplier: int, feed: int, *, brief: bool = False) -> FeedRow:
    """One of a supplier's feeds, archived or not; its offers are not counted, and in `brief` it is not measured. Raises NotFound."""
    async with acting_as(supplier):
        rows = await fetch(_OWN.format(sales=_UNCOUNTED, which="f.id = $2"), supplier, feed)
        if not rows:
            raise NotFound
        [found] = await _with_runs(rows, measured=not brief)
    return found


async def count_archived(supplier: int) -> int:
    """How many feeds a supplier has put away."""
    async with acting_as(supplier):
        return int(
            await fetch_value(
                "SELECT count(*) FROM feed WHERE supplier = $1 AND archived_at IS NOT NULL AND transport <> 'grid'",
                supplier,
            )
        )


async def held_runs(supplier: int) -> list[dict[str, Any]]:
    """Runs that wait for a decision, the oldest first: feed, name of the feed, run, since."""
    async with acting_as(supplier):
        return await fetch(
            "SELECT f.id AS feed, f.name, r.id AS run, r.created_at AS since FROM feed f JOIN feed_run r ON r.feed = f.id"
            " WHERE f.supplier = $1 AND f.archived_at IS NULL AND r.state = 'held' ORDER BY r.id",
            supplier,
        )


async def merchant_feeds(merchant: int, *, supplier: int | None = None) -> list[FeedRow]:
    """The feeds of every supplier a merchant has an agreement with (or of one), those that want attention first."""
    async with acting_as(merchant):
        rows = await fetch(
            f"""
            SELECT p.feed AS id, p.supplier, c.name AS supplier_name, c.slug AS supplier_slug, p.name, p.speed, p.transport, p.enabled,
                   p.confirmed_at, p.stale_after_hours, p.stop_after_hours, sales.offers, sales.on_sale, {_VOUCHES}
              FROM feed_pulse p
              JOIN agreement a ON a.supplier = p.supplier AND a.merchant = $1 AND a.state IN ('active', 'paused')
              JOIN tenant_card c ON c.tenant = p.supplier
              {_SALES}
             WHERE p.archived_at IS NULL AND p.name <> '' AND p.transport <> 'grid' AND ($2::bigint IS NULL OR p.supplier = $2) ORDER BY p.feed""",
            merchant,
            supplier,
        )
        return await _with_runs(rows)


async def _with_runs(rows: list[dict[str, Any]], *, measured: bool = True) -> list[FeedRow]:
    ids = [row["id"] for row in rows]
    recent = await fetch(
        f"SELECT {_BRIEF} FROM unnest($1::bigint[]) AS f(id) CROSS JOIN LATERAL"
        " (SELECT * FROM feed_run WHERE feed = f.id ORDER BY id DESC LIMIT $2) r ORDER BY r.id DESC",
        ids,
        RECENT,
    )
    read = await fetch(
        f"SELECT {_BRIEF} FROM unnest($1::bigint[]) AS f(id) CROSS JOIN LATERAL"
        " (SELECT * FROM feed_run WHERE feed = f.id AND state IN ('applied', 'undone', 'held') ORDER BY id DESC LIMIT 1) r",
        ids,
    )
    runs: dict[int, list[RunBrief]] = {}
    for row in recent:
        runs.setdefault(row["feed"], []).append(RunBrief(**row))
    last_read = {row["feed"]: RunBrief(**row) for row in read}
    measures = await measures_of({row["id"]: row["supplier"] for row in rows}) if measured else {}
    found = [
        FeedRow(
            **row,
            runs=runs.get(row["id"], []),
            read=last_read.get(row["id"]),
            measures=measures.get(row["id"], Measures()),
        )
        for row in rows
    ]
    return sorted(found, key=lambda feed: (URGENCY.index(feed.health), feed.name.casefold(), feed.id))
