"""What is done to the pixels of a picture: decoded small, turned upright, brought to sRGB. No file, no encoding."""

from __future__ import annotations

import io
from collections import Counter
from functools import cache
from typing import Any

from PIL import Image, ImageCms

_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as they will be once the picture stands upright."""
    lying = _orientation(image) in _LYING
    return (image.height, image.width) if lying else (image.width, image.height)


def prepared(image: Image.Image, width: int) -> Image.Image:
    """Decoded, at the greatest width we need, upright, in sRGB, in mode RGB or RGBA, without any metadata."""
    orientation = _orientation(image)
    profile = image.info.get("icc_profile")
    lying = orientation in _LYING
    scale = width / (image.height if lying else image.width)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft(image.mode, size)  # JPEG: decode at a half, a quarter or an eighth when that is enough
    image.load()
    image = _eight_bits(image)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = _in_srgb(image, profile)
    image.info = {}
    if orientation in _TURNS:
        image = image.transpose(_TURNS[orientation])
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    return image


def frequent_colour(image: Image.Image) -> str:
    """The mean of the fullest of 16³ boxes of colours, over what is not transparent."""
    small = image.convert("RGBA").resize((48, 48), Image.Resampling.BOX)
    raw = small.tobytes()
    seen = [tuple(raw[at : at + 3]) for at in range(0, len(raw), 4) if raw[at + 3] >= 128]
    if not seen:
        return "#ffffff"
    box = Counter((r >> 4, g >> 4, b >> 4) for r, g, b in seen).most_common(1)[0][0]
    inside = [(r, g, b) for r, g, b in seen if (r >> 4, g >> 4, b >> 4) == box]
    return "#" + "".join(f"{sum(channel) // len(inside):02x}" for channel in zip(*inside, strict=True))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a camera's broken notes are no reason to refuse its picture
        return 1


def _eight_bits(image: Image.Image) -> Image.Image:
    """RGB, RGBA or CMYK, whatever the file had."""
    if image.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would clip to white
        return image.convert("F").point(lambda level: level * (1 / 256) + 0).convert("L").convert("RGB")
    if image.mode in ("RGB", "RGBA", "CMYK"):
        if image.mode == "RGB" and "transparency" in image.info:
            return image.convert("RGBA")
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the camera's or the printer's profile means them; without one, as they are."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    flat = image.convert("RGB") if alpha else image
    if profile:
        try:
            source = ImageCms.getOpenProfile(io.BytesIO(profile))
            flat = ImageCms.profileToProfile(flat, source, _srgb(), outputMode="RGB") or flat
        except (
            ImageCms.PyCMSError,
            OSError,
            ValueError,
        ):  # a profile for another kind of picture, or a broken one
            pass
    if flat.mode != "RGB":
        flat = flat.convert("RGB")
    if alpha:
        flat.putalpha(alpha)
    return flat


@cache
def _srgb() -> Any:
    return ImageCms.createProfile("sRGB")
