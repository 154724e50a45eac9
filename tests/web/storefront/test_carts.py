"""The cart keeps what was chosen, says what changed, and belongs to one visitor of one shop."""

import pytest

from tests.support.browser_free import client, csrf_of
from tests.web.storefront.shop import change, one, put_in_cart, sell, shop, slug_of, words

pytestmark = pytest.mark.usefixtures("database")


async def test_what_is_put_in_the_cart_is_there_with_its_sum_and_delivery():
    at = await shop()
    variant = await sell(at, price=2490)
    async with client(at.host) as browser:
        answer = await put_in_cart(browser, variant, 2)
        assert (answer.status_code, answer.headers["location"]) == (303, "/cart")
        cart = words(await browser.get("/cart"))
    assert "€49.80" in cart
    assert "Delivery to France €4.90" in cart
    assert "Total, VAT included €54.70" in cart
    assert "€10.20 to go until delivery is free" in cart


async def test_a_quantity_is_changed_and_an_article_taken_out():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        token = csrf_of(await browser.get("/cart"))
        await browser.post(f"/cart/lines/{variant}", data={"_csrf": token, "quantity": "3"})
        assert "€74.70" in words(await browser.get("/cart"))
        await browser.post(f"/cart/lines/{variant}", data={"_csrf": token, "quantity": "0"})
        assert "There is nothing in it yet." in words(await browser.get("/cart"))


async def test_more_than_there_is_is_refused_beside_the_line_and_the_number_typed_stays():
    at = await shop()
    variant = await sell(at)
    await change("variant", variant, available=4)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant, 2)
        token = csrf_of(await browser.get("/cart"))
        page = await browser.post(f"/cart/lines/{variant}", data={"_csrf": token, "quantity": "9"})
        assert page.status_code == 422
        assert "Only 4 left." in words(page)
        assert f'id="quantity_{variant}"' in page.text
        assert 'value="9"' in page.text
        assert "€49.80" in words(await browser.get("/cart"))  # two of them are still there


async def test_words_where_a_number_belongs_are_told_and_nothing_changes():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        token = csrf_of(await browser.get("/cart"))
        page = await browser.post(f"/cart/lines/{variant}", data={"_csrf": token, "quantity": "many"})
        assert page.status_code == 422
        assert "Please enter a whole number." in words(page)
        assert "€24.90" in words(await browser.get("/cart"))


async def test_a_refusal_on_the_product_page_stands_by_the_button():
    at = await shop(locale="fr")
    variant = await sell(at)
    await change("variant", variant, available=2)
    async with client(at.host) as browser:
        answer = await put_in_cart(browser, variant, 5)
        assert answer.status_code == 422
        assert "Il n’en reste que 2." in words(answer)
        assert 'action="/cart/lines"' in answer.text


async def test_stock_that_fell_since_is_said_and_the_way_to_the_checkout_waits():
    at = await shop()
    variant = await sell(at, quantity=5)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant, 4)
        offer = await one("SELECT offer FROM match WHERE variant = $1", variant)
        await change("offer", int(str(offer["offer"])), quantity=2, sells_up_to=2)
        page = await browser.get("/cart")
        assert "Only 2 are left." in words(page)
        assert "Take 2" in words(page)
        assert 'href="/checkout"' not in page.text
        await change("offer", int(str(offer["offer"])), quantity=0, sells_up_to=0)
        assert "This has just sold out. Please take it out." in words(await browser.get("/cart"))


async def test_an_article_that_is_no_longer_sold_stays_in_the_cart_and_says_so():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        row = await one(
            "SELECT l.id FROM listing l JOIN variant v ON v.product = l.product WHERE v.id = $1", variant
        )
        await change("listing", int(str(row["id"])), will="retired")
        assert "This is no longer sold." in words(await browser.get("/cart"))


async def test_another_shops_article_cannot_be_put_in_this_cart():
    alice, bob = await shop("alice"), await shop("bob")
    mine, his = await sell(alice), await sell(bob)
    async with client(alice.host) as browser:
        page = await browser.get(f"/products/{await slug_of(mine)}")
        answer = await browser.post(
            "/cart/lines",
            data={"_csrf": csrf_of(page), "variant": his, "quantity": 1, "slug": await slug_of(mine)},
        )
        assert answer.status_code == 404
        assert (
            await browser.post(f"/cart/lines/{his}", data={"_csrf": csrf_of(page), "quantity": 1})
        ).status_code == 404


async def test_a_cart_is_its_visitors_alone():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as one_visitor, client(at.host) as other:
        await put_in_cart(one_visitor, variant)
        assert "There is nothing in it yet." in words(await other.get("/cart"))
        token = csrf_of(await other.get("/order-link"))
        assert (
            await other.post(f"/cart/lines/{variant}", data={"_csrf": token, "quantity": 2})
        ).status_code == 404


async def test_another_country_changes_the_delivery_and_one_we_do_not_serve_is_refused():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        token = csrf_of(await browser.get("/cart"))
        await browser.post("/cart/country", data={"_csrf": token, "country": "DE"})
        assert "Delivery to Germany" in words(await browser.get("/cart"))
        refused = await browser.post("/cart/country", data={"_csrf": token, "country": "US"})
        assert refused.status_code == 422
        assert "We do not ship to this country." in words(refused)
        assert "Delivery to Germany" in words(await browser.get("/cart"))


async def test_a_form_of_another_site_changes_nothing():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        token = csrf_of(await browser.get("/cart"))
        for headers, sent in (
            ({}, "0" * 64),
            ({"Sec-Fetch-Site": "cross-site"}, token),
            ({"Origin": "https://evil.example"}, token),
        ):
            answer = await browser.post(
                f"/cart/lines/{variant}", data={"_csrf": sent, "quantity": "0"}, headers=headers
            )
            assert answer.status_code == 403
        assert "€24.90" in words(await browser.get("/cart"))


async def test_a_script_adds_without_leaving_the_page_and_gets_the_new_count():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        page = await browser.get(f"/products/{await slug_of(variant)}")
        answer = await browser.post(
            "/cart/lines",
            data={"_csrf": csrf_of(page), "variant": variant, "quantity": 2, "slug": await slug_of(variant)},
            headers={"HX-Request": "true"},
        )
    assert answer.status_code == 200
    assert "In your cart" in words(answer)
    assert "<html" not in answer.text
    assert '<span class="bag-count" aria-hidden="true">2</span>' in answer.text
