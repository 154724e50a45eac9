"""About the room: baskets, lamps, planters."""

import math

from marketplace.demo.illustrations.curves import smooth
from marketplace.demo.illustrations.lathe import Turned, body, lit, mouth, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.patterns import on_wall
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, path
from marketplace.demo.illustrations.tones import Tones

BASKETS = {
    "round": [(470, 300), (680, 318), (860, 262), (904, 240)],
    "tall": [(360, 236), (640, 250), (904, 214)],
    "low": [(640, 360), (780, 350), (890, 312)],
    "bell": [(450, 250), (640, 312), (800, 322), (900, 256)],
}


@drawing("basket", "round tall low bell", focus=(540, 640))
def basket(sheet: Sheet, look: Look) -> str:
    form = turned(600, BASKETS[look.form], tilt=0.2)
    tones, second = look.tones, look.second
    outline = form.outline()
    return (
        sheet.ground_shadow(612, form.bottom + 22, form.radius(form.bottom) * 1.25, 60)
        + mouth(sheet, form, tones, 16, tones.deep)
        + _loops(form, tones, second, look.form)
        + path(outline, tones.base)
        + sheet.inside(outline, _weave(sheet, form, look))
        + lit(sheet, outline, tones, 0.2)
        + mouth(sheet, form, tones, 18, tones.deep)
        + path(form.ring(form.top), stroke=second.base if look.pattern == "rim" else tones.shade, width=20)
    )


def _weave(sheet: Sheet, form: Turned, look: Look) -> str:
    """Over and under, row by row; a second colour in bands, in the lower half, or nowhere."""
    out, rows, step = [], int((form.bottom - form.top) / 30), 15
    for row in range(rows + 4):
        y = min(form.top + row * 30 + 14, form.bottom + 40)
        share = row / max(rows, 1)
        dyed = (look.pattern == "blocks" and share > 0.55) or (look.pattern == "bands" and row % 5 in (1, 2))
        tones = look.second if dyed else look.tones
        for i, angle in enumerate(range(-90, 91, step)):
            a = angle + (step / 2 if row % 2 else 0)
            x, yy = form.point(max(-90, min(90, a)), y)
            w = 30 * math.cos(math.radians(max(-88, min(88, a)))) * form.radius(y) / 260
            out.append(ellipse(x, yy, max(w, 2), 14.5, tones.light if (i + row) % 2 else tones.base))
            out.append(ellipse(x + w * 0.1, yy + 8, max(w * 0.9, 2), 6, tones.deep, 0.45))
    return "".join(out)


def _loops(form: Turned, tones: Tones, second: Tones, shape: str) -> str:
    """Two handles: hoops over the rim."""
    if shape == "tall":
        return ""
    out = []
    for side in (-1, 1):
        x = form.cx + side * form.radius(form.top) * 0.86
        data = f"M{x - 60:.0f} {form.top + 20}C{x - 70:.0f} {form.top - 120} {x + 70:.0f} {form.top - 120} {x + 60:.0f} {form.top + 20}"
        out.append(path(data, stroke=second.deep, width=26) + path(data, stroke=second.base, width=15))
    return "".join(out)


SHADES = {
    "mushroom": [(330, 20), (350, 150), (420, 286), (520, 330)],
    "cone": [(320, 110), (560, 300)],
    "drum": [(330, 220), (560, 236)],
    "dome": [(340, 40), (372, 190), (480, 262), (560, 270)],
    "globe": [(300, 26), (330, 128), (450, 208), (570, 128), (598, 60)],
}
FEET = {
    "mushroom": [(510, 70), (640, 66), (820, 120), (916, 190)],
    "cone": [(550, 24), (620, 60), (720, 120), (830, 110), (916, 140)],
    "drum": [(550, 20), (590, 66), (660, 28), (740, 110), (860, 116), (916, 90)],
    "dome": [(550, 17), (870, 17), (884, 150), (916, 160)],
    "globe": [(590, 46), (700, 74), (860, 160), (916, 168)],
}


