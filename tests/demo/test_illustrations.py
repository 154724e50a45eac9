"""Every product has a drawing of its own, the same on every machine, and every drawing becomes a PNG."""

import hashlib
import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from marketplace.demo.assortment import products
from marketplace.demo.illustrations import (
    SHELVES,
    NoSuchPicture,
    all_pictures,
    hero,
    mark,
    picture,
    picture_svg,
    pictures_of,
    render_png,
    shelf_picture,
    wordmark,
)
from marketplace.demo.illustrations.look import KINDS, Look
from marketplace.demo.illustrations.patterns import WALLS
from marketplace.demo.illustrations.sheet import Sheet
from marketplace.demo.illustrations.tones import Tones, distance, from_lab, lightness, mix, to_lab


def test_every_kind_in_the_assortment_has_a_drawing_that_knows_its_form() -> None:
    for product in products():
        assert product.form in KINDS[product.kind].forms, product.slug
    assert {product.kind for product in products()} == set(KINDS)


def test_no_two_pictures_are_the_same_and_each_is_sound_xml() -> None:
    seen: dict[str, str] = {}
    for one in all_pictures():
        svg = picture_svg(one.slug, one.view)
        ET.fromstring(svg)
        assert "<text" not in svg, "a drawing with text would depend on the machine's fonts"
        body = hashlib.sha256(svg.encode()).hexdigest()
        assert body not in seen, (one, seen[body])
        seen[body] = one.slug


def test_a_picture_is_the_same_every_time_it_is_drawn() -> None:
    assert picture_svg("mug-galet-chalk", "main") == picture_svg("mug-galet-chalk", "main")
    assert picture("mug-galet-chalk", "main") == picture("mug-galet-chalk", "main")


def test_two_mugs_of_one_colour_do_not_look_the_same() -> None:
    assert picture_svg("mug-galet-chalk", "main") != picture_svg("mug-sillon-chalk", "main")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_rasterises_to_a_square_png_with_more_than_a_plain_ground(kind: str) -> None:
    product = next(product for product in products() if product.kind == kind)
    slug = pictures_of(product, product.colours[0])[0].slug
    image = Image.open(io.BytesIO(render_png(picture_svg(slug, "main"), width=240)))
    assert image.size == (240, 240)
    assert len(image.convert("RGB").getcolors(240 * 240) or []) > 500


def test_the_pictures_of_the_demo_are_twelve_hundred_pixels_wide() -> None:
    image = Image.open(io.BytesIO(picture("teapot-galet-chalk", "main")))
    assert (image.format, image.size) == ("PNG", (1200, 1200))


def test_every_colour_has_a_picture_and_most_products_a_second_view() -> None:
    assert all(
        pictures_of(product, colour)[0].view == "main" for product in products() for colour in product.colours
    )
    with_more = sum(len(pictures_of(product, product.colours[0])) > 1 for product in products())
    assert with_more > len(products()) * 0.6


def test_an_unknown_picture_is_refused_by_name() -> None:
    with pytest.raises(NoSuchPicture, match="mug-galet-pink"):
        picture_svg("mug-galet-pink", "main")
    with pytest.raises(NoSuchPicture):
        picture_svg("mug-galet-chalk", "upside-down")


@pytest.mark.parametrize("pattern", sorted(WALLS))
def test_every_pattern_can_be_put_on_a_mug(pattern: str) -> None:
    look = Look("mug", "straight", pattern, "#efe6d6", "#b86f52", "try", "home")
    sheet = Sheet("try")
    assert render_png(sheet.document(KINDS["mug"].draw(sheet, look)), width=60).startswith(b"\x89PNG")


def test_colours_mix_in_perceptual_space() -> None:
    assert from_lab(to_lab("#c4694a")) == "#c4694a"
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert lightness("#000000") < 0.01 < 0.99 < lightness("#ffffff")
    tones = Tones("#34506b")
    assert lightness(tones.deep) < lightness(tones.shade) < lightness(tones.base) < lightness(tones.light)
    assert distance("#34506b", "#34506b") == 0


@pytest.mark.parametrize("merchant", ["rivage", "northpeak", "fabrique"])
def test_each_shop_has_a_wordmark_a_mark_and_a_wide_picture(merchant: str) -> None:
    for svg in (wordmark(merchant), wordmark(merchant, "#ffffff"), mark(merchant), hero(merchant)):
        ET.fromstring(svg)
        assert "<text" not in svg
    image = Image.open(io.BytesIO(render_png(hero(merchant))))
    assert image.size == (1600, 700)


def test_each_aisle_of_the_assortment_has_a_still_life() -> None:
    assert {product.shelf.key for product in products()} == set(SHELVES)
    for shelf in SHELVES:
        image = Image.open(io.BytesIO(render_png(shelf_picture(shelf), width=200)))
        assert image.size == (200, 150)
