"""What the page of a run shows: how far it is and what it counted. What it changes and rejects is in `run_findings`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.sourcing.repeat_run import LEFT_ALONE
from marketplace.sourcing.screens.feed_health import AT_WORK
from marketplace.sourcing.sync.sample import KEPT
from marketplace.sourcing.undo_run import LAST_DAYS, LAST_RUNS
from tenants.scope import acting_as

PAGE = 50
KINDS = ("new", "changed", "vanished", "zeroed", "surged", "repriced", "returned")
ISSUES = ("rejected", "warning")
COUNTED = ("new", "changed", "vanished", "zeroed", "repriced", "rejected")


@dataclass(frozen=True)
class RunPage:
    """A run with its feed. `run` holds the columns of `feed_run`; `kept` how many examples there are of each kind."""

    run: dict[str, Any]
    feed: dict[str, Any]
    reasons: list[dict[str, Any]]
    columns: list[str]  # names of the cells that rejected rows keep
    undone: dict[str, Any] | None
    kept: dict[str, int]
    may_undo: bool
    newer: bool  # a later run was applied
    waiting: int | None  # a later run that is held
    left_alone: bool  # a person dropped or undid this file, which may be asked for again

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
            "SELECT count(*) FILTER (WHERE state IN ('applied', 'undone')) AS later, max(id) FILTER (WHERE state = 'held') AS waiting"
            " FROM feed_run WHERE feed = $1 AND id > $2",
            feed,
            run,
        )
        again = await fetch_one(LEFT_ALONE, run)
    assert around is not None
    assert again is not None
    young = (now() - row["created_at"]).days < LAST_DAYS
    return RunPage(
        run=row,
        feed=its_feed,
        reasons=json.loads(row.pop("reasons")) or [],
        columns=json.loads(row.pop("columns")) or [],
        undone=json.loads(row["undo"]) if row["undo"] else None,
        kept={each["kind"]: each["n"] for each in kept},
        may_undo=row["state"] == "applied"
        and row["phase"] is None
        and (young or around["later"] < LAST_RUNS),
        newer=around["later"] > 0,
        waiting=around["waiting"],
        left_alone=bool(again["left_alone"]) and (row["file_key"] is not None or its_feed["fetches"]),
    )


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
    """How far a run is. `share` in basis points, where the file so far, or the last run, tells what to expect."""

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
            "SELECT state, phase, done_rows, started_at, beat_at, attempts, coalesce(NULLIF(expected_rows, 0), (SELECT p.rows"
            " FROM feed_run p WHERE p.feed = r.feed AND p.id < r.id AND p.rows > 0 ORDER BY p.id DESC LIMIT 1)) AS expected"
            " FROM feed_run r WHERE id = $1 AND feed = $2",
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
