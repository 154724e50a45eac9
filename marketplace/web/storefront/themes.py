"""How a shop looks: a theme is a folder of templates, a style sheet and a dozen variables, which the merchant may set.

Colours and one radius come from people's settings, so each is checked, and what cannot be read is moved to the nearest
shade that can: no palette makes a page unreadable.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from marketplace.web.storefront.colours import EDGE, is_colour, is_dark, paper, readable, written_on

WIDEST_RADIUS = 32  # px


@dataclass(frozen=True)
class Palette:
    """What a merchant may set in `storefront.tokens`; the names are the keys. Colours are #rrggbb, `radius` px."""

    ground: str  # the page
    surface: str  # what lies on it
    soft: str  # a tint for notices and bands
    ink: str
    muted: str
    line: str
    accent: str  # buttons, and the colour the brand is known by
    second: str  # a second colour, for bands and badges
    radius: int = 0


#: what a theme looks like until its merchant changes it
THEMES: dict[str, Palette] = {
    "rivage": Palette(
        ground="#faf7f1",
        surface="#f2ece1",
        soft="#e9e4d6",
        ink="#25302e",
        muted="#646b64",
        line="#ddd5c6",
        accent="#8a4630",
        second="#2f4f4a",
        radius=2,
    ),
    "northpeak": Palette(
        ground="#101413",
        surface="#181e1c",
        soft="#222a27",
        ink="#f1f4f0",
        muted="#a3afa8",
        line="#2f3a36",
        accent="#ff7a2f",
        second="#c9f24b",
        radius=0,
    ),
    "fabrique": Palette(
        ground="#fffdf8",
        surface="#ffffff",
        soft="#e8f3ff",
        ink="#22264f",
        muted="#5d6187",
        line="#e2dff0",
        accent="#d92f4f",
        second="#ffcf3f",
        radius=22,
    ),
}
DEFAULT = "rivage"
GOOD, BAD, WARN = "#1c7a45", "#c0261c", "#9a5b00"


def theme_named(name: str) -> str:
    return name if name in THEMES else DEFAULT


@lru_cache(maxsize=512)
def _settled(theme: str, tokens: tuple[tuple[str, object], ...]) -> Palette:
    base, said = THEMES[theme], dict(tokens)
    values: dict[str, object] = {}
    for field in fields(Palette):
        own, usual = said.get(field.name), getattr(base, field.name)
        if field.name == "radius":
            fits = isinstance(own, int) and not isinstance(own, bool) and 0 <= own <= WIDEST_RADIUS
            values["radius"] = own if fits else usual
        else:
            values[field.name] = str(own).lower() if is_colour(own) else usual
    return Palette(**values)  # type: ignore[arg-type]


def palette(theme: str, tokens: Mapping[str, object]) -> Palette:
    """The theme's palette with the merchant's own values in it; what is no colour is left out."""
    names = {field.name for field in fields(Palette)}
    own = tuple(sorted((k, v) for k, v in tokens.items() if k in names and isinstance(v, (str, int))))
    return _settled(theme_named(theme), own)


def variables(of: Palette) -> dict[str, str]:
    """The style sheet's variables: every pair that carries words reaches 4.5:1, every control's edge 3:1."""
    surface, soft = paper(of.surface, of.ground), paper(of.soft, of.ground)
    papers = (of.ground, surface, soft)
    return {
        "ground": of.ground,
        "surface": surface,
        "soft": soft,
        "line": of.line,
        "ink": readable(of.ink, *papers),
        "muted": readable(of.muted, *papers),
        "edge": readable(of.line, of.ground, surface, least=EDGE),
        "accent": of.accent,
        "on-accent": written_on(of.accent),
        "accent-ink": readable(of.accent, *papers),
        "second": of.second,
        "on-second": written_on(of.second),
        "good": readable(GOOD, *papers),
        "bad": readable(BAD, *papers),
        "warn": readable(WARN, *papers),
        "radius": f"{of.radius}px",
    }


def style_sheet(of: Palette) -> str:
    scheme = "dark" if is_dark(of.ground) else "light"
    body = "".join(f"--{name}:{value};" for name, value in variables(of).items())
    return f"@layer tenant{{:root{{color-scheme:{scheme};{body}}}}}\n"


def digest(of: Palette) -> str:
    return hashlib.sha256(style_sheet(of).encode()).hexdigest()[:10]
