"""What a run would do, without doing it: the very code of a run up to the breaker, in a transaction that is rolled back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.sync.claim import Task, task_of
from marketplace.sourcing.sync.fetching import Got
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.sync.run import SETTINGS, facts_of, judge, read_and_compare
from tenants.scope import acting_as

EXAMPLES = 8  # of each kind
COUNTS = ("new", "changed", "vanished", "zeroed", "restocked", "repriced", "retired", "unchanged", "older")


class _Enough(Exception):
    """Everything is known: roll back."""


async def rehearse(supplier: int, feed: int, path: Path, mapping: Mapping) -> dict[str, Any]:
    """Plain data: `effect` with COUNTS of offers, `reasons` for which the breaker would hold it, `first` when nothing of the feed was
    ever applied, and `examples` by kind (sku, title, before, after). Other runs go on meanwhile. Raises FeedRefused.
    """
    found: dict[str, Any] = {}
    try:
        async with acting_as(supplier):
            await execute(SETTINGS)
            found = await _rehearse(supplier, feed, path, mapping)
            raise _Enough
    except _Enough:
        return found


async def _rehearse(supplier: int, feed: int, path: Path, mapping: Mapping) -> dict[str, Any]:
    task = await _task(supplier, feed, mapping)
    got = Got(path=path, sha=None, bytes=0, source_time=now(), etag=None, last_modified=None)
    progress = Progress(supplier, task.run, task.attempt)  # of nobody: a trial tells its own
    outcome = await read_and_compare(
        task, await facts_of(task, got, mapping), path, mapping, progress, lock=False
    )
    columns = outcome.columns(task, got)
    return {
        "effect": {name: columns[name] for name in COUNTS} | {"known": outcome.counts.known},
        "reasons": msgspec.to_builtins(judge(task, outcome).reasons),
        "first": task.first,
        "examples": await _examples(task.run),
    }


async def _task(supplier: int, feed: int, mapping: Mapping) -> Task:
    """A run that will never have been, of the feed as if the mapping had been saved."""
    run = await fetch_value(
        "INSERT INTO feed_run (supplier, feed, state) VALUES ($1, $2, 'dropped') RETURNING id", supplier, feed
    )
    task = await task_of(run)
    version = task.mapping_version + (task.mapping is not None and task.mapping != mapping)
    return msgspec.structs.replace(task, mapping=mapping, mapping_version=version)


async def _examples(run: int) -> dict[str, list[dict[str, Any]]]:
    rows = await fetch(
        "SELECT kind, sku, title, before, after FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY id) AS place"
        " FROM run_diff WHERE run = $1) d WHERE place <= $2 ORDER BY id",
        run,
        EXAMPLES,
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        said = {name: json.loads(row[name] or "{}") or {} for name in ("before", "after")}
        found.setdefault(row["kind"], []).append({"sku": row["sku"], "title": row["title"], **said})
    return found
