"""Opening an account, signing in, inviting colleagues: through the pages, as people do."""

import re

import pytest

from marketplace.kernel.database import execute, fetch_one, fetch_value
from tenants.invite import invitation_token, invite
from tenants.reset_password import reset_token
from tenants.scope import platform_scope
from tenants.tables import Role
from tests.support import world
from tests.support.browser_free import PASSWORD, client, csrf_of, send, sign_in, somebody

pytestmark = pytest.mark.usefixtures("database")


async def test_a_merchant_opens_an_account_and_sits_at_its_desk():
    async with client() as alice:
        email = f"{world.unique('alice')}@shop.example"
        answer = await send(
            alice,
            "/accounts",
            page="/accounts/new",
            kind="merchant",
            business="Alice & Fils",
            country="FR",
            name="Alice",
            email=email,
            password="a long enough one",
        )
        assert (answer.status_code, answer.headers["location"]) == (303, "/desks")
        onwards = await alice.get("/desks")
        assert onwards.headers["location"].startswith("/dashboard/alice-fils")
    async with platform_scope("look"):
        tenant = await fetch_one(
            "SELECT t.* FROM tenant t JOIN membership m ON m.tenant = t.id WHERE m.person_email = $1", email
        )
        assert tenant["currency"] == "EUR"
        assert (
            await fetch_value("SELECT host FROM domain WHERE tenant = $1", tenant["id"])
            == f"{tenant['slug']}.localhost"
        )


async def test_what_was_typed_stays_and_each_field_says_what_is_wrong():
    async with client() as alice:
        answer = await send(
            alice,
            "/accounts",
            page="/accounts/new",
            kind="merchant",
            business="Chez Alice",
            country="FR",
            name="",
            email="not an address",
            password="short",
        )
    assert answer.status_code == 422
    assert 'value="Chez Alice"' in answer.text
    assert 'id="name-problem"' in answer.text
    assert 'id="email-problem"' in answer.text
    assert "short" not in answer.text.split('id="password"')[1][:80]


async def test_a_taken_address_is_sent_to_sign_in():
    email = await somebody()
    async with client() as again:
        answer = await send(
            again,
            "/accounts",
            page="/accounts/new",
            kind="supplier",
            business="Twice",
            country="FR",
            name="A",
            email=email,
            password="a long enough one",
        )
    assert answer.status_code == 422
    assert "account with this address already" in answer.text


async def test_signing_in_gives_a_new_session_whatever_the_browser_sent():
    merchant = await world.merchant()
    email = await somebody((merchant, "owner"))
    async with client() as browser:
        browser.cookies.set("comptoir_session", "chosen-by-an-attacker")
        answer = await sign_in(browser, email)
        assert answer.status_code == 303
        kept = [c for c in browser.cookies.jar if c.name == "comptoir_session"]
        assert all(c.value != "chosen-by-an-attacker" for c in kept if c.domain)
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=Lax" in answer.headers["set-cookie"]
    async with platform_scope("look"):
        assert not await fetch_value("SELECT count(*) FROM session WHERE token_hash LIKE '%chosen%'")


async def test_a_wrong_password_says_so_and_keeps_the_address():
    email = await somebody()
    async with client() as browser:
        answer = await sign_in(browser, email, "not the password")
    assert answer.status_code == 422
    assert f'value="{email}"' in answer.text


async def test_after_eight_failures_the_account_waits_even_with_the_right_password():
    email = await somebody()
    async with platform_scope("eight failures"):
        for _ in range(8):
            await execute(
                "INSERT INTO sign_in_attempt (email, address, succeeded) VALUES ($1, '203.0.113.9', false)",
                email,
            )
    async with client() as browser:
        answer = await sign_in(browser, email, PASSWORD)
    assert answer.status_code == 422
    assert "Too many attempts" in answer.text


async def test_signing_out_ends_the_session_on_the_server():
    merchant = await world.merchant()
    email = await somebody((merchant, "owner"), (await world.supplier(), "owner"))
    async with client() as browser:
        await sign_in(browser, email)
        copied = browser.cookies["comptoir_session"]
        await send(browser, "/sign-out", page="/desks")
        browser.cookies.set("comptoir_session", copied)
        assert (await browser.get("/desks")).headers["location"].startswith("/sign-in")


