"""Colour arithmetic for the drawings: mixing in OKLab, so that a shaded yellow stays warm and never turns to mud.

Formulas: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from dataclasses import dataclass
from functools import lru_cache

LIGHT = "#fff6e8"
DEEP = "#262338"

Lab = tuple[float, float, float]


def _linear(channel: int) -> float:
    c = channel / 255
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _gamma(c: float) -> int:
    c = min(1.0, max(0.0, c))
    return round(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055))


@lru_cache(maxsize=4096)
def to_lab(colour: str) -> Lab:
    """OKLab of `#rrggbb`: lightness 0..1, a and b about -0.4..0.4."""
    r, g, b = (_linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def from_lab(lab: Lab) -> str:
    """The nearest `#rrggbb` of an OKLab colour, each channel clamped."""
    lightness, a, b = lab
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_
    green = -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_
    blue = -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_
    return f"#{_gamma(red):02x}{_gamma(green):02x}{_gamma(blue):02x}"


@lru_cache(maxsize=16384)
def mix(first: str, second: str, share: float) -> str:
    """`first` with `share` (0..1) of `second` in it."""
    a, b = to_lab(first), to_lab(second)
    return from_lab(
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)
    )


def lightness(colour: str) -> float:
    """Perceived lightness, 0 (black) to 1 (white)."""
    return to_lab(colour)[0]


def distance(first: str, second: str) -> float:
    """Perceptual distance; under about 0.1 two areas melt into each other."""
    a, b = to_lab(first), to_lab(second)
    return float(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5)


@dataclass(frozen=True)
class Tones:
    """One colour and the family of lights and shades that a drawing takes from it."""

    base: str

    @property
    def glint(self) -> str:
        return mix(self.base, "#ffffff", 0.62)

    @property
    def light(self) -> str:
        return mix(self.base, LIGHT, 0.30)

    @property
    def pale(self) -> str:
        return mix(self.base, LIGHT, 0.62)

    @property
    def shade(self) -> str:
        return mix(self.base, DEEP, 0.17)

    @property
    def deep(self) -> str:
        return mix(self.base, DEEP, 0.36)

    @property
    def ink(self) -> str:
        return mix(self.base, DEEP, 0.62)

    @property
    def is_dark(self) -> bool:
        return lightness(self.base) < 0.5

    @property
    def line(self) -> str:
        """A tone that reads as a drawn line on the base, whichever way the base leans."""
        return mix(self.base, LIGHT, 0.34) if self.is_dark else mix(self.base, DEEP, 0.40)
