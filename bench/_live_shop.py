"""Two merchants' shops beside a feed that is being synced: the whole platform runs, as processes of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench._feed_lab import ROOT, Lab
from marketplace.kernel.broker import QUEUES

A_SECOND = 5


@dataclass
class Shop:
    """A merchant's storefront with `pages` of its products."""

    merchant: int
    host: str
    pages: list[str]


@dataclass
class Visits:
    """How long pages took that were asked for at a steady pace, in seconds from when each was due."""

    took: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.took, n=20)[-1]


@contextlib.contextmanager
def platform(port: int) -> Any:
    """Web, workers and scheduler, until the block ends."""
    env = {**os.environ, "PORT": str(port)}
    kinds = [["serve"], ["scheduler"], *(["worker", kind] for kind in QUEUES)]
    running = [subprocess.Popen([sys.executable, "-m", "marketplace.cli", *kind], cwd=ROOT, env=env) for kind in kinds]  # fmt: skip
    try:
        yield
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(40)


async def healthy(port: int) -> None:
    """Wait until every process answers."""
    async with httpx.AsyncClient(trust_env=False) as client:
        async with asyncio.timeout(120):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"http://127.0.0.1:{port}/health")).status_code == 200:
                        return
                await asyncio.sleep(0.3)


async def shop(name: str, supplier: int, offers: Sequence[int]) -> Shop:
    """A merchant that sells these offers, priced by their cost."""
    from marketplace.catalogue.keep_price_rules import KeptRule, keep_price_rules, stamp
    from marketplace.catalogue.price_rule import Rule, Step
    from marketplace.kernel.database import fetch
    from tenants.scope import platform_scope
    from tests.support import world

    merchant = await world.merchant(name)
    await world.agreement(merchant, supplier)
    for offer in offers:
        await world.variant(merchant, offer)
    half_more = KeptRule(rule=Rule(name="Half as much again", steps=[Step(multiplier_bp=15_000)]))
    await keep_price_rules(merchant, [half_more], seen=stamp([]))
    async with platform_scope("a benchmark's world"):
        rows = await fetch(
            "SELECT l.slug FROM listing l JOIN variant v ON v.product = l.product JOIN match m ON m.variant = v.id"
            " WHERE l.merchant = $1 ORDER BY m.offer",
            merchant,
        )
    return Shop(merchant, f"{await world.slug_of(merchant)}.localhost", [row["slug"] for row in rows])


async def sync(supplier: int, feed: int) -> int:
    """Ask the workers for a run, as the button does. Answers its id."""
    from marketplace.sourcing.start_run import start_run

    return await start_run(supplier, feed)


async def ended(run: int, supplier: int) -> dict[str, Any]:
    """The run, once it is over."""
    from marketplace.kernel.database import fetch_one
    from tenants.scope import acting_as

    while True:
        async with acting_as(supplier):
            row = await fetch_one(
                "SELECT state, rows, changed, error, finished_at FROM feed_run WHERE id = $1", run
            )
        if row and row["state"] in ("applied", "unchanged", "failed", "held"):
            return row
        await asyncio.sleep(0.05)


async def visited(port: int, shop: Shop, until: asyncio.Event) -> Visits:
    """Ask for product pages at `A_SECOND`, however long they take, until told to stop."""
    visits, under_way = Visits(), set[asyncio.Task[None]]()
    async with _browser(port, shop) as client:
        count, began = 0, time.perf_counter()  # a browser that is open already
        while not until.is_set():
            due = began + count / A_SECOND
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(_visit(client, shop.pages[count % len(shop.pages)], due, visits))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            count += 1
        await asyncio.gather(*under_way)
    return visits


async def _visit(client: httpx.AsyncClient, page: str, due: float, visits: Visits) -> None:
    answer = await client.get(f"/products/{page}")
    visits.took.append(time.perf_counter() - due)
    visits.failed += answer.status_code != 200


@contextlib.asynccontextmanager
async def _browser(port: int, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Host": f"{shop.host}:{port}"}
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False, timeout=60,
                                 limits=limits, follow_redirects=True) as client:  # fmt: skip
        yield client


async def shows(port: int, shop: Shop, page: str, text: str) -> None:
    """Wait until a page says `text`."""
    async with _browser(port, shop) as client:
        while text not in (await client.get(f"/products/{page}")).text:  # noqa: ASYNC110 - it is the page that must say so
            await asyncio.sleep(0.05)


async def routed(shop: Shop, variant: int) -> float:
    """Buy something and answer how many seconds after the payment the supplier has its order."""
    from marketplace.kernel.database import fetch_value
    from tenants.scope import acting_as
    from tests.support.shopper import at_checkout, pay

    token, checkout = await at_checkout(shop.merchant, variant)
    placed = await pay(shop.merchant, token, checkout.key)
    began = time.perf_counter()
    while True:
        async with acting_as(shop.merchant):
            state = await fetch_value("SELECT state FROM supplier_order WHERE order_id = $1", placed.order)
        if state == "sent":
            return time.perf_counter() - began
        await asyncio.sleep(0.05)


def offers_of(at: Lab, supplier: int, every: int, most: int) -> list[int]:
    """Ids of offers of each `every`th row of the generated file."""
    rows = at.owner(
        "SELECT id FROM offer WHERE supplier = $1 AND substr(sku, 5)::int % $2 = 0 ORDER BY sku LIMIT $3",
        supplier,
        every,
        most,
    )
    return [int(row["id"]) for row in rows]
