"""The pages the law asks for are there, made of who the merchant really is; and mistakes are answered in the shop's look."""

import re

import pytest

from tests.support.browser_free import client
from tests.web.storefront.shop import change, one, sell, shop, words

pytestmark = pytest.mark.usefixtures("database")
IDENTITY = {
    "legal_name": "Alice Céramique",
    "legal_form": "SAS",
    "registration_number": "732 829 320",
    "vat_number": "FR44732829320",
    "phone": "+33 2 40 00 00 00",
    "mediator": "Médiation Conso, 1 rue de la Paix, Paris",
    "director": "Alice Martin",
    "host_provider": "Hébergeur SARL, Nantes",
}


async def test_the_legal_notice_names_the_seller_the_director_the_host_and_the_mediator():
    at = await shop(locale="fr", **IDENTITY)
    async with client(at.host) as browser:
        notice = words(await browser.get("/legal/notice"))
    for fact in IDENTITY.values():
        assert fact in notice, fact
    assert "Mentions légales" in notice


@pytest.mark.parametrize("locale", ["fr", "en"])
async def test_every_legal_page_is_there_in_the_shops_language(locale: str):
    at = await shop(locale=locale, **IDENTITY)
    async with client(at.host) as browser:
        for page in (
            "/legal/notice",
            "/legal/terms",
            "/legal/privacy",
            "/legal/returns",
            "/legal/shipping",
            "/contact",
        ):
            answer = await browser.get(page)
            assert answer.status_code == 200, page
            assert f'<html lang="{locale}"' in answer.text
        assert (await browser.get("/legal/anything")).status_code == 404


async def test_the_returns_page_has_the_model_form_and_the_way_to_withdraw():
    at = await shop(locale="fr")
    async with client(at.host) as browser:
        page = await browser.get("/legal/returns")
    assert "Modèle de formulaire de rétractation" in words(page)
    assert 'href="/withdrawal">Renoncer au contrat ici' in page.text


async def test_the_terms_carry_their_version_the_merchants_own_words_and_when_the_card_is_charged():
    at = await shop()
    row = await one("SELECT id FROM storefront WHERE merchant = $1", at.merchant)
    await change(
        "storefront",
        int(str(row["id"])),
        terms="We wrap <everything> by hand.",
        terms_version=7,
        capture_policy="shipment",
    )
    async with client(at.host) as browser:
        page = await browser.get("/legal/terms")
    assert "Version 7" in words(page)
    assert "We wrap &lt;everything&gt; by hand." in page.text
    assert "charged when a parcel leaves" in words(page)


async def test_the_withdrawal_function_is_on_every_page():
    at = await shop()
    async with client(at.host) as browser:
        for page in ("/", "/search", "/cart", "/contact", "/nowhere"):
            assert "Withdraw from the contract here" in words(await browser.get(page)), page


async def test_a_mistyped_address_is_answered_in_the_shops_look_with_its_search():
    at = await shop(theme="northpeak")
    async with client(at.host) as browser:
        page = await browser.get("/no/such/page")
    assert page.status_code == 404
    assert "There is nothing here" in words(page)
    assert 'class="theme-northpeak"' in page.text
    assert 'action="/search"' in page.text


async def test_a_form_from_elsewhere_is_answered_with_a_page_too():
    at = await shop()
    async with client(at.host) as browser:
        page = await browser.post("/order-link", data={"email": "a@b.example"})
    assert page.status_code == 403
    assert "Please send that again from the page" in words(page)


async def test_the_look_is_a_style_sheet_of_its_own_named_by_its_content():
    at = await shop()
    row = await one("SELECT id FROM storefront WHERE merchant = $1", at.merchant)
    await change(
        "storefront", int(str(row["id"])), tokens='{"accent": "#0a5c2b", "ink": "red; } * { display: none"}'
    )
    async with client(at.host) as browser:
        home = await browser.get("/")
        sheet = re.findall(r'href="(/theme\.css\?v=[0-9a-f]+)"', home.text)[0]
        answer = await browser.get(sheet)
        other = await browser.get("/theme.css?v=old")
    assert answer.headers["content-type"].startswith("text/css")
    assert "--accent:#0a5c2b" in answer.text
    assert "display: none" not in answer.text
    assert "immutable" in answer.headers["cache-control"]
    assert other.headers["cache-control"] == "no-cache"


async def test_a_logo_is_a_picture_and_never_a_program():
    at = await shop()
    row = await one("SELECT id FROM storefront WHERE merchant = $1", at.merchant)
    async with client(at.host) as browser:
        assert (await browser.get("/logo.svg")).status_code == 404
        await change(
            "storefront",
            int(str(row["id"])),
            logo_svg='<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        )
        logo = await browser.get("/logo.svg")
        home = await browser.get("/")
        icon = await browser.get("/favicon.svg")
    policies = logo.headers.get_list("content-security-policy")
    assert any("sandbox" in p and "default-src 'none'" in p for p in policies)
    assert '<img src="/logo.svg' in home.text
    assert icon.headers["content-type"] == "image/svg+xml"


async def test_pages_carry_no_inline_style_or_script_and_say_so():
    at = await shop()
    await sell(at)
    async with client(at.host) as browser:
        for path in ("/", "/search", "/cart", "/withdrawal", "/legal/terms"):
            page = await browser.get(path)
            assert "script-src 'self' 'nonce-" in page.headers["content-security-policy"]
            assert " style=" not in page.text, path
            assert not re.search(r"<[^>]+\son\w+=", page.text), path
            for script in re.findall(r"<script\b[^>]*>", page.text):
                assert "nonce=" in script, path


@pytest.mark.parametrize("theme", ["rivage", "northpeak", "fabrique"])
async def test_each_theme_lays_out_its_own_front_page(theme: str):
    at = await shop(theme=theme)
    await sell(at)
    async with client(at.host) as browser:
        page = await browser.get("/")
    assert page.status_code == 200
    assert f"shop-{theme}.css" in page.text
