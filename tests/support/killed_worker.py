"""A worker that is killed (SIGKILL) at its n-th talk with the database: `python killed_worker.py` reads lines of JSON
{supplier, run, attempt, at} and answers each with how many times the worker talked before it ended.

One process imports everything once and forks a worker for each line.
"""

import asyncio
import json
import os
import signal
import sys

import asyncpg

_TALKS = ("execute", "fetch", "fetchrow", "fetchval", "copy_records_to_table")


def _die_at(at: int) -> list[int]:
    talks = [0]

    def counting(name: str) -> None:
        original = getattr(asyncpg.Connection, name)

        async def talk(self, *args, **more):
            talks[0] += 1
            mine = talks[0]
            if mine * 2 == at:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = await original(self, *args, **more)
            if mine * 2 + 1 == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        setattr(asyncpg.Connection, name, talk)

    for name in _TALKS:
        counting(name)
    return talks


async def _work(order: dict) -> int:
    from marketplace.kernel.database import start_pool, stop_pool
    from marketplace.sourcing.sync import progress
    from marketplace.sourcing.sync_feed import sync_feed

    progress.BEAT_SECONDS = 3600  # how many beats a run has depends on how busy the machine is
    await start_pool(4)
    talks = _die_at(order["at"])
    await sync_feed(order["supplier"], order["run"], attempt=order["attempt"])
    count = talks[0]
    await stop_pool()
    return count


def main() -> None:
    import marketplace.reactions  # noqa: F401 — imported once, before the forks

    for line in sys.stdin:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.write(writing, str(asyncio.run(_work(json.loads(line)))).encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(pid, 0)
        said = os.read(reading, 20).decode() or "killed"
        os.close(reading)
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