@drawing("lamp", "mushroom cone drum dome globe", focus=(600, 500))
def lamp(sheet: Sheet, look: Look) -> str:
    """A table lamp, lit."""
    tones, second = look.tones, look.second
    foot = turned(600, FEET[look.form], tilt=0.16)
    glow = sheet.radial([(0, "#fff0c4", 0.85), (0.45, "#ffe6a6", 0.3), (1, "#ffe6a6", 0)])
    pool = sheet.radial([(0, "#fff0c4", 0.7), (1, "#fff0c4", 0)])
    stand = body(sheet, foot, tones, on_wall(sheet, foot, look.pattern, tones, second))
    return (
        circle(600, 520, 520, glow)
        + ellipse(600, 940, 420, 70, pool)
        + sheet.ground_shadow(612, foot.bottom + 14, foot.radius(foot.bottom) * 1.25, 46)
        + stand
        + _shade(sheet, look, second if look.form != "mushroom" else tones)
    )


def _shade(sheet: Sheet, look: Look, tones: Tones) -> str:
    shade = turned(600, SHADES[look.form], tilt=0.13)
    outline = shade.outline()
    if look.form == "globe":
        paint = sheet.radial([(0, "#fffaf0"), (0.55, "#fff0cf"), (1, "#f0cf8c")], (0.45, 0.42), 0.62)
        return path(outline, paint)
    cx, cy, rx, ry = shade.rim(shade.bottom)
    warm = sheet.linear([(0, "#ffe9b8", 0), (0.5, "#ffe9b8", 0.18), (1, "#fff0c8", 0.85)], (0, 0), (0, 1))
    bulb = ellipse(cx, cy, rx, ry, "#ffefc2") + ellipse(cx, cy + 2, rx * 0.7, ry * 0.62, "#fffaf0")
    pleats = ""
    if look.form == "cone":
        pleats = "".join(
            path(shade.rib(a), stroke=tones.shade, width=4, opacity=0.5) for a in range(-84, 85, 12)
        )
    finial = (
        circle(600, shade.top - 12, 15, Tones("#c49b4c").base)
        if look.form in ("cone", "drum", "dome")
        else ""
    )
    return (
        finial
        + path(outline, tones.base)
        + sheet.inside(outline, pleats)
        + lit(sheet, outline, tones, 0.3)
        + path(outline, warm)
        + bulb
    )


POTS = {
    "cactus": [(650, 196), (904, 150)],
    "fern": [(640, 210), (780, 220), (904, 150)],
    "monstera": [(650, 200), (904, 190)],
    "snake": [(640, 180), (760, 206), (904, 176)],
    "olive": [(620, 150), (680, 176), (820, 196), (904, 140)],
}


@drawing("planter", "cactus fern monstera snake olive", focus=(600, 720))
def planter(sheet: Sheet, look: Look) -> str:
    form = turned(600, POTS[look.form], tilt=0.18)
    tones, second = look.tones, look.second
    cx, cy, rx, ry = form.rim()
    soil = ellipse(cx, cy + ry * 0.2, rx * 0.9, ry * 0.72, "#4b3a33")
    plant = {"cactus": _cactus, "fern": _fern, "monstera": _monstera, "snake": _snake, "olive": _olive}[
        look.form
    ]
    return (
        sheet.ground_shadow(614, form.bottom + 18, form.radius(form.bottom) * 1.35, 54)
        + body(sheet, form, tones, on_wall(sheet, form, look.pattern, tones, second))
        + mouth(sheet, form, tones, 12)
        + soil
        + plant(sheet, cx, cy + ry * 0.25)
    )


def _cactus(sheet: Sheet, x: float, y: float) -> str:
    green, out = Tones("#6f9464"), []
    for dx, height, width in ((86, 190, 82), (0, 330, 124), (-96, 150, 74)):
        form = turned(
            x + dx,
            [
                (y - height, 8),
                (y - height + width * 0.35, width * 0.46),
                (y - height * 0.4, width * 0.5),
                (y, width * 0.42),
            ],
            0.12,
        )
        ribs = "".join(path(form.rib(a), stroke=green.deep, width=4, opacity=0.6) for a in range(-60, 61, 20))
        out.append(body(sheet, form, green, ribs))
    return "".join(out) + circle(x - 4, y - 334, 18, "#e58a7b") + circle(x + 14, y - 326, 12, "#f0a797")


def _fern(sheet: Sheet, x: float, y: float) -> str:
    green, out = Tones("#6b8f5b"), []
    for lean in (-300, -190, -90, 0, 100, 200, 300):
        high = y - 380 + abs(lean) * 0.62
        spine = [
            (x + lean * 0.05, y),
            (x + lean * 0.4, high + 90),
            (x + lean * 0.8, high + 10),
            (x + lean * 1.02, high + 70),
        ]
        out.append(path(smooth(spine), stroke=green.deep, width=6))
        for k in range(1, 13):
            t = k / 13
            px, py = _bezier_at(spine, t)
            size = 40 * (1 - t * 0.7)
            for side in (-1, 1):
                out += [
                    f'<g transform="translate({px:.1f} {py:.1f}) rotate({side * 62 + lean * 0.14 + t * lean * 0.2:.1f})">{ellipse(0, -size, 9, size, green.base if side > 0 else green.light)}</g>'
                ]
    return "".join(out)


