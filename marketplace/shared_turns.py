"""The places of a host among all worker processes and machines: first come, first served, in the database.

A caller takes a ticket (a row of `host_turn`). The oldest tickets of the host hold its places; the others look again four times a second.
A ticket lapses after a minute unless its holder says again that it is there: that of a killed process holds nobody up for longer.
No connection is kept while a call lasts: a turn costs two short transactions.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from typing import Any

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.fetching import AskedToWait
from marketplace.kernel.periodic import every
from tenants.scope import platform_scope

logger = logging.getLogger(__name__)
LAPSES_SECONDS = 60.0
SAY_SECONDS = 20.0
LOOK_SECONDS = 0.25
_SPACE = 0x0F0C  # of advisory locks: tickets of one host are given one after another, so that nobody overlooks an older one

_AHEAD = "(SELECT count(*) FROM host_turn o WHERE o.host = $1 AND o.id < {id} AND o.until > now())"
_TAKE = "INSERT INTO host_turn (host, until) VALUES ($1, now() + make_interval(secs => $2)) RETURNING id"
_LOOK = f"""
UPDATE host_turn SET until = now() + make_interval(secs => $3) WHERE host = $1 AND id = $2
RETURNING {_AHEAD.format(id="$2")} AS ahead"""


class SharedTurns:
    """See `politeness.Shared`."""

    @asynccontextmanager
    async def turn(self, host: str, at_once: int, patience: float) -> AsyncIterator[None]:
        await _heed(host, patience)
        ticket = await _taken(host)
        keeping: asyncio.Task[Any] | None = None
        try:
            while (ahead := await _apart(_look(host, ticket))) is None or ahead >= at_once:
                if ahead is None:  # it lapsed: this process stood still for a minute
                    ticket = await _taken(host)
                await asyncio.sleep(LOOK_SECONDS * random.uniform(0.8, 1.2))
                await _heed(host, patience)
            keeping = _task(_keep(host, ticket))
            yield
        finally:
            if keeping is not None:
                keeping.cancel()
            await _apart(_give_back(ticket))

    async def silence(self, host: str, seconds: float) -> None:
        await _apart(_silence(host, seconds))


async def _heed(host: str, patience: float) -> None:
    """Wait out the silence a host asked for. Raises AskedToWait."""
    while (left := await _apart(_silent(host))) > 0:
        if left > patience:
            raise AskedToWait(host=host, retry_after=left)
        await asyncio.sleep(left)


async def _taken(host: str) -> int:
    """A ticket. One that came when we had already given up is given back: until it lapsed, everybody would wait behind it."""
    taking = _task(_take(host))
    try:
        return await asyncio.shield(taking)
    except asyncio.CancelledError:
        with suppress(Exception):
            await _apart(_give_back(await taking))
        raise


async def _take(host: str) -> int:
    async with platform_scope("a turn at a host"):
        await execute("SELECT pg_advisory_xact_lock($1, hashtext($2))", _SPACE, host)
        return int(await fetch_value(_TAKE, host, LAPSES_SECONDS))


async def _look(host: str, ticket: int) -> int | None:
    """How many are before us; None when the ticket is gone."""
    async with platform_scope("a turn at a host"):
        row = await fetch_one(_LOOK, host, ticket, LAPSES_SECONDS)
    return None if row is None else int(row["ahead"])


async def _keep(host: str, ticket: int) -> None:
    """Say that we are still there, for as long as the call lasts."""
    while True:
        await asyncio.sleep(SAY_SECONDS)
        try:
            await _apart(_look(host, ticket))
        except Exception:
            logger.exception("a turn at %s may lapse while it is used", host)


async def _give_back(ticket: int) -> None:
    async with platform_scope("a turn at a host"):
        await execute("DELETE FROM host_turn WHERE id = $1", ticket)


async def _silent(host: str) -> float:
    async with platform_scope("a turn at a host"):
        left = await fetch_value(
            "SELECT extract(epoch FROM until - now()) FROM host_silence WHERE host = $1", host
        )
    return float(left or 0)


async def _silence(host: str, seconds: float) -> None:
    async with platform_scope("a host wants silence"):
        await execute(
            "INSERT INTO host_silence (host, until) VALUES ($1, now() + make_interval(secs => $2))"
            " ON CONFLICT (host) DO UPDATE SET until = greatest(host_silence.until, excluded.until)",
            host,
            seconds,
        )


def _task(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Outside of whatever scope is open where it is called from."""
    return asyncio.get_running_loop().create_task(work, context=Context())


async def _apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Not cut off by a cancellation: a connection that is being taken then would never be given back."""
    task = _task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(Exception):
            await task
        raise


@every(3600)
async def forget_lapsed_turns() -> None:
    """What killed processes left, and silences that are over."""
    async with platform_scope("forget turns at hosts"):
        await execute("DELETE FROM host_turn WHERE until < now() - interval '1 hour'")
        await execute("DELETE FROM host_silence WHERE until < now()")
