"""Pictures of what a merchant takes up arrive by themselves, once each; those that cannot be had say why."""

import io
from typing import Any

import pytest
from PIL import Image

import marketplace.reactions  # noqa: F401 — imports the jobs
from marketplace.catalogue.curate import curate
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.photos.fetch_photos import fetch_photos
from marketplace.catalogue.photos.read_media import read_media
from marketplace.catalogue.photos.want_photos import want_photos
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import NotFound
from marketplace.relay import drain
from tenants.scope import acting_as, platform_scope
from tests.catalogue.album import Album, jpeg
from tests.catalogue.shop import Shop, open_shop
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


async def listing(shop: Shop) -> list[dict[str, Any]]:
    async with acting_as(shop.merchant):
        return await fetch(
            "SELECT p.source_url, p.media_sha, p.colour, p.width, l.photo_sha FROM listing_photo p JOIN listing l ON l.product = p.product"
            " ORDER BY p.product, p.position"
        )


async def photos(shop: Shop) -> dict[str, dict[str, Any]]:
    async with acting_as(shop.supplier):
        rows = await fetch("SELECT * FROM offer_photo")
    return {row["url"].rsplit("/", 1)[-1]: row for row in rows}


async def test_taking_up_an_offer_brings_its_pictures_onto_the_listing(album: Album):
    shop = await open_shop()
    urls = [album.put("/front.jpg", jpeg("#c01010")), album.put("/back.jpg", jpeg("#10c010"))]
    await curate(shop.merchant, [await shop.offer(images=urls)])
    await drain()
    front, back = await listing(shop)
    assert (front["source_url"], back["source_url"]) == tuple(urls)
    assert front["photo_sha"] == front["media_sha"] != back["media_sha"]
    assert front["width"] == 640
    file = await read_media(front["media_sha"], 400)
    assert file.content_type in ("image/avif", "image/webp")
    assert Image.open(io.BytesIO(file.data)).width == 400
    assert Image.open(io.BytesIO((await read_media(front["media_sha"], 9000)).data)).width == 640


async def test_a_picture_nobody_has_is_not_found(album: Album):
    with pytest.raises(NotFound):
        await read_media("0" * 64, 400)


async def test_a_second_merchant_and_a_second_offer_cost_no_second_download(album: Album):
    shop = await open_shop()
    url = album.put("/same.jpg", jpeg("#1010c0"))
    copy = album.put("/copy.jpg", jpeg("#1010c0"))
    offer = await shop.offer(images=[url])
    await curate(shop.merchant, [offer])
    await drain()
    bob = await world.merchant("bob")
    await world.agreement(bob, shop.supplier)
    await curate(bob, [offer])
    await curate(shop.merchant, [await shop.offer(images=[url, copy])])
    await drain()
    async with acting_as(bob):
        assert (await fetch("SELECT photo_sha FROM listing"))[0]["photo_sha"]
    assert album.asked("/same.jpg") == 1
    shas = {row["media_sha"] for row in await listing(shop)}
    assert len(shas) == 1
    assert None not in shas


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"<html>not here</html>", 200, "not_an_image"),
        (b"", 404, "bad_status"),
        (jpeg("#c01010")[:2000], 200, "broken_image"),
        (b"x" * 300, 200, "not_an_image"),
    ],
)
async def test_what_is_no_picture_is_broken_and_says_why(album: Album, body: bytes, status: int, says: str):
    shop = await open_shop()
    await curate(shop.merchant, [await shop.offer(images=[album.put("/bad.jpg", body, status)])])
    await drain()
    bad = (await photos(shop))["bad.jpg"]
    assert (bad["state"], bad["error"].split(":")[0]) == ("broken", says)
    assert [row["media_sha"] for row in await listing(shop)] == [None]


