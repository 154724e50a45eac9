"""What others notice of a run: shoppers on product pages, another merchant whose order is to be routed, and how soon a change shows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count

from bench._feed_lab import Lab
from bench._live_shop import (
    Shop,
    Visits,
    ended,
    healthy,
    offers_of,
    platform,
    routed,
    shop,
    shows,
    sync,
    visited,
)

WARM_SECONDS, IDLE_SECONDS = 4, 15
ENOUGH = 150  # pages whose 95th percentile means something
RESTOCKED = 300  # of the generated file each of these rows has no stock, and has some in its changed twin
LISTED = 200
WITHIN_SECONDS = 5.0
PAGE_MS = 50.0

Say = Callable[..., None]


def live_cases(at: Lab, say: Say) -> None:
    """The platform as it ships, asked from outside while it imports and changes `full.csv` and `changed.csv`."""
    from tests.support.web import free_port

    port = free_port()
    with platform(port):
        asyncio.run(_live(at, port, say))


async def _live(at: Lab, port: int, say: Say) -> None:
    from marketplace.kernel.database import start_pool, stop_pool

    await healthy(port)
    await start_pool(6)
    supplier, feed = await _imported(at)
    alice = await shop("alice", supplier, await asyncio.to_thread(offers_of, at, supplier, RESTOCKED, LISTED))
    bob, variant = await _bob()
    await _visited_while(port, alice, asyncio.sleep(WARM_SECONDS))
    idle = await _visited_while(port, alice, asyncio.sleep(IDLE_SECONDS))
    during = Visits()
    took = await _while_importing(at, port, alice, during, routed(bob, variant))
    await asyncio.to_thread(at.point, feed, "changed.csv")
    fresh = await _changed(port, alice, during, supplier, feed)
    await stop_pool()
    bound = max(2 * idle.p95 * 1000, PAGE_MS)
    say("product_page_p95_idle", idle.p95 * 1000, "ms", bound=None, pages=len(idle.took), failed=idle.failed)
    say("product_page_p95_during_runs", during.p95 * 1000, "ms", bound=round(bound, 1), pages=len(during.took), failed=during.failed)  # fmt: skip
    say("other_merchants_order_routed", took, "s", bound=WITHIN_SECONDS)
    say("change_on_storefront_after_run", fresh, "s", bound=WITHIN_SECONDS)


async def _imported(at: Lab) -> tuple[int, int]:
    supplier = await asyncio.to_thread(at.supplier, f"live-{time.time_ns()}")
    feed = await asyncio.to_thread(at.feed, supplier, "full.csv")
    done = await ended(await sync(supplier, feed), supplier)
    assert done["state"] == "applied", done
    return supplier, feed


async def _bob() -> tuple[Shop, int]:
    """Another merchant, with a supplier of its own."""
    from tests.support import world

    supplier = await world.supplier("sven")
    merchant = await world.merchant("bob")
    await world.agreement(merchant, supplier)
    variant = await world.variant(merchant, await world.offer(supplier, quantity=1000))
    return Shop(merchant, f"{await world.slug_of(merchant)}.localhost", []), variant


async def _visited_while(port: int, alice: Shop, work: Awaitable[object]) -> Visits:
    until = asyncio.Event()
    shoppers = asyncio.create_task(visited(port, alice, until))
    await work
    until.set()
    return await shoppers


async def _while_importing(at: Lab, port: int, alice: Shop, during: Visits, order: Awaitable[float]) -> float:
    """New suppliers' first files, one after another until enough pages were asked for. Answers how long `order` took."""
    routing = None

    async def one() -> None:
        nonlocal routing
        supplier = await asyncio.to_thread(at.supplier, f"live-{time.time_ns()}")
        feed = await asyncio.to_thread(at.feed, supplier, "full.csv")
        run = await sync(supplier, feed)
        if routing is None:
            await asyncio.sleep(0.5)
            routing = asyncio.ensure_future(order)
        done = await ended(run, supplier)
        assert done["state"] == "applied", done

    for _ in _until(lambda: len(during.took) >= ENOUGH):
        seen = await _visited_while(port, alice, one())
        during.took += seen.took
        during.failed += seen.failed
    assert routing is not None
    return await routing


def _until(enough: Callable[[], bool]) -> Iterator[int]:
    for n in count():
        if n and enough():
            return
        yield n


async def _changed(port: int, alice: Shop, during: Visits, supplier: int, feed: int) -> float:
    """One row in a hundred changes. Answers how many seconds after the run's end a page shows it."""
    page = alice.pages[len(alice.pages) // 2]
    await shows(port, alice, page, "schema.org/OutOfStock")
    seen_at = 0.0

    async def one() -> None:
        nonlocal seen_at
        run = await sync(supplier, feed)
        seen = asyncio.create_task(shows(port, alice, page, "schema.org/InStock"))
        done = await ended(run, supplier)
        assert done["state"] == "applied", done
        await asyncio.wait_for(seen, 60)
        seen_at = time.time() - done["finished_at"].timestamp()

    seen = await _visited_while(port, alice, one())
    during.took += seen.took
    during.failed += seen.failed
    return max(seen_at, 0.0)
