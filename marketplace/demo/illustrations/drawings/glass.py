"""Glass and what burns or keeps in it: carafes, tumblers, jars, candles."""

import math

from marketplace.demo.illustrations.lathe import Turned, body, mouth, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.patterns import on_wall
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, path
from marketplace.demo.illustrations.tones import Tones


def pane(
    sheet: Sheet, form: Turned, tones: Tones, level: float | None = None, drink: str = "", ribs: int = 0
) -> str:
    """A glass wall: tinted, clear in the middle, with a bright edge; filled up to `level` with `drink`."""
    outline = form.outline()
    tint = sheet.linear(
        [
            (0, tones.shade, 0.62),
            (0.14, tones.base, 0.30),
            (0.5, tones.light, 0.20),
            (0.84, tones.base, 0.34),
            (1, tones.deep, 0.62),
        ]
    )
    cx, cy, rx, ry = form.rim()
    parts = [ellipse(cx, cy, rx, ry, tones.light, 0.35), path(outline, tint)]
    if level is not None:
        parts.append(_liquid(sheet, form, level, drink))
    if ribs:
        step = 180 // ribs
        for angle in range(-90 + step // 2, 90, step):
            width = max(1.5, 6 * math.cos(math.radians(angle)))
            parts += [path(form.rib(angle), stroke="#ffffff", width=width, opacity=0.42)]
    gleam = form.rib(-46, form.top + 18, form.bottom - 26)
    parts += [
        path(gleam, stroke="#ffffff", width=15, opacity=0.75),
        path(
            form.rib(-34, form.top + 40, (form.top + form.bottom) / 2), stroke="#ffffff", width=5, opacity=0.6
        ),
        path(form.rib(66, form.top + 30, form.bottom - 20), stroke="#ffffff", width=6, opacity=0.35),
        path(
            f"M{cx - rx:.0f} {cy:.0f}A{rx:.0f} {ry:.0f} 0 1 1 {cx + rx:.0f} {cy:.0f}A{rx:.0f} {ry:.0f} 0 1 1 {cx - rx:.0f} {cy:.0f}Z",
            stroke=tones.glint,
            width=7,
            opacity=0.95,
        ),
        path(form.ring(form.bottom), stroke=tones.glint, width=6, opacity=0.7),
    ]
    return "".join(parts)


def _liquid(sheet: Sheet, form: Turned, level: float, drink: str) -> str:
    inner = Turned(form.cx, tuple((y, r - 12) for y, r in form.profile), form.tilt)
    tones = Tones(drink)
    cx, cy, rx, ry = inner.rim(level)
    fill = sheet.linear(
        [(0, tones.shade, 0.85), (0.3, tones.light, 0.72), (0.7, tones.base, 0.78), (1, tones.deep, 0.88)]
    )
    return path(inner.outline(level, form.bottom - 12), fill) + ellipse(cx, cy, rx, ry, tones.light, 0.9)


CARAFES = {
    "flask": [(270, 86), (330, 66), (480, 74), (640, 180), (800, 216), (924, 196)],
    "hourglass": [(290, 150), (400, 108), (520, 92), (680, 172), (924, 196)],
    "column": [(300, 104), (380, 118), (480, 132), (924, 140)],
    "drop": [(250, 56), (420, 56), (600, 140), (780, 234), (924, 206)],
}
DRINKS = ("#cfe6ea", "#e2a24d", "#c9586a", "#d5e3c4")


@drawing("carafe", "flask hourglass column drop", focus=(560, 560))
def carafe(sheet: Sheet, look: Look) -> str:
    form = turned(600, CARAFES[look.form], tilt=0.16)
    drink = sheet.random.choice(DRINKS)
    level = form.top + (form.bottom - form.top) * sheet.random.uniform(0.42, 0.56)
    ribs = 10 if look.pattern == "flutes" else 0
    neck = _stopper(sheet, form, look) if look.pattern in ("cork", "bands") else ""
    return (
        sheet.ground_shadow(616, form.bottom + 16, form.radius(form.bottom) * 1.3, 52, 0.26)
        + pane(sheet, form, look.tones, level, drink, ribs)
        + neck
    )


def _stopper(sheet: Sheet, form: Turned, look: Look) -> str:
    """A ball of cork, or a collar of leather round the neck."""
    if look.pattern == "cork":
        cork = Tones("#c99a66")
        return circle(
            form.cx,
            form.top - 42,
            62,
            sheet.radial([(0, cork.light), (0.6, cork.base), (1, cork.deep)], (0.36, 0.3), 0.75),
        )
    y = form.top + (form.bottom - form.top) * 0.2
    band = Turned(form.cx, tuple((h, form.radius(h) + 6) for h in (y, y + 50, y + 100)), form.tilt)
    leather = Tones("#a9683f")
    lace = path(
        f"M{form.cx - 10} {y + 40}L{form.cx - 34} {y + 150}M{form.cx + 4} {y + 44}L{form.cx + 30} {y + 138}",
        stroke=leather.deep,
        width=7,
    )
    return body(sheet, band, leather) + lace


TUMBLERS = {
    "straight": [(0, 150), (330, 140)],
    "flared": [(0, 172), (330, 126)],
    "round": [(0, 140), (160, 170), (290, 150), (330, 118)],
    "stem": [(0, 150), (130, 158), (220, 96), (262, 30), (300, 26), (326, 96), (334, 108)],
}


@drawing("tumbler", "straight flared round stem", focus=(700, 640))
def tumbler(sheet: Sheet, look: Look) -> str:
    """A pair: one filled, one empty, half behind it."""
    back = turned(446, [(y * 1.12 + 470, r * 1.08) for y, r in TUMBLERS[look.form]], tilt=0.2)
    front = turned(706, [(y * 1.24 + 512, r * 1.2) for y, r in TUMBLERS[look.form]], tilt=0.2)
    ribs = {"flutes": 9, "facets": 7}.get(look.pattern, 0)
    drink = sheet.random.choice(DRINKS)
    level = front.top + (front.bottom - front.top) * (0.3 if look.form != "stem" else 0.14)
    if look.form == "stem":
        liquid = Turned(front.cx, tuple((y, r) for y, r in front.profile[:4]), front.tilt)
        filled = pane(sheet, front, look.tones, None, "", ribs) + _liquid(sheet, liquid, level, drink)
    else:
        filled = pane(sheet, front, look.tones, level, drink, ribs)
    return (
        sheet.ground_shadow(456, back.bottom + 12, 170, 40, 0.22)
        + pane(sheet, back, look.tones, ribs=ribs)
        + sheet.ground_shadow(720, front.bottom + 14, 190, 46, 0.26)
        + filled
    )


JARS = {
    "tall": [(420, 186), (900, 186)],
    "belly": [(500, 170), (590, 214), (760, 230), (900, 184)],
    "low": [(600, 238), (760, 244), (900, 236)],
    "shoulder": [(440, 130), (500, 150), (560, 206), (900, 208)],
}
LIDS = {"wood": "#b98d5e", "cork": "#cda473", "brass": "#c49b4c"}


@drawing("jar", "tall belly low shoulder", focus=(600, 520))
def jar(sheet: Sheet, look: Look) -> str:
    """A ceramic jar with a wooden lid, or a glass one with what it keeps."""
    form = turned(600, JARS[look.form], tilt=0.17)
    shadow = sheet.ground_shadow(612, form.bottom + 18, form.radius(form.bottom) * 1.25, 54)
    lid_tones = Tones(
        LIDS["cork" if look.pattern == "glass" else sheet.random.choice(("wood", "wood", "cork"))]
    )
    if look.pattern == "glass":
        wall = _pulses(sheet, form) + pane(sheet, form, look.tones)
    else:
        wall = body(sheet, form, look.tones, on_wall(sheet, form, look.pattern, look.tones, look.second))
    return shadow + wall + _flat_lid(sheet, form, lid_tones)


def _pulses(sheet: Sheet, form: Turned) -> str:
    """Beans, lentils or pasta behind the glass."""
    level = form.top + (form.bottom - form.top) * 0.3
    colour = sheet.random.choice(("#c2763f", "#8a5a3c", "#d9b26a", "#7f8c5a"))
    inner = Turned(form.cx, tuple((y, r - 12) for y, r in form.profile), form.tilt)
    area, tones, grains = inner.outline(level, form.bottom - 8), Tones(colour), []
    for _ in range(260):
        x, y = inner.point(sheet.random.uniform(-88, 88), sheet.random.uniform(level, form.bottom - 8))
        paint = sheet.random.choice((tones.light, tones.base, tones.shade, tones.deep))
        grains.append(ellipse(x, y, sheet.random.uniform(8, 14), sheet.random.uniform(7, 11), paint))
    return path(area, tones.shade) + sheet.inside(area, *grains)


def _flat_lid(sheet: Sheet, form: Turned, tones: Tones) -> str:
    cx, cy, rx, _ = form.rim()
    disc = turned(cx, [(cy - 46, rx + 10), (cy - 2, rx + 12)], form.tilt)
    knob = turned(cx, [(cy - 128, 30), (cy - 104, 44), (cy - 78, 34), (cy - 62, 24)], 0.34)
    top = ellipse(
        cx, cy - 46, rx + 10, (rx + 10) * form.tilt, sheet.linear([(0, tones.light), (1, tones.base)])
    )
    return (
        body(sheet, disc, tones) + top + body(sheet, knob, tones) + ellipse(cx, cy - 128, 30, 11, tones.light)
    )


CANDLES = {
    "glass": [(520, 190), (900, 186)],
    "bowl": [(600, 250), (760, 246), (900, 176)],
    "pillar": [(380, 150), (900, 154)],
    "ribbed": [(500, 196), (900, 196)],
}


@drawing("candle", "glass bowl pillar ribbed", focus=(600, 470))
def candle(sheet: Sheet, look: Look) -> str:
    form = turned(600, CANDLES[look.form], tilt=0.2)
    tones, second = look.tones, look.second
    pattern = "flutes" if look.form == "ribbed" else look.pattern
    wax = Tones("#f4e8d0")
    cx, cy, rx, ry = form.rim()
    wall = body(sheet, form, tones, on_wall(sheet, form, pattern, tones, second))
    if look.form == "pillar":
        top = ellipse(cx, cy, rx, ry, tones.pale) + ellipse(cx, cy + 3, rx * 0.66, ry * 0.6, tones.light)
    else:
        top = mouth(sheet, form, tones, 12) + ellipse(cx, cy + ry * 0.24, rx * 0.9, ry * 0.68, wax.base)
        top += ellipse(cx, cy + ry * 0.26, rx * 0.5, ry * 0.36, "#fbf3df")
    label = "" if look.form in ("pillar", "ribbed") or look.pattern != "plain" else _label(sheet, form)
    return (
        sheet.ground_shadow(612, form.bottom + 20, form.radius(form.bottom) * 1.3, 54)
        + wall
        + label
        + top
        + flame(sheet, cx, cy + ry * 0.18, 1.0)
    )


def _label(sheet: Sheet, form: Turned) -> str:
    """A paper label with a printed ring and two lines of nothing."""
    top, low = form.top + (form.bottom - form.top) * 0.34, form.top + (form.bottom - form.top) * 0.78
    angles = range(-34, 35, 4)
    up, down = [form.point(a, top) for a in angles], [form.point(a, low) for a in reversed(angles)]
    paper = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in up + down) + "Z"
    x, y = form.point(0, (top + low) / 2)
    ink = "#5b4a41"
    return (
        path(paper, "#f8f1e3")
        + path(
            f"M{x - 36:.0f} {y + 34:.0f}H{x + 36:.0f}M{x - 22:.0f} {y + 54:.0f}H{x + 22:.0f}",
            stroke=ink,
            width=5,
        )
        + path(
            f"M{x:.0f} {y - 54:.0f}C{x + 40:.0f} {y - 24:.0f} {x + 34:.0f} {y + 12:.0f} {x:.0f} {y + 14:.0f}C{x - 34:.0f} {y + 12:.0f} {x - 40:.0f} {y - 24:.0f} {x:.0f} {y - 54:.0f}Z",
            stroke=ink,
            width=5,
        )
    )


def flame(sheet: Sheet, x: float, y: float, size: float) -> str:
    """A wick, its flame and the glow about it."""
    glow = sheet.radial([(0, "#ffe9b0", 0.75), (0.5, "#ffdf9a", 0.22), (1, "#ffdf9a", 0)])
    outer = f"M{x} {y - 148 * size}C{x + 54 * size} {y - 84 * size} {x + 42 * size} {y - 30 * size} {x} {y - 26 * size}C{x - 42 * size} {y - 30 * size} {x - 46 * size} {y - 80 * size} {x} {y - 148 * size}Z"
    inner = f"M{x + 2} {y - 100 * size}C{x + 26 * size} {y - 66 * size} {x + 20 * size} {y - 38 * size} {x} {y - 36 * size}C{x - 20 * size} {y - 38 * size} {x - 22 * size} {y - 64 * size} {x + 2} {y - 100 * size}Z"
    return (
        circle(x, y - 84 * size, 230 * size, glow)
        + path(f"M{x} {y}V{y - 46 * size}", stroke="#4a3a34", width=8)
        + path(outer, "#f5a742")
        + path(inner, "#ffe7a0")
    )
