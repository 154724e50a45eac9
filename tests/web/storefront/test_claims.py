"""A shopper complains from the order's page, and gives up a purchase, without an account and without losing a word."""

import io
from datetime import timedelta

import httpx
import pytest
from PIL import Image

from marketplace.kernel.clock import now
from marketplace.kernel.signing import sign
from tests.support.browser_free import client, csrf_of
from tests.web.storefront.shop import Shop, buy, change, hidden, one, sell, shop, typed_in, words
from tests.web.storefront.test_orders import order_of, parcel

pytestmark = pytest.mark.usefixtures("database")


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#aa3322").save(out, "JPEG")
    return out.getvalue()


async def delivered(browser: httpx.AsyncClient, at: Shop, units: int = 2) -> tuple[str, int, int]:
    """(path of the page, order, its line) of an order that arrived yesterday."""
    path = await buy(browser, await sell(at), units)
    order = await order_of(at)
    await parcel(at, order, state="delivered", units=units, delivered_at=now() - timedelta(days=1))
    line = int(str((await one('SELECT id FROM order_line WHERE "order" = $1', order))["id"]))
    await change("order_line", line, delivered=units, captured=units * 2490)
    await change("orders", order, state="delivered", delivered_at=now() - timedelta(days=1))
    return path, order, line


async def complain(
    browser: httpx.AsyncClient, path: str, *, photos: list[bytes] | None = None, **fields: object
) -> httpx.Response:
    page = await browser.get(f"{path}/claims/new")
    data = {"_csrf": csrf_of(page), "key": hidden(page, "key"), **fields}
    files = [("photos", (f"{n}.jpg", body, "image/jpeg")) for n, body in enumerate(photos or [])]
    return await browser.post(f"{path}/claims", data=data, files=files or None)


async def test_a_complaint_with_a_photo_is_filed_and_its_page_shows_it():
    at = await shop()
    async with client(at.host) as browser:
        path, order, line = await delivered(browser, at)
        answer = await complain(
            browser, path, photos=[photo()], cause="damaged", wish="refund", text="The rim is chipped.",
            **{f"take_{line}": "1", f"units_{line}": "1"},
        )  # fmt: skip
        assert answer.status_code == 303, words(answer)
        page = await browser.get(answer.headers["location"])
        text = words(page)
        assert "We have your message." in text
        assert "The rim is chipped." in text
        assert "It arrived damaged" in text
        source = page.text.split('class="said-photos"')[1].split('src="')[1].split('"')[0]
        picture = await browser.get(source)
        assert picture.headers["content-type"].startswith("image/")
        assert "Complaint C-" in words(await browser.get(path))
    row = await one(
        'SELECT c.cause, l.quantity FROM claim c JOIN claim_line l ON l.claim = c.id WHERE c."order" = $1',
        order,
    )
    assert row == {"cause": "damaged", "quantity": 1}


async def test_a_form_with_nothing_chosen_keeps_the_words_and_says_what_is_missing():
    at = await shop(locale="fr")
    async with client(at.host) as browser:
        path, _, line = await delivered(browser, at)
        nothing = await complain(
            browser, path, photos=[photo()], cause="damaged", wish="replacement", text="Ébréché <ici>"
        )
        assert nothing.status_code == 422
        assert "Ébréché &lt;ici&gt;" in nothing.text
        assert 'value="replacement" checked' in nothing.text
        assert 'id="lines-problem"' in nothing.text
        assert "Veuillez choisir vos photos à nouveau" in words(nothing)
        no_cause = await complain(browser, path, wish="refund", text="?", **{f"take_{line}": "1"})
        assert no_cause.status_code == 422
        assert 'id="cause-problem"' in no_cause.text
        assert f'name="take_{line}" value="1" checked' in no_cause.text


async def test_a_file_that_is_no_picture_is_named_beside_the_field():
    at = await shop()
    async with client(at.host) as browser:
        path, _, line = await delivered(browser, at)
        page = await complain(
            browser,
            path,
            photos=[b"<html>not a photo</html>"],
            cause="damaged",
            wish="refund",
            text="Look",
            **{f"take_{line}": "1"},
        )
    assert page.status_code == 422
    assert "This is a web page, not a picture" in words(page)


