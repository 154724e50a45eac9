"""The embedded PostgreSQL comes back after it was killed."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from marketplace.kernel import embedded
from marketplace.kernel.settings import settings
from marketplace.supervisor import Supervisor


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="comptoir-embedded-"))
    yield path
    embedded.stop(path)
    shutil.rmtree(path, ignore_errors=True)


async def _answer(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SELECT 42")
    finally:
        await connection.close()


def _kill(folder: Path) -> None:
    os.kill(int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)


async def test_a_database_that_was_killed_is_started_again_by_the_supervisor(folder, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setattr("marketplace.supervisor.DATABASE_SECONDS", 0.05)
    settings.cache_clear()
    url = await asyncio.to_thread(embedded.start, folder)
    watch = asyncio.create_task(Supervisor()._keep_database())
    try:
        assert await _answer(url) == 42
        _kill(folder)
        async with asyncio.timeout(60):
            while True:
                try:
                    assert await _answer(url) == 42
                    break
                except (OSError, asyncpg.PostgresError):
                    await asyncio.sleep(0.1)
        assert embedded.is_running(folder)
    finally:
        watch.cancel()
        monkeypatch.undo()
        settings.cache_clear()


async def test_the_number_of_a_dead_server_that_another_process_has_now_is_not_believed(folder):
    url = await asyncio.to_thread(embedded.start, folder)
    _kill(folder)
    pid_file = folder / "postgres" / "postmaster.pid"
    _, *rest = pid_file.read_text().split("\n")
    pid_file.write_text("\n".join([str(os.getpid()), *rest]))  # as after a power cut, when numbers begin anew
    assert not embedded.is_running(folder)
    assert await asyncio.to_thread(embedded.start, folder) == url
    assert await _answer(url) == 42
