"""Turned things: a profile swung round an axis, seen from slightly above. Mugs, vases, bottles, pots, tops."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.demo.illustrations.curves import at, line
from marketplace.demo.illustrations.sheet import Point, Sheet, ellipse, num, path
from marketplace.demo.illustrations.tones import LIGHT, Tones

STEPS = 14


@dataclass(frozen=True)
class Turned:
    """A solid of revolution about the vertical line x = `cx`.

    `profile`: (y, radius) from the top down, in the drawing's units. `tilt`: how far we look down on it; a ring of
    radius r is drawn as an ellipse of height 2·tilt·r.
    """

    cx: float
    profile: tuple[tuple[float, float], ...]
    tilt: float = 0.17

    @property
    def top(self) -> float:
        return self.profile[0][0]

    @property
    def bottom(self) -> float:
        return self.profile[-1][0]

    @property
    def widest(self) -> float:
        return max(r for _, r in self.profile)

    def radius(self, y: float) -> float:
        """The radius at height y, along a smooth curve through the profile."""
        rows = self.profile
        for i in range(len(rows) - 1):
            (y1, r1), (y2, r2) = rows[i], rows[i + 1]
            if y <= y2 or i == len(rows) - 2:
                span = (y2 - y1) or 1
                t = min(1.0, max(0.0, (y - y1) / span))
                m1, m2 = _slope(rows, i) * span, _slope(rows, i + 1) * span
                t2, t3 = t * t, t * t * t
                return (
                    (2 * t3 - 3 * t2 + 1) * r1
                    + (t3 - 2 * t2 + t) * m1
                    + (3 * t2 - 2 * t3) * r2
                    + (t3 - t2) * m2
                )
        return rows[-1][1]

    def heights(self, start: float | None = None, end: float | None = None) -> list[float]:
        start, end = self.top if start is None else start, self.bottom if end is None else end
        rows = {start, end, *(y for y, _ in self.profile if start < y < end)}
        marks = sorted(rows)
        out: list[float] = []
        for a, b in itertools.pairwise(marks):
            out += [a + (b - a) * k / STEPS for k in range(STEPS)]
        return [*out, end]

    def outline(self, start: float | None = None, end: float | None = None) -> str:
        """The silhouette between two heights: curved sides, round bottom, and the top ellipse included."""
        ys = self.heights(start, end)
        left = [(self.cx - self.radius(y), y) for y in ys]
        right = [(self.cx + self.radius(y), y) for y in reversed(ys)]
        low, high = self.radius(ys[-1]), self.radius(ys[0])
        return (
            f"{line(left)}A{num(low)} {num(low * self.tilt)} 0 0 0 {at(*right[0])}"
            f"L{'L'.join(at(*p) for p in right[1:])}A{num(high)} {num(high * self.tilt)} 0 0 0 {at(*left[0])}Z"
        )

    def point(self, angle: float, y: float) -> Point:
        """Where the front of the ring at y is, `angle` degrees right of the middle."""
        r, turn = self.radius(y), math.radians(angle)
        return self.cx + r * math.sin(turn), y + r * self.tilt * math.cos(turn)

    def ring(self, y: float) -> str:
        """The front half of the ring at height y, left to right."""
        r = self.radius(y)
        return f"M{at(self.cx - r, y)}A{num(r)} {num(r * self.tilt)} 0 0 0 {at(self.cx + r, y)}"

    def band(self, start: float, end: float) -> str:
        """The area of the wall between two heights."""
        ys = self.heights(start, end)
        high, low = self.radius(start), self.radius(end)
        left = [(self.cx - self.radius(y), y) for y in ys]
        right = [(self.cx + self.radius(y), y) for y in reversed(ys)]
        return (
            f"{line(left)}A{num(low)} {num(low * self.tilt)} 0 0 0 {at(*right[0])}"
            f"L{'L'.join(at(*p) for p in right[1:])}A{num(high)} {num(high * self.tilt)} 0 0 1 {at(*left[0])}Z"
        )

    def rib(self, angle: float, start: float | None = None, end: float | None = None) -> str:
        """A line down the wall at one angle: flutes, ribs, seams."""
        return line([self.point(angle, y) for y in self.heights(start, end)])

    def rim(self, y: float | None = None) -> tuple[float, float, float, float]:
        """cx, cy, rx, ry of the ellipse at a height (the top one when not told)."""
        y = self.top if y is None else y
        r = self.radius(y)
        return self.cx, y, r, r * self.tilt


def turned(cx: float, rows: Sequence[tuple[float, float]], tilt: float = 0.17) -> Turned:
    return Turned(cx, tuple(rows), tilt)


def lit(sheet: Sheet, outline: str, tones: Tones, gloss: float = 0.30) -> str:
    """Light from the upper left over whatever is painted inside `outline`; `gloss` is the strength of the lit strip."""
    across = sheet.linear(
        [
            (0, tones.ink, 0.26),
            (0.12, tones.ink, 0.06),
            (0.20, LIGHT, gloss * 0.4),
            (0.31, LIGHT, gloss),
            (0.44, LIGHT, gloss * 0.25),
            (0.56, tones.ink, 0),
            (0.80, tones.ink, 0.20),
            (1, tones.ink, 0.44),
        ]
    )
    down = sheet.linear([(0.45, tones.ink, 0), (1, tones.ink, 0.24)], (0, 0), (0, 1))
    return path(outline, across) + path(outline, down)


def body(sheet: Sheet, form: Turned, tones: Tones, *marks: str, gloss: float = 0.30) -> str:
    """The wall, with `marks` (patterns) on it, lit."""
    outline = form.outline()
    painted = sheet.inside(outline, *marks) if any(marks) else ""
    return path(outline, tones.base) + painted + lit(sheet, outline, tones, gloss)


def mouth(sheet: Sheet, form: Turned, tones: Tones, lip: float = 9, inner: str | None = None) -> str:
    """The open top: a lip, and the inside darker toward the near wall."""
    cx, cy, rx, ry = form.rim()
    inside = Tones(inner or tones.base)
    paint = sheet.linear([(0, inside.ink), (0.5, inside.deep), (1, inside.shade)], (0.1, 0), (0.9, 1))
    edge = sheet.linear([(0, tones.light), (0.4, tones.pale), (1, tones.base)])
    return ellipse(cx, cy, rx, ry, edge) + ellipse(
        cx, cy + lip * 0.18, rx - lip, max(ry - lip * 0.62, 1), paint
    )


def _slope(rows: Sequence[tuple[float, float]], i: int) -> float:
    """Slope at a knot, flattened at extremes so that a curve never bulges past its knots (Fritsch-Carlson)."""

    def secant(k: int) -> float:
        return (rows[k + 1][1] - rows[k][1]) / ((rows[k + 1][0] - rows[k][0]) or 1)

    if i == 0:
        return secant(0)
    if i == len(rows) - 1:
        return secant(i - 1)
    before, after = secant(i - 1), secant(i)
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)