async def test_sent_twice_it_is_one_complaint():
    at = await shop()
    async with client(at.host) as browser:
        path, order, line = await delivered(browser, at)
        page = await browser.get(f"{path}/claims/new")
        data = {
            "_csrf": csrf_of(page),
            "key": hidden(page, "key"),
            "cause": "damaged",
            "wish": "refund",
            "text": "Chipped",
            f"take_{line}": "1",
        }
        first, second = (
            await browser.post(f"{path}/claims", data=data),
            await browser.post(f"{path}/claims", data=data),
        )
    assert first.headers["location"] == second.headers["location"]
    assert (await one('SELECT count(*) AS n FROM claim WHERE "order" = $1', order))["n"] == 1


async def test_the_thread_goes_both_ways_and_can_be_taken_back():
    at = await shop()
    async with client(at.host) as browser:
        path, order, line = await delivered(browser, at)
        filed = await complain(
            browser, path, cause="defective", wish="refund", text="Broken", **{f"take_{line}": "1"}
        )
        where = filed.headers["location"].split("?")[0]
        token = csrf_of(await browser.get(where))
        empty = await browser.post(f"{where}/messages", data={"_csrf": token, "text": "  "})
        assert empty.status_code == 422
        assert 'id="text-problem"' in empty.text
        sent = await browser.post(f"{where}/messages", data={"_csrf": token, "text": "It also hums."})
        assert sent.status_code == 303
        assert "It also hums." in words(await browser.get(where))
        await browser.post(f"{where}/withdrawal", data={"_csrf": token})
        assert "Taken back by you" in words(await browser.get(where))
    row = await one('SELECT state FROM claim WHERE "order" = $1', order)
    assert row["state"] == "withdrawn"


async def test_another_orders_complaint_and_photo_are_not_behind_this_link():
    at = await shop()
    async with client(at.host) as browser:
        mine, _, _ = await delivered(browser, at)
        his, _, line = await delivered(browser, at)
        filed = await complain(
            browser,
            his,
            photos=[photo()],
            cause="damaged",
            wish="refund",
            text="His words",
            **{f"take_{line}": "1"},
        )
        claim = filed.headers["location"].split("/")[-1].split("?")[0]
        picture = (await one("SELECT id FROM attachment WHERE claim = $1", int(claim)))["id"]
        token = csrf_of(await browser.get(f"{mine}/claims/new"))
        assert (await browser.get(f"{mine}/claims/{claim}")).status_code == 404
        assert (await browser.get(f"{mine}/claims/{claim}/photos/{picture}")).status_code == 404
        for action in ("messages", "withdrawal"):
            answer = await browser.post(
                f"{mine}/claims/{claim}/{action}", data={"_csrf": token, "text": "mine"}
            )
            assert answer.status_code == 404, action
        stranger = await complain(
            browser, mine, cause="damaged", wish="refund", text="x", **{f"take_{line}": "1"}
        )
        assert stranger.status_code == 404


async def withdraw(browser: httpx.AsyncClient, path: str, **fields: object) -> httpx.Response:
    """Step one, then step two as its page asks for it."""
    form = await browser.get(f"{path}/withdrawal")
    data = {
        "_csrf": csrf_of(form),
        "key": hidden(form, "key"),
        "name": "Simone Shopper",
        "email": "simone@shopper.example",
        **fields,
    }
    return await browser.post(f"{path}/withdrawal", data=data)


async def test_a_withdrawal_takes_two_steps_and_gives_a_receipt_with_date_and_time():
    at = await shop(locale="fr")
    async with client(at.host) as browser:
        path, order, line = await delivered(browser, at)
        page = await browser.get(f"{path}/withdrawal")
        assert "Renoncer au contrat ici" in words(page)
        assert typed_in(page, "name") == "Simone Shopper"
        confirm = await withdraw(browser, path, **{f"take_{line}": "1", f"units_{line}": "1"})
        assert confirm.status_code == 200
        assert "Confirmer la rétractation" in words(confirm)
        assert "1 ×" in words(confirm)
        assert (await one('SELECT count(*) AS n FROM withdrawal WHERE "order" = $1', order))["n"] == 0
        fields = {
            name: hidden(confirm, name) for name in ("key", "name", "email", f"take_{line}", f"units_{line}")
        }
        sent = {"_csrf": csrf_of(confirm), **fields}
        first = await browser.post(f"{path}/withdrawals", data=sent)
        again = await browser.post(f"{path}/withdrawals", data=sent)
        assert first.status_code == 303
        assert first.headers["location"] == again.headers["location"]
        receipt = words(await browser.get(first.headers["location"]))
    row = await one('SELECT number, declared_at FROM withdrawal WHERE "order" = $1', order)
    assert str(row["number"]) in receipt
    assert f"{row['declared_at']:%Y}" in receipt
    assert "Reçue le" in receipt
    assert "Simone Shopper" in receipt


