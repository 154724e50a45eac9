"""The order's page opens by its link alone, and says where everything is."""

from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.signing import sign
from marketplace.web.storefront.links import order_path
from marketplace.web.storefront.order_page import read_order_page
from tests.support import world
from tests.support.browser_free import client, csrf_of, send
from tests.web.storefront.shop import Shop, buy, change, one, sell, shop, words

pytestmark = pytest.mark.usefixtures("database")


async def order_of(at: Shop) -> int:
    return int(
        str(
            (await one("SELECT id FROM orders WHERE merchant = $1 ORDER BY id DESC LIMIT 1", at.merchant))[
                "id"
            ]
        )
    )


async def parcel(at: Shop, order: int, *, state: str = "in_transit", units: int = 1, **more: object) -> int:
    """A parcel with so many units of the order's first line."""
    line = await one(
        'SELECT id, sku, title FROM order_line WHERE "order" = $1 ORDER BY position LIMIT 1', order
    )
    offer = await one(
        "SELECT m.offer FROM match m JOIN order_line l ON l.variant = m.variant WHERE l.id = $1", line["id"]
    )
    supplier_order = await world.insert(
        "supplier_order", merchant=at.merchant, supplier=at.supplier, agreement=at.agreement, order_id=order,
        order_number="1001", number=world.unique("PO"), state="shipped", currency="EUR",
    )  # fmt: skip
    supplier_line = await world.insert(
        "supplier_order_line", merchant=at.merchant, supplier=at.supplier, supplier_order=supplier_order,
        order_line=line["id"], offer=offer["offer"], position=1, sku="SUPPLIERS-OWN-SKU", title="As the supplier calls it",
        unit_cost_e4=77_7700, ordered=units, accepted=units, shipped=units,
    )  # fmt: skip
    shipment = await world.insert(
        "shipment", merchant=at.merchant, supplier=at.supplier, supplier_order=supplier_order, number=world.unique("S"),
        carrier="colissimo", tracking_number="6A12345678901", state=state, confirmed_by="Vera", **more,
    )  # fmt: skip
    await world.insert(
        "shipment_line", merchant=at.merchant, supplier=at.supplier, shipment=shipment, supplier_order_line=supplier_line, quantity=units
    )  # fmt: skip
    await change("order_line", int(str(line["id"])), accepted=units, shipped=units)
    return shipment


async def test_each_parcel_has_its_state_its_contents_and_its_tracking():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant, 3)
        await parcel(at, await order_of(at), units=2)
        page = await browser.get(path)
    text = words(page)
    assert "Parcel 1 · Colissimo On its way" in text
    assert "Tracking number 6A12345678901" in text
    assert 'rel="noopener noreferrer"' in page.text
    assert "laposte" in page.text
    assert "× 2" in text
    assert "Still to come" in text
    assert "× 1" in text


async def test_nothing_of_the_supplier_reaches_the_shopper():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant)
        await parcel(at, await order_of(at))
        page = (await browser.get(path)).text
    for secret in ("SUPPLIERS-OWN-SKU", "As the supplier calls it", "Vera", "77.77", "PO-"):
        assert secret not in page, secret


async def test_a_suppliers_tracking_address_that_is_no_web_page_is_no_link():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant)
        await parcel(at, await order_of(at), tracking_url="javascript:alert(1)")
        page = (await browser.get(path)).text
    assert "javascript:" not in page


async def test_what_happened_and_what_was_paid_stand_on_the_page():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant)
        order = await order_of(at)
        await world.insert(
            "order_transition",
            merchant=at.merchant,
            order=order,
            what="captured",
            shopper_sees=True,
            detail={"amount": 2980},
        )
        await world.insert(
            "order_transition", merchant=at.merchant, order=order, what="resourced", shopper_sees=False
        )
        text = words(await browser.get(path))
    assert "Reserved, not yet charged €29.80" in text
    assert "Card: Visa …4242" in text
    assert "€29.80 charged to your card" in text
    assert "Order received" in text


