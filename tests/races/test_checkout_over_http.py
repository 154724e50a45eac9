"""A hundred shoppers, two web processes, ten units: with real requests, from the product's page to the paid order."""

import asyncio
import re

import asyncpg
import httpx
import pytest

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.stock.sums import check_sums
from tenants.scope import platform_scope
from tests.support import world
from tests.support.shopper import CARD, FORM
from tests.support.web import serving

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.race, pytest.mark.timeout(240)]
SHOPPERS, UNITS = 100, 10


async def shop() -> tuple[world.Trade, str, str]:
    """(the deal, the storefront's host, the path of the product's page)."""
    deal = await world.trade(quantity=UNITS)
    async with platform_scope("find the shop"):
        host = await fetch_value("SELECT host FROM domain WHERE tenant = $1", deal.merchant)
        slug = await fetch_value("SELECT slug FROM listing WHERE merchant = $1", deal.merchant)
        await execute(
            "UPDATE variant SET available = 1000 WHERE id = $1", deal.variant
        )  # the catalogue lags: the checkout decides
    return deal, host, f"/products/{slug}"


def field(page: str, name: str) -> str | None:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found.group(1) if found else None


async def one_shopper(port: int, host: str, product: str, variant: int, at_once: asyncio.Semaphore) -> bool:
    """From the product's page to the thank-you page; False when told that it is sold out."""
    async with (
        at_once,
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            headers={"host": f"{host}:{port}"},
            trust_env=False,
            timeout=120,
        ) as visitor,
    ):
        page = await visitor.get(product)
        assert page.status_code == 200, page.text[:2000]
        csrf = field(page.text, "_csrf")
        # the cookie is for the shop's host; the client is connected to the loopback address
        cookies = {c.name: c.value or "" for c in visitor.cookies.jar}
        visitor.cookies.clear()
        visitor.headers["cookie"] = "; ".join(f"{k}={v}" for k, v in cookies.items())
        added = await visitor.post(
            "/cart/lines",
            data={"_csrf": csrf, "variant": variant, "slug": product.rsplit("/", 1)[-1], "quantity": 1},
        )
        assert added.status_code == 303, added.text[:2000]
        checkout = await visitor.get("/checkout")
        assert checkout.status_code == 200, checkout.text[:2000]
        key = field(checkout.text, "key")
        if key is None:
            return False
        paid = await visitor.post(
            "/checkout",
            data={**FORM, **CARD, "_csrf": csrf, "key": key, "total": field(checkout.text, "total")},
        )
        assert paid.status_code in (303, 409), (paid.status_code, paid.text[:2000])
        return paid.status_code == 303 and "/orders/" in paid.headers["location"]


async def rush(port: int, host: str, product: str, deal: world.Trade, shoppers: int = SHOPPERS) -> int:
    at_once = asyncio.Semaphore(shoppers)
    return sum(
        await asyncio.gather(
            *[one_shopper(port, host, product, deal.variant, at_once) for _ in range(shoppers)]
        )
    )


async def placed(deal: world.Trade) -> tuple[int, int]:
    """(orders placed, units committed)."""
    async with platform_scope("count"):
        row = await fetch_one(
            "SELECT (SELECT count(*) FROM orders WHERE merchant = $1 AND state = 'placed') AS orders, committed FROM stock WHERE offer = $2",
            deal.merchant,
            deal.offer,
        )
    return (row["orders"], row["committed"]) if row else (0, 0)


async def test_a_hundred_checkouts_for_ten_units_sell_exactly_ten_also_while_a_feed_applies(database):
    deal, host, product = await shop()
    feed = await asyncpg.connect(database)
    try:
        apply = feed.transaction()
        await apply.start()
        await feed.execute(
            f"SELECT set_config('app.tenant_id', '{deal.supplier}', true), set_config('app.person_id', '0', true)"
        )
        await feed.execute(
            "UPDATE offer SET title = 'renamed', quantity = 10, stock_time = now() WHERE supplier = $1",
            deal.supplier,
        )
        async with serving(processes=2) as port:
            assert await rush(port, host, product, deal) == UNITS
        await apply.commit()
    finally:
        await feed.close()
    assert await placed(deal) == (UNITS, UNITS)
    assert await check_sums() == []


async def test_with_the_guard_off_they_oversell():
    deal, host, product = await shop()
    async with serving("tests.support.unguarded_app:application", processes=2) as port:
        assert await rush(port, host, product, deal, shoppers=24) > UNITS
    assert (await placed(deal))[1] > UNITS
