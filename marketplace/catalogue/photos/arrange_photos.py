"""The merchant's own choice of pictures: their order, their descriptions, which are left out, and pictures of its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.fields import MOST_PHOTOS
from marketplace.catalogue.follow_feed import as_field
from marketplace.catalogue.merge import Locked, merchant_wrote
from marketplace.catalogue.photos.keep_picture import keep_picture
from marketplace.catalogue.photos.lay_photos import fill_photos
from marketplace.catalogue.photos.note_photos import photos_listed
from marketplace.catalogue.write_field import field_rows, write_field
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.images import BadImage, render
from tenants.scope import acting_as

MOST_ALT = 300


class Arranged(NamedTuple):
    """One picture that stays, in its place of the sequence. `alt` is what it shows, in words."""

    photo: int
    alt: str | None = None


async def arrange_photos(merchant: int, product: int, photos: Sequence[Arranged], *, who: str = "") -> None:
    """Keep exactly these, in this order. From now on the feed's changes to the pictures wait for a decision.

    Raises NotFound for a product or a picture that is not the merchant's, Invalid when the field is locked to the supplier's.
    """
    async with acting_as(merchant):
        await _own(merchant, product, who)
        known = {row["id"] for row in await fetch("SELECT id FROM listing_photo WHERE product = $1", product)}
        wanted = [photo.photo for photo in photos]
        if not set(wanted) <= known:
            raise NotFound
        await execute("DELETE FROM listing_photo WHERE product = $1 AND id <> ALL ($2)", product, wanted)
        await execute(
            "UPDATE listing_photo p SET position = a.place, alt = nullif(a.alt, '') FROM unnest($1::bigint[], $2::text[])"
            " WITH ORDINALITY a (id, alt, place) WHERE p.id = a.id",
            wanted,
            [" ".join((photo.alt or "").split())[:MOST_ALT] for photo in photos],
        )
        await fill_photos([product])


async def add_photo(
    merchant: int, product: int, data: bytes, *, alt: str | None = None, who: str = ""
) -> int:
    """A picture of the merchant's own, last. Call with no scope open: it is rendered first. Answers its id.

    Raises Refused for the field "photo" when it is no picture we take or there are too many, NotFound, Invalid.
    """
    try:
        picture = await render(data)
    except BadImage as bad:
        raise Refused(bad.message, field="photo", **bad.values) from bad
    async with acting_as(merchant):
        if not await fetch_value("SELECT 1 FROM product WHERE id = $1 AND merchant = $2", product, merchant):
            raise NotFound
    sha = await keep_picture(picture)
    async with acting_as(merchant):
        await _own(merchant, product, who)
        count = await fetch_value("SELECT count(*) FROM listing_photo WHERE product = $1", product)
        if count >= 2 * MOST_PHOTOS:
            raise Refused("A product has at most {most} photos.", field="photo", most=2 * MOST_PHOTOS)
        made = await fetch_value(
            "INSERT INTO listing_photo (merchant, product, position, media_sha, alt, width, height, colour) VALUES ($1, $2,"
            " (SELECT coalesce(max(position), 0) + 1 FROM listing_photo WHERE product = $2), $3, $4, $5, $6, $7) RETURNING id",
            merchant,
            product,
            sha,
            " ".join((alt or "").split())[:MOST_ALT] or None,
            picture.width,
            picture.height,
            picture.colour,
        )
        await fill_photos([product])
        return int(made)


async def _own(merchant: int, product: int, who: str) -> None:
    """The photos are the merchant's own arrangement from here on."""
    await lock_catalogue(merchant)
    if not await fetch_value("SELECT 1 FROM product WHERE id = $1 AND merchant = $2", product, merchant):
        raise NotFound
    row = (await field_rows(product)).get("photos")
    state = as_field(
        row or {"feed_value": None, "taken_value": None, "own_value": None, "lock": "none", "pending": False}
    )
    state = replace(state, feed=(await photos_listed([product])).get(product))
    try:
        await write_field(merchant, product, "photos", merchant_wrote(state, "arranged"), who)
    except Locked:
        raise Invalid({"photos": "This field always follows the supplier. Unlock it first."}) from None
