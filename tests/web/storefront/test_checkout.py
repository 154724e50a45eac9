"""From cart to order on one page: nothing typed is lost, nothing is paid twice, nothing is promised that cannot be kept."""

import re

import pytest

from tests.support.browser_free import client, csrf_of
from tests.web.storefront.shop import (
    ADDRESS,
    GOOD_CARD,
    buy,
    change,
    check_out,
    hidden,
    one,
    put_in_cart,
    sell,
    shop,
    typed_in,
    words,
)

pytestmark = pytest.mark.usefixtures("database")
DECLINED, POOR, SILENT = "4000 0000 0000 0002", "4000 0000 0000 9995", "4000 0000 0000 0119"


async def orders_of(merchant: int) -> int:
    row = await one(
        "SELECT count(*) AS n FROM orders WHERE merchant = $1 AND placed_at IS NOT NULL", merchant
    )
    return int(str(row["n"]))


async def test_total_dates_and_the_button_that_obliges_stand_before_the_payment():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant, 2)
        page = await browser.get("/checkout")
    text = words(page)
    assert "Total €54.70" in text
    assert "of which VAT €9.12" in text
    assert re.search(r"At your door \w+ \d+ \w+ to \w+ \d+ \w+", text)
    assert "Order with obligation to pay" in text
    assert "terms of sale (version 1)" in text
    assert "set aside for you until" in text


async def test_the_button_says_in_french_what_french_law_wants_on_it():
    at = await shop(locale="fr")
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await browser.get("/checkout")
    assert re.search(r"<button[^>]*>Commande avec obligation de paiement</button>", page.text)


async def test_a_browser_can_fill_in_what_it_knows():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = (await browser.get("/checkout")).text
    for token in (
        "email",
        "name",
        "address-line1",
        "address-line2",
        "postal-code",
        "address-level2",
        "tel",
        "country",
        "cc-number",
        "cc-exp",
        "cc-csc",
    ):
        assert f'autocomplete="{token}"' in page, token
    assert "4242 4242 4242 4242" in page  # the demonstration tells its test cards


async def test_a_guest_buys_and_is_led_to_the_order():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant, 2)
        answer = await check_out(browser)
        assert answer.status_code == 303
        page = await browser.get(answer.headers["location"])
        text = words(page)
        assert "Thank you, Simone Shopper." in text
        assert "Order 1001" in text
        assert "Being prepared" in text
        assert "€54.70" in text
        assert "There is nothing in it yet." in words(await browser.get("/cart"))
    row = await one("SELECT terms_version, phone, note, locale FROM orders WHERE merchant = $1", at.merchant)
    assert row == {"terms_version": 1, "phone": "+33 6 12 34 56 78", "note": "Code 12B", "locale": "en"}


async def test_an_empty_form_says_everything_at_once_beside_each_field():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        blank = dict.fromkeys(
            ("email", "name", "street", "postcode", "city", "phone", "number", "expiry", "cvc"), ""
        )
        page = await check_out(browser, **blank)
    assert page.status_code == 422
    for field in ("email", "name", "street", "postcode", "city", "number", "expiry", "cvc"):
        assert f'id="{field}-problem"' in page.text, field
        assert re.search(
            rf'id="{field}"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*{field}-problem', page.text
        ), field
    assert await orders_of(at.merchant) == 0


async def test_one_wrong_field_costs_nothing_that_was_typed_but_the_card_is_asked_again():
    at = await shop(locale="fr")
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await check_out(browser, postcode="5900", note="Sonner deux fois <b>")
        assert page.status_code == 422
        assert "Ce n’est pas un code postal de ce pays." in words(page)
        for field in ("email", "name", "street", "city", "phone"):
            assert typed_in(page, field) == ADDRESS[field], field
        assert typed_in(page, "postcode") == "5900"
        assert typed_in(page, "note") == "Sonner deux fois <b>"
        assert "4242424242424242" not in page.text.replace(" ", "").replace("<code>4242424242424242", "")
        assert typed_in(page, "number") == typed_in(page, "cvc") == ""
        again = await browser.get("/checkout")  # also after walking away
    assert typed_in(again, "street") == ADDRESS["street"]


@pytest.mark.parametrize(
    ("number", "says"), [(DECLINED, "declined the payment."), (POOR, "the balance is too low")]
)
async def test_a_declined_card_keeps_everything_and_another_one_goes_through(number: str, says: str):
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await check_out(browser, number=number)
        assert page.status_code == 422
        assert says in words(page)
        assert 'id="number-problem"' in page.text
        assert typed_in(page, "street") == ADDRESS["street"]
        assert (await check_out(browser)).status_code == 303
    assert await orders_of(at.merchant) == 1


