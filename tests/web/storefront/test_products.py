"""A product's page tells the truth about stock, dates, prices and the law, and its address lasts."""

import json
import re
from datetime import timedelta

import pytest

from marketplace.catalogue.propagate import age_listings, propagate
from marketplace.kernel.clock import now
from tests.support import world
from tests.support.browser_free import client
from tests.web.storefront.shop import Shop, change, one, sell, shop, slug_of, words

pytestmark = pytest.mark.usefixtures("database")


async def two_colours(at: Shop) -> tuple[str, int, int]:
    """A mug in blue (10 left) and in red (sold out)."""
    blue = await sell(at, options={"colour": "Blue"})
    row = await one("SELECT product FROM variant WHERE id = $1", blue)
    product = int(str(row["product"]))
    offer = await world.offer(at.supplier, quantity=0)
    red = await world.insert(
        "variant",
        merchant=at.merchant,
        product=product,
        sku=world.unique("red"),
        price=2990,
        sellable=False,
        available=0,
        options={"colour": "Red"},
    )
    await world.insert("match", merchant=at.merchant, variant=red, offer=offer, supplier=at.supplier)
    await change("product", product, title="Mug", option_names=["colour"])
    return await slug_of(blue), blue, red


async def test_the_page_says_when_it_arrives_and_in_how_many_parcels_before_the_cart():
    at = await shop()
    async with client(at.host) as browser:
        page = words(await browser.get(f"/products/{await slug_of(await sell(at))}"))
    assert re.search(r"At your door \w+ \d+ \w+ to \w+ \d+ \w+", page), page
    assert "1 parcel" in page
    assert "€4.90 to France, free from €60.00" in page
    assert "14 days to change your mind" in page


async def test_variants_are_links_and_each_has_its_own_price_and_stock():
    at = await shop()
    slug, _, red = await two_colours(at)
    async with client(at.host) as browser:
        page = await browser.get(f"/products/{slug}")
        assert "€24.90" in words(page)
        assert f'href="/products/{slug}?variant={red}#buy"' in page.text
        sold_out = await browser.get(f"/products/{slug}?variant={red}")
    assert "€29.90" in words(sold_out)
    assert "Sold out in this version" in words(sold_out)
    assert 'action="/cart/lines"' not in sold_out.text


async def test_few_left_are_counted_and_many_are_not():
    at = await shop()
    few, many = await sell(at), await sell(at)
    await change("variant", few, available=3)
    await change("variant", many, available=300)
    async with client(at.host) as browser:
        assert "Only 3 left" in words(await browser.get(f"/products/{await slug_of(few)}"))
        plenty = words(await browser.get(f"/products/{await slug_of(many)}"))
    assert "In stock" in plenty
    assert "300" not in plenty


async def test_a_price_is_crossed_out_only_when_the_last_thirty_days_had_a_higher_one():
    at = await shop()
    reduced, never = await sell(at, price=2000), await sell(at, price=2000)
    for variant, before in ((reduced, 2500), (never, None)):
        if before:
            await world.insert(
                "price_history",
                merchant=at.merchant,
                variant=variant,
                price=before,
                at=now() - timedelta(days=40),
            )
        await world.insert(
            "price_history", merchant=at.merchant, variant=variant, price=2000, at=now() - timedelta(days=2)
        )
    async with client(at.host) as browser:
        page = words(await browser.get(f"/products/{await slug_of(reduced)}"))
        plain = words(await browser.get(f"/products/{await slug_of(never)}"))
    assert "€20.00" in page
    assert "Lowest price of the 30 days before: €25.00" in page
    assert "Lowest price" not in plain


async def test_product_safety_facts_stand_on_the_page():
    at = await shop()
    variant = await sell(at, gtin="4006381333931")
    row = await one("SELECT product FROM variant WHERE id = $1", variant)
    await change(
        "product",
        int(str(row["product"])),
        manufacturer=json.dumps(
            {"name": "Potters Ltd", "address": "1 Kiln Road, Stoke", "email": "safety@potters.example"}
        ),
        responsible=json.dumps(
            {"name": "EU Rep SARL", "address": "2 rue du Port, Brest", "email": "rep@eu.example"}
        ),
        warnings="Not for children under three.",
    )
    async with client(at.host) as browser:
        page = words(await browser.get(f"/products/{await slug_of(variant)}"))
    for fact in (
        "Potters Ltd",
        "1 Kiln Road, Stoke",
        "safety@potters.example",
        "EU Rep SARL",
        "4006381333931",
        "Not for children under three.",
    ):
        assert fact in page, fact


async def test_goods_without_a_right_of_withdrawal_say_so_and_why():
    at = await shop()
    variant = await sell(at)
    row = await one("SELECT product FROM variant WHERE id = $1", variant)
    await change("product", int(str(row["product"])), withdrawal_excluded="made_to_order")
    async with client(at.host) as browser:
        page = words(await browser.get(f"/products/{await slug_of(variant)}"))
    assert "No right of withdrawal" in page
    assert "L221-28, 3°" in page


async def test_an_old_address_leads_to_the_new_one_for_good():
    at = await shop()
    slug = await slug_of(await sell(at))
    await world.insert("redirect", merchant=at.merchant, from_slug="old-name", to_slug=slug)
    async with client(at.host) as browser:
        moved = await browser.get("/products/old-name")
        assert (moved.status_code, moved.headers["location"]) == (301, f"/products/{slug}")
        assert (await browser.get("/products/never-was")).status_code == 404


