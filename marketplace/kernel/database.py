"""The engine: nothing is asked of the database outside a scope.

A query without a scope would run without a tenant. Row security makes that an error; this makes it an error in Python
too, before it costs a connection, and with a message that names the remedy.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from asyncpg import Connection
from piccolo.engine.postgres import PostgresEngine
from piccolo.query.base import DDL, Query
from piccolo.querystring import QueryString

from marketplace.kernel.settings import settings


class NoScope(RuntimeError):
    """A query was made with no tenant scope open."""

    def __init__(self) -> None:
        super().__init__("open tenants.scope.acting_as(...) or platform_scope(...) before querying")


class ScopedEngine(PostgresEngine):
    """Piccolo's engine that refuses to run outside a transaction opened by `tenants.scope`.

    `open_for_migrations` lifts that, for the migration command only.
    """

    def __init__(self, config: dict[str, Any], *, open_for_migrations: bool = False) -> None:
        self.open_for_migrations = open_for_migrations
        super().__init__(config=config, extensions=())

    async def get_version(self) -> float:
        return 15.0  # the oldest we support; asking would need a connection at import

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        if not self.open_for_migrations:
            raise NoScope
        return await super()._run_in_pool(query, args)

    async def _run_in_new_connection(self, query: str, args: Sequence[Any] | None = None) -> Any:
        if not self.open_for_migrations:
            raise NoScope
        return await super()._run_in_new_connection(query, args)

    async def batch(self, query: Query, batch_size: int = 100, node: str | None = None) -> Any:
        if not self.open_for_migrations:
            raise NoScope  # Piccolo would stream on a connection of its own, outside the scope
        return await super().batch(query, batch_size, node)


def connection() -> Connection:
    """The open scope's asyncpg connection, for COPY and set-based SQL. Raises NoScope."""
    transaction = engine().current_transaction.get()
    if transaction is None:
        raise NoScope
    return transaction.connection


def engine() -> ScopedEngine:
    from piccolo_conf import DB

    return DB


async def start_pool(size: int | None = None) -> None:
    """Without a pool each query opens its own connection: 8.8 ms instead of 0.6 ms. Call it in every process."""
    await engine().start_connection_pool(min_size=1, max_size=size or settings().pool_size)
    pool = engine().pool
    assert pool is not None
    async with pool.acquire() as probe:
        await _refuse_dangerous_role(probe)


async def stop_pool() -> None:
    if engine().pool:
        await engine().close_connection_pool()


class DangerousRole(RuntimeError):
    """The runtime role skips row security, so tenants would see each other."""


async def _refuse_dangerous_role(probe: Connection) -> None:
    row = await probe.fetchrow(
        "SELECT rolname, rolsuper, rolbypassrls, rolinherit,"
        " EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relnamespace = 'public'::regnamespace) AS owns"
        " FROM pg_roles r WHERE rolname = current_user"
    )
    if row["rolsuper"] or row["rolbypassrls"] or row["rolinherit"] or row["owns"]:
        raise DangerousRole(
            f"DATABASE_URL connects as {row['rolname']}, which is a superuser, skips row security, inherits or owns"
            " tables: run `comptoir provision ADMIN_URL` and use the runtime role it prints"
        )


async def fetch(sql: str, *args: Any) -> list[dict[str, Any]]:
    """Rows of a set-based query in the open scope; `$1` places."""
    return [dict(r) for r in await connection().fetch(sql, *args)]


async def fetch_one(sql: str, *args: Any) -> dict[str, Any] | None:
    row = await connection().fetchrow(sql, *args)
    return dict(row) if row is not None else None


async def fetch_value(sql: str, *args: Any) -> Any:
    return await connection().fetchval(sql, *args)


async def copy_into(
    table: str, records: Iterable[Sequence[Any]], columns: Sequence[str] | None = None
) -> None:
    """COPY the records into a temporary table, in the open scope. Raises ConnectionResetError when the database goes away meanwhile, which
    asyncpg's own method then waits for without end: for room to write, on a connection that is closed."""
    held = connection()
    gone = False

    def lost(_: object) -> None:
        nonlocal gone
        gone = True
        copying.cancel()

    held.add_termination_listener(lost)
    copying = asyncio.ensure_future(held.copy_records_to_table(table, records=records, columns=columns))
    try:
        await copying
    except asyncio.CancelledError:
        if gone:
            raise ConnectionResetError("the database went away") from None
        raise
    finally:
        if not gone:
            held.remove_termination_listener(lost)


async def execute(sql: str, *args: Any) -> int:
    """Run a statement in the open scope; answers how many rows it touched."""
    tag = await connection().execute(sql, *args)
    last = tag.rsplit(" ", 1)[-1]
    return int(last) if last.isdigit() else 0


__all__ = [
    "DDL",
    "NoScope",
    "QueryString",
    "ScopedEngine",
    "connection",
    "copy_into",
    "engine",
    "execute",
    "fetch",
    "fetch_one",
    "fetch_value",
    "start_pool",
    "stop_pool",
]
