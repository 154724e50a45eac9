"""A real file comes, and a moment later the storefront shows what it says; nobody typed anything."""

import time
from collections.abc import Callable
from typing import Any

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.browse import ListQuery, list_products, show_product
from marketplace.catalogue.browse.product_page import ProductPage
from marketplace.catalogue.curate import curate
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.publish import publish
from marketplace.catalogue.read_queues import pending_decisions
from marketplace.relay import drain
from marketplace.sourcing.undo_run import undo_run
from tests.catalogue.album import Album, jpeg
from tests.catalogue.shop import Shop, open_shop
from tests.support.feeds import Feed, feed, lamp, rows

pytestmark = pytest.mark.usefixtures("database")

MORE = {
    "category": "Luminaires",
    "manufacturer": "Lumen SA",
    "description": "A lamp.",
}


Lamps = Callable[..., list[dict[str, Any]]]


async def on_sale(album: Album, count: int = 3) -> tuple[Shop, Feed, Lamps]:
    """A shop whose lamps are live, straight from a supplier's file; and how to write the next one, with changes to the first."""

    def lamps(**first: Any) -> list[dict[str, Any]]:
        made = [lamp(n, **MORE, image=album.put(f"/{n}.jpg", jpeg("#c01010"))) for n in range(1, count + 1)]
        return [{**made[0], **first}, *made[1:]]

    shop = await open_shop()
    vera = await feed(shop.supplier)
    await vera.send(rows(*lamps()))
    done = await curate(shop.merchant, [o["id"] for o in (await vera.offers()).values()])
    for product in done.products:
        party = {"name": "Lumen SA", "address": "1 rue, Lyon", "email": "hi@lumen.example"}
        await edit_product(shop.merchant, product, {"manufacturer": party})
    assert (await publish(shop.merchant, done.products)).refused == {}
    await drain()
    return shop, vera, lamps


async def page(shop: Shop, slug: str = "lamp-1") -> ProductPage:
    found = await show_product(shop.merchant, slug)
    assert isinstance(found, ProductPage)
    return found


async def test_price_stock_and_words_follow_the_next_file_within_seconds(album: Album):
    shop, vera, lamps = await on_sale(album)
    assert ((await page(shop)).from_price, (await page(shop)).variants[0].available) == (3000, 10)
    await vera.send(rows(*lamps(price="15.00", quantity="4", description="A bright lamp.")))
    started = time.perf_counter()
    await drain()
    assert time.perf_counter() - started < 5
    seen = await page(shop)
    assert (seen.from_price, seen.variants[0].available, seen.description) == (
        3600,
        4,
        "<p>A bright lamp.</p>",
    )


async def test_what_vanished_from_the_file_is_out_of_stock_on_its_page_and_comes_back_with_it(album: Album):
    shop, vera, lamps = await on_sale(album, 10)
    await vera.send(rows(*lamps()[1:]))
    await drain()
    assert not (await page(shop)).sellable
    assert (await list_products(shop.merchant, ListQuery(in_stock=True))).total == 9
    await vera.send(rows(*lamps(description="Again.")))
    await drain()
    assert (await page(shop)).sellable


async def test_a_merchants_title_survives_every_file_and_waits_for_an_answer(album: Album):
    shop, vera, lamps = await on_sale(album)
    await edit_product(shop.merchant, (await page(shop)).product, {"title": "Lampe du marchand"})
    await vera.send(rows(*lamps(title="Lamp one")))
    await drain()
    assert (await page(shop)).title == "Lampe du marchand"
    [decision] = (await pending_decisions(shop.merchant)).rows
    assert (decision.mine, decision.theirs, decision.before) == ("Lampe du marchand", "Lamp one", "Lamp 1")


async def test_undoing_a_run_brings_words_and_prices_back_to_the_storefront(album: Album):
    shop, vera, lamps = await on_sale(album)
    run = await vera.send(rows(*lamps(price="15.00", description="Wrong.")))
    await drain()
    await undo_run(shop.supplier, run["id"], by="Vera")
    await drain()
    seen = await page(shop)
    assert (seen.from_price, seen.description) == (3000, "<p>A lamp.</p>")
