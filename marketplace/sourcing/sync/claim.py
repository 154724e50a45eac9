"""Taking a run on: who may, and what it needs to know of its feed.

A run is claimed by its attempt number. The event that asks for it carries the number it expects, so that of two workers with
the same message one gets nothing, and a worker that was given up for dead cannot finish what another has started again.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.sourcing.mapping import Mapping, from_json
from marketplace.sourcing.reading.reader import VERSION
from tenants.scope import acting_as

MAX_ATTEMPTS = 5


def reads_as(mapping_version: int) -> str:
    """Differs when the same bytes would be read differently: by another mapping, or by another release."""
    return f"{mapping_version or 1}.{VERSION.decode()}"


class Task(Struct, frozen=True):
    """A claimed run and its feed."""

    run: int
    supplier: int
    feed: int
    attempt: int
    decided: bool  # a person looked at the diff and said: apply
    trigger: str
    created_at: datetime
    file_key: str | None
    file_name: str | None
    source_time: datetime | None
    speed: str
    agreement: int | None
    transport: str
    url: str | None
    credentials: str | None
    host_key: str | None
    mapping: Mapping | None
    mapping_version: int
    etag: str | None
    last_modified: str | None
    content_sha: str | None
    content_stands: bool
    limits: dict[str, int]
    vanished: str
    retire_after: int
    lag_hours: int
    first: bool  # nothing of this feed was ever applied
    orphaned: list[int] = []  # feeds that no longer confirm what they said of this feed's offers

    @property
    def reads_as(self) -> str:
        return reads_as(self.mapping_version)

    @property
    def known_sha(self) -> str | None:
        """Digest of the last file decided about, when it would still be read the same way. One that a person dropped or undid stays so
        when another release reads it otherwise, and is forgotten when a person asks for it again."""
        sha, _, how = (self.content_sha or "").partition(":")
        if self.trigger == "retry":
            return None
        if self.content_stands:
            return None if self.rehash or self.orphaned else sha
        same_mapping = how.partition(".")[0] == self.reads_as.partition(".")[0]
        return sha if same_mapping else None

    @property
    def rehash(self) -> bool:
        """Whether the digests we hold are worth nothing now."""
        return (self.content_sha or "").partition(":")[2] != self.reads_as


async def claim(supplier: int, run: int, attempt: int) -> Task | None:
    """Take the run on as attempt `attempt` + 1; None when somebody else did, or it is no longer wanted.

    A run that a person let through is applying, also when it starts again: nobody is asked twice.
    """
    async with acting_as(supplier):
        taken = await fetch_value(
            "UPDATE feed_run SET attempts = attempts + 1, beat_at = now(), started_at = coalesce(started_at, now()),"
            " state = CASE WHEN decided_by IS NOT NULL THEN 'applying' ELSE 'fetching' END, phase = 'fetching', done_rows = 0,"
            " expected_rows = 0 WHERE id = $1 AND attempts = $2 AND state IN ('pending', 'applying') RETURNING attempts",
            run,
            attempt,
        )
        return await task_of(run) if taken is not None else None


async def task_of(run: int) -> Task:
    """The run and its feed, in the open scope."""
    row = await fetch_one(
        """
        SELECT r.id AS run, r.supplier, r.feed, r.attempts AS attempt, r.decided_by IS NOT NULL AS decided, r.trigger, r.created_at,
               r.file_key, r.file_name, r.source_time, f.speed, f.agreement, f.transport, f.url, f.credentials, f.host_key, f.mapping,
               f.mapping_version, f.etag, f.last_modified, f.content_sha, f.content_stands, f.limits, f.vanished, f.retire_after,
               f.lag_hours,
               NOT EXISTS (SELECT 1 FROM feed_run p WHERE p.feed = r.feed AND p.state IN ('applied', 'undone')) AS first
          FROM feed_run r JOIN feed f ON f.id = r.feed
         WHERE r.id = $1""",
        run,
    )
    assert row is not None
    row["mapping"] = from_json(row["mapping"]) if row["mapping"] is not None else None
    row["limits"] = json.loads(row["limits"])
    if row["speed"] == "full" and row["agreement"] is None:
        row["orphaned"] = await fetch_value(_ORPHANED, row["supplier"], row["feed"])
    return Task(**row)


#: a list of stock that was put away, or that nobody has heard of for longer than its lease: what it said last this feed may say now,
#: although its own rows did not change. Offers are gone through only where there is such a feed, and until this one was read once since
#: (an hour is left for that reading): what it cannot say of them then, it cannot say at the next look either
_ORPHANED = """
SELECT coalesce(array_agg(p.feed), '{}') FROM feed_pulse p JOIN feed f ON f.id = $2
  CROSS JOIN LATERAL (SELECT least(p.archived_at, p.confirmed_at + make_interval(hours => p.stale_after_hours::int)) AS since) silent
 WHERE p.supplier = $1 AND p.feed <> $2 AND silent.since < now()
   AND (f.last_ok_at IS NULL OR f.last_ok_at < silent.since + interval '1 hour')
   AND EXISTS (SELECT 1 FROM offer o WHERE o.supplier = $1 AND o.feed = $2 AND p.feed IN (o.stock_feed, o.price_feed))"""
