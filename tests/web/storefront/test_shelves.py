"""Looking around: counts that are true, filters with a way out, and nothing of another shop."""

import pytest

from marketplace.catalogue.index_products import index_products
from tenants.scope import acting_as
from tests.support import world
from tests.support.browser_free import client
from tests.web.storefront.shop import Shop, change, one, sell, shop, slug_of, words

pytestmark = pytest.mark.usefixtures("database")


async def shelf(at: Shop, title: str, *variants: int) -> str:
    slug = world.unique("shelf")
    made = await world.insert("category", merchant=at.merchant, slug=slug, title=title)
    for variant in variants:
        row = await one("SELECT product FROM variant WHERE id = $1", variant)
        await change("product", int(str(row["product"])), category=made)
    return slug


async def title_it(variant: int, title: str, **more: object) -> int:
    row = await one("SELECT product FROM variant WHERE id = $1", variant)
    await change("product", int(str(row["product"])), title=title, sort_title=title.lower(), **more)
    return int(str(row["product"]))


async def test_the_front_page_shows_what_is_on_sale_with_its_price_vat_included():
    at = await shop()
    await title_it(await sell(at, price=12_990), "Storm lantern")
    async with client(at.host) as browser:
        page = await browser.get("/")
    assert page.status_code == 200
    assert "Storm lantern" in words(page)
    assert "€129.90" in words(page)
    assert "All prices include VAT." in words(page)


async def test_every_page_says_who_sells():
    at = await shop(legal_name="Alice and Daughters", legal_form="SAS")
    async with client(at.host) as browser:
        for path in ("/", "/cart", "/search", "/legal/terms"):
            assert "Sold by Alice and Daughters SAS" in words(await browser.get(path)), path


async def test_a_category_counts_all_of_it_and_shows_the_first_page():
    at = await shop()
    goods = [await sell(at, price=1000 + n) for n in range(27)]
    slug = await shelf(at, "Lamps", *goods)
    async with client(at.host) as browser:
        page = await browser.get(f"/categories/{slug}?sort=price")
        assert "27 articles" in words(page)
        assert page.text.count('<article class="tile">') == 24
        more = page.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        rest = await browser.get(more)
    assert rest.text.count('<article class="tile">') == 3
    assert "€10.26" in words(rest)
    assert "€10.00" not in words(rest)


async def test_a_filter_can_be_taken_off_again():
    at = await shop()
    red, blue = await sell(at), await sell(at)
    await title_it(red, "Red kettle", brand="Rouge")
    await title_it(blue, "Blue kettle", brand="Bleu")
    async with client(at.host) as browser:
        page = await browser.get("/search?brand=Rouge&min=1,50&nonsense=1")
        assert "Red kettle" in words(page)
        assert "Blue kettle" not in words(page)
        assert "1 article" in words(page)
        without_brand = await browser.get("/search?min=1%2C50")
        assert 'href="/search?min=1%2C50"' in page.text  # the brand's way out
        assert 'href="/search?brand=Rouge"' in page.text  # the price's
        assert 'href="/search"' in page.text  # all of them
        assert "Blue kettle" in words(without_brand)


async def test_a_price_typed_badly_still_shows_the_list():
    at = await shop()
    await title_it(await sell(at), "Red kettle")
    async with client(at.host) as browser:
        page = await browser.get("/search?min=cheap&max=%00&sort=sideways&after=zzz")
    assert page.status_code == 200
    assert "Red kettle" in words(page)


async def test_nothing_found_says_so_and_offers_a_way_on():
    at = await shop()
    await sell(at, price=1000)
    async with client(at.host) as browser:
        page = await browser.get("/search?min=500")
    assert "Nothing fits all of these filters." in words(page)
    assert "Clear all filters" in words(page)


async def test_search_finds_by_the_beginning_of_a_word_and_forgives_a_typo():
    at = await shop()
    product = await title_it(await sell(at), "Théière en grès")
    async with acting_as(at.merchant):
        await index_products(at.merchant, [product])
    async with client(at.host) as browser:
        assert "Théière en grès" in words(await browser.get("/search?q=thei"))
        typo = await browser.get("/search?q=theiere+grse")
        suggested = await browser.get("/search/suggestions?q=gres", headers={"HX-Request": "true"})
    assert "Théière en grès" in words(typo)
    assert "Théière en grès" in words(suggested)
    assert "<html" not in suggested.text


async def test_what_was_typed_into_the_search_is_shown_and_never_runs():
    at = await shop()
    async with client(at.host) as browser:
        page = await browser.get("/search", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


async def test_another_shops_category_and_product_do_not_exist_here():
    alice, bob = await shop("alice"), await shop("bob")
    his = await sell(bob)
    slug = await shelf(bob, "Bob's things", his)
    async with client(alice.host) as browser:
        assert (await browser.get(f"/categories/{slug}")).status_code == 404
        assert (await browser.get(f"/products/{await slug_of(his)}")).status_code == 404
        assert "Bob" not in words(await browser.get("/"))
    async with client(bob.host) as browser:
        assert (await browser.get(f"/categories/{slug}")).status_code == 200


async def test_drafts_and_retired_listings_are_on_no_shelf():
    at = await shop()
    for will in ("draft", "retired"):
        hidden = await sell(at)
        await title_it(hidden, f"A {will} kettle")
        row = await one(
            "SELECT l.id FROM listing l JOIN variant v ON v.product = l.product WHERE v.id = $1", hidden
        )
        await change("listing", int(str(row["id"])), will=will)
        async with client(at.host) as browser:
            assert "kettle" not in words(await browser.get("/search"))
            assert (await browser.get(f"/products/{await slug_of(hidden)}")).status_code == 404


async def test_a_script_that_asks_for_the_list_gets_the_list_and_not_the_page():
    at = await shop()
    await sell(at)
    async with client(at.host) as browser:
        part = await browser.get("/search", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="shelf"')
    assert "HX-Request" in part.headers["vary"]


async def test_the_site_map_lists_what_is_live_and_robots_stay_out_of_carts():
    at = await shop()
    slug = await slug_of(await sell(at))
    async with client(at.host) as browser:
        assert f"<loc>http://{at.host}/products/{slug}</loc>" in (await browser.get("/sitemap.xml")).text
        robots = (await browser.get("/robots.txt")).text
    assert "Disallow: /checkout" in robots
    assert f"Sitemap: http://{at.host}/sitemap.xml" in robots


async def test_a_closed_shop_sells_nothing_but_still_answers_for_what_it_sold():
    at = await shop()
    variant = await sell(at)
    row = await one("SELECT id FROM storefront WHERE merchant = $1", at.merchant)
    await change("storefront", int(str(row["id"])), open=False)
    async with client(at.host) as browser:
        for path in ("/", "/search", f"/products/{await slug_of(variant)}", "/cart", "/checkout"):
            page = await browser.get(path)
            assert page.status_code == 503, path
            assert page.headers["retry-after"]
        for path in ("/order-link", "/withdrawal", "/legal/notice", "/contact"):
            assert (await browser.get(path)).status_code == 200, path
