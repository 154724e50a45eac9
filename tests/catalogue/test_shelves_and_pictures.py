"""The merchant's own shelves and its own choice of pictures."""

import pytest

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.browse import show_product
from marketplace.catalogue.browse.product_page import ProductPage
from marketplace.catalogue.curate import curate
from marketplace.catalogue.decide_field import decide_field
from marketplace.catalogue.edit_category import add_category, edit_category
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.photos.arrange_photos import Arranged, add_photo, arrange_photos
from marketplace.catalogue.publish import publish
from marketplace.catalogue.read_categories import category_mappings, order_categories, read_categories
from marketplace.catalogue.read_queues import pending_decisions
from marketplace.catalogue.remove_category import remove_category
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.relay import drain
from tenants.scope import acting_as, platform_scope
from tests.catalogue.album import Album, jpeg
from tests.catalogue.shop import COMPLETE, Shop, open_shop

pytestmark = pytest.mark.usefixtures("database")


async def tree(shop: Shop) -> list[tuple[str, int | None, int]]:
    rows = await read_categories(shop.merchant)
    names = {row["id"]: row["title"] for row in rows}
    return [(row["title"], names.get(row["parent"]), row["products"]) for row in rows]


async def test_shelves_are_made_named_moved_and_ordered():
    shop = await open_shop()
    home, garden = await add_category(shop.merchant, " Maison "), await add_category(shop.merchant, "Jardin")
    await edit_category(shop.merchant, garden, {"title": "Le jardin", "parent": home, "intro": "Dehors"})
    assert await tree(shop) == [("Maison", None, 0), ("Le jardin", "Maison", 0)]
    third = await add_category(shop.merchant, "Jardin")
    assert {row["slug"] for row in await read_categories(shop.merchant)} == {"maison", "jardin", "jardin-2"}
    await order_categories(shop.merchant, [third, home])
    assert [title for title, _, _ in await tree(shop)] == ["Jardin", "Maison", "Le jardin"]


async def test_a_shelf_cannot_lie_within_itself_nor_too_deep():
    shop, other = await open_shop(), await open_shop()
    chain = [await add_category(shop.merchant, "0")]
    for n in range(1, 4):
        chain.append(await add_category(shop.merchant, str(n), parent=chain[-1]))
    for parent in (chain[0], chain[3]):
        with pytest.raises(Invalid):
            await edit_category(shop.merchant, chain[0], {"parent": parent})
    for wrong in ({"title": "x", "parent": chain[3]}, {"title": " "}, {"title": "x" * 81}):
        with pytest.raises(Invalid):
            await add_category(shop.merchant, **wrong)
    with pytest.raises(NotFound):
        await edit_category(other.merchant, chain[0], {"title": "Mine"})
    with pytest.raises(Invalid):
        await add_category(other.merchant, "x", parent=chain[0])


async def test_a_shelf_that_goes_leaves_its_products_to_another():
    shop = await open_shop()
    await curate(shop.merchant, [await shop.offer(**COMPLETE)])
    chairs = {row["title"]: row["id"] for row in await read_categories(shop.merchant)}["Chaises"]
    with pytest.raises(Refused):
        await remove_category(shop.merchant, chairs)
    salon = await add_category(shop.merchant, "Salon")
    assert await remove_category(shop.merchant, chairs, into=salon) == 1
    await curate(shop.merchant, [await shop.offer(**COMPLETE)])
    assert ("Salon", None, 2) in await tree(shop)
    [mapping] = await category_mappings(shop.merchant)
    assert (mapping["source"], mapping["category"], mapping["supplier_name"]) == (
        "Maison > Chaises",
        salon,
        "Vera",
    )


async def pictured(shop: Shop, album: Album) -> tuple[int, int]:
    """(product, offer), live, with three pictures"""
    urls = [album.put(f"/{n}.jpg", jpeg(c)) for n, c in enumerate(("#c01010", "#10c010", "#1010c0"))]
    offer = await shop.offer(**{**COMPLETE, "images": urls})
    done = await curate(shop.merchant, [offer])
    await drain()
    await publish(shop.merchant, done.products)
    return done.products[0], offer


async def shown(shop: Shop) -> list[str | None]:
    page = await show_product(shop.merchant, "chaise-en-chene")
    assert isinstance(page, ProductPage)
    return [photo.alt for photo in page.photos]


async def test_an_arrangement_of_pictures_survives_the_feed_and_waits_for_a_decision(album: Album):
    shop = await open_shop()
    product, offer = await pictured(shop, album)
    async with acting_as(shop.merchant):
        first, second, third = [
            r["id"] for r in await fetch("SELECT id FROM listing_photo ORDER BY position")
        ]
        sha = await fetch_value("SELECT media_sha FROM listing_photo WHERE id = $1", third)
    await arrange_photos(shop.merchant, product, [Arranged(third, "Le dos"), Arranged(first, "La face")])
    assert await shown(shop) == ["Le dos", "La face"]
    async with acting_as(shop.merchant):
        assert await fetch_value("SELECT photo_sha FROM listing") == sha
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer SET images = $2 WHERE id = $1", offer, [album.put("/new.jpg", jpeg("#101010"))]
        )
    await follow_feed(shop.merchant, shop.supplier)
    await drain()
    assert await shown(shop) == ["Le dos", "La face"]
    assert [d.field for d in (await pending_decisions(shop.merchant)).rows] == ["photos"]
    await decide_field(shop.merchant, product, "photos", Choice.THEIRS)
    assert await shown(shop) == [None]
    with pytest.raises(NotFound):
        await arrange_photos(shop.merchant, product, [Arranged(second)])


async def test_a_picture_of_ones_own_stays_beside_the_suppliers(album: Album):
    shop, other = await open_shop(), await open_shop()
    product, _ = await pictured(shop, album)
    await add_photo(shop.merchant, product, jpeg("#aa00aa"), alt="Chez nous")
    assert await shown(shop) == [None, None, None, "Chez nous"]
    await decide_field(shop.merchant, product, "photos", Choice.THEIRS)
    assert await shown(shop) == [None, None, None, "Chez nous"], (
        "what was uploaded is not the supplier's to take"
    )
    with pytest.raises(Refused):
        await add_photo(shop.merchant, product, b"<html>")
    with pytest.raises(NotFound):
        await add_photo(other.merchant, product, jpeg("#aa00aa"))