async def test_a_form_without_its_token_or_from_another_site_does_nothing():
    email = await somebody()
    async with client() as browser:
        form = await browser.get("/sign-in")
        without = await browser.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert without.status_code == 403
        cross = await browser.post(
            "/sign-in",
            data={"_csrf": csrf_of(form), "email": email, "password": PASSWORD},
            headers={"Sec-Fetch-Site": "cross-site"},
        )
        assert cross.status_code == 403
        origin = await browser.post(
            "/sign-in",
            data={"_csrf": csrf_of(form), "email": email, "password": PASSWORD},
            headers={"Origin": "http://evil.example"},
        )
        assert origin.status_code == 403


async def test_a_token_of_one_session_is_worth_nothing_in_another():
    async with client() as mallory, client() as alice:
        stolen = csrf_of(await mallory.get("/sign-in"))
        await alice.get("/sign-in")
        answer = await alice.post("/sign-in", data={"_csrf": stolen, "email": "a@b.example", "password": "x"})
        assert answer.status_code == 403


async def test_a_colleague_accepts_an_invitation_once():
    merchant = await world.merchant()
    made = await invite(merchant, "new@colleague.example", Role.SUPPORT, by="Alice")
    token = invitation_token(merchant, made)
    async with client() as colleague:
        shown = await colleague.get(f"/invitations/{token}")
        assert "Alice" in shown.text
        answer = await send(
            colleague,
            f"/invitations/{token}/acceptance",
            page=f"/invitations/{token}",
            name="Nora",
            password="a long enough one",
        )
        assert answer.status_code == 303
        assert (await colleague.get(f"/invitations/{token}")).status_code == 404
    async with platform_scope("look"):
        row = await fetch_one(
            "SELECT role FROM membership WHERE tenant = $1 AND person_email = 'new@colleague.example'",
            merchant,
        )
        assert row["role"] == "support"


async def test_a_forged_invitation_is_nothing():
    async with client() as browser:
        assert (await browser.get("/invitations/1.1.9999999999.AAAA")).status_code == 404


async def test_a_new_password_ends_every_session_and_its_link_works_once():
    email = await somebody((await world.merchant(), "owner"))
    async with platform_scope("look"):
        person = await fetch_value("SELECT id FROM person WHERE email = $1", email)
    token = await reset_token(person)
    async with client() as old, client() as new:
        await sign_in(old, email)
        answer = await send(
            new,
            f"/password-resets/{token}/password",
            page=f"/password-resets/{token}",
            password="another long one",
        )
        assert answer.headers["location"] == "/sign-in"
        assert (await old.get("/desks")).headers["location"].startswith("/sign-in")
        assert (await sign_in(new, email, "another long one")).status_code == 303
        again = await send(
            new,
            f"/password-resets/{token}/password",
            page=f"/password-resets/{token}",
            password="a third long one",
        )
        assert again.status_code == 404


async def test_asking_for_a_password_never_says_whether_the_address_exists():
    email = await somebody((await world.merchant(), "owner"))
    async with client() as browser:
        known = await send(browser, "/password-resets", page="/password-resets/new", email=email)
        unknown = await send(
            browser, "/password-resets", page="/password-resets/new", email="nobody@nowhere.example"
        )
    assert known.status_code == unknown.status_code == 200
    assert _plain(known.text, email) == _plain(unknown.text, "nobody@nowhere.example")


async def test_after_signing_in_one_goes_on_to_a_page_of_ours_only():
    email = await somebody((await world.merchant(), "owner"))
    async with client() as browser:
        form = await browser.get("/sign-in?then=//evil.example/x")
        answer = await browser.post(
            "/sign-in",
            data={"_csrf": csrf_of(form), "email": email, "password": PASSWORD, "then": "//evil.example/x"},
        )
        assert answer.headers["location"] == "/desks"


async def test_an_unknown_host_is_nobodys_and_health_says_what_is_down():
    async with client("nobody.example") as browser:
        assert (await browser.get("/")).status_code == 404
    async with client() as browser:
        answer = await browser.get("/health")
        assert answer.status_code == 503
        assert "scheduler" in answer.json()["reason"]


def _plain(page: str, email: str) -> str:
    """A page without what differs each time: its nonce and the address itself."""
    return re.sub(r'nonce="[^"]+"|"inlineScriptNonce": "[^"]+"', "", page).replace(email, "")