async def test_the_button_pressed_twice_makes_one_order():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await browser.get("/checkout")
        form = {
            "_csrf": csrf_of(page),
            "key": hidden(page, "key"),
            "total": hidden(page, "total"),
            **ADDRESS,
            **GOOD_CARD,
        }
        first, second = await browser.post("/checkout", data=form), await browser.post("/checkout", data=form)
    assert (
        first.headers["location"].split("?")[0].split(".")[:2]
        == second.headers["location"].split("?")[0].split(".")[:2]
    )
    assert await orders_of(at.merchant) == 1


async def test_a_bank_that_does_not_answer_is_waited_for_and_not_paid_twice():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        answer = await check_out(browser, number=SILENT)
        assert answer.status_code == 303
        page = await browser.get(answer.headers["location"])
    text = words(page)
    assert "Please do not pay again" in text or "Thank you" in text
    assert await orders_of(at.merchant) <= 1


async def test_a_price_that_changed_meanwhile_is_shown_before_anything_is_charged():
    at = await shop()
    variant = await sell(at, price=2490)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await browser.get("/checkout")
        form = {
            "_csrf": csrf_of(page),
            "key": hidden(page, "key"),
            "total": hidden(page, "total"),
            **ADDRESS,
            **GOOD_CARD,
        }
        await change("variant", variant, price=2990)
        answer = await browser.post("/checkout", data=form)
        assert answer.status_code == 422
        assert "The total has changed." in words(answer)
        assert "€34.80" in words(answer)
        assert hidden(answer, "total") == "3480"
    assert await orders_of(at.merchant) == 0


async def test_somebody_quicker_leaves_a_page_that_says_what_is_gone():
    at = await shop()
    variant = await sell(at, quantity=1)
    async with client(at.host) as slow, client(at.host) as quick:
        await put_in_cart(slow, variant)
        await put_in_cart(quick, variant)
        await check_out(quick)
        page = await slow.get("/checkout")
        assert "has just sold out" in words(page)
        assert re.search(r"<button[^>]* disabled>Order with obligation to pay", page.text)
        form = {
            "_csrf": csrf_of(page),
            "key": hidden(page, "key"),
            "total": hidden(page, "total"),
            **ADDRESS,
            **GOOD_CARD,
        }
        answer = await slow.post("/checkout", data=form)
        assert answer.status_code == 409
        assert "Somebody was quicker" in words(answer)
        assert typed_in(answer, "street") == ADDRESS["street"]
    assert await orders_of(at.merchant) == 1


async def test_another_country_brings_its_cost_and_keeps_what_was_typed():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await browser.get("/checkout")
        typed = {
            "_csrf": csrf_of(page),
            "key": hidden(page, "key"),
            **ADDRESS,
            **GOOD_CARD,
            "country": "DE",
            "postcode": "",
        }
        answer = await browser.post("/checkout/delivery", data=typed)
        assert answer.status_code == 200
        assert "Delivery to Germany" in words(answer)
        assert "The carrier needs it for deliveries across a border." in words(answer)
        assert re.search(r'id="phone"[^>]* required', answer.text)
        assert typed_in(answer, "street") == ADDRESS["street"]
        assert typed_in(answer, "number") == ""
        refused = await browser.post("/checkout/delivery", data={**typed, "country": "US"})
        assert refused.status_code == 422
        assert 'id="country-problem"' in refused.text


async def test_a_parcel_across_a_border_needs_a_phone_number():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        await put_in_cart(browser, variant)
        page = await check_out(browser, country="BE", postcode="1000", city="Bruxelles", phone="")
    assert page.status_code == 422
    assert "The carrier needs a phone number for this delivery." in words(page)


async def test_an_empty_cart_has_no_checkout():
    at = await shop()
    async with client(at.host) as browser:
        answer = await browser.get("/checkout")
        assert (answer.status_code, answer.headers["location"]) == (303, "/cart")


async def test_a_stranger_cannot_finish_somebody_elses_checkout():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as shopper, client(at.host) as stranger:
        await put_in_cart(shopper, variant)
        page = await shopper.get("/checkout")
        form = {"key": hidden(page, "key"), "total": hidden(page, "total"), **ADDRESS, **GOOD_CARD}
        token = csrf_of(await stranger.get("/order-link"))
        answer = await stranger.post("/checkout", data={"_csrf": token, **form})
        assert (answer.status_code, answer.headers["location"]) == (303, "/cart")
        await buy_path(shopper)
    assert await orders_of(at.merchant) == 1


async def buy_path(shopper: object) -> None:
    assert (await check_out(shopper)).status_code == 303  # type: ignore[arg-type]


async def test_two_orders_of_one_visitor_are_two_orders():
    at = await shop()
    variant = await sell(at)
    async with client(at.host) as browser:
        assert await buy(browser, variant) != await buy(browser, variant)
    assert await orders_of(at.merchant) == 2
