"""What is asked of a database that goes away."""

import asyncio

import asyncpg
import pytest

from marketplace.kernel.database import copy_into, execute, fetch_value
from tenants.scope import acting_as
from tests.support import world


async def test_rows_on_their_way_when_the_database_goes_away_are_given_up(database, admin_url):
    """And not waited for: the run would look alive, and nobody would start it again."""
    supplier = await world.supplier()
    begun = asyncio.Event()
    pid = 0

    def rows():
        for number in range(10_000_000):
            if number == 50_000:
                begun.set()
            yield ("x" * 1_000,)

    async def copying():
        nonlocal pid
        async with acting_as(supplier):
            pid = await fetch_value("SELECT pg_backend_pid()")
            await execute("CREATE TEMP TABLE many (text text) ON COMMIT DROP")
            await copy_into("many", rows())

    task = asyncio.create_task(copying())
    await asyncio.wait_for(begun.wait(), 30)
    admin = await asyncpg.connect(admin_url)
    await admin.execute("SELECT pg_terminate_backend($1)", pid)
    await admin.close()
    with pytest.raises((OSError, asyncpg.InterfaceError, asyncpg.PostgresError)):
        await asyncio.wait_for(task, 20)
    async with acting_as(supplier):
        assert await fetch_value("SELECT 42") == 42
