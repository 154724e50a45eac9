"""What is painted on a turned wall: glazes, bands, flutes, motifs that follow the curve."""

import math
from collections.abc import Callable

from marketplace.demo.illustrations.curves import at, smooth
from marketplace.demo.illustrations.lathe import Turned
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, num, path
from marketplace.demo.illustrations.tones import Tones

Wall = Callable[[Sheet, Turned, Tones, Tones], str]


def plain(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    return ""


def speckle(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Iron flecks, smaller toward the edges of the turn."""
    dots = []
    for _ in range(int(58 * (form.bottom - form.top) / 400) + 30):
        y = sheet.random.uniform(form.top, form.bottom + form.tilt * form.radius(form.bottom))
        angle = sheet.random.uniform(-86, 86)
        x, y = form.point(angle, min(y, form.bottom))
        size = sheet.random.choice((2.2, 3.0, 3.0, 4.4, 6.2))
        dots.append(ellipse(x, y, size * math.cos(math.radians(angle)) + 0.4, size, tones.line, 0.6))
    return "".join(dots)


def bands(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Two or three brushed rings."""
    height = form.bottom - form.top
    start = form.top + height * sheet.random.uniform(0.16, 0.30)
    rings, y = [], start
    for width in sheet.random.choice(((30, 10), (12, 12, 12), (46, 8), (10, 26, 10))):
        rings.append(path(form.ring(y), stroke=second.base, width=width))
        y += width / 2 + 26
    return "".join(rings)


def stripes(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Fine rings all the way down."""
    step = sheet.random.choice((34, 44, 56))
    y, rings = form.top + step, []
    while y < form.bottom + 40:
        rings.append(path(form.ring(min(y, form.bottom + 40)), stroke=second.base, width=step * 0.22))
        y += step
    return "".join(rings)


def dip(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Dipped in a second glaze from below; the edge wanders a little."""
    height = form.bottom - form.top
    level = form.top + height * sheet.random.uniform(0.48, 0.66)
    edge = []
    for angle in range(-90, 91, 15):
        x, y = form.point(angle, level)
        edge.append((x, y + sheet.random.uniform(-9, 9)))
    low = form.bottom + form.widest * form.tilt + 60
    right, left = form.cx + form.widest + 40, form.cx - form.widest - 40
    area = (
        smooth(edge) + f"L{at(right, edge[-1][1])}L{at(right, low)}L{at(left, low)}L{at(left, edge[0][1])}Z"
    )
    return path(area, second.base) + path(smooth(edge), stroke=second.light, width=5, opacity=0.7)


def glaze(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """A second glaze poured over the rim: it runs down in tongues."""
    height = form.bottom - form.top
    edge = []
    for i, angle in enumerate(range(-96, 97, 16)):
        depth = sheet.random.uniform(0.34, 0.5) if i % 2 else sheet.random.uniform(0.16, 0.26)
        edge.append(form.point(max(-90, min(90, angle)), form.top + height * depth))
    left, right = form.cx - form.widest - 40, form.cx + form.widest + 40
    top = form.top - form.widest * form.tilt - 30
    area = (
        smooth(edge) + f"L{at(right, edge[-1][1])}L{at(right, top)}L{at(left, top)}L{at(left, edge[0][1])}Z"
    )
    return path(area, second.base) + path(smooth(edge), stroke=second.shade, width=5, opacity=0.55)


def flutes(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Grooves pressed down the wall: a dark line and a lit edge beside it."""
    step = sheet.random.choice((11, 14, 18))
    lines = []
    for angle in range(-88, 89, step):
        width = max(1.2, 7 * math.cos(math.radians(angle)))
        lines.append(path(form.rib(angle), stroke=tones.shade, width=width, opacity=0.85))
        lines.append(path(form.rib(angle + 3), stroke=tones.light, width=width * 0.5, opacity=0.75))
    return "".join(lines)


def _grid(
    form: Turned, rows: int, step: int, start: float = 0.2, end: float = 0.82
) -> list[tuple[float, float, int]]:
    height = form.bottom - form.top
    spots = []
    for row in range(rows):
        y = form.top + height * (start + (end - start) * (row / max(rows - 1, 1)))
        shift = step / 2 if row % 2 else 0
        spots += [(angle + shift, y, row) for angle in range(-90, 91, step) if abs(angle + shift) < 84]
    return spots


def _put(form: Turned, angle: float, y: float, mark: str) -> str:
    x, y = form.point(angle, y)
    squeeze = math.cos(math.radians(angle))
    return f'<g transform="translate({num(x)} {num(y)}) scale({squeeze:.3f} 1)">{mark}</g>'


def dots(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    size = sheet.random.choice((11, 15, 20))
    rows = max(2, int((form.bottom - form.top) / (size * 5)))
    return "".join(_put(form, a, y, circle(0, 0, size, second.base)) for a, y, _ in _grid(form, rows, 24))


def dashes(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Short brush strokes, row on row."""
    mark = path("M0 -17L0 17", stroke=second.base, width=11)
    rows = max(2, int((form.bottom - form.top) / 78))
    return "".join(_put(form, a, y, mark) for a, y, _ in _grid(form, rows, 15, 0.16, 0.86))


def leaves(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Sprigs painted round the wall."""
    size = (form.bottom - form.top) * 0.3
    out = []
    for angle in range(-72, 73, 36):
        y = form.top + (form.bottom - form.top) * 0.52
        sprig = [path(f"M0 {num(size)}C{num(size * 0.1)} 0 0 0 0 {num(-size)}", stroke=second.base, width=6)]
        for k in range(-2, 3):
            base = k * size * 0.34 + size * 0.1
            for side in (-1, 1):
                x = side * size * 0.42
                tip = f"M0 {num(base)}Q{num(x * 0.9)} {num(base + 4)} {num(x)} {num(base - size * 0.34)}Q{num(x * 0.1)} {num(base - size * 0.3)} 0 {num(base)}Z"
                sprig.append(path(tip, second.base))
        out.append(_put(form, angle, y, "".join(sprig)))
    return "".join(out)


def waves(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Lines that swell round the wall like a tide mark."""
    height, out = form.bottom - form.top, []
    swell = sheet.random.uniform(10, 18)
    for k in range(4):
        level = form.top + height * (0.34 + 0.12 * k)
        pts = []
        for angle in range(-90, 91, 9):
            x, y = form.point(angle, level)
            pts.append((x, y + swell * math.sin(angle / 14 + k * 1.4)))
        out.append(path(smooth(pts), stroke=second.base, width=8 if k else 13))
    return "".join(out)


def brush(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """One broad, dry brush stroke round the belly."""
    height = form.bottom - form.top
    level = form.top + height * sheet.random.uniform(0.4, 0.56)
    out = []
    for k in range(9):
        start, end = sheet.random.randint(-80, -52), sheet.random.randint(44, 80)
        pts = []
        for angle in range(start, end, 6):
            x, y = form.point(angle, level + (k - 4) * height * 0.026)
            pts.append((x, y + 8 * math.sin(angle / 30)))
        out.append(path(smooth(pts), stroke=second.base, width=height * 0.024, opacity=0.92))
    return "".join(out)


def facets(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """Cut planes: alternate lit and shaded panels down the wall."""
    step, out = 26, []
    for i, angle in enumerate(range(-91, 91, step)):
        here = [form.point(max(-90, angle), y) for y in form.heights()]
        there = [form.point(min(90, angle + step), y) for y in reversed(form.heights())]
        data = "M" + "L".join(at(*p) for p in here + there) + "Z"
        out.append(path(data, tones.light if i % 2 else tones.shade, opacity=0.75))
    return "".join(out)


def rim(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """A contrasting edge and foot, as enamelled steel has."""
    return path(form.ring(form.top + 4), stroke=second.base, width=22) + path(
        form.ring(form.bottom - 2), stroke=second.base, width=14
    )


def peaks(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """A mountain line round the foot."""
    height = form.bottom - form.top
    out = []
    for layer, paint in ((0, Tones(second.base).light), (1, second.base)):
        base, pts = form.top + height * (0.62 + 0.14 * layer), []
        for i, angle in enumerate(range(-90, 91, 18)):
            lift = sheet.random.uniform(0.08, 0.16) if (i + layer) % 2 else 0
            pts.append(form.point(angle, base - height * lift))
        low = form.bottom + form.widest * form.tilt + 40
        data = (
            "M"
            + "L".join(at(*p) for p in pts)
            + f"L{at(form.cx + form.widest + 20, low)}L{at(form.cx - form.widest - 20, low)}Z"
        )
        out.append(path(data, paint))
    return "".join(out)


def sun(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    """A disc on a horizon."""
    height = form.bottom - form.top
    x, y = form.point(-6, form.top + height * 0.44)
    return group(
        circle(x, y, height * 0.17, second.base),
        path(form.ring(form.top + height * 0.66), stroke=second.base, width=7),
    )


WALLS: dict[str, Wall] = {
    "plain": plain,
    "speckle": speckle,
    "bands": bands,
    "stripes": stripes,
    "dip": dip,
    "glaze": glaze,
    "flutes": flutes,
    "dots": dots,
    "dashes": dashes,
    "leaves": leaves,
    "waves": waves,
    "brush": brush,
    "facets": facets,
    "rim": rim,
    "peaks": peaks,
    "sun": sun,
}


def on_wall(sheet: Sheet, form: Turned, pattern: str, tones: Tones, second: Tones) -> str:
    """The marks of a pattern named in the assortment. KeyError for a name that no pattern has."""
    return WALLS[pattern](sheet, form, tones, second)
