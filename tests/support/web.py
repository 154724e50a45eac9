"""A real web server for tests: Granian, as many processes as asked, on the session's database."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
_SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
target, port, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
Granian(target, address="127.0.0.1", port=port, interface=Interfaces.ASGI, workers=workers, factory=True,
        log_access=False, log_level=LogLevels.error).serve()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def serving(target: str = "marketplace.app:application", *, processes: int = 2) -> AsyncIterator[int]:
    """The port it listens on, once every process answers. It is gone when the block ends."""
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "POOL_SIZE": "8", "PORT": str(port)}
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _SERVE, target, str(port), str(processes),
        env=env, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        await _answers(server, port)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            server.terminate()
        try:
            async with asyncio.timeout(15):
                await server.wait()
        except TimeoutError:
            server.kill()
            await server.wait()


async def _answers(server: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient(trust_env=False) as client:
        while True:
            if server.returncode is not None:
                assert server.stderr is not None
                raise RuntimeError((await server.stderr.read()).decode()[-4000:])
            with contextlib.suppress(httpx.TransportError):
                if (await client.get(f"http://127.0.0.1:{port}/robots.txt")).status_code < 500:
                    return
            await asyncio.sleep(0.1)
