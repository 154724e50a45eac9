"""What the API answers with. Moments are UTC; a name that has nothing to say is null, never missing. Names are only ever added."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


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