async def test_a_private_address_is_refused(album: Album, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FETCH_ALLOW", "")
    shop = await open_shop()
    await curate(shop.merchant, [await shop.offer(images=[album.put("/inside.jpg", jpeg("#c01010"))])])
    await drain()
    assert (await photos(shop))["inside.jpg"]["error"].startswith("refused_address")
    assert album.server.connections == 0


async def test_a_server_that_is_down_is_asked_again_later(album: Album):
    shop = await open_shop()
    url = album.put("/late.jpg", b"", 500)
    await want_photos(shop.supplier, [await shop.offer(images=[url])])
    assert await fetch_photos(shop.supplier) == 1
    late = (await photos(shop))["late.jpg"]
    assert (late["state"], late["attempts"]) == ("wanted", 1)
    assert await fetch_photos(shop.supplier) == 0, "not before its pause is over"
    album.put("/late.jpg", jpeg("#c01010"))
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer_photo SET checked_at = now() - interval '11 minutes' WHERE supplier = $1",
            shop.supplier,
        )
    assert await fetch_photos(shop.supplier) == 1
    assert (await photos(shop))["late.jpg"]["state"] == "ready"


async def test_a_supplier_that_mends_a_broken_picture_today_has_it_shown_tomorrow(album: Album):
    shop = await open_shop()
    url = album.put("/late.jpg", b"", 404)
    await curate(shop.merchant, [await shop.offer(images=[url])])
    await drain()
    assert (await photos(shop))["late.jpg"]["state"] == "broken"
    album.put("/late.jpg", jpeg("#c01010"))
    assert await fetch_photos(shop.supplier) == 0, "not every minute"
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer_photo SET checked_at = now() - interval '25 hours' WHERE supplier = $1",
            shop.supplier,
        )
    assert await fetch_photos(shop.supplier) == 1
    await drain()
    assert (await listing(shop))[0]["media_sha"]


async def test_after_a_week_a_changed_picture_is_taken_over_and_an_unchanged_one_is_not_sent_again(
    album: Album,
):
    shop = await open_shop()
    urls = [album.put("/stays.jpg", jpeg("#c01010")), album.put("/changes.jpg", jpeg("#10c010"))]
    await curate(shop.merchant, [await shop.offer(images=urls)])
    await drain()
    before = {row["source_url"]: row["media_sha"] for row in await listing(shop)}
    album.put("/changes.jpg", jpeg("#1010c0") + b"\0")
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer_photo SET checked_at = now() - interval '8 days' WHERE supplier = $1",
            shop.supplier,
        )
    await fetch_photos(shop.supplier)
    await drain()
    after = {row["source_url"]: row["media_sha"] for row in await listing(shop)}
    assert after[urls[0]] == before[urls[0]]
    assert after[urls[1]] not in (None, before[urls[1]])


async def test_a_picture_stays_on_the_page_when_its_source_goes(album: Album):
    shop = await open_shop()
    url = album.put("/gone.jpg", jpeg("#c01010"))
    await curate(shop.merchant, [await shop.offer(images=[url])])
    await drain()
    album.files.clear()
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer_photo SET checked_at = now() - interval '8 days' WHERE supplier = $1",
            shop.supplier,
        )
    await fetch_photos(shop.supplier)
    await drain()
    assert (await photos(shop))["gone.jpg"]["state"] == "broken"
    assert (await listing(shop))[0]["media_sha"]


async def test_new_pictures_in_the_feed_are_fetched_and_old_ones_forgotten(album: Album):
    shop = await open_shop()
    offer = await shop.offer(images=[album.put("/old.jpg", jpeg("#c01010"))])
    await curate(shop.merchant, [offer])
    await drain()
    async with platform_scope("a test"):
        await execute(
            "UPDATE offer SET images = ARRAY[$2] WHERE id = $1", offer, album.put("/new.jpg", jpeg("#10c010"))
        )
    await follow_feed(shop.merchant, shop.supplier)
    await drain()
    assert list(await photos(shop)) == ["new.jpg"]
    [row] = await listing(shop)
    assert row["source_url"].endswith("/new.jpg")
    assert row["photo_sha"] == row["media_sha"] is not None
