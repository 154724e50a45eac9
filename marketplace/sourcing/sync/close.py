"""What follows from an applied file, in the transaction that applied it; the ends of commitments last, for they lock stock."""

from __future__ import annotations

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one
from marketplace.sourcing.mapping import Mapping, to_json
from marketplace.sourcing.sync import finish
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.fetching import Got
from marketplace.sourcing.sync.made_of import write_sets
from marketplace.sourcing.sync.outcome import Outcome
from marketplace.sourcing.sync.progress import Progress
from marketplace.sourcing.sync.read_again import read_again
from marketplace.sourcing.sync.shortfall import end_commitments, tell_short

NO_MAPPING = "null"  # as JSON: the run took the proposal, before it there was no mapping


async def close(
    task: Task, got: Got, mapping: Mapping, proposed: bool, outcome: Outcome, progress: Progress
) -> None:
    """Keep what the next run must know, tell the merchants, and move the run to applied. Raises RunLost."""
    await finish.drop_held(task.feed, task.run)
    if proposed:
        await execute(
            "UPDATE feed SET mapping = $2::jsonb, mapping_version = greatest(mapping_version, 1) WHERE id = $1 AND mapping IS NULL",
            task.feed,
            json.dumps(to_json(mapping)),
        )
    await finish.keep_file_facts(task, got)
    if task.agreement is None:
        counts = outcome.counts
        await read_again(task.supplier, but=task.feed, new=counts.new > 0, vanished=counts.vanished > 0)
    await finish.confirm(task, got.source_time)
    await finish.tell_merchants(task.supplier, task.run, agreement=task.agreement)
    if task.agreement is None:
        await write_sets(task, mapping)
        await tell_short(task.supplier, task.run, got.source_time)
        await end_commitments(task, got.source_time)
    await progress.stop()
    previous = NO_MAPPING if proposed else await _previous_mapping(task, mapping)
    await finish.write_run(
        task, "applying", "applied", previous_mapping=previous, **outcome.columns(task, got)
    )


async def _previous_mapping(task: Task, mapping: Mapping) -> str | None:
    """The mapping of the last run that stands when this one was read with another: undoing brings it back."""
    row = await fetch_one(
        "SELECT mapping, mapping_version, mapping = $2::jsonb AS same FROM feed_run WHERE feed = $1 AND state = 'applied'"
        " ORDER BY id DESC LIMIT 1",
        task.feed,
        json.dumps(to_json(mapping)),
    )
    if row is None or row["same"] or row["mapping_version"] == max(task.mapping_version, 1):
        return None
    return str(row["mapping"])
