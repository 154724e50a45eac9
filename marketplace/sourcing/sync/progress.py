"""A run's sign of life, written beside the work in transactions of its own, so that everybody sees it while the run's one
large transaction is open. It is also how a run learns that it was taken away: dropped by a person, or restarted.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from contextvars import Context
from types import TracebackType
from typing import Any

from marketplace.kernel.database import execute
from marketplace.sourcing.states import FEED_RUN, FeedRun
from tenants.scope import acting_as

logger = logging.getLogger(__name__)
BEAT_SECONDS = 1.0


class RunLost(Exception):
    """The run is no longer ours: it was dropped, or started again elsewhere. Nothing of it was written."""


class Progress:
    """`async with Progress(…) as progress`: beats until the block ends, and cancels the block when the run is lost."""

    def __init__(self, supplier: int, run: int, attempt: int) -> None:
        self.supplier, self.run, self.attempt = supplier, run, attempt
        self.phase = "fetching"
        self.done = self.expected = 0
        self.lost = False
        self._beats: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        self._owner: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> Progress:
        self._owner = asyncio.current_task()
        self._beats = _apart(self._beat())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if self.lost and isinstance(error, asyncio.CancelledError):
            assert self._owner is not None
            self._owner.uncancel()
            raise RunLost from error

    async def enter(self, state: FeedRun, phase: str) -> None:
        """Move the run on, visible at once. Raises RunLost."""
        self.phase = phase
        if not await _apart(self._write(state)):
            self.lost = True
            raise RunLost

    def say(self, phase: str) -> None:
        """What the next beat tells."""
        self.phase = phase

    async def stop(self) -> None:
        """No beat from here on: the run's own transaction is about to write its row. A beat under way is waited for, not cut off:
        a connection that is cancelled while it is being taken is never given back."""
        self._over.set()
        if self._beats is not None:
            await self._beats
            self._beats = None

    async def _beat(self) -> None:
        while not await self._pause():
            try:
                ours = await self._write(None)
            except Exception:
                logger.exception("a beat of run %s was missed", self.run)
                continue
            if not ours:
                self.lost = True
                assert self._owner is not None
                self._owner.cancel()
                return

    async def _pause(self) -> bool:
        """Wait for the next beat. True when there is none."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), BEAT_SECONDS)
        return self._over.is_set()

    async def _write(self, state: FeedRun | None) -> bool:
        async with acting_as(self.supplier):
            return bool(
                await execute(
                    "UPDATE feed_run SET beat_at = now(), phase = $3, done_rows = $4, expected_rows = $7,"
                    " state = coalesce($5, state) WHERE id = $1 AND attempts = $2 AND state = ANY($6)",
                    self.run,
                    self.attempt,
                    self.phase,
                    self.done,
                    state.value if state else None,
                    _sources(state),
                    self.expected,
                )
            )


_AT_WORK = (FeedRun.FETCHING, FeedRun.DIFFED, FeedRun.APPLYING)


def _sources(state: FeedRun | None) -> list[str]:
    """Where a worker's run may come from: one that is pending again, or held, is no longer this worker's."""
    return [s.value for s in _AT_WORK if state is None or s in FEED_RUN.sources(state)]


def _apart(coroutine: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Run outside the scope and the transaction that are open here."""
    return asyncio.get_running_loop().create_task(coroutine, context=Context())
