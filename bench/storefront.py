"""How long after a run's end its changes are on the storefront: new prices, new words, and prices while the whole catalogue is due
for confirmation. One JSON line each: name, value, unit, floor, ratio, bound.

    BENCH_SCALE=1000000 python bench/storefront.py

The supplier has BENCH_SCALE offers (20,000 unless said), the merchant sells at most 100,000 of them, one of a hundred changed;
BENCH_ROUNDS the rounds whose median is taken (3).
"""

import asyncio
import json
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import _written_shop as shop
from bench._feed_lab import Lab, lab

SCALE = int(os.environ.get("BENCH_SCALE", "20000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
BOUND_SECONDS = 5
LISTED = min(SCALE, 100_000)


def say(name: str, seconds: list[float]) -> None:
    value = round(statistics.median(seconds), 3)
    print(json.dumps({"name": name, "value": value, "unit": "s", "floor": None, "ratio": None, "bound": BOUND_SECONDS,
                      "rows": SCALE, "listed": LISTED, "worst": round(max(seconds), 3)}), flush=True)  # fmt: skip


async def cases(at: Lab) -> None:
    import marketplace.reactions  # noqa: F401 — imports the jobs
    from marketplace.catalogue.propagate import propagate
    from marketplace.kernel.database import start_pool, stop_pool

    merchant, supplier, feed = await shop.trade(at, SCALE, LISTED)
    await start_pool(4)
    await propagate(merchant, supplier)
    await shop.owner(at, "VACUUM ANALYZE")
    for name, words, aged in (
        ("prices", False, False),
        ("words", True, False),
        ("prices_as_all_is_confirmed", False, True),
    ):
        took = []
        for _ in range(ROUNDS):
            if aged:
                await shop.owner(at, "UPDATE variant SET stock_time = now() - interval '13 hours'")
            run = await shop.run_over(at, supplier, feed, of_each=100, words=words)
            took.append(await until_shown(merchant, supplier, run, words))
        say(f"storefront_{name}", took)
    await stop_pool()


async def until_shown(merchant: int, supplier: int, run: int, words: bool) -> float:
    """Seconds from the event to the first moment at which a shopper's page shows the last of the changed offers as it is now."""
    from marketplace.kernel.outbox import emit
    from marketplace.relay import drain
    from tenants.scope import acting_as

    began = time.perf_counter()
    async with acting_as(merchant):
        await emit("feed.applied", merchant=merchant, supplier=supplier, run=run)
    work = asyncio.create_task(drain())
    while not await shown(merchant, run, words):
        if work.done():
            raise SystemExit(f"the run's changes never arrived: {work.result()} jobs")
        await asyncio.sleep(0.02)
    took = time.perf_counter() - began
    await work
    return took


async def shown(merchant: int, run: int, words: bool) -> bool:
    from marketplace.catalogue.browse import show_product
    from marketplace.catalogue.browse.product_page import ProductPage
    from marketplace.kernel.database import fetch_one
    from tenants.scope import acting_as

    async with acting_as(merchant):
        last = await fetch_one(
            "SELECT l.slug, o.title, o.price_e4 FROM offer_change c JOIN offer o ON o.id = c.offer JOIN match m ON m.offer = o.id"
            " JOIN variant v ON v.id = m.variant JOIN listing l ON l.product = v.product WHERE c.run = $1 ORDER BY o.id DESC LIMIT 1",
            run,
        )
    assert last is not None
    page = await show_product(merchant, last["slug"])
    assert isinstance(page, ProductPage)
    gross = last["price_e4"] * 2 * 120 // 100 // 100
    return page.from_price == gross and (not words or page.title == last["title"])


def main() -> None:
    with lab() as at:
        asyncio.run(cases(at))


if __name__ == "__main__":
    main()
