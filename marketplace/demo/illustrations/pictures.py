"""Which pictures a product has, and each of them as SVG and PNG."""

import zlib
from functools import cache

import resvg_py

from marketplace.demo.assortment import Picture, Product, by_slug, products
from marketplace.demo.assortment.model import Colour
from marketplace.demo.illustrations import compose
from marketplace.demo.illustrations.look import KINDS, Look

SIZE = 1200
VIEWS = ("main", "detail", "pair", "scene")


class NoSuchPicture(LookupError):
    """There is no picture by that name."""


def look(product: Product, colour: Colour) -> Look:
    return Look(
        product.kind, product.form, product.pattern, colour.base, colour.accent, product.slug, product.family
    )


def pictures_of(product: Product, colour: Colour) -> tuple[Picture, ...]:
    """The pictures of one colour, the main one first. A second view comes with the product's first colour only."""
    slug = f"{product.slug}-{colour.key}"
    first = Picture(slug, "main")
    extra = second_view(product) if colour == product.colours[0] else ""
    return (first, Picture(slug, extra)) if extra else (first,)


def second_view(product: Product) -> str:
    """detail, pair, scene, or nothing for a fifth of the products, as suppliers are."""
    chance = zlib.crc32(product.slug.encode()) % 10
    if chance in (3, 7):
        return ""
    if KINDS[product.kind].pose == "standing":
        return "scene" if chance % 2 else "detail"
    if KINDS[product.kind].pose == "flat" and len(product.colours) > 1 and chance % 2:
        return "pair"
    return "detail"


@cache
def _all() -> dict[Picture, tuple[Product, Colour]]:
    return {
        picture: (product, colour)
        for product in products()
        for colour in product.colours
        for picture in pictures_of(product, colour)
    }


def all_pictures() -> tuple[Picture, ...]:
    """Every picture that some feed of the demo world names."""
    return tuple(_all())


def picture_svg(slug: str, view: str) -> str:
    """The drawing of one picture, 1200 x 1200. NoSuchPicture for a slug or view that no product has."""
    found = _all().get(Picture(slug, view))
    if found is None:
        raise NoSuchPicture(f"no picture {slug}-{view}")
    product, colour = found
    one = look(product, colour)
    if view == "main":
        return compose.main(one)
    if view == "detail":
        return compose.detail(one)
    if view == "scene":
        return compose.in_place(one, product.shelf.key)
    return compose.pair(one, look(product, product.colours[1]))


def render_png(svg: str, width: int = 0) -> bytes:
    """SVG to PNG, at its own size or scaled to `width` pixels. No system font is read: drawings have no text."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width or None, skip_system_fonts=True))


def picture(slug: str, view: str) -> bytes:
    """One picture as a PNG of 1200 x 1200 pixels. NoSuchPicture as in `picture_svg`."""
    return render_png(picture_svg(slug, view))


def main_picture(product_slug: str) -> Picture:
    """The first picture of a product. KeyError for a slug that no product has."""
    product = by_slug(product_slug)
    return pictures_of(product, product.colours[0])[0]
