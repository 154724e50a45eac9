"""A supplier's own system at the API: it shows a key, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tenants.api_keys import make_api_key
from tests.support import world
from tests.support.browser_free import client
from tests.support.feeds import Feed


@dataclass
class Machine:
    wire: httpx.AsyncClient
    key: str

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.wire.get(path, params=params or None, headers=self._bearer())

    async def send(self, feed: Feed | int, content: str | bytes, **headers: str) -> httpx.Response:
        """POST the file as curl does; `idempotency_key` becomes Idempotency-Key."""
        number = feed if isinstance(feed, int) else feed.id
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.wire.post(
            f"/api/v1/feeds/{number}/files", content=content, headers={**self._bearer(), **named}
        )

    async def run(self, answer: httpx.Response) -> dict[str, Any]:
        """What is said where an answer points."""
        found = await self.get(answer.headers["location"])
        assert found.status_code == 200, found.text
        return dict(found.json())

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@asynccontextmanager
async def machine(tenant: int) -> AsyncIterator[Machine]:
    """A system with a new key of the tenant."""
    key = await make_api_key(tenant, world.unique("warehouse"), by="Vera")
    async with client() as wire:
        yield Machine(wire, key)


def code(answer: httpx.Response) -> tuple[int, str]:
    """(status, code) of a problem, which is always of one shape."""
    body = answer.json()
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["type"].endswith(body["code"])
    return answer.status_code, body["code"]
