"""One run of one feed in this process: `python -m bench._feed_worker SUPPLIER FEED`. Prints what it took as JSON."""

import asyncio
import json
import os
import sys
import time
from typing import Any

_ASKED = ("execute", "fetch", "fetchrow", "fetchval", "copy_records_to_table", "copy_from_query")


def _timed() -> list[float]:
    """Seconds in which a run's work waited for the database, or handed rows to it."""
    import asyncpg

    spent = [0.0]

    def wrap(name: str) -> None:
        original = getattr(asyncpg.Connection, name)

        async def asked(self: Any, *args: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return await original(self, *args, **more)
            finally:
                spent[0] += time.perf_counter() - began

        setattr(asyncpg.Connection, name, asked)

    for name in _ASKED:
        wrap(name)
    return spent


async def main(supplier: int, feed: int) -> None:
    import marketplace.reactions  # noqa: F401 - as in a worker, which has been up for long
    from marketplace.kernel.database import fetch_one, start_pool, stop_pool
    from marketplace.sourcing.formats import formats
    from marketplace.sourcing.mapping import Mapping, from_json, to_json
    from marketplace.sourcing.start_run import start_run
    from marketplace.sourcing.sync_feed import sync_feed
    from marketplace.sourcing.transports import transports
    from tenants.scope import acting_as

    formats()
    transports()
    from_json(to_json(Mapping(format="csv")))
    await start_pool(4)
    run = await start_run(supplier, feed)
    spent = _timed()
    began, worked = time.perf_counter(), time.process_time()
    await sync_feed(supplier, run)
    seconds, database = time.perf_counter() - began, spent[0]
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT state, rows, accepted, new, changed, unchanged, vanished, error, message FROM feed_run WHERE id = $1",
            run,
        )
    print(
        json.dumps(
            {"seconds": seconds, "cpu": time.process_time() - worked, "database": database, **(row or {})}
        )
    )
    await stop_pool()


if __name__ == "__main__":
    if os.environ.get("PROFILE"):
        import cProfile
        import pstats

        profile = cProfile.Profile()
        profile.runcall(asyncio.run, main(int(sys.argv[1]), int(sys.argv[2])))
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(25)
    else:
        asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
