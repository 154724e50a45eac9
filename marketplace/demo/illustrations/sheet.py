"""A sheet of paper to draw on: collects gradients, clips and filters, and gives out their ids."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

Point = tuple[float, float]
Stop = tuple[float, str] | tuple[float, str, float]

SHADOW_INK = "#1f1a2e"
SOFT_EDGE = (-1.3, -0.95, -0.65, -0.4, -0.18, 0.04, 0.26, 0.5, 0.78, 1.1, 1.5)
"""How far each copy of a shadow's outline reaches beyond it, in spreads."""

_PIECES = re.compile(r"([MLHVCSQTAZ])([^MLHVCSQTAZ]*)", re.IGNORECASE)
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def num(value: float) -> str:
    """A coordinate with one decimal and no needless zero: small files, the same on every machine."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


class Sheet:
    """Definitions of one SVG. `random` is seeded by the drawing's name, so a picture never changes by itself."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self._defs: list[str] = []
        self._known: dict[str, str] = {}

    def _url(self, template: str) -> str:
        """The reference to a definition, added once however often it is asked for."""
        if template not in self._known:
            name = f"d{len(self._known)}"
            self._known[template] = name
            self._defs.append(template.replace("@id", name))
        return f"url(#{self._known[template]})"

    @property
    def defs(self) -> str:
        return f"<defs>{''.join(self._defs)}</defs>" if self._defs else ""

    def linear(self, stops: Sequence[Stop], start: Point = (0, 0), end: Point = (1, 0)) -> str:
        """A linear gradient over the shape's own box (points 0..1); returns the paint."""
        head = f'<linearGradient id="@id" x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}">'
        return self._url(head + _stops(stops) + "</linearGradient>")

    def linear_at(self, stops: Sequence[Stop], start: Point, end: Point) -> str:
        """A linear gradient between two points of the drawing itself."""
        head = (
            f'<linearGradient id="@id" gradientUnits="userSpaceOnUse" x1="{num(start[0])}" y1="{num(start[1])}" '
            f'x2="{num(end[0])}" y2="{num(end[1])}">'
        )
        return self._url(head + _stops(stops) + "</linearGradient>")

    def radial(self, stops: Sequence[Stop], centre: Point = (0.5, 0.5), radius: float = 0.5) -> str:
        """A radial gradient over the shape's own box."""
        head = f'<radialGradient id="@id" cx="{centre[0]}" cy="{centre[1]}" r="{radius}">'
        return self._url(head + _stops(stops) + "</radialGradient>")

    def clip(self, path: str) -> str:
        """A clip by path data; returns the value for `clip-path`."""
        return self._url(f'<clipPath id="@id"><path d="{path}"/></clipPath>')

    def inside(self, path: str, *parts: str) -> str:
        """`parts`, seen only where `path` is."""
        return f'<g clip-path="{self.clip(path)}">{"".join(parts)}</g>'

    def blur(self, deviation: float) -> str:
        """A Gaussian blur; returns the value for `filter`."""
        head = '<filter id="@id" x="-20%" y="-20%" width="140%" height="140%" color-interpolation-filters="sRGB">'
        return self._url(f'{head}<feGaussianBlur stdDeviation="{num(deviation)}"/></filter>')

    def ground_shadow(self, cx: float, cy: float, rx: float, ry: float, strength: float = 0.34) -> str:
        """The soft shadow of a thing that stands: wide and faint, with a dark core where it touches."""
        wide = self.radial(
            [(0, SHADOW_INK, strength * 0.62), (0.55, SHADOW_INK, strength * 0.3), (1, SHADOW_INK, 0)]
        )
        core = self.radial(
            [(0, SHADOW_INK, strength), (0.6, SHADOW_INK, strength * 0.55), (1, SHADOW_INK, 0)]
        )
        return ellipse(cx + rx * 0.16, cy + ry * 0.15, rx * 1.36, ry * 1.5, wide) + ellipse(
            cx, cy, rx * 1.04, ry * 0.8, core
        )

    def cast(
        self, path: str, dx: float = 16, dy: float = 26, strength: float = 0.26, spread: float = 15
    ) -> str:
        """The soft shadow of a thing that lies flat, seen from above.

        Copies of the outline, each a little larger than the last, add up to a soft edge: a tenth of the price of a blur.
        """
        left, top, right, bottom = extent(path)
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)
        cx, cy = (left + right) / 2, (top + bottom) / 2
        share = 1 - (1 - min(strength * 1.12, 0.9)) ** (1 / len(SOFT_EDGE))
        copies = []
        for step in SOFT_EDGE:
            sx, sy = 1 + 2 * step * spread / width, 1 + 2 * step * spread / height
            copies.append(
                f'<path d="{path}" transform="matrix({sx:.4f} 0 0 {sy:.4f} {num(cx * (1 - sx) + dx)} '
                f'{num(cy * (1 - sy) + dy)})"/>'
            )
        return f'<g fill="{SHADOW_INK}" fill-opacity="{share:.4f}">{"".join(copies)}</g>'

    def document(self, body: str, width: int = 1200, height: int = 1200) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}">{self.defs}{body}</svg>'
        )


