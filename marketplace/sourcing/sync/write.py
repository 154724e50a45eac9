"""Writing what the comparison found, set by set. All of it in the run's one transaction."""

from __future__ import annotations

from marketplace.kernel.database import execute
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.absent import write_absent
from marketplace.sourcing.sync.columns import Sent
from marketplace.sourcing.sync.compare import Counts, FeedFacts


async def write(facts: FeedFacts, sent: Sent, counts: Counts) -> int:
    """Changed, gone and new offers, with their trail. A new offer needs none: its `first_run` says where it came from.

    Answers how many offers that were there are written anew, also those that are merely confirmed by another feed from now on.
    """
    await execute(
        statements.trail(
            "d",
            kind="CASE WHEN d.returned THEN 'returned' ELSE 'changed' END",
            source="diff d JOIN offer o ON o.id = d.id WHERE d.visible OR d.returned",
            columns=statements.touched(sent),
        ),
        facts.supplier,
        facts.run,
    )
    rewritten = await execute(statements.update_changed(sent), facts.run)
    await write_absent(facts)
    if counts.new and "title" in sent.fields:
        await execute(statements.insert_new(sent), *facts.said, facts.run)
    return rewritten
