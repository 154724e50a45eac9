"""Run a feed: fetch its file, and make the supplier's offers what it says, or say why not."""

from __future__ import annotations

import logging

from marketplace.sourcing.states import FeedRun
from marketplace.sourcing.sync import finish
from marketplace.sourcing.sync.claim import MAX_ATTEMPTS, claim
from marketplace.sourcing.sync.failure import NAMED, named
from marketplace.sourcing.sync.progress import Progress, RunLost
from marketplace.sourcing.sync.run import run as work

logger = logging.getLogger(__name__)


async def sync_feed(supplier: int, run: int, *, attempt: int = 0) -> FeedRun | None:
    """Work on a run that is pending, or that a person decided to apply. Answers the state it ended in.

    None when it was not ours to work on: claimed by somebody else, dropped or restarted meanwhile. `attempt` is how many
    attempts there were when it was asked for. What fails in a foreseen way ends in `failed` with its reason; anything else
    starts the run again, up to five times, and is raised.
    """
    task = await claim(supplier, run, attempt)
    if task is None:
        return None
    try:
        async with Progress(supplier, run, task.attempt) as progress:
            return await work(task, progress)
    except RunLost:
        logger.info("run %s was taken away from attempt %s", run, task.attempt)
        return None
    except NAMED as error:
        await finish.failed(task, named(error))
        return FeedRun.FAILED
    except Exception as error:
        await finish.crashed(task, error, last=task.attempt >= MAX_ATTEMPTS)
        raise
