"""What the page of a run shows: how far it is, what it counted, what it changes, and every row that was rejected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.sourcing.screens.feed_health import AT_WORK
from marketplace.sourcing.sync.sample import KEPT
from marketplace.sourcing.undo_run import LAST_DAYS, LAST_RUNS
from tenants.scope import acting_as

PAGE = 50
REASONS = 8  # shown of those that come more than once
_REASON_KEY = "left(md5(reason), 12)"
KINDS = ("new", "changed", "vanished", "zeroed", "repriced", "returned")
ISSUES = ("rejected", "warning")
COUNTED = ("new", "changed", "vanished", "zeroed", "repriced", "rejected")


@dataclass(frozen=True)
class RunPage:
    """A run with its feed. `run` holds the columns of `feed_run`; `kept` how many examples there are of each kind."""

    run: dict[str, Any]
    feed: dict[str, Any]
    reasons: list[dict[str, Any]]
    undone: dict[str, Any] | None
    kept: dict[str, int]
    expected_rows: int | None  # what the last run of this feed read
    may_undo: bool
    newer: bool  # a later run was applied

    @property
    def at_work(self) -> bool:
        return self.run["state"] in AT_WORK

    def total(self, kind: str) -> int:
        """How many there were of a kind, of which `kept` are there to look at."""
        kept = self.kept.get(kind, 0)
        counted = self.run.get(kind, 0) if kind in COUNTED else 0
        return max(kept, counted) if kept >= KEPT or kind in ISSUES else kept


async def run_page(supplier: int, feed: int, run: int) -> RunPage:
    """Raises NotFound."""
    async with acting_as(supplier):
        row = await fetch_one("SELECT * FROM feed_run WHERE id = $1 AND feed = $2", run, feed)
        its_feed = await fetch_one(
            "SELECT id, name, speed, transport, url IS NOT NULL AS fetches, mapping_version, vanished, agreement, archived_at"
            " FROM feed WHERE id = $1",
            feed,
        )
        if row is None or its_feed is None:
            raise NotFound
        kept = await fetch(
            "SELECT kind, count(*) AS n FROM run_diff WHERE run = $1 GROUP BY kind"
            " UNION ALL SELECT kind, count(*) FROM run_issue WHERE run = $1 GROUP BY kind",
            run,
        )
        around = await fetch_one(
            "SELECT (SELECT rows FROM feed_run WHERE feed = $1 AND id < $2 AND rows > 0 ORDER BY id DESC LIMIT 1) AS expected,"
            " (SELECT count(*) FROM feed_run WHERE feed = $1 AND id > $2 AND state IN ('applied', 'undone')) AS later",
            feed,
            run,
        )
    assert around is not None
    young = (now() - row["created_at"]).days < LAST_DAYS
    return RunPage(
        run=row,
        feed=its_feed,
        reasons=json.loads(row.pop("reasons")) or [],
        undone=json.loads(row["undo"]) if row["undo"] else None,
        kept={each["kind"]: each["n"] for each in kept},
        expected_rows=around["expected"],
        may_undo=row["state"] == "applied"
        and row["phase"] is None
        and (young or around["later"] < LAST_RUNS),
        newer=around["later"] > 0,
    )


@dataclass(frozen=True)
class Change:
    """One field of one offer, before and after; None is empty."""

    name: str
    before: Any
    after: Any

    @property
    def moved_bp(self) -> int | None:
        """By how much an amount moved, in basis points of what it was."""
        if not self.name.endswith("_e4") or not self.before or self.after is None:
            return None
        return (self.after - self.before) * 10_000 // self.before

    @property
    def gone(self) -> list[str] | None:
        """Of a list, what is not in it any more. None where it is no list."""
        return self._missing(self.before, self.after)

    @property
    def came(self) -> list[str] | None:
        return self._missing(self.after, self.before)

    def _missing(self, here: Any, there: Any) -> list[str] | None:
        if not isinstance(here or [], list) or not isinstance(there or [], list) or not (here or there):
            return None
        return [str(each) for each in here or [] if each not in (there or [])]


@dataclass(frozen=True)
class DiffRow:
    """What a run changes on one offer."""

    id: int
    sku: str
    title: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    offer: int | None = None
    currency: str | None = None
    changes: list[Change] = field(default_factory=list)


#: fields in the order in which a person looks at them
_ORDER = (
    "title",
    "price_e4",
    "sale_price_e4",
    "quantity",
    "sells_up_to",
    "availability",
    "not_sellable",
    "currency",
)
_ECHOES = {"gtin_valid", "quantity_raw", "missing_runs"}  # said by another field


async def diff_page(
    supplier: int, run: int, kind: str, *, after: int = 0
) -> tuple[list[DiffRow], int | None]:
    """(rows, id to go on after). A run keeps the first 500 of each kind."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT d.id, d.sku, d.title, d.before, d.after, o.id AS offer, o.currency FROM run_diff d"
            " LEFT JOIN offer o ON o.supplier = d.supplier AND o.sku = d.sku"
            " WHERE d.run = $1 AND d.kind = $2 AND d.id > $3 ORDER BY d.id LIMIT $4",
            run,
            kind,
            after,
            PAGE + 1,
        )
    found = [_diff_row(row) for row in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else None


def _diff_row(row: dict[str, Any]) -> DiffRow:
    before = json.loads(row.pop("before") or "{}") or {}
    after = json.loads(row.pop("after") or "{}") or {}
    return DiffRow(**row, before=before, after=after, changes=changes(before, after))


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Fields that are in either, the telling ones first."""
    names = [name for name in {**before, **after} if name not in _ECHOES]
    if "quantity" in names and "sells_up_to" in names and before.get("quantity") == before.get("sells_up_to") and after.get("quantity") == after.get("sells_up_to"):  # fmt: skip
        names.remove("sells_up_to")
    if "quantity" in names:
        names = [name for name in names if not _follows(name, before, after)]
    names.sort(key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return [Change(name, before.get(name), after.get(name)) for name in names]


def _follows(name: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a field says no more than the quantity: none is out of stock, some is in stock."""
    said = {"availability": ("out_of_stock", "in_stock"), "not_sellable": ("out_of_stock", None)}.get(name)
    sides = (before, after)
    return said is not None and all(
        side.get("quantity") is not None and side.get(name) == said[side["quantity"] > 0] for side in sides
    )


@dataclass(frozen=True)
class Issue:
    id: int
    kind: str
    line: int | None
    sku: str | None
    reason: str
    raw: list[str]


@dataclass(frozen=True)
class Reason:
    """One reason with how many of a run's kept issues have it. `key` finds them."""

    key: str
    reason: str
    count: int


async def issue_reasons(supplier: int, run: int, kind: str) -> list[Reason]:
    """The reasons of a run's issues, the most frequent first; none when hardly any comes twice."""
    async with acting_as(supplier):
        rows = await fetch(
            f"SELECT {_REASON_KEY} AS key, reason, count(*) AS count FROM run_issue WHERE run = $1 AND kind = $2"
            " GROUP BY reason ORDER BY count DESC, min(id) LIMIT $3",
            run,
            kind,
            REASONS,
        )
    found = [Reason(**row) for row in rows if row["count"] > 1]
    return found if len(rows) > 1 else []


async def issue_page(
    supplier: int, run: int, kind: str, *, after: int = 0, most: int = PAGE, why: str = ""
) -> tuple[list[Issue], int | None]:
    """(rows, id to go on after). A run keeps the first 5,000. `why` is the key of a reason."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT id, kind, line, sku, reason, raw FROM run_issue WHERE run = $1 AND kind = $2 AND id > $3"
            f" AND ($5 = '' OR {_REASON_KEY} = $5) ORDER BY id LIMIT $4",
            run,
            kind,
            after,
            most + 1,
            why,
        )
    found = [Issue(**{**row, "raw": json.loads(row["raw"] or "[]") or []}) for row in rows[:most]]
    return found, found[-1].id if len(rows) > most else None


async def runs_page(
    supplier: int, feed: int, *, before: int | None = None
) -> tuple[list[dict[str, Any]], int | None]:
    """(a feed's runs, newest first; id to go on before)."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT * FROM feed_run WHERE feed = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
            feed,
            before,
            PAGE + 1,
        )
    return rows[:PAGE], rows[PAGE - 1]["id"] if len(rows) > PAGE else None


@dataclass(frozen=True)
class Pace:
    """How far a run is. `share` in basis points, when the last run tells what to expect."""

    state: str
    phase: str | None
    done: int
    expected: int | None
    started_at: datetime | None
    rate: int | None  # rows a second
    attempts: int

    @property
    def seconds(self) -> int | None:
        """For how long it has been at work."""
        return None if self.started_at is None else max(0, round((now() - self.started_at).total_seconds()))

    @property
    def share(self) -> int | None:
        if not self.expected or self.phase not in ("reading", None):
            return None
        return min(10_000, self.done * 10_000 // self.expected)

    @property
    def seconds_left(self) -> int | None:
        if not self.expected or not self.rate or self.phase != "reading" or self.done >= self.expected:
            return None
        return (self.expected - self.done) // self.rate


async def pace(supplier: int, feed: int, run: int, *, since: Mark | None = None) -> Pace:
    """Raises NotFound. `since` is what an earlier look saw: the rate is then that of the time between."""
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT state, phase, done_rows, started_at, beat_at, attempts, (SELECT p.rows FROM feed_run p WHERE p.feed = r.feed"
            " AND p.id < r.id AND p.rows > 0 ORDER BY p.id DESC LIMIT 1) AS expected FROM feed_run r WHERE id = $1 AND feed = $2",
            run,
            feed,
        )
    if row is None:
        raise NotFound
    return Pace(
        state=row["state"],
        phase=row["phase"],
        done=row["done_rows"],
        expected=row["expected"],
        started_at=row["started_at"],
        rate=_rate(row, since),
        attempts=row["attempts"],
    )


@dataclass(frozen=True)
class Mark:
    at: datetime
    done: int


def _rate(row: dict[str, Any], since: Mark | None) -> int | None:
    done, start = row["done_rows"], row["started_at"]
    if since is not None and row["beat_at"] and row["beat_at"] > since.at and done > since.done:
        done, start = done - since.done, since.at
    if not done or start is None or row["beat_at"] is None:
        return None
    seconds = (row["beat_at"] - start).total_seconds()
    return round(done / seconds) if seconds > 0.5 else None
