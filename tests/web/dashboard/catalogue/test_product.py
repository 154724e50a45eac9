"""One product: what is typed becomes the merchant's own, the rest goes on following the feed."""

import io
import re

import pytest
from PIL import Image

from marketplace.catalogue.follow_feed import follow_feed
from marketplace.kernel.database import execute
from tenants.scope import platform_scope
from tests.support import world
from tests.web.dashboard.catalogue.desk import Seated, seated

pytestmark = pytest.mark.usefixtures("database")
WORDS = ("title", "description", "brand", "category", "warnings")


async def form_of(desk: Seated, product: int) -> dict[str, str]:
    """The hidden marks of the form of texts, as a browser would send them."""
    page = await desk.get(f"/listings/{product}")
    assert page.status_code == 200
    marks = dict(re.findall(r'name="(was_\w+)" value="(\w+)"', page.text))
    assert marks.keys() == {f"was_{name}" for name in WORDS}
    return marks


async def own(desk: Seated, product: int) -> set[str]:
    return {
        name
        for name in WORDS
        if await desk.value(
            "SELECT own_value IS NOT NULL FROM field_state WHERE product = $1 AND field = $2 AND variant IS NULL",
            product,
            name,
        )
    }


async def the_feed_says(desk: Seated, **columns: str) -> None:
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, start=2))
    async with platform_scope("a feed"):
        await execute(f"UPDATE offer SET {sets} WHERE supplier = $1", desk.shop.supplier, *columns.values())
    await follow_feed(desk.shop.merchant, desk.shop.supplier)


async def test_only_what_was_changed_becomes_the_merchants_own():
    async with seated() as desk:
        product = await desk.product()
        marks = await form_of(desk, product)
        answer = await desk.post(
            f"/listings/{product}/words",
            **marks,
            title="Notre chaise",
            description="<p>En chêne massif.</p>",
            brand="Ardoise",
            warnings="",
        )
        assert answer.status_code == 303
        assert await own(desk, product) == {"title"}
        assert "your own" in (await desk.get(f"/listings/{product}")).text


async def test_a_feed_that_changed_while_the_page_was_open_is_no_edit_of_the_person():
    async with seated() as desk:
        product = await desk.product()
        marks = await form_of(desk, product)
        await the_feed_says(desk, brand="Ardoise & fils")
        await desk.post(f"/listings/{product}/words", **marks, title="Notre chaise", brand="Ardoise")
        assert await own(desk, product) == {"title"}
        assert await desk.value("SELECT brand FROM product WHERE id = $1", product) == "Ardoise & fils"


async def test_a_wrong_text_keeps_everything_that_was_typed():
    async with seated() as desk:
        product = await desk.product()
        marks = await form_of(desk, product)
        answer = await desk.post(f"/listings/{product}/words", **marks, title="  ", brand="Typed brand")
        assert answer.status_code == 422
        assert "A product needs a title." in answer.text
        assert 'value="Typed brand"' in answer.text


async def test_a_change_of_the_feed_under_an_edit_is_shown_and_decided_on_the_product():
    async with seated() as desk:
        product = await desk.product()
        await desk.post(f"/listings/{product}/title", title="Notre chaise")
        await the_feed_says(desk, title="Chaise en frêne")
        page = await desk.get(f"/listings/{product}")
        assert "The feed changed this" in page.text
        assert "Chaise en frêne" in page.text
        block = await desk.post(f"/listings/{product}/fields/title", htmx=True, choice="theirs")
        assert block.status_code == 200
        assert 'value="Chaise en frêne"' in block.text
        assert "<html" not in block.text
        assert await own(desk, product) == set()


async def test_a_locked_field_is_not_written_until_it_is_unlocked():
    async with seated() as desk:
        product = await desk.product()
        await desk.post(f"/listings/{product}/fields/title", choice="always_theirs")
        marks = await form_of(desk, product)
        answer = await desk.post(f"/listings/{product}/words", **marks, title="Notre chaise")
        assert answer.status_code == 422
        assert "Unlock it first" in answer.text
        await desk.post(f"/listings/{product}/fields/title", choice="unlock")
        assert (
            await desk.post(f"/listings/{product}/words", **marks, title="Notre chaise")
        ).status_code == 303


async def test_choices_and_fields_that_do_not_exist_are_not_there():
    async with seated() as desk:
        product = await desk.product()
        assert (await desk.post(f"/listings/{product}/fields/title", choice="mayhem")).status_code == 404
        assert (await desk.post(f"/listings/{product}/fields/price", choice="mine")).status_code == 404


