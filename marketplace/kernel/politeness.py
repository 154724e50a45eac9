"""Good manners towards one host: few calls at once, and silence for as long as it asks (Retry-After).

Counted in this process first. Where `share` was called, by the workers that fetch files, the places of a host and its silence are
those of all such processes together.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol
from weakref import WeakKeyDictionary

from marketplace.kernel.fetching import AskedToWait

AT_ONCE = 4
LONGEST_PAUSE = 24 * 3600.0
MANY_HOSTS = 1000  # from here on, hosts whose silence ran out unnoticed are swept


class Shared(Protocol):
    """The places of hosts among all processes."""

    def turn(self, host: str, at_once: int, patience: float) -> AbstractAsyncContextManager[None]:
        """Hold one of the host's `at_once` places. Raises AskedToWait when the host wants silence for more than `patience` seconds."""

    async def silence(self, host: str, seconds: float) -> None:
        """Nobody calls the host before that."""


@dataclass
class _Host:
    gate: asyncio.Semaphore
    users: int = 0
    silent_until: float = 0.0  # on the clock
    told: float = 0.0  # of `silent_until`, what the other processes know


@dataclass
class Politeness:
    """At most `at_once` calls to a host; a caller waits for its turn.

    A host that asked for silence makes a caller wait when no more than `patience` seconds are left, and raises AskedToWait
    otherwise. `clock` counts seconds and `sleep` waits them.
    """

    at_once: int = AT_ONCE
    patience: float = 30.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = asyncio.sleep
    shared: Shared | None = None
    _hosts: dict[str, _Host] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Hold one of the host's places. Raises AskedToWait."""
        state = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self.at_once)))
        state.users += 1
        try:
            async with state.gate:
                await self._wait_out(host, state)
                async with (
                    self.shared.turn(host, self.at_once, self.patience) if self.shared else nullcontext()
                ):
                    yield
        finally:
            state.users -= 1
            await self._tell(host, state)
            self._forget(host, state)

    def asked_to_wait(self, host: str, seconds: float) -> None:
        """The host answered 429 or 503 with Retry-After: nobody calls it before that. Call while holding a turn."""
        state = self._hosts[host]
        state.silent_until = max(state.silent_until, self.clock() + min(seconds, LONGEST_PAUSE))

    async def _wait_out(self, host: str, state: _Host) -> None:
        while (left := state.silent_until - self.clock()) > 0:
            if left > self.patience:
                raise AskedToWait(host=host, retry_after=left)
            await self.sleep(left)  # type: ignore[misc]

    async def _tell(self, host: str, state: _Host) -> None:
        left = state.silent_until - self.clock()
        if self.shared is not None and left > 0 and state.silent_until > state.told:
            state.told = state.silent_until
            await self.shared.silence(host, left)

    def _forget(self, host: str, state: _Host) -> None:
        """Hosts nobody uses and that asked for nothing take no memory."""
        if state.users == 0 and state.silent_until <= self.clock():
            self._hosts.pop(host, None)
        if len(self._hosts) > MANY_HOSTS:
            idle = [h for h, s in self._hosts.items() if s.users == 0 and s.silent_until <= self.clock()]
            for h in idle:
                del self._hosts[h]


_by_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Politeness] = WeakKeyDictionary()


_shared: list[Shared] = []


def share(turns: Shared) -> None:
    """From now on this process counts with the others. Called once, where a worker is assembled."""
    _shared[:] = [turns]


def politeness() -> Politeness:
    """The one everybody shares in the running loop."""
    loop = asyncio.get_running_loop()
    if loop not in _by_loop:
        _by_loop[loop] = Politeness(shared=_shared[0] if _shared else None)
    return _by_loop[loop]


def retry_after_seconds(header: str | None) -> float | None:
    """Seconds from a Retry-After header, a number or an HTTP date (never negative); None when absent or unreadable."""
    if not header:
        return None
    text = header.strip()
    if text.isdigit() and text.isascii():
        return float(text[:9])
    when = http_date(text)
    return None if when is None else max(0.0, (when - datetime.now(UTC)).total_seconds())


def http_date(header: str | None) -> datetime | None:
    """The UTC time of an HTTP date, or None when absent or unreadable."""
    if not header:
        return None
    try:
        when = parsedate_to_datetime(header)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):  # the last: an offset of centuries
        return None
