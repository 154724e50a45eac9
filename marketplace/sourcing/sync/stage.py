"""The rows of a file into a temporary table, while the reader goes on reading in a thread.

COPY and row security exclude each other, so rows are copied aside and inserted from there.
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

import asyncpg

from marketplace.kernel.database import connection, copy_into, execute
from marketplace.kernel.many_rows import many_rows
from marketplace.sourcing.reading.made_of import MadeOf
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.made_of import stage_sets
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.sync.records import Records, table

_INT64 = 2**63


async def stage(records: Records, findings: Findings, progress: Progress) -> int:
    """Copy the rows into `stage`; what was rejected is in `findings`. Answers how many rows were copied.

    Raises what the reader raises (FeedRefused).
    """
    await execute(table())
    staged = 0
    async with Batches(records, progress) as read:
        while (batch := await read.next()) is not None:
            await stage_sets(batch.sets)
            staged += await copy(batch.rows, records.columns, findings)
    await execute("CREATE INDEX ON stage (sku); ANALYZE stage (sku)")
    return staged


class Batch(NamedTuple):
    """Rows to copy, what the sets among all that was read since are made of, and how many keys had come again by then."""

    rows: list[tuple[Any, ...]]
    sets: list[MadeOf]
    merged: int


class Batches:
    """A file's batches, made in a thread: `async with Batches(…) as read`, then `next()` until it gives None. While one is worked on
    the next is made."""

    def __init__(self, records: Records, progress: Progress) -> None:
        self._records, self._progress = records, progress
        self._reading: asyncio.Future[list[tuple[Any, ...]] | None] | None = None
        self._pace = many_rows()

    async def __aenter__(self) -> Batches:
        self._pace.__enter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._pace.__exit__(None, None, None)  # first: what follows can be cancelled
        if self._reading is not None:
            await asyncio.wait([self._reading])  # the reader's files are not closed under its feet

    async def next(self) -> Batch | None:
        """The next batch, None after the last. Raises what the reader raises (FeedRefused)."""
        if self._reading is None:
            self._begin()
        assert self._reading is not None
        rows = await asyncio.shield(self._reading)
        self._reading = None
        self._progress.done, self._progress.expected = self._records.read, self._records.expected
        if rows is None:
            return None
        batch = Batch(rows, self._records.take_sets(), self._records.merged)
        self._begin()  # only now: the reader goes on with what was taken of it
        return batch

    def _begin(self) -> None:
        self._reading = asyncio.ensure_future(asyncio.to_thread(self._records.take))


async def copy(records: list[tuple[Any, ...]], columns: tuple[str, ...], findings: Findings) -> int:
    """Copy a batch of these columns into `stage`. A row with a value that cannot be kept is rejected. Answers how many were copied."""
    if not records:
        return 0
    try:
        async with (
            connection().transaction()
        ):  # a savepoint: one value that cannot be kept does not cost the run
            await copy_into("stage", records, columns)
        return len(records)
    except (asyncpg.DataError, ValueError, OverflowError):
        kept = [r for r in records if _fits(r, columns, findings)]
        if len(kept) == len(records):
            raise
        return await copy(kept, columns, findings)


def _fits(record: tuple[Any, ...], columns: tuple[str, ...], findings: Findings) -> bool:
    """Whether every value can be kept; else the row is rejected with the name of the one that cannot."""
    for name, value in zip(columns, record, strict=True):
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, int) and not -_INT64 <= value < _INT64:
            return _unfit(record[columns.index("line")], name, findings)
        if isinstance(value, str) and ("\0" in value or not _encodes(value)):
            return _unfit(record[columns.index("line")], name, findings)
    return True


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unfit(line: int, name: str, findings: Findings) -> bool:
    findings.reject(Rejected(line, f"The value of “{name}” cannot be stored", "unstorable"))
    return False
