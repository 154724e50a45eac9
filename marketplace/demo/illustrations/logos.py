"""Wordmarks of the three shops, and a square mark for every organisation of the demo world."""

from collections.abc import Callable

from marketplace.demo.illustrations.letters import CAPITALS, SMALL, write
from marketplace.demo.illustrations.sheet import circle, num, path, rect

PAINTBOX = ("#d9472f", "#d58a00", "#2f7fb0", "#3f8f60")


def _document(body: str, width: float, height: float, name: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(height)}" width="{num(width)}" '
        f'height="{num(height)}" role="img"><title>{name}</title>{body}</svg>'
    )


def _rivage(ink: str) -> str:
    """An arch over three waves, then thin capitals with air between them."""
    sign = path("M6 112V56A50 50 0 0 1 106 56V112", stroke=ink, width=5) + "".join(
        path(f"M{x} {y}q12.5 -13 25 0t25 0{more}", stroke=ink, width=5)
        for x, y, more in ((18, 74, "t25 0"), (18, 92, "t25 0"), (18, 110, "t25 0"))
    )
    text, width = write("ATELIER RIVAGE", CAPITALS, (ink,), 6, 34, 52)
    scaled = f'<g transform="translate(148 34) scale(0.74)">{text}</g>'
    return _document(
        f'<g transform="translate(4 4)">{sign}{scaled}</g>', 166 + width * 0.74, 124, "Atelier Rivage"
    )


def _northpeak(ink: str) -> str:
    """Heavy square capitals; the A is the mountain, with snow in the signal colour."""
    text, width = write("NORTHPEΛK", CAPITALS, (ink,), 21, 30, cap="butt")
    before = write("NORTHPE", CAPITALS, (ink,), 21, 30, cap="butt")[1] + 30
    snow = path(f"M{num(before + 22)} 100L{num(before + 44)} 50L{num(before + 66)} 100Z", "#ef6b2f")
    return _document(f'<g transform="translate(26 20)">{text}{snow}</g>', width + 52, 140, "Northpeak")


def _fabrique(ink: str) -> str:
    """Round small letters on one line: "la petite" in ink, "fabrique" out of the paintbox."""
    small, width = write("la petite", SMALL, (ink,), 13, 27, 36)
    large, wide = write("fabrique", SMALL, PAINTBOX if ink == INKS["fabrique"] else (ink,), 20, 34)
    first = width * 0.66
    body = (
        f'<g transform="translate(14 16)"><g transform="translate(4 35) scale(0.66)">{small}</g>'
        f'<g transform="translate({num(first + 48)} 0)">{large}</g></g>'
    )
    return _document(body, first + 48 + wide + 30, 162, "La Petite Fabrique")


INKS = {"rivage": "#3d3733", "northpeak": "#1d2327", "fabrique": "#33303a"}
WORDMARKS: dict[str, Callable[[str], str]] = {
    "rivage": _rivage,
    "northpeak": _northpeak,
    "fabrique": _fabrique,
}


def wordmark(merchant: str, ink: str = "") -> str:
    """A merchant's wordmark as SVG, transparent; in one `ink` when told. KeyError for a merchant without one."""
    return WORDMARKS[merchant](ink or INKS[merchant])


MARKS: dict[str, tuple[str, str]] = {
    "rivage": (
        "#efe4d3",
        path("M66 186V118A62 62 0 0 1 190 118V186", stroke="#8a4b36", width=11)
        + "".join(path(f"M84 {y}q22 -20 44 0t44 0", stroke="#8a4b36", width=11) for y in (140, 164, 188)),
    ),
    "northpeak": (
        "#1d2327",
        path("M30 196L112 52L150 118L172 84L226 196Z", "#f4f1ea")
        + path("M112 52L150 118L128 132L112 112L92 130L80 108Z", "#ef6b2f"),
    ),
    "fabrique": (
        "#ffe9c9",
        rect(58, 124, 66, 66, "#d9472f", 10)
        + rect(134, 124, 66, 66, "#2f7fb0", 10)
        + path("M96 116A33 33 0 0 1 162 116Z", "#3f8f60")
        + circle(129, 62, 20, "#f2b632"),
    ),
    "verrier": (
        "#24403a",
        path(
            "M96 56H160L150 116C150 150 176 158 176 184A48 20 0 0 1 80 184C80 158 106 150 106 116Z",
            stroke="#e9dcbc",
            width=11,
        )
        + path("M84 176Q128 196 172 176", stroke="#e9dcbc", width=9),
    ),
    "nordhavn": (
        "#12344d",
        path(
            "M128 46V196M128 46A18 18 0 1 1 127.9 46M88 100H168M60 148A68 62 0 0 0 196 148",
            stroke="#f4f1ea",
            width=13,
        ),
    ),
    "gearline": (
        "#ef6b2f",
        path("M60 150L104 84L138 132L164 96L200 150", stroke="#1d2327", width=15)
        + rect(58, 172, 142, 15, "#1d2327", 4),
    ),
    "petit-bois": (
        "#dcead2",
        path("M128 40L182 122H154L194 180H62L102 122H74Z", "#3f8f60") + rect(116, 180, 24, 36, "#8a5a3c", 4),
    ),
}


def mark(organisation: str) -> str:
    """The square mark of a merchant or supplier as SVG, 256 x 256, for avatars and favicons. KeyError when unknown."""
    ground, sign = MARKS[organisation]
    return _document(rect(0, 0, 256, 256, ground, 56) + sign, 256, 256, organisation)
