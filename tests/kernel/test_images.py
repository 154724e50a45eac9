"""Pictures from outside: what is taken, what is refused, and what we make of them."""

import asyncio
import hashlib
import io
import struct
import threading
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from marketplace.kernel import images
from marketplace.kernel.images import (
    CONTENT_TYPE,
    MAX_PIXELS,
    BadImage,
    BrokenImage,
    ImageTooLarge,
    ImageTooSmall,
    NotAnImage,
    TooManyPixels,
    render,
    render_now,
)


def mug(width=1000, height=800, mode="RGB", ground="#ffffff"):
    """A red mug on a ground, its handle on the right, so that a turned or mirrored one shows."""
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width * 0.3, height * 0.3, width * 0.5, height * 0.7), fill="#c01010")
    draw.rectangle((width * 0.5, height * 0.4, width * 0.6, height * 0.5), fill="#1010c0")
    return image.convert(mode)


def saved(image, kind="JPEG", **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def shown(rendition):
    image = Image.open(io.BytesIO(rendition.data))
    image.load()
    return image


def near(pixel, wanted, within=24):
    return all(abs(a - b) <= within for a, b in zip(pixel, wanted, strict=False))


async def test_a_photo_becomes_three_widths():
    data = saved(mug(2000, 1500))
    picture = await render(data)
    assert (picture.width, picture.height, picture.content_type) == (2000, 1500, "image/jpeg")
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    assert [(r.width, r.height) for r in picture.renditions] == [(400, 300), (800, 600), (1600, 1200)]
    for rendition in picture.renditions:
        image = shown(rendition)
        assert image.size == (rendition.width, rendition.height)
        assert rendition.sha256 == hashlib.sha256(rendition.data).hexdigest()
        assert (rendition.content_type, Image.MIME[image.format]) == (CONTENT_TYPE, CONTENT_TYPE)
        assert near(image.getpixel((image.width * 0.4, image.height // 2)), (0xC0, 0x10, 0x10))
    assert picture.colour in ("#ffffff", "#fefefe")  # JPEG is not exact


@pytest.mark.parametrize(
    ("width", "widths"), [(1600, [400, 800, 1600]), (1000, [400, 800, 1000]), (400, [400]), (120, [120])]
)
def test_nothing_is_enlarged(width, widths):
    assert [r.width for r in render_now(saved(mug(width, 90))).renditions] == widths


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF", "BMP", "JPEG"])
def test_the_kinds_a_supplier_sends_are_read(kind, tmp_path):
    (tmp_path / "photo").write_bytes(saved(mug(), kind))
    picture = render_now(tmp_path / "photo")
    assert picture.content_type == f"image/{kind.lower()}"
    assert near(shown(picture.renditions[-1]).convert("RGB").getpixel((400, 400)), (0xC0, 0x10, 0x10))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_held_sideways_gives_an_upright_picture(orientation):
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes each
    lying = mug(1000, 600)
    if orientation in turns:
        lying = lying.transpose(Image.Transpose(turns[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = render_now(saved(lying, exif=exif))
    assert (picture.width, picture.height) == (1000, 600)
    image = shown(picture.renditions[-1]).convert("RGB")
    assert near(image.getpixel((400, 300)), (0xC0, 0x10, 0x10))
    assert near(image.getpixel((550, 270)), (0x10, 0x10, 0xC0))


def test_no_metadata_is_left():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Alice"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(mug(), exif=exif, icc_profile=profile, comment=b"Alice, 12 rue Basse", xmp=b"<x>Alice</x>")
    assert b"Alice" in data
    for rendition in render_now(data).renditions:
        image = shown(rendition)
        assert b"Alice" not in rendition.data
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & {k for k, v in image.info.items() if v}


def test_transparency_stays_and_an_opaque_alpha_goes():
    glass = mug(mode="RGBA")
    glass.putalpha(Image.new("L", glass.size, 0))
    glass.paste((0, 128, 0, 255), (100, 100, 500, 500))
    picture = render_now(saved(glass, "PNG"))
    image = shown(picture.renditions[-1])
    assert image.mode == "RGBA"
    assert image.getpixel((900, 700))[3] == 0
    assert image.getpixel((300, 300))[3] == 255
    assert picture.colour == "#008000"  # of what can be seen
    assert shown(render_now(saved(mug(mode="RGBA"), "PNG")).renditions[0]).mode == "RGB"


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("P", "PNG"),
        ("P", "GIF"),
        ("1", "PNG"),
        ("LA", "PNG"),
        ("I;16", "PNG"),
    ],
)
def test_odd_kinds_of_colour_come_out_right(mode, kind):
    half = Image.new("L", (500, 400), 0)
    half.paste(255, (250, 0, 500, 400))
    if mode == "I;16":
        image = half.convert("I").point(lambda level: level * 257).convert("I;16")
    elif mode == "CMYK":
        image = half.convert("RGB").convert("CMYK")
    else:
        image = half.convert(mode)
    out = shown(render_now(saved(image, kind)).renditions[-1]).convert("RGB")
    assert near(out.getpixel((100, 200)), (0, 0, 0))
    assert near(out.getpixel((400, 200)), (255, 255, 255))


def test_sixteen_bits_of_grey_are_not_clipped():
    grey = Image.new("I", (200, 200), 0x8000).convert("I;16")
    assert near(
        shown(render_now(saved(grey, "PNG")).renditions[0]).convert("RGB").getpixel((9, 9)), (128, 128, 128)
    )


def test_a_profile_is_honoured_and_a_broken_one_is_no_reason_to_refuse():
    from_lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"rubbish", from_lab):
        picture = render_now(saved(mug(), icc_profile=profile))
        assert near(shown(picture.renditions[-1]).getpixel((400, 400)), (0xC0, 0x10, 0x10))


def test_only_the_first_picture_of_an_animation_is_used():
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("#00a000", "#a00000")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert render_now(data).colour == "#00a000"


def test_a_colour_is_the_most_frequent_one():
    assert render_now(saved(mug(ground="#204060"), "PNG")).colour == "#204060"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE html><html>404</html>", "a web page"),
        (b"\xef\xbb\xbf\n <html>", "a web page"),
        (b'<?xml version="1.0"?><svg onload="x()"/>', "an SVG drawing"),
        (b"%PDF-1.7", "a PDF"),
        (b"", "an empty file"),
        (b"  \n", "an empty file"),
        (b"hello there", "a file of another kind"),
        (b"II*\x00" + bytes(200), "a file of another kind"),
    ],
)
def test_what_is_no_picture_is_named(data, what):
    with pytest.raises(NotAnImage) as failure:
        render_now(data)
    assert what in str(failure.value)
    assert failure.value.code == "not_an_image"


def png_that_claims(width, height):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    "size", [(100_000, 100_000), (10_000, 9_000), (8000, 6251), (20_000, 30), (2**31 - 1, 2**31 - 1)]
)
def test_a_bomb_of_pixels_is_refused_before_it_is_decoded(size):
    started = time.process_time()
    with pytest.raises(TooManyPixels):
        render_now(png_that_claims(*size))
    assert time.process_time() - started < 1
    assert MAX_PIXELS < 8000 * 6251


def test_a_heavy_file_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "photo").write_bytes(bytes(2000))
    for source in (bytes(2000), tmp_path / "photo"):
        with pytest.raises(ImageTooLarge):
            render_now(source, max_bytes=1000)


