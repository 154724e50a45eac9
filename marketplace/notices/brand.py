"""Whose letterhead a mail has: a merchant's, or the platform's. Pure.

Colours come from people's settings, so each is checked, and what is written on them is black or white, whichever reads
better (WCAG 2.2 relative luminance).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
INK = "#1f2328"
PLATFORM_COLOUR = "#155e56"
#: a theme's or a card's names for the colour a brand is known by, best first
_NAMES = ("accent", "brand", "primary")
#: what a storefront's theme looks like until its merchant changes it
THEME_COLOURS = {"rivage": "#8a4630", "northpeak": "#ff7a2f", "fabrique": "#d92f4f"}


@dataclass(frozen=True)
class Brand:
    """`legal` are the lines under a mail: who is writing, where, under which register number."""

    name: str
    url: str
    colour: str = PLATFORM_COLOUR
    legal: tuple[str, ...] = ()
    contact: str | None = None

    @property
    def on_colour(self) -> str:
        """Black or white, whichever contrasts more with the brand's colour."""
        return (
            "#ffffff" if contrast(self.colour, "#ffffff") >= contrast(self.colour, "#000000") else "#000000"
        )

    @property
    def link_colour(self) -> str:
        """The brand's colour where it can be read on white (4.5:1), else ink."""
        return self.colour if contrast(self.colour, "#ffffff") >= 4.5 else INK


def colour_of(*palettes: Mapping[str, object], theme: str = "") -> str:
    """The first usable brand colour of a merchant's tokens or its card, else its theme's, else the platform's."""
    for palette in palettes:
        for name in _NAMES:
            value = palette.get(name)
            if isinstance(value, str) and _HEX.fullmatch(value):
                return value.lower()
    return THEME_COLOURS.get(theme, PLATFORM_COLOUR)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
