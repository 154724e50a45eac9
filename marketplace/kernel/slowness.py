"""One deadline for the whole of a call, which stands still while we are the ones who wait our turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from marketplace.kernel.fetching import TooSlow


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[asyncio.Timeout]:
    """Raises TooSlow when what is inside takes longer than `seconds`."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield limit
    except TimeoutError:
        if limit.expired():
            raise TooSlow(seconds=round(seconds)) from None
        raise


@asynccontextmanager
async def paused(limit: asyncio.Timeout, turn: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
    """Enter `turn`, however long that takes, without using up the deadline."""
    clock = asyncio.get_running_loop().time
    ends = limit.when()
    left = None if ends is None else ends - clock()
    limit.reschedule(None)
    async with turn:
        limit.reschedule(None if left is None else clock() + left)
        yield
