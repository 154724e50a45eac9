"""Shops to visit: a merchant with a host, goods that a supplier holds, and a shopper who fills in forms."""

import re
from dataclasses import dataclass
from html import unescape

import httpx

from marketplace.kernel.database import fetch_one, fetch_value
from tenants.resolve import forget_hosts
from tenants.scope import platform_scope
from tests.support import world
from tests.support.browser_free import csrf_of

GOOD_CARD = {"number": "4242 4242 4242 4242", "expiry": "04/39", "cvc": "123"}
ADDRESS = {
    "email": "simone@shopper.example",
    "name": "Simone Shopper",
    "street": "2 rue Basse",
    "postcode": "59000",
    "city": "Lille",
    "country": "FR",
    "phone": "+33 6 12 34 56 78",
    "note": "Code 12B",
}


@dataclass(frozen=True)
class Shop:
    merchant: int
    supplier: int
    agreement: int
    host: str


async def shop(name: str = "alice", *, theme: str = "rivage", **more: object) -> Shop:
    """An open shop in English, unless told otherwise, with one supplier."""
    merchant = await world.merchant(name, **{"locale": "en", **more})
    supplier = await world.supplier()
    agreement = await world.agreement(merchant, supplier)
    async with platform_scope("a test's world"):
        host = await fetch_value("SELECT host FROM domain WHERE tenant = $1", merchant)
        await fetch_value(
            "UPDATE storefront SET theme = $2 WHERE merchant = $1 RETURNING id", merchant, theme
        )
    forget_hosts()
    return Shop(merchant, supplier, agreement, host)


async def sell(at: Shop, *, quantity: int = 10, price: int = 2490, **more: object) -> int:
    """A live listing of one variant; answers the variant."""
    offer = await world.offer(at.supplier, quantity=quantity)
    return await world.variant(at.merchant, offer, price=price, **more)


async def slug_of(variant: int) -> str:
    async with platform_scope("a test's world"):
        return str(
            await fetch_value(
                "SELECT l.slug FROM listing l JOIN variant v ON v.product = l.product WHERE v.id = $1",
                variant,
            )
        )


async def change(table: str, row_id: int, **values: object) -> None:
    places = ", ".join(f'"{c}" = ${i}' for i, c in enumerate(values, start=2))
    async with platform_scope("a test's world"):
        await fetch_value(
            f'UPDATE "{table}" SET {places} WHERE id = $1 RETURNING id', row_id, *values.values()
        )


async def one(sql: str, *args: object) -> dict[str, object]:
    async with platform_scope("a test's world"):
        row = await fetch_one(sql, *args)
    assert row is not None, sql
    return row


def words(page: httpx.Response) -> str:
    """What a person reads: without markup, spaces made one."""
    text = re.sub(r"<(script|style|template)[\s\S]*?</\1>", " ", page.text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return unescape(found[1])


def typed_in(page: httpx.Response, name: str) -> str:
    """What the field of this id holds when the page comes back."""
    field = re.search(rf'<(?:input|select|textarea)[^>]* id="{name}"[^>]*>', page.text) or re.search(
        rf'<(?:input|select|textarea) id="{name}"[^>]*>', page.text
    )
    assert field, f"no field {name}"
    value = re.search(r'value="([^"]*)"', field[0])
    return unescape(value[1]) if value else ""


async def put_in_cart(browser: httpx.AsyncClient, variant: int, quantity: int = 1) -> httpx.Response:
    page = await browser.get(f"/products/{await slug_of(variant)}?variant={variant}")
    return await browser.post(
        "/cart/lines",
        data={
            "_csrf": csrf_of(page),
            "variant": variant,
            "quantity": quantity,
            "slug": await slug_of(variant),
        },
    )


async def check_out(browser: httpx.AsyncClient, **typed: object) -> httpx.Response:
    """Fill in the checkout and press the button; `typed` goes before what a sensible shopper would type."""
    page = await browser.get("/checkout")
    fields = {"_csrf": csrf_of(page), "key": hidden(page, "key"), "total": hidden(page, "total")}
    return await browser.post("/checkout", data={**fields, **ADDRESS, **GOOD_CARD, **typed})


async def buy(browser: httpx.AsyncClient, variant: int, quantity: int = 1) -> str:
    """An order, placed; answers the path of its page."""
    await put_in_cart(browser, variant, quantity)
    answer = await check_out(browser)
    assert answer.status_code == 303, words(answer)
    return answer.headers["location"].split("?")[0]
