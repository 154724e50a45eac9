"""What is woven or printed on flat cloth and paper: patterns that fill a box."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from marketplace.demo.illustrations.curves import box, disc, line, smooth
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, num, path, rect
from marketplace.demo.illustrations.tones import Tones


@dataclass(frozen=True)
class Area:
    """The box that a pattern fills, in the drawing's units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


Print = Callable[[Sheet, Area, Tones, Tones], str]


def _plain(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    return ""


def _stripes(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Stripes across, in groups of a wide one and two fine ones."""
    step, out, y = sheet.random.choice((92, 116, 140)), [], area.y + 30
    while y < area.bottom:
        out.append(rect(area.x, y, area.width, step * 0.28, second.base))
        out.append(rect(area.x, y + step * 0.42, area.width, step * 0.07, second.base))
        y += step
    return "".join(out)


def _ticking(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Fine stripes down, as of mattress ticking."""
    step, x, out = sheet.random.choice((44, 56)), area.x + 20, []
    while x < area.right:
        out.append(
            rect(x, area.y, 9, area.height, second.base) + rect(x + 15, area.y, 3, area.height, second.base)
        )
        x += step
    return "".join(out)


def _border(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Bands near the two short edges only."""
    out = []
    for base, sign in ((area.y + 46, 1), (area.bottom - 46, -1)):
        for offset, height in ((0, 26), (46, 10), (70, 10)):
            out.append(rect(area.x, base + sign * offset - height / 2, area.width, height, second.base))
    return "".join(out)


def _check(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    step = sheet.random.choice((76, 96))
    across = [
        rect(area.x, area.y + i * step, area.width, step / 2, second.base, opacity=0.55)
        for i in range(int(area.height / step) + 1)
    ]
    down = [
        rect(area.x + i * step, area.y, step / 2, area.height, second.base, opacity=0.55)
        for i in range(int(area.width / step) + 1)
    ]
    return "".join(across + down)


def _windowpane(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    step, out = sheet.random.choice((120, 150)), []
    for i in range(int(max(area.width, area.height) / step) + 1):
        out.append(rect(area.x + step / 2 + i * step, area.y, 7, area.height, second.base))
        out.append(rect(area.x, area.y + step / 2 + i * step, area.width, 7, second.base))
    return "".join(out)


def _dots(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    step, size = sheet.random.choice(((72, 13), (96, 22), (58, 8)))
    return "".join(
        circle(area.x + (i + (j % 2) / 2) * step, area.y + j * step * 0.88, size, second.base)
        for j in range(int(area.height / step) + 2)
        for i in range(int(area.width / step) + 2)
    )


def _waves(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    step, out = sheet.random.choice((60, 78)), []
    for j in range(int(area.height / step) + 2):
        y = area.y + j * step
        pts = [(area.x + i * 30, y + 13 * math.sin(i * 0.9)) for i in range(int(area.width / 30) + 2)]
        out.append(path(smooth(pts), stroke=second.base, width=9))
    return "".join(out)


def _scales(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Fans in rows, each with two inner arcs."""
    size, out = sheet.random.choice((62, 78)), []
    for j in range(int(area.height / size) + 3):
        for i in range(int(area.width / (2 * size)) + 3):
            x, y = area.x + (2 * i + j % 2) * size, area.y + j * size
            out.append(
                path(
                    disc(x, y, size - 3),
                    tones.base,
                    tones.line if second.base == tones.base else second.base,
                    7,
                )
            )
            out.append(path(disc(x, y, size * 0.5), stroke=second.base, width=7))
    return "".join(out)


def _arches(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    step, out = sheet.random.choice((150, 180)), []
    for j in range(int(area.height / step) + 2):
        for i in range(int(area.width / step) + 2):
            x, y = area.x + (i + (j % 2) / 2) * step, area.y + (j + 0.9) * step
            for r in (0.40, 0.26, 0.12):
                top = y - step * 0.3
                out.append(
                    path(
                        f"M{num(x - step * r)} {num(y)}V{num(top)}A{num(step * r)} {num(step * r)} 0 0 1 {num(x + step * r)} {num(top)}V{num(y)}",
                        stroke=second.base,
                        width=10,
                    )
                )
    return "".join(out)


def _leaves(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Scattered sprigs, each turned its own way."""
    step, out = sheet.random.choice((150, 176)), []
    for j in range(int(area.height / step) + 2):
        for i in range(int(area.width / step) + 2):
            x, y = area.x + (i + (j % 2) / 2) * step, area.y + (j + 0.3) * step
            leaf = "".join(
                f'<g transform="rotate({s * 48} 0 {k})">{ellipse(0, k - 18, 8, 19, second.base)}</g>'
                for k in (-24, 4, 32)
                for s in (-1, 1)
            )
            sprig = (
                path("M0 46V-44", stroke=second.base, width=5) + leaf + ellipse(0, -52, 7, 15, second.base)
            )
            out.append(
                f'<g transform="translate({num(x)} {num(y)}) rotate({sheet.random.randint(-50, 50)})">{sprig}</g>'
            )
    return "".join(out)


def _sun(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """A half sun over a striped sea."""
    cx, cy, r = area.x + area.width / 2, area.y + area.height * 0.56, min(area.width, area.height) * 0.26
    sea = [
        rect(
            area.x + area.width * (0.14 + k * 0.05),
            cy + 18 + k * 38,
            area.width * (0.72 - k * 0.1),
            15,
            second.base,
            7,
        )
        for k in range(4)
    ]
    return path(
        f"M{num(cx - r)} {num(cy)}A{num(r)} {num(r)} 0 0 1 {num(cx + r)} {num(cy)}Z", second.base
    ) + "".join(sea)


def _peaks(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """A ridge line in two layers."""
    out = []
    for base, lift, paint in ((0.62, 0.30, second.light), (0.78, 0.22, second.base)):
        pts = [(area.x - 10, area.y + area.height * base)]
        for i in range(1, 7):
            up = lift * sheet.random.uniform(0.6, 1.0) if i % 2 else lift * 0.1
            pts.append((area.x + area.width * i / 6, area.y + area.height * (base - up)))
        out.append(
            path(line([*pts, (area.right + 10, area.bottom), (area.x - 10, area.bottom)], True), paint)
        )
    return "".join(out)


def _contours(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Height lines of a map."""
    cx, cy = (
        area.x + area.width * sheet.random.uniform(0.2, 0.8),
        area.y + area.height * sheet.random.uniform(0.2, 0.7),
    )
    phase, out = sheet.random.uniform(0, 6), []
    for k in range(1, 14):
        ring = []
        for i in range(24):
            a = i / 24 * 2 * math.pi
            r = k * 46 * (1 + 0.17 * math.sin(2 * a + phase + k * 0.2) + 0.09 * math.sin(3 * a - phase))
            ring.append((cx + r * math.cos(a), cy + r * math.sin(a)))
        out.append(path(smooth(ring, close=True), stroke=second.base, width=4.5, opacity=0.85))
    return "".join(out)


def _blocks(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """Two fields of colour, one over the other."""
    split = area.y + area.height * sheet.random.uniform(0.5, 0.66)
    return path(box(area.x, split, area.width, area.bottom - split), second.base)


def _zigzag(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    step, out = sheet.random.choice((84, 104)), []
    for j in range(int(area.height / step) + 2):
        y = area.y + j * step
        pts = [(area.x + i * 44, y + (22 if i % 2 else -22)) for i in range(int(area.width / 44) + 2)]
        out.append(path(line(pts), stroke=second.base, width=12))
    return "".join(out)


def _grid(sheet: Sheet, area: Area, tones: Tones, second: Tones) -> str:
    """The fine squares of a workbook."""
    step, ink = 40, second.base
    down = [
        rect(area.x + i * step, area.y, 3, area.height, ink, opacity=0.7)
        for i in range(int(area.width / step) + 1)
    ]
    across = [
        rect(area.x, area.y + j * step, area.width, 3, ink, opacity=0.7)
        for j in range(int(area.height / step) + 1)
    ]
    return "".join(down + across)


PRINTS: dict[str, Print] = {
    "plain": _plain,
    "stripes": _stripes,
    "ticking": _ticking,
    "border": _border,
    "check": _check,
    "windowpane": _windowpane,
    "dots": _dots,
    "waves": _waves,
    "scales": _scales,
    "arches": _arches,
    "leaves": _leaves,
    "sun": _sun,
    "peaks": _peaks,
    "contours": _contours,
    "blocks": _blocks,
    "zigzag": _zigzag,
    "grid": _grid,
}


def on_cloth(sheet: Sheet, area: Area, pattern: str, tones: Tones, second: Tones) -> str:
    """The marks of a print named in the assortment. KeyError for a name that no print has."""
    return PRINTS[pattern](sheet, area, tones, second)


def folds(sheet: Sheet, outline: str, tones: Tones, spots: list[tuple[float, float, float, float]]) -> str:
    """Soft dark valleys on cloth: (x, y, half width, half height) each, seen only inside the outline."""
    paint = sheet.radial([(0, tones.ink, 0.32), (1, tones.ink, 0)])
    return sheet.inside(outline, *(ellipse(x, y, rx, ry, paint) for x, y, rx, ry in spots))