def _bezier_at(pts: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """A point along a polyline of equal parts, near enough to the curve drawn through it."""
    span = t * (len(pts) - 1)
    i = min(int(span), len(pts) - 2)
    f = span - i
    return pts[i][0] + (pts[i + 1][0] - pts[i][0]) * f, pts[i][1] + (pts[i + 1][1] - pts[i][1]) * f


def _monstera(sheet: Sheet, x: float, y: float) -> str:
    green, out = Tones("#4f7d5c"), []
    leaf = (
        "M0 0C-120 -20 -150 -150 -60 -236C-30 -262 0 -270 0 -290C0 -270 30 -262 60 -236C150 -150 120 -20 0 0Z"
    )
    cuts = "M-20 -70L-150 -60M-20 -120L-150 -140M-16 -170L-120 -214M20 -70L150 -60M20 -120L150 -140M16 -170L120 -214"
    for lean, high, size in (
        (-64, 250, 0.74),
        (70, 300, 0.8),
        (-18, 420, 0.96),
        (104, 150, 0.6),
        (-104, 140, 0.56),
    ):
        px, py = x + lean * 1.1, y - high * 0.62
        out.append(
            path(
                f"M{x} {y}Q{x + lean * 0.2:.0f} {y - high * 0.4:.0f} {px:.0f} {py:.0f}",
                stroke=green.deep,
                width=9,
            )
        )
        blade = path(leaf, sheet.linear([(0, green.light), (1, green.shade)], (0, 0), (1, 1)))
        notch = sheet.inside(leaf, path(cuts, stroke=green.deep, width=13, opacity=0.75))
        out.append(
            f'<g transform="translate({px:.0f} {py:.0f}) rotate({lean * 0.55:.0f}) scale({size})">{blade}{notch}{path("M0 0V-270", stroke=green.pale, width=5)}</g>'
        )
    return "".join(out)


def _snake(sheet: Sheet, x: float, y: float) -> str:
    green, out = Tones("#5f8a6a"), []
    for lean, height in ((-120, 280), (126, 300), (-64, 400), (70, 430), (4, 470)):
        tip_x, tip_y = x + lean * 1.25, y - height
        blade = f"M{x + lean * 0.4 - 30:.0f} {y}C{x + lean * 0.5 - 60:.0f} {y - height * 0.5:.0f} {tip_x - 30:.0f} {tip_y + 90:.0f} {tip_x:.0f} {tip_y:.0f}C{tip_x + 26:.0f} {tip_y + 100:.0f} {x + lean * 0.6 + 64:.0f} {y - height * 0.5:.0f} {x + lean * 0.4 + 30:.0f} {y}Z"
        stripes = "".join(
            path(
                f"M{x + lean - 90:.0f} {y - k * 44 - 20}q90 -24 180 0",
                stroke=green.deep,
                width=10,
                opacity=0.5,
            )
            for k in range(11)
        )
        out.append(
            path(blade, green.base) + sheet.inside(blade, stripes) + path(blade, stroke="#d9cf86", width=7)
        )
    return "".join(out)


def _olive(sheet: Sheet, x: float, y: float) -> str:
    bark, green = Tones("#8a6b50"), Tones("#8a9a76")
    out = [path(f"M{x} {y}C{x - 20} {y - 90} {x + 24} {y - 160} {x} {y - 260}", stroke=bark.base, width=20)]
    for _ in range(86):
        angle, r = sheet.random.uniform(0, 6.28), 178 * sheet.random.random() ** 0.5
        px, py = x + r * 1.1 * math.cos(angle), y - 370 + r * math.sin(angle)
        paint = sheet.random.choice((green.base, green.light, green.shade))
        out.append(
            f'<g transform="translate({px:.1f} {py:.1f}) rotate({sheet.random.randint(0, 180)})">{ellipse(0, 0, 11, 34, paint)}</g>'
        )
    fruit = "".join(
        circle(x + sheet.random.uniform(-130, 130), y - 370 + sheet.random.uniform(-120, 130), 12, "#4d4657")
        for _ in range(7)
    )
    return "".join(out) + fruit
