"""A supplier's feed in a test: sent as a file or served on loopback, and synced as a worker would."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.sourcing.start_run import start_run
from marketplace.sourcing.sync_feed import sync_feed
from marketplace.sourcing.transports import upload
from tenants.scope import acting_as, platform_scope
from tests.support import world


def rows(*lines: dict[str, Any]) -> str:
    """CSV text of these rows; columns in order of first use."""
    names = list(dict.fromkeys(name for line in lines for name in line))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def lamp(number: int = 1, **more: Any) -> dict[str, Any]:
    """One invented article as a row of a plain feed."""
    return {
        "sku": f"L-{number:03}",
        "title": f"Lamp {number}",
        "price": "12.50",
        "quantity": "10",
        "currency": "EUR",
        **more,
    }


def lamps(count: int, **more: Any) -> list[dict[str, Any]]:
    return [lamp(n, **more) for n in range(1, count + 1)]


@dataclass
class Feed:
    """Vera's feed."""

    supplier: int
    id: int

    async def send(self, content: str | bytes, **more: Any) -> dict[str, Any]:
        """Upload a file and work on its run. Answers the run's row."""
        return await self.work(await self.start(content, **more))

    async def start(self, content: str | bytes, name: str = "feed.csv", **more: Any) -> int:
        data = content.encode() if isinstance(content, str) else content
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            key = await upload.keep(path)
        return await start_run(
            self.supplier, self.id, **{"trigger": "upload", "file_key": key, "file_name": name, **more}
        )

    async def fetch(self) -> dict[str, Any]:
        """Run it by hand: from its address."""
        return await self.work(await start_run(self.supplier, self.id))

    async def work(self, run: int, attempt: int = 0) -> dict[str, Any]:
        await sync_feed(self.supplier, run, attempt=attempt)
        return await self.run(run)

    async def run(self, run: int) -> dict[str, Any]:
        async with acting_as(self.supplier):
            row = await fetch_one("SELECT * FROM feed_run WHERE id = $1", run)
        assert row is not None
        return {**row, "reasons": json.loads(row["reasons"])}

    async def offers(self) -> dict[str, dict[str, Any]]:
        async with acting_as(self.supplier):
            found = await fetch(
                "SELECT o.*, l.stock_time AS as_of FROM offer o JOIN offer_lease l ON l.offer = o.id WHERE o.supplier = $1",
                self.supplier,
            )
        return {row["sku"]: row for row in found}

    async def offer(self, sku: str = "L-001") -> dict[str, Any]:
        return (await self.offers())[sku]

    async def issues(self, run: int) -> list[dict[str, Any]]:
        async with acting_as(self.supplier):
            return await fetch("SELECT * FROM run_issue WHERE run = $1 ORDER BY id", run)

    async def trail(self, sku: str = "L-001") -> list[dict[str, Any]]:
        async with acting_as(self.supplier):
            found = await fetch(
                "SELECT c.* FROM offer_change c JOIN offer o ON o.id = c.offer WHERE o.sku = $1 AND o.supplier = $2 ORDER BY c.id",
                sku,
                self.supplier,
            )
        return [
            {**row, "before": json.loads(row["before"]), "after": json.loads(row["after"])} for row in found
        ]

    async def set(self, **values: Any) -> None:
        async with acting_as(self.supplier):
            for name, value in values.items():
                await execute(f'UPDATE feed SET "{name}" = $2 WHERE id = $1', self.id, value)

    async def value(self, name: str) -> Any:
        async with acting_as(self.supplier):
            return await fetch_value(f'SELECT "{name}" FROM feed WHERE id = $1', self.id)


async def feed(supplier: int | None = None, **more: Any) -> Feed:
    supplier = supplier or await world.supplier()
    return Feed(supplier, await world.feed(supplier, **more))


async def events(name: str, supplier: int) -> list[dict[str, Any]]:
    """Events of this kind about the supplier, oldest first."""
    async with platform_scope("a test reads the outbox"):
        found = await fetch(
            "SELECT payload FROM outbox WHERE event = $1 AND (payload->>'supplier')::bigint = $2 ORDER BY id",
            name,
            supplier,
        )
    return [json.loads(row["payload"]) for row in found]
