"""A supplier's feed falls silent: its stock stops selling, and everybody who has to know is told, once."""

import pytest

import marketplace.reactions  # noqa: F401 — the jobs
from marketplace.catalogue.propagate import age_listings
from marketplace.kernel.database import execute
from marketplace.relay import drain
from marketplace.sourcing.tell_silence import tell_silence
from tenants.scope import platform_scope
from tests.catalogue.shop import Shop
from tests.catalogue.supplied import selling
from tests.notices.post import letters
from tests.support import world
from tests.support.feeds import Feed, feed, lamps, rows
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")


async def live() -> tuple[Shop, Feed]:
    """A shop that sells the first lamp of a feed."""
    shop, vera, product = await selling()
    await _sql("UPDATE listing SET will = 'live' WHERE product = $1", product)
    return shop, vera


async def _sql(sql: str, *args: object) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)


async def silent_for(vera: Feed, hours: int) -> None:
    """Its last word is so old, and the scheduler looks, twice."""
    await _sql(
        "UPDATE feed_pulse SET confirmed_at = now() - make_interval(hours => $2) WHERE feed = $1",
        vera.id,
        hours,
    )
    await _sql("UPDATE offer SET stock_time = now() - interval '99 days' WHERE supplier = $1", vera.supplier)
    await looks()


async def looks() -> None:
    for _ in range(2):
        await tell_silence()
        await drain()


async def told(tenant: int) -> list[str]:
    return [letter["text_body"] for letter in await letters(kind="feed_silent", tenant=tenant)]


async def test_the_supplier_and_the_merchant_who_sells_from_it_are_told_once():
    shop, vera = await live()
    await silent_for(vera, 71)
    assert (await told(vera.supplier), await told(shop.merchant)) == ([], [])
    await silent_for(vera, 73)
    [to_vera], [to_alice] = await told(vera.supplier), await told(shop.merchant)
    assert "10 de ses articles ne sont plus vendus" in to_vera
    assert f"/feeds/{vera.id}" in to_vera
    assert "1 de vos produits en ligne n’est plus vendu" in to_alice
    assert f"/suppliers/{await world.slug_of(vera.supplier)}" in to_alice
    await looks()
    assert (len(await told(vera.supplier)), len(await told(shop.merchant))) == (1, 1)


async def test_the_next_silence_is_told_of_again():
    _, vera = await live()
    await silent_for(vera, 73)
    await vera.send(rows(*lamps(10, category="Lamps")))
    await looks()
    assert len(await told(vera.supplier)) == 1
    await silent_for(vera, 80)
    assert len(await told(vera.supplier)) == 2


async def test_a_word_that_is_too_old_when_it_comes_is_the_same_silence():
    _, vera = await live()
    await silent_for(vera, 99)
    await silent_for(vera, 75)
    assert len(await told(vera.supplier)) == 1


async def test_a_merchant_with_nothing_of_it_in_the_shop_is_not_written_to():
    _, vera = await live()
    bob = await world.merchant("bob")
    await world.agreement(bob, vera.supplier)
    await silent_for(vera, 73)
    assert (len(await told(vera.supplier)), await told(bob)) == (1, [])


async def test_a_merchant_who_manages_the_supplier_is_told_as_its_people_only():
    shop, vera = await live()
    await _sql("UPDATE tenant SET managed_by = $2 WHERE id = $1", vera.supplier, shop.merchant)
    await silent_for(vera, 73)
    assert (len(await told(vera.supplier)), await told(shop.merchant)) == (1, [])


async def test_a_full_feed_whose_stock_another_feed_says_may_be_silent():
    _, vera = await live()
    quick = await feed(vera.supplier, speed="stock", vanished="keep")
    await quick.send(rows(*[{"sku": f"L-{n:03}", "quantity": "10"} for n in range(1, 11)]))
    await silent_for(vera, 200)
    assert await told(vera.supplier) == []
    async with seated(vera.supplier) as desk:
        assert "Shops have stopped selling" not in await desk.see(f"/feeds/{vera.id}")
        assert "Too old to sell" not in await desk.see("/feeds")


async def test_a_list_of_stock_that_falls_silent_takes_the_catalogue_beside_it_off_sale():
    shop, vera = await live()
    quick = await feed(vera.supplier, speed="stock", vanished="keep")
    await quick.send(rows(*[{"sku": f"L-{n:03}", "quantity": "10"} for n in range(1, 11)]))
    await silent_for(quick, 73)
    assert (len(await told(vera.supplier)), len(await told(shop.merchant))) == (1, 1)
    async with seated(shop.merchant, kind="merchant") as desk:
        assert "10 offers are not sold because their stock is too old" in await desk.see("/feeds")


async def test_one_that_spoke_before_the_mail_was_written_is_no_news():
    shop, vera = await live()
    await _sql("UPDATE feed_pulse SET confirmed_at = now() - interval '73 hours' WHERE feed = $1", vera.id)
    assert await tell_silence() == 1
    await _sql("UPDATE feed_pulse SET confirmed_at = now() WHERE feed = $1", vera.id)
    await drain()
    assert (await told(vera.supplier), await told(shop.merchant)) == ([], [])


async def test_the_silence_is_seen_on_the_suppliers_first_page_and_beside_a_run_that_failed():
    _, vera = await live()
    await vera.send("<!doctype html><html><body>Sign in</body></html>")
    await silent_for(vera, 73)
    async with seated(vera.supplier) as desk:
        assert "Shops have stopped selling from “Main feed”" in await desk.see("/")
        page, listed = await desk.see(f"/feeds/{vera.id}"), await desk.see("/feeds")
    assert "This is a web page, not a feed" in page
    assert "Shops have stopped selling from this feed" in page
    assert "Failing" in listed
    assert "Too old to sell" in listed


async def test_a_merchant_sees_on_its_first_page_how_much_is_not_sold():
    shop, vera = await live()
    await silent_for(vera, 73)
    await age_listings(shop.merchant)
    async with seated(shop.merchant, kind="merchant") as desk:
        assert "1 live product is not sold: its stock is too old" in await desk.see()
        assert "10 offers are not sold because their stock is too old" in await desk.see("/feeds")
    await vera.send(rows(*lamps(10, category="Lamps")))
    await drain()
    async with seated(shop.merchant, kind="merchant") as desk:
        assert "its stock is too old" not in await desk.see()
