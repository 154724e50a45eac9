"""Is everything up? Web answers, so it is; the database and every worker class are asked."""

from typing import Any

from marketplace.kernel.broker import QUEUES
from marketplace.kernel.database import fetch
from tenants.scope import platform_scope

STALE_SECONDS = 20
EXPECTED = ("scheduler", *(f"worker:{kind}" for kind in QUEUES))


async def health() -> tuple[bool, dict[str, Any]]:
    """(all is well, what is up and what is not)."""
    try:
        async with platform_scope("health"):
            rows = await fetch("SELECT process, extract(epoch FROM now() - at)::float8 AS age FROM heartbeat")
    except Exception as error:
        return False, {"status": "down", "database": f"{type(error).__name__}: {error}", "web": "up"}
    ages = {row["process"]: row["age"] for row in rows}
    processes = {name: "up" if ages.get(name, STALE_SECONDS) < STALE_SECONDS else "down" for name in EXPECTED}
    down = [name for name, state in processes.items() if state == "down"]
    answer: dict[str, Any] = {
        "status": "down" if down else "up",
        "web": "up",
        "database": "up",
        "processes": processes,
    }
    if down:
        answer["reason"] = f"no sign of life from {', '.join(down)}"
    return not down, answer