async def test_safety_facts_and_the_legal_exclusion_are_kept():
    async with seated() as desk:
        product = await desk.product(manufacturer={"name": "Loin Ltd", "country": "CN"})
        page = await desk.get(f"/listings/{product}")
        assert "The manufacturer" in page.text
        assert 'href="#safety"' in page.text
        answer = await desk.post(
            f"/listings/{product}/safety",
            manufacturer_name="Ardoise SA",
            manufacturer_address="1 quai, Annecy",
            manufacturer_email="contact@ardoise.example",
            manufacturer_country="fr",
            withdrawal_excluded="sealed_hygiene",
        )
        assert answer.status_code == 303
        shown = await desk.get(f"/listings/{product}")
        assert 'value="Ardoise SA"' in shown.text
        assert 'value="FR"' in shown.text
        excluded = await desk.value("SELECT withdrawal_excluded FROM product WHERE id = $1", product)
        assert excluded == "sealed_hygiene"
        wrong = await desk.post(
            f"/listings/{product}/safety", manufacturer_name="A", manufacturer_email="not an address"
        )
        assert wrong.status_code == 422
        assert 'value="not an address"' in wrong.text
        made_up = await desk.post(f"/listings/{product}/safety", withdrawal_excluded="because")
        assert made_up.status_code == 422


async def test_an_address_of_another_listing_is_refused_and_a_new_one_kept():
    async with seated() as desk:
        product, other = await desk.product(sku="A"), await desk.product(sku="B", title="Vase")
        taken = await desk.value("SELECT slug FROM listing WHERE product = $1", other)
        refused = await desk.post(f"/listings/{product}/address", slug=taken)
        assert refused.status_code == 422
        assert "Another listing has this address." in refused.text
        assert (await desk.post(f"/listings/{product}/address", slug="chaise-neuve")).status_code == 303
        assert await desk.value("SELECT slug FROM listing WHERE product = $1", product) == "chaise-neuve"


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (640, 640), "#155e56").save(kept, "PNG")
    return kept.getvalue()


async def test_a_picture_of_ones_own_is_added_moved_first_and_left_out():
    async with seated() as desk:
        product = await desk.product()
        page = await desk.get(f"/listings/{product}")
        token = re.search(r'name="_csrf" value="(\w+)"', page.text)
        assert token
        answer = await desk.browser.post(
            f"{desk.home}/listings/{product}/photos/new",
            data={"_csrf": token[1]},
            files={"photo": ("a.png", picture(), "image/png")},
        )
        assert answer.status_code == 303
        mine = await desk.value(
            "SELECT id FROM listing_photo WHERE product = $1 AND source_url IS NULL", product
        )
        await desk.post(f"/listings/{product}/photos", first=str(mine))
        first = "SELECT id FROM listing_photo WHERE product = $1 ORDER BY position, id LIMIT 1"
        assert await desk.value(first, product) == mine
        await desk.post(f"/listings/{product}/photos", **{f"out_{mine}": "1"})
        assert await desk.value(first, product) != mine


async def test_what_is_no_picture_is_refused_beside_the_field():
    async with seated() as desk:
        product = await desk.product()
        page = await desk.get(f"/listings/{product}")
        token = re.search(r'name="_csrf" value="(\w+)"', page.text)
        assert token
        answer = await desk.browser.post(
            f"{desk.home}/listings/{product}/photos/new",
            data={"_csrf": token[1]},
            files={"photo": ("a.png", b"<html>no picture</html>", "image/png")},
        )
        assert answer.status_code == 422
        assert 'class="problem"' in answer.text
        assert (await desk.post(f"/listings/{product}/photos/new")).status_code == 422


async def test_prices_of_all_variants_are_taken_over_together_or_not_at_all():
    async with seated() as desk:
        offers = [
            await desk.shop.offer(sku=f"C-{c}", group_key="C", title=f"Coussin {c}", options={"couleur": c})
            for c in ("bleu", "ocre")
        ]
        await desk.post("/offers/curations", id=[str(o) for o in offers])
        product = await desk.value("SELECT id FROM product")
        one, two = [
            await desk.value(f"SELECT id FROM variant ORDER BY id {way} LIMIT 1") for way in ("ASC", "DESC")
        ]
        refused = await desk.post(
            f"/listings/{product}/prices", **{f"price_{one}": "30", f"price_{two}": "trente"}
        )
        assert refused.status_code == 422
        assert 'value="trente"' in refused.text
        assert await desk.value("SELECT count(own_price) FROM variant") == 0
        await desk.post(f"/listings/{product}/prices", **{f"price_{one}": "30", f"price_{two}": ""})
        assert await desk.value("SELECT price FROM variant WHERE id = $1", one) == 3000
        row = await desk.get("/listings")
        assert "2 variants" in row.text