def _stops(stops: Sequence[Stop]) -> str:
    parts = []
    for stop in stops:
        opacity = f' stop-opacity="{stop[2]:.3g}"' if len(stop) == 3 else ""
        parts.append(f'<stop offset="{stop[0]}" stop-color="{stop[1]}"{opacity}/>')
    return "".join(parts)


def path(data: str, fill: str = "none", stroke: str = "", width: float = 0, opacity: float = 1) -> str:
    """One path; a stroke has round caps and joins, as everything in this style."""
    line = ""
    if stroke:
        line = (
            f' stroke="{stroke}" stroke-width="{num(width)}" stroke-linecap="round" stroke-linejoin="round"'
        )
    both = bool(stroke) and fill != "none"
    what = "opacity" if both else "stroke-opacity" if stroke else "fill-opacity"
    return f'<path d="{data}" fill="{fill}"{line}{_opacity(opacity, what)}/>'


def ellipse(cx: float, cy: float, rx: float, ry: float, fill: str, opacity: float = 1) -> str:
    return (
        f'<ellipse cx="{num(cx)}" cy="{num(cy)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"'
        f"{_opacity(opacity, 'fill-opacity')}/>"
    )


def circle(cx: float, cy: float, radius: float, fill: str, opacity: float = 1) -> str:
    return ellipse(cx, cy, radius, radius, fill, opacity)


def rect(
    x: float, y: float, width: float, height: float, fill: str, radius: float = 0, opacity: float = 1
) -> str:
    corner = f' rx="{num(radius)}"' if radius else ""
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"{corner} '
        f'fill="{fill}"{_opacity(opacity, "fill-opacity")}/>'
    )


def group(
    *parts: str, move: Point | None = None, turn: float = 0, about: Point = (0, 0), scale: float = 1
) -> str:
    """Parts moved, then turned (degrees) and scaled about a point."""
    steps = []
    if move:
        steps.append(f"translate({num(move[0])} {num(move[1])})")
    if turn:
        steps.append(f"rotate({num(turn)} {num(about[0])} {num(about[1])})")
    if scale != 1:
        x, y = about[0] * (1 - scale), about[1] * (1 - scale)
        steps.append(f"translate({num(x)} {num(y)}) scale({scale:.4g})")
    inner = "".join(parts)
    return f'<g transform="{" ".join(steps)}">{inner}</g>' if steps else inner


def _opacity(opacity: float, what: str) -> str:
    """Opacity of the paint itself where that says the same: a transparent element would cost the renderer a layer."""
    return f' {what}="{opacity:.3g}"' if opacity != 1 else ""


def extent(data: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom that hold every point of a path, control points and arcs' radii included.

    Relative pieces are skipped: they are details inside the outline.
    """
    xs: list[float] = []
    ys: list[float] = []
    for letter, arguments in _PIECES.findall(data):
        values = [float(found) for found in _NUMBERS.findall(arguments)]
        if letter == "A":
            for i in range(0, len(values) - 6, 7):
                xs += [values[i + 5]]
                ys += (
                    [values[i + 6] - values[i + 1], values[i + 6] + values[i + 1]]
                    if _flat(values, i, ys)
                    else [values[i + 6]]
                )
        elif letter == "H":
            xs += values
        elif letter == "V":
            ys += values
        elif letter in "MLCSQT":
            xs += values[::2]
            ys += values[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _flat(values: list[float], i: int, ys: list[float]) -> bool:
    """Whether an arc ends at the height it began: then it bulges up and down by its radius."""
    return bool(ys) and abs(values[i + 6] - ys[-1]) < 1