async def test_search_engines_get_price_stock_and_a_canonical_address():
    at = await shop()
    slug, _, red = await two_colours(at)
    async with client(at.host) as browser:
        page = await browser.get(f"/products/{slug}?variant={red}")
    assert f'<link rel="canonical" href="http://{at.host}/products/{slug}">' in page.text
    assert '<meta property="og:title" content="Mug">' in page.text
    data = json.loads(re.findall(r'ld\+json"[^>]*>(.*?)</script>', page.text)[0])
    assert data["offers"]["price"] == "29.90"
    assert data["offers"]["priceCurrency"] == "EUR"
    assert data["offers"]["availability"].endswith("OutOfStock")


async def test_a_title_cannot_break_out_of_the_structured_data():
    at = await shop()
    variant = await sell(at)
    row = await one("SELECT product FROM variant WHERE id = $1", variant)
    await change("product", int(str(row["product"])), title="</script><script>alert(1)</script>")
    async with client(at.host) as browser:
        page = await browser.get(f"/products/{await slug_of(variant)}")
    assert "<script>alert" not in page.text
    data = json.loads(re.findall(r'ld\+json"[^>]*>(.*?)</script>', page.text)[0])
    assert data["name"] == "</script><script>alert(1)</script>"


async def test_a_paused_listing_keeps_its_page_and_cannot_be_bought():
    at = await shop()
    variant = await sell(at)
    row = await one(
        "SELECT l.id FROM listing l JOIN variant v ON v.product = l.product WHERE v.id = $1", variant
    )
    await change("listing", int(str(row["id"])), will="paused")
    async with client(at.host) as browser:
        page = await browser.get(f"/products/{await slug_of(variant)}")
    assert page.status_code == 200
    assert "not on sale at the moment" in words(page)
    assert 'action="/cart/lines"' not in page.text


async def test_a_cold_product_page_is_small():
    """Budget: HTML 20 KB, style sheets 10 KB, scripts 15 KB, compressed; and no script is needed."""
    at = await shop()
    slug, *_ = await two_colours(at)
    async with client(at.host, **{"accept-encoding": "gzip"}) as browser:
        page = await browser.get(f"/products/{slug}")
        sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', page.text)
        scripts = re.findall(r'<script src="([^"]+)"', page.text)

        async def weight(path: str) -> int:
            async with browser.stream("GET", path) as answer:
                assert answer.status_code == 200, path
                return sum([len(chunk) async for chunk in answer.aiter_raw()])

        assert await weight(f"/products/{slug}") <= 20_000
        assert sum([await weight(path) for path in sheets]) <= 10_000
        assert sum([await weight(path) for path in scripts]) <= 15_000
    assert " style=" not in page.text
    assert not re.search(r"\son\w+=", page.text)


async def test_pictures_keep_their_place_while_they_load():
    at = await shop()
    variant = await sell(at)
    row = await one("SELECT product FROM variant WHERE id = $1", variant)
    await world.insert(
        "listing_photo",
        merchant=at.merchant,
        product=row["product"],
        position=0,
        media_sha="b" * 64,
        width=1200,
        height=900,
    )
    async with client(at.host) as browser:
        page = await browser.get(f"/products/{await slug_of(variant)}")
        assert (await browser.get(f"/media/{'b' * 64}-800.avif")).status_code == 404
        assert (await browser.get("/media/../../etc/passwd")).status_code == 404
    first = re.search(r"<img[^>]+>", page.text.split('class="frames"')[1])
    assert first is not None
    assert 'width="1200" height="900"' in first[0]
    assert 'fetchpriority="high"' in first[0]
    assert 'loading="lazy"' not in first[0]


async def test_a_page_seen_a_moment_ago_shows_what_a_run_changed_since():
    at = await shop()
    variant = await sell(at)
    await world.insert(
        "price_rule",
        merchant=at.merchant,
        position=1,
        name="Double",
        rule={"steps": [{"multiplier_bp": 20_000}]},
    )
    await propagate(at.merchant)
    offer = int(str((await one("SELECT offer FROM match WHERE variant = $1", variant))["offer"]))
    address = f"/products/{await slug_of(variant)}"
    async with client(at.host) as browser:
        before = await browser.get(address)
        assert "€24.00" in words(before)
        assert "no-cache" in before.headers["cache-control"], "a browser asks before it shows it again"
        await change("offer", offer, price_e4=120_000, sells_up_to=2, last_run=88)
        await propagate(at.merchant, at.supplier, 88)
        seen = {"If-None-Match": before.headers["etag"]} if "etag" in before.headers else {}
        after = await browser.get(address, headers=seen)
        assert after.status_code == 200
        assert "€28.80" in words(after)
        assert "Only 2 left" in words(after)
        assert "€28.80" in words(await browser.get("/"))


async def test_goods_whose_stock_nobody_confirmed_any_more_are_sold_out_and_not_promised():
    at = await shop()
    variant = await sell(at)
    offer = int(str((await one("SELECT offer FROM match WHERE variant = $1", variant))["offer"]))
    await change("offer", offer, stock_time=now() - timedelta(hours=80))
    await age_listings(at.merchant)
    async with client(at.host) as browser:
        page = words(await browser.get(f"/products/{await slug_of(variant)}"))
    assert "Sold out" in page
    for promise in ("In stock", "Add to cart", "At your door"):
        assert promise not in page