async def test_a_variants_page_says_why_its_price_and_who_serves_it():
    async with seated() as desk:
        product = await desk.product()
        variant = (await desk.variant(product))["id"]
        page = await desk.get(f"/listings/{product}/variants/{variant}")
        assert page.status_code == 200
        for words in ("Cost of one unit, net", "× 2", "With VAT of 20%", "€24.00", "Sets the cost", "Vera"):
            assert words in page.text
        wrong = await desk.post(
            f"/listings/{product}/variants/{variant}", sku="S", gtin="123", tax_category="standard"
        )
        assert wrong.status_code == 422
        assert 'value="123"' in wrong.text
        assert "not a valid GTIN" in wrong.text
        right = await desk.post(
            f"/listings/{product}/variants/{variant}", sku="S-1", gtin="4006381333931", tax_category="reduced"
        )
        assert right.status_code == 303
        assert (await desk.variant(product))["tax_category"] == "reduced"


async def test_an_offer_is_parted_from_the_variant_it_served():
    async with seated() as desk:
        product = await desk.product()
        variant = (await desk.variant(product))["id"]
        offer = await desk.value("SELECT offer FROM match WHERE variant = $1", variant)
        await desk.post(f"/listings/{product}/variants/{variant}/sources/{offer}/parting")
        assert "No supplier&#39;s offer is matched to it" in (await desk.get(f"/listings/{product}")).text


async def test_a_variant_is_found_under_its_own_product_only_and_never_by_a_stranger():
    async with seated() as theirs, seated() as desk:
        product, other = await desk.product(sku="A"), await desk.product(sku="B")
        variant = (await desk.variant(other))["id"]
        assert (await desk.get(f"/listings/{product}/variants/{variant}")).status_code == 404
        foreign = await theirs.product()
        its_variant = (await theirs.variant(foreign))["id"]
        for path in (f"/listings/{foreign}", f"/listings/{foreign}/variants/{its_variant}"):
            assert (await desk.get(path)).status_code == 404
        for path in (
            "words", "safety", "address", "photos", "photos/new", "prices", "fields/title",
            f"variants/{its_variant}", f"variants/{its_variant}/sources/1/parting",
        ):  # fmt: skip
            answer = await desk.post(f"/listings/{foreign}/{path}", choice="mine", slug="x", title="x")
            assert answer.status_code == 404, path


async def test_a_reader_sees_no_cost_and_changes_nothing():
    async with seated("support") as desk:
        product = await desk.product(price_e4=123_400)
        variant = (await desk.variant(product))["id"]
        page = await desk.get(f"/listings/{product}/variants/{variant}")
        assert page.status_code == 200
        assert "12.34" not in page.text
        assert (await desk.post(f"/listings/{product}/words", title="x")).status_code == 403


async def test_no_page_shows_a_cost_before_the_merchants_identity_is_verified():
    async with seated() as desk:
        product = await desk.product(price_e4=123_400)
        variant = (await desk.variant(product))["id"]
        pages = (f"/listings/{product}", f"/listings/{product}/variants/{variant}", "/listings", "/offers")
        shown = [(await desk.get(path)).text for path in pages]
        async with platform_scope("a test"):
            await execute("UPDATE tenant SET identity_verified_at = NULL WHERE id = $1", desk.shop.merchant)
        hidden = [(await desk.get(path)).text for path in pages]
    assert all("12.34" in text for text in shown)
    assert not any("12.34" in text for text in hidden)
    assert "once your professional identity is checked" in hidden[1]


async def test_the_page_of_a_product_without_a_supplier_stands():
    async with seated() as desk:
        merchant = desk.shop.merchant
        product = await world.insert("product", merchant=merchant, title="À la main", sort_title="a")
        await world.insert("listing", merchant=merchant, product=product, slug="main")
        page = await desk.get(f"/listings/{product}")
        assert page.status_code == 200
        assert "It has no selling price" in page.text
