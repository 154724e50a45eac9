"""Colours that can be read. Pure; WCAG 2.2's relative luminance and contrast ratio (success criteria 1.4.3 and 1.4.11)."""

import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
BLACK, WHITE = "#000000", "#ffffff"
TEXT, EDGE = 4.5, 3.0  # least contrast of words, and of what shows where a control is


def is_colour(value: object) -> bool:
    """#rrggbb and nothing else: what a merchant types goes into a style sheet."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_dark(colour: str) -> bool:
    return contrast(colour, WHITE) > contrast(colour, BLACK)


def mix(one: str, other: str, percent: int) -> str:
    """`percent` of `other` in `one`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{(a * (100 - percent) + b * percent + 50) // 100:02x}" for a, b in pairs)


def readable(colour: str, *grounds: str, least: float = TEXT) -> str:
    """`colour`, or the shade of it nearest by that can be read on every one of `grounds`; black or white where none can."""
    pole = WHITE if is_dark(grounds[0]) else BLACK
    for percent in range(0, 101, 4):
        shade = mix(colour, pole, percent)
        if all(contrast(shade, ground) >= least for ground in grounds):
            return shade
    return pole


def paper(colour: str, ground: str) -> str:
    """`colour`, or the shade of it nearest by on which the ink of `ground` can be read: one page, one ink."""
    pole = WHITE if is_dark(ground) else BLACK
    shades = (mix(colour, ground, percent) for percent in range(0, 101, 4))
    return next((shade for shade in shades if contrast(pole, shade) >= TEXT), ground)


def written_on(ground: str) -> str:
    """Black or white: one of the two reaches 4.5:1 on any colour."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