@pytest.mark.parametrize("size", [(1, 1), (15, 400)])
def test_a_tracking_pixel_is_no_photo(size):
    with pytest.raises(ImageTooSmall):
        render_now(saved(Image.new("RGB", size), "GIF"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_half_a_picture_is_refused(kind):
    data = saved(Image.effect_noise((400, 400), 90).convert("RGB"), kind)
    with pytest.raises(BrokenImage):
        render_now(data[: len(data) // 2])


SMALL = {kind: saved(mug(64, 48), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")}


@pytest.mark.parametrize("kind", sorted(SMALL))
def test_a_small_picture_is_taken(kind):
    assert [r.width for r in render_now(SMALL[kind]).renditions] == [64]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(SMALL)),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_flipped_bytes_give_a_picture_or_a_named_refusal(kind, flips):
    data = bytearray(SMALL[kind])
    for at, byte in flips:
        data[at % len(data)] = byte
    with suppress(BadImage):
        assert render_now(bytes(data)).renditions


async def test_no_more_than_two_pictures_are_in_work_at_once(monkeypatch):
    now, most, lock = 0, 0, threading.Lock()
    pair = threading.Barrier(2, timeout=10)  # each waits for another one, so two are in work

    def counting(*args):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        pair.wait()
        with lock:
            now -= 1

    monkeypatch.setattr(images, "render_now", counting)
    await asyncio.gather(*(render(SMALL["PNG"]) for _ in range(12)))
    assert most == 2
