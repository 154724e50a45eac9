"""`comptoir seed`: the demo world in an empty database, by the use cases that people use."""

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import marketplace.reactions  # noqa: F401  (declares every job)
from marketplace.demo.ports import feed_ports
from marketplace.demo.rates import keep_rates
from marketplace.demo.seeding.houses import open_houses
from marketplace.demo.seeding.links import link, sync_feeds
from marketplace.demo.seeding.shelves import stock_shelves
from marketplace.demo.seeding.trade import trade
from marketplace.demo.world import WORLD
from marketplace.kernel.database import fetch_value
from marketplace.kernel.settings import settings
from marketplace.relay import drain
from tenants.scope import platform_scope

logger = logging.getLogger(__name__)
#: pictures are fetched by the workers, behind the first visitors
BEHIND = ("media",)


class NotEmpty(RuntimeError):
    """There are tenants already: the demo is for an empty database."""


async def seed() -> None:
    """Raises NotEmpty, or whatever kept a chapter from being written."""
    async with platform_scope("is the database empty?"):
        if await fetch_value("SELECT 1 FROM tenant LIMIT 1"):
            raise NotEmpty("there are accounts in this database already; the demo needs an empty one")
    await keep_rates()
    tenants = await open_houses()
    await link(tenants)
    async with _feeds_served():
        await sync_feeds(tenants)
    await drain(but=BEHIND)
    for merchant in WORLD.merchants:
        live = await stock_shelves(merchant, tenants)
        logger.info("%s: %s products live", merchant.name, live)
    await drain(but=BEHIND)
    await trade(tenants)
    await drain(but=BEHIND)


@asynccontextmanager
async def _feeds_served() -> AsyncIterator[None]:
    """The suppliers' servers, unless the supervisor runs them already."""
    started = []
    for supplier, port in feed_ports(settings().port).items():
        if not _answers(port):
            command = ["-m", "marketplace.demo.feed_server", "--supplier", supplier, "--port", str(port)]
            started.append(
                await asyncio.create_subprocess_exec(
                    sys.executable,
                    *command,
                    "--data-dir",
                    str(settings().data_dir),
                    stdin=asyncio.subprocess.DEVNULL,
                )
            )
    try:
        for port in feed_ports(settings().port).values():
            await _until_it_answers(port)
        yield
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def _until_it_answers(port: int) -> None:
    for _ in range(300):
        if _answers(port):
            return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"the demo's feed server on port {port} did not start")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
