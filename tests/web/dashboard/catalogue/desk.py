"""A merchant's catalogue manager at the dashboard, with one supplier and a rule that doubles the cost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from marketplace.catalogue.curate import curate
from marketplace.kernel.database import fetch_one, fetch_value
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import COMPLETE, Shop, open_shop
from tests.support.browser_free import client, csrf_of, sign_in, somebody


@dataclass(frozen=True)
class Seated:
    """A signed-in colleague: `browser` on the merchant's dashboard at `home`."""

    shop: Shop
    browser: httpx.AsyncClient
    home: str

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.browser.get(f"{self.home}{path}", **more)

    async def post(self, path: str, *, htmx: bool = False, **data: Any) -> httpx.Response:
        token = csrf_of(await self.browser.get(f"{self.home}/offers"))
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
        return await self.browser.post(f"{self.home}{path}", data={"_csrf": token, **data}, headers=headers)

    async def product(self, **more: Any) -> int:
        """A draft made of a new, complete offer."""
        made = await curate(self.shop.merchant, [await self.shop.offer(**{**COMPLETE, **more})])
        return made.products[0]

    async def will(self, product: int) -> str:
        return str(await self.value("SELECT will FROM listing WHERE product = $1", product))

    async def variant(self, product: int) -> dict[str, Any]:
        async with acting_as(self.shop.merchant):
            row = await fetch_one("SELECT * FROM variant WHERE product = $1 ORDER BY id LIMIT 1", product)
        assert row is not None
        return row

    async def value(self, sql: str, *args: Any) -> Any:
        async with acting_as(self.shop.merchant):
            return await fetch_value(sql, *args)


@asynccontextmanager
async def seated(
    role: str = "catalogue", shop: Shop | None = None, locale: str = "en"
) -> AsyncIterator[Seated]:
    shop = shop or await open_shop()
    async with platform_scope("look"):
        slug = await fetch_value("SELECT slug FROM tenant WHERE id = $1", shop.merchant)
    async with client(**{"Accept-Language": locale}) as browser:
        await sign_in(browser, await somebody((shop.merchant, role), locale=locale))
        yield Seated(shop, browser, f"/dashboard/{slug}")