async def test_nothing_is_declared_without_a_name_an_address_and_an_article():
    at = await shop()
    async with client(at.host) as browser:
        path, order, _line = await delivered(browser, at)
        page = await withdraw(browser, path, name="", email="nowhere")
        assert page.status_code == 422
        for field in ("name", "email", "lines"):
            assert f'id="{field}-problem"' in page.text, field
        assert typed_in(page, "email") == "nowhere"
    assert (await one('SELECT count(*) AS n FROM withdrawal WHERE "order" = $1', order))["n"] == 0


async def test_on_second_thoughts_one_may_go_back_and_change_it():
    at = await shop()
    async with client(at.host) as browser:
        path, _, line = await delivered(browser, at)
        confirm = await withdraw(browser, path, **{f"take_{line}": "1", f"units_{line}": "2"})
        fields = {
            name: hidden(confirm, name) for name in ("key", "name", "email", f"take_{line}", f"units_{line}")
        }
        back = await browser.post(
            f"{path}/withdrawal", data={"_csrf": csrf_of(confirm), **fields, "change": "1"}
        )
    assert back.status_code == 200
    assert "Go on to the confirmation" in words(back)
    assert typed_in(back, "name") == "Simone Shopper"
    assert '<option value="2" selected>' in back.text


async def test_more_than_was_bought_or_a_line_of_another_order_is_refused():
    at = await shop()
    async with client(at.host) as browser:
        path, _, line = await delivered(browser, at)
        assert (
            await withdraw(browser, path, **{f"take_{line}": "1", f"units_{line}": "9"})
        ).status_code == 422
        assert (await withdraw(browser, path, take_999999="1")).status_code == 404


async def test_after_the_fourteen_days_the_page_says_when_it_ended():
    at = await shop()
    async with client(at.host) as browser:
        path, order, _ = await delivered(browser, at)
        await change("orders", order, delivered_at=now() - timedelta(days=40))
        page = words(await browser.get(f"{path}/withdrawal"))
    assert "The withdrawal period of this order ended on" in page
    assert "Go on to the confirmation" not in page


async def test_a_guest_withdraws_from_the_footer_with_number_and_address_and_sees_nothing_else():
    at = await shop()
    async with client(at.host) as browser:
        path, order, line = await delivered(browser, at)
        number = str((await one("SELECT number FROM orders WHERE id = $1", order))["number"])
    async with client(at.host) as guest:
        home = await guest.get("/withdrawal")
        data = {"_csrf": csrf_of(home), "number": f"#{number}", "email": "SIMONE@shopper.example"}
        answer = await guest.post("/withdrawal", data=data)
        assert answer.status_code == 303
        narrow = answer.headers["location"].removesuffix("/withdrawal")
        form = await guest.get(answer.headers["location"])
        assert form.status_code == 200
        for private in ("2 rue Basse", "simone@shopper.example", "Simone Shopper", "€24.90", "€49.80"):
            assert private not in words(form).split("All prices")[0], private
        for page in ("", "/claims/new"):
            assert (await guest.get(narrow + page)).status_code == 404, page
        confirm = await withdraw(guest, narrow, **{f"take_{line}": "1", f"units_{line}": "1"})
        assert confirm.status_code == 200
    assert path.startswith("/orders/")


async def test_a_wrong_address_opens_no_withdrawal_and_guessing_is_slowed_down():
    at = await shop()
    async with client(at.host) as browser:
        await delivered(browser, at)
        token = csrf_of(await browser.get("/withdrawal"))
        guesses = [
            await browser.post(
                "/withdrawal", data={"_csrf": token, "number": "1001", "email": f"{n}@guess.example"}
            )
            for n in range(14)
        ]
        assert {g.status_code for g in guesses} == {422}
        assert "We find no order" in words(guesses[0])
        assert typed_in(guesses[0], "number") == "1001"
        assert "Please wait ten minutes" in words(guesses[-1])
        late = await browser.post(
            "/withdrawal", data={"_csrf": token, "number": "1001", "email": "simone@shopper.example"}
        )
        assert late.status_code == 422


async def test_a_withdrawals_link_lasts_a_day_and_opens_no_other_shop():
    alice, bob = await shop("alice"), await shop("bob")
    async with client(alice.host) as browser:
        _, order, _ = await delivered(browser, alice)
        assert (
            await browser.get(f"/orders/{sign('withdrawal', alice.merchant, order, days=-1)}/withdrawal")
        ).status_code == 410
        assert (
            await browser.get(f"/orders/{sign('withdrawal', bob.merchant, order)}/withdrawal")
        ).status_code == 404
