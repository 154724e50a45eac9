"""A real PostgreSQL for every test: the embedded server, one migrated template, one database a session.

`TEST_ADMIN_URL` points the suite at another server (a stock PostgreSQL 15, say).
"""

import asyncio
import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = Path(tempfile.gettempdir()) / f"comptoir-tests-{os.getuid()}"
#: each process has a database of its own, where ids begin at the same number: two that shared a folder would read each other's files.
#: Set outright, because the processes that share the work inherit what the first of them set
os.environ["DATA_DIR"] = str(SCRATCH / f"data-{os.getpid()}")
os.environ.setdefault("SECRET_KEY", "a key for tests only and of thirty-two bytes or more")
os.environ.setdefault("PICCOLO_CONF", "piccolo_conf")
os.environ.setdefault("DEMO", "1")


def pytest_unconfigure() -> None:
    shutil.rmtree(SCRATCH / f"data-{os.getpid()}", ignore_errors=True)


def _schema_digest() -> str:
    digest = hashlib.sha256()
    for app in ("tenants", "marketplace"):
        for path in sorted([*(ROOT / app / "sql").glob("*.sql"), *(ROOT / app / "migrations").glob("*.py")]):
            digest.update(path.read_bytes())
    digest.update((ROOT / "marketplace/provision.py").read_bytes())
    return digest.hexdigest()[:12]


async def _make_database(admin_url: str) -> tuple[str, str, str]:
    """Clone the migrated template into a database of this session's own."""
    import asyncpg

    from marketplace.migrate import migrate
    from marketplace.provision import as_role, provision

    template = f"template_{_schema_digest()}"
    name = f"test_{os.getpid()}_{uuid.uuid4().hex[:6]}"
    admin = await asyncpg.connect(admin_url)
    try:
        await admin.execute("SELECT pg_advisory_lock(42)")  # xdist workers make the template once
        if not await admin.fetchval(
            "SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate", template
        ):
            await admin.execute(f'DROP DATABASE IF EXISTS "{template}"')
            _, owner_url = await provision(admin_url, template)
            await asyncio.to_thread(migrate, owner_url)
            await admin.execute(f'ALTER DATABASE "{template}" IS_TEMPLATE true')
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER comptoir_owner')
        await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        await admin.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO comptoir_app')
        await admin.execute("SELECT pg_advisory_unlock(42)")
    finally:
        await admin.close()
    return as_role(admin_url, "comptoir_app", name), as_role(admin_url, "comptoir_owner", name), name


@pytest.fixture(scope="session")
def admin_url() -> str:
    if said := os.environ.get("TEST_ADMIN_URL"):
        return said
    from marketplace.kernel import embedded

    SCRATCH.mkdir(mode=0o755, exist_ok=True)
    return embedded.start(SCRATCH / "server")


@pytest.fixture(scope="session")
async def database(admin_url: str) -> AsyncIterator[str]:
    """The runtime role's URL of a migrated database; the engine's pool is open on it."""
    import asyncpg

    app_url, owner_url, name = await _make_database(admin_url)
    os.environ["DATABASE_URL"], os.environ["OWNER_DATABASE_URL"] = app_url, owner_url
    from marketplace.kernel.settings import settings

    settings.cache_clear()
    from marketplace.kernel.database import engine, start_pool, stop_pool

    engine().config["dsn"] = app_url
    await start_pool(12)
    yield app_url
    await stop_pool()
    admin = await asyncpg.connect(admin_url)
    try:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await admin.close()


@pytest.fixture(scope="session")
async def owner_url(database: str) -> str:
    return os.environ["OWNER_DATABASE_URL"]


@pytest.fixture(autouse=True, scope="module")
async def _counters_left_behind(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Tests of pages write counters without holds; what they leave would be a finding for the tests of stock."""
    yield
    from marketplace.kernel.database import engine, execute

    if engine().pool is None:
        return
    from tenants.scope import platform_scope

    async with platform_scope("tidy up after a module of tests"):
        await execute(
            "UPDATE stock s SET held = 0, committed = 0 WHERE (held > 0 OR committed > 0)"
            " AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.offer = s.offer AND h.ended_at IS NULL)"
        )


@pytest.fixture
async def sums_hold(database: str) -> AsyncIterator[None]:
    """Whatever the test did, the counters of stock and of sets' parts are the sums of the open holds."""
    from marketplace.stock.sums import check_parts, check_sums

    yield
    assert await check_sums() == []
    assert await check_parts() == []