async def test_a_forged_link_is_nothing_an_expired_one_is_said_and_another_purpose_does_not_open():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant)
        order = await order_of(at)
        token = path.rsplit("/", 1)[1]
        forged = token[:-1] + ("A" if token[-1] != "A" else "B")
        moved = ".".join([token.split(".")[0], str(order + 1), *token.split(".")[2:]])
        for bad in (forged, moved, "x", "1.2.3", sign("invitation", at.merchant, order)):
            assert (await browser.get(f"/orders/{bad}")).status_code == 404, bad
        old = sign("order", at.merchant, order, days=-1)
        expired = await browser.get(f"/orders/{old}")
    assert expired.status_code == 410
    assert "This link has expired" in words(expired)
    assert "/order-link" in expired.text


async def test_another_shops_link_opens_nothing_here():
    alice, bob = await shop("alice"), await shop("bob")
    variant = await sell(bob)
    async with client(bob.host) as browser:
        path = await buy(browser, variant)
        assert (await browser.get(path)).status_code == 200
    async with client(alice.host) as browser:
        for page in (path, f"{path}/claims/new", f"{path}/withdrawal"):
            assert (await browser.get(page)).status_code == 404, page
        assert (await browser.get(order_path(alice.merchant, await order_of(bob)))).status_code == 404


async def test_looking_at_the_page_changes_nothing():
    """Mail scanners follow links."""
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant)
        order = await order_of(at)
        before = await one("SELECT * FROM orders WHERE id = $1", order)
        for page in (path, f"{path}/claims/new", f"{path}/withdrawal"):
            assert (await browser.get(page)).status_code == 200
    assert await one("SELECT * FROM orders WHERE id = $1", order) == before
    for table in ("claim", "withdrawal"):
        assert (await one(f'SELECT count(*) AS n FROM {table} WHERE "order" = $1', order))["n"] == 0


async def test_the_link_is_sent_again_and_the_answer_never_says_whether_there_is_an_order():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await buy(browser, variant)
        mine = await send(browser, "/order-link", email="simone@shopper.example", number="1001")
        nobody = await send(browser, "/order-link", email="nobody@shopper.example", number="1001")
    asked = await one("SELECT link_sent_at FROM orders WHERE merchant = $1", at.merchant)
    assert asked["link_sent_at"] is not None
    strip = str.maketrans("", "", "0123456789abcdef")
    assert words(mine).replace("simone", "nobody").translate(strip) == words(nobody).translate(strip)


async def test_an_address_that_is_none_is_told_and_kept():
    at = await shop(locale="fr")
    async with client(at.host) as browser:
        page = await send(browser, "/order-link", email="simone at home", number="7")
    assert page.status_code == 422
    assert 'value="simone at home"' in page.text
    assert 'id="email-problem"' in page.text


async def test_delivered_goods_count_towards_the_last_day_to_withdraw():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        path = await buy(browser, variant)
        order = await order_of(at)
        await parcel(at, order, state="delivered", delivered_at=now())
        await change("orders", order, state="delivered", delivered_at=now() - timedelta(days=2))
        assert "You may withdraw until" in words(await browser.get(path))
        await change("orders", order, delivered_at=now() - timedelta(days=60))
        assert (
            "Withdraw from the contract here"
            not in words(await browser.get(path)).split("Information")[0].split("Your order Find")[0]
        )


async def test_a_page_of_an_order_counts_packs_as_the_shopper_bought_them():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await buy(browser, variant, 1)
    order = await order_of(at)
    shipment = await parcel(at, order, units=1)
    line = await one(
        "SELECT l.id FROM supplier_order_line l JOIN shipment_line s ON s.supplier_order_line = l.id WHERE s.shipment = $1",
        shipment,
    )
    row = await one("SELECT id FROM shipment_line WHERE shipment = $1", shipment)
    await change(
        "supplier_order_line", int(str(line["id"])), pack_quantity=6, ordered=6, accepted=6, shipped=6
    )
    await change("shipment_line", int(str(row["id"])), quantity=6)
    page = await read_order_page(at.merchant, order)
    assert [(line.title != "", units) for line, units in page.parcels[0].contents] == [(True, 1)]


async def test_the_token_of_the_form_is_asked_for_here_too():
    at = await shop()
    async with client(at.host) as browser:
        await browser.get("/order-link")
        assert (await browser.post("/order-link", data={"email": "a@b.example"})).status_code == 403
        assert csrf_of(await browser.get("/order-link"))
