"""What the API answers with. Moments are UTC; a name that has nothing to say is null, never missing. Names are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from marketplace.sourcing.screens.feed_health import AT_WORK, FeedRow, RunBrief
from marketplace.sourcing.screens.run_report import Place
from marketplace.web.staff.sourcing import labels

V1 = "/api/v1"


class RunRef(Struct, frozen=True):
    """A run in a list."""

    id: int
    state: str
    trigger: str
    created_at: datetime
    finished_at: datetime | None
    rows: int
    rejected: int
    url: str


class Feed(Struct, frozen=True):
    """`health`: held | failing | stopped | stale | new | running | paused | well. `confirmed_at`: what time its stock is true of;
    shops sell less from `stale_after_hours` on, and nothing from `stop_after_hours` on."""

    id: int
    name: str
    speed: str
    comes_by: str
    health: str
    enabled: bool
    confirmed_at: datetime | None
    stale_after_hours: int
    stop_after_hours: int
    url: str
    files_url: str
    last_run: RunRef | None


class Feeds(Struct, frozen=True):
    feeds: list[Feed]


class File(Struct, frozen=True):
    name: str | None
    bytes: int | None
    sha256: str | None


class Counts(Struct, frozen=True):
    """Records of the file: accepted + merged + attached + rejected = rows; `warned` of the accepted have a remark. The others are offers:
    `older` were left alone, since what we hold of them is newer than the file."""

    rows: int
    accepted: int
    merged: int
    attached: int
    rejected: int
    warned: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    zeroed: int
    repriced: int
    restocked: int
    retired: int
    older: int


class HeldBecause(Struct, frozen=True):
    """A brake of the feed: `count` of `of` offers, more than its limit. Shares in 1/10,000."""

    alarm: str
    count: int
    of: int
    share_bp: int
    limit_bp: int
    detail: str


class Failure(Struct, frozen=True):
    """Why a run failed. `line` and `column` are of the file, when it is broken at one place."""

    code: str
    detail: str
    line: int | None
    column: int | None


class Row(Struct, frozen=True):
    """A row of the file that was not taken, or was with a remark. `cells` are as they came."""

    id: int
    line: int | None
    sku: str | None
    reason: str
    cells: list[str]


class Rows(Struct, frozen=True):
    """`next_url` goes on; null at the end. A run keeps its first 5,000."""

    rows: list[Row]
    next_url: str | None


class Run(Struct, frozen=True):
    """`state`: pending | fetching | diffed | applying (at work), held (a person decides in the portal), unchanged | applied | undone |
    dropped | failed. `ended` says that nothing more happens by itself. `columns` names the cells of the rows that are listed."""

    id: int
    feed: int
    state: str
    ended: bool
    trigger: str
    started_by: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    source_time: datetime | None
    file: File
    phase: str | None
    rows_so_far: int
    counts: Counts
    message: str | None
    failure: Failure | None
    held_because: list[HeldBecause]
    columns: list[str]
    rejected: Rows
    url: str
    feed_url: str
    page_url: str


def feed_shape(row: FeedRow) -> Feed:
    return Feed(
        id=row.id,
        name=row.name,
        speed=row.speed,
        comes_by=row.transport,
        health=row.health,
        enabled=row.enabled,
        confirmed_at=row.confirmed_at,
        stale_after_hours=row.stale_after_hours,
        stop_after_hours=row.stop_after_hours,
        url=f"{V1}/feeds/{row.id}",
        files_url=files_path(row.id),
        last_run=run_ref(row.last) if row.last else None,
    )


def run_ref(run: RunBrief) -> RunRef:
    return RunRef(
        id=run.id,
        state=run.state,
        trigger=run.trigger,
        created_at=run.created_at,
        finished_at=run.finished_at,
        rows=run.rows,
        rejected=run.rejected,
        url=run_path(run.id),
    )


def run_shape(run: dict[str, Any], rejected: Rows, slug: str) -> Run:
    """`run` as `run_report` gives it."""
    failed = run["state"] == "failed"
    failure = Failure(
        run["error"] or "internal", run["message"] or "", run["error_line"], run["error_column"]
    )
    return Run(
        **{name: run[name] for name in ("id", "feed", "state", "trigger", "started_by", "created_at")},
        **{name: run[name] for name in ("started_at", "finished_at", "source_time", "phase")},
        ended=run["state"] not in AT_WORK,
        file=File(run["file_name"], run["bytes"] or None, run["sha"] or _digest(run["file_key"])),
        rows_so_far=run["done_rows"],
        counts=Counts(**{name: run[name] for name in Counts.__struct_fields__}),
        message=None if failed else run["message"],
        failure=failure if failed else None,
        held_because=[_held(reason) for reason in run["reasons"]],
        columns=run["columns"],
        rejected=rejected,
        url=run_path(run["id"]),
        feed_url=f"{V1}/feeds/{run['feed']}",
        page_url=f"/portal/{slug}/feeds/{run['feed']}/runs/{run['id']}",
    )


def rows_shape(run: int, kind: str, limit: int, rows: list[dict[str, Any]], after: Place | None) -> Rows:
    query = f"kind={kind}&limit={limit}"
    following = f"{run_path(run)}/rows?{query}&after={after[0]}.{after[1]}" if after else None
    return Rows([Row(r["id"], r["line"], r["sku"], r["reason"], r["raw"]) for r in rows], following)


def run_path(run: int) -> str:
    return f"{V1}/runs/{run}"


def files_path(feed: int) -> str:
    return f"{V1}/feeds/{feed}/files"


def _digest(file_key: str | None) -> str | None:
    return file_key.partition(":")[2] or None if file_key else None


def _held(reason: dict[str, Any]) -> HeldBecause:
    said = {name: reason[name] for name in ("alarm", "count", "of", "share_bp", "limit_bp")}
    sentence = labels.ALARM[reason["alarm"]].format(
        count=f"{reason['count']:,}",
        of=f"{reason['of']:,}",
        share=f"{reason['share_bp'] / 100:g}%",
        limit=f"{reason['limit_bp'] / 100:g}%",
    )
    hint = labels.HINT.get(reason.get("hint") or "")
    return HeldBecause(**said, detail=f"{sentence} {hint}" if hint else sentence)
