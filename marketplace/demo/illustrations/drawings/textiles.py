"""Woven things: aprons, tea towels, cushions, throws."""

import math

from marketplace.demo.illustrations.cloth import Area, folds, on_cloth
from marketplace.demo.illustrations.curves import box, disc, smooth
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path
from marketplace.demo.illustrations.tones import LIGHT, Tones

APRONS = {
    "bib": "M460 330H740L752 520C800 560 860 570 880 580L900 1010Q600 1046 300 1010L320 580C340 570 400 560 448 520Z",
    "cross": "M440 330Q600 372 760 330L790 560C840 600 868 640 880 700L890 1000Q600 1040 310 1000L320 700C332 640 360 600 410 560Z",
    "waist": "M330 520H870L900 960Q600 1000 300 960Z",
}


@drawing("apron", "bib cross waist", pose="flat", focus=(600, 720))
def apron(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    outline = APRONS[look.form]
    if look.form == "waist":
        straps = "M336 536C200 560 150 640 120 760M864 536C1000 560 1050 640 1080 760"
        peg = ""
    else:
        straps = "M474 340C470 180 730 180 726 340M322 600C240 640 220 760 190 830M878 600C960 640 980 760 1010 830"
        peg = circle(600, 214, 20, "#b98a5a") + circle(595, 208, 7, "#e2bf92")
    print_ = on_cloth(sheet, Area(280, 320, 640, 740), look.pattern, tones, second)
    pocket = box(430, 690, 340, 210, 22)
    light = sheet.linear([(0, LIGHT, 0.22), (0.5, LIGHT, 0), (1, tones.ink, 0.2)], (0, 0), (1, 1))
    return (
        sheet.cast(outline, 16, 26, 0.24, 18)
        + path(straps, stroke=second.shade if look.pattern == "plain" else tones.shade, width=20)
        + path(outline, tones.base)
        + sheet.inside(outline, print_)
        + folds(
            sheet,
            outline,
            tones,
            [(420, 960, 40, 210), (640, 1000, 34, 150), (800, 940, 40, 220), (560, 560, 30, 130)],
        )
        + path(outline, light)
        + sheet.cast(pocket, 3, 7, 0.22, 5)
        + path(pocket, tones.light if look.pattern == "plain" else tones.base)
        + path("M430 716H770M600 690V900", stroke=tones.line, width=4)
        + path(pocket, stroke=tones.line, width=4)
        + peg
    )


@drawing("towel", "hanging folded pair", pose="flat", focus=(560, 640))
def towel(sheet: Sheet, look: Look) -> str:
    if look.form == "folded":
        return _folded_stack(sheet, look)
    if look.form == "pair":
        left = _hung(sheet, look, look.tones, look.second, 400)
        return left + _hung(sheet, look, look.second, look.tones, 800)
    return _hung(sheet, look, look.tones, look.second, 600, 1.2)


def _hung(sheet: Sheet, look: Look, tones: Tones, second: Tones, cx: float, wide: float = 0.86) -> str:
    """Hung by its loop from a wooden peg: gathered above, open below."""
    w = 250 * wide
    outline = (
        f"M{cx} 236C{cx - 16} 330 {cx - w * 0.62} 400 {cx - w * 0.86} 640L{cx - w} 1000Q{cx - w * 0.75} 1026 {cx - w * 0.5} 1000"
        f"Q{cx - w * 0.2} 972 {cx} 1004Q{cx + w * 0.25} 1032 {cx + w * 0.5} 1002Q{cx + w * 0.75} 976 {cx + w} 1000"
        f"L{cx + w * 0.86} 640C{cx + w * 0.62} 400 {cx + 16} 330 {cx} 236Z"
    )
    print_ = on_cloth(sheet, Area(cx - w * 1.1, 230, w * 2.2, 800), look.pattern, tones, second)
    pleats = "".join(
        path(
            f"M{cx + end * 0.03} 270Q{cx + end * w * 0.4} 480 {cx + end * w} 1010",
            stroke=tone,
            width=width,
            opacity=0.20,
        )
        for end, tone, width in (
            (-0.5, tones.ink, 44),
            (-0.2, LIGHT, 34),
            (0.08, tones.ink, 52),
            (0.5, tones.ink, 40),
            (0.3, LIGHT, 24),
            (0.78, tones.ink, 36),
        )
    )
    return (
        sheet.cast(outline, 16, 22, 0.24, 16)
        + path(outline, tones.base)
        + sheet.inside(outline, print_, pleats)
        + path(outline, sheet.linear([(0, LIGHT, 0.25), (0.5, LIGHT, 0), (1, tones.ink, 0.18)]))
        + path(f"M{cx - 10} 262C{cx - 24} 196 {cx + 24} 196 {cx + 10} 262", stroke=second.shade, width=9)
        + circle(cx, 210, 26, "#b98a5a")
        + circle(cx - 6, 203, 10, "#e2bf92")
    )


def _folded_stack(sheet: Sheet, look: Look) -> str:
    """Three folded in a pile, the print on the top one."""
    out = [sheet.cast(box(270, 330, 660, 590, 40), 18, 30, 0.26, 20)]
    layers = ((look.second, 44, 60), (Tones(look.second.light), 22, 30), (look.tones, 0, 0))
    for tones, dx, dy in layers:
        outline = box(290 + dx * 0.4, 300 + dy * 1.3, 620, 560, 44)
        top = tones is layers[-1][0]
        print_ = on_cloth(sheet, Area(280, 290, 650, 590), look.pattern, tones, look.second) if top else ""
        sheen = sheet.linear([(0, LIGHT, 0.28), (0.5, LIGHT, 0), (1, tones.ink, 0.18)], (0, 0), (1, 1))
        out += [
            path(outline, tones.base),
            sheet.inside(outline, print_),
            path(outline, sheen),
            path(outline, stroke=tones.deep, width=3, opacity=0.4),
        ]
    out.append(path("M600 300V860", stroke=look.tones.ink, width=26, opacity=0.08))
    out.append(path("M860 806l34 40", stroke=look.tones.line, width=8))
    return group(*out, turn=sheet.random.choice((-9, 7)), about=(600, 600))


@drawing("cushion", "square long round", focus=(600, 560))
def cushion(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    outline, area = _pillow(look.form)
    valleys: list[tuple[float, float, float, float]] = [
        (area.x + 40, area.bottom - 40, 150, 70),
        (area.right - 40, area.bottom - 50, 170, 80),
        (area.right - 10, area.y + 40, 90, 110),
    ]
    dome = sheet.radial(
        [(0, LIGHT, 0.34), (0.55, LIGHT, 0.05), (0.8, tones.ink, 0.06), (1, tones.ink, 0.34)],
        (0.4, 0.36),
        0.72,
    )
    tassel = (
        _tassels(area, second)
        if look.pattern in ("stripes", "zigzag", "border") and look.form != "round"
        else ""
    )
    tuft = _tuft(sheet, tones, second) if look.form == "round" else ""
    piping = path(
        outline, stroke=second.base if look.pattern in ("plain", "ticking", "grid") else tones.shade, width=10
    )
    return (
        sheet.ground_shadow(620, area.bottom + 2, area.width * 0.52, 56)
        + tassel
        + path(outline, tones.base)
        + sheet.inside(outline, on_cloth(sheet, area, look.pattern, tones, second))
        + folds(sheet, outline, tones, valleys)
        + path(outline, dome)
        + tuft
        + piping
    )


def _pillow(form: str) -> tuple[str, Area]:
    """A plump outline: the sides bow in, the corners stand out."""
    if form == "round":
        return disc(600, 600, 350, 330), Area(250, 270, 700, 660)
    area = Area(250, 260, 700, 680) if form == "square" else Area(180, 480, 840, 440)
    x, y, r, b = area.x, area.y, area.right, area.bottom
    mx, my = (x + r) / 2, (y + b) / 2
    data = (
        f"M{x} {y}Q{mx} {y + 46} {r} {y}Q{r + 24} {y + 8} {r + 4} {y + 40}Q{r - 34} {my} {r + 6} {b - 34}Q{r + 16} {b} {r - 30} {b}"
        f"Q{mx} {b - 26} {x + 30} {b}Q{x - 16} {b} {x - 6} {b - 34}Q{x + 34} {my} {x - 4} {y + 40}Q{x - 24} {y + 8} {x} {y}Z"
    )
    return data, area


def _tuft(sheet: Sheet, tones: Tones, second: Tones) -> str:
    """The pleats of a round cushion, drawn in by a button."""
    pleats = []
    for k in range(20):
        a = k / 20 * 2 * math.pi
        end = 250 if k % 2 else 180
        data = f"M{600 + 44 * math.cos(a):.0f} {590 + 40 * math.sin(a):.0f}L{600 + end * math.cos(a):.0f} {596 + end * 0.94 * math.sin(a):.0f}"
        pleats.append(path(data, stroke=tones.ink, width=9, opacity=0.22))
    dimple = sheet.radial([(0, tones.ink, 0.5), (1, tones.ink, 0)])
    return (
        "".join(pleats)
        + circle(600, 592, 150, dimple)
        + circle(600, 590, 36, second.shade)
        + circle(593, 582, 22, second.base)
    )


def _tassels(area: Area, tones: Tones) -> str:
    out = []
    for x, y, turn in (
        (area.x + 6, area.bottom - 20, 35),
        (area.right - 6, area.bottom - 20, -35),
        (area.x + 4, area.y + 16, 130),
        (area.right - 4, area.y + 16, -130),
    ):
        strands = "".join(
            path(f"M0 10L{k * 9} 84", stroke=tones.base if k % 2 else tones.shade, width=8)
            for k in range(-2, 3)
        )
        out.append(
            f'<g transform="translate({x} {y}) rotate({turn})">{strands}{circle(0, 8, 17, tones.deep)}</g>'
        )
    return "".join(out)


@drawing("throw", "folded stack rolled", focus=(560, 620))
def throw(sheet: Sheet, look: Look) -> str:
    if look.form == "rolled":
        return _rolled(sheet, look)
    tones, second = look.tones, look.second
    shadow = sheet.ground_shadow(620, 934, 400, 54)
    layers = []
    tops = (470, 590, 700, 812) if look.form == "folded" else (560, 690, 812)
    for i, y in enumerate(reversed(tops)):
        height = 132
        shift = sheet.random.randint(-14, 14)
        outline = f"M{250 + shift} {y + 12}Q{600} {y - 16} {960 + shift} {y + 6}Q{1004 + shift} {y + height / 2} {956 + shift} {y + height - 4}Q600 {y + height + 14} {252 + shift} {y + height - 4}Q{216 + shift} {y + height / 2} {250 + shift} {y + 12}Z"
        area = Area(210, y - 20, 790, height + 40)
        sheen = sheet.linear([(0, LIGHT, 0.34), (0.45, LIGHT, 0.04), (1, tones.ink, 0.38)], (0, 0), (0, 1))
        paint = second if i == 1 and look.pattern == "blocks" else tones
        layers += [
            path(outline, paint.base),
            sheet.inside(
                outline,
                on_cloth(
                    sheet, area, "ticking" if look.pattern == "stripes" else look.pattern, paint, second
                ),
            ),
            path(outline, sheen),
        ]
    return shadow + "".join(layers) + _fringe(270, 930, tops[-1] + 118, second)


def _fringe(left: int, right: int, y: int, tones: Tones) -> str:
    return "".join(
        path(f"M{x} {y}l{(x % 3 - 1) * 4} 44", stroke=tones.light if x % 2 else tones.base, width=6)
        for x in range(left, right, 15)
    )


def _rolled(sheet: Sheet, look: Look) -> str:
    """Rolled up and tied with two leather straps, the snail of the roll toward us."""
    tones, second = look.tones, look.second
    x, y, r = 330, 690, 190
    barrel = f"M{x} {y - r}L930 {y - r}A74 {r} 0 0 1 930 {y + r}L{x} {y + r}Z"
    area = Area(x - 60, y - r, 760, 2 * r)
    light = sheet.linear(
        [(0, LIGHT, 0.1), (0.22, LIGHT, 0.42), (0.5, LIGHT, 0), (0.8, tones.ink, 0.3), (1, tones.ink, 0.5)],
        (0, 0),
        (0, 1),
    )
    straps = "".join(
        path(f"M{sx} {y - r - 3}A70 {r + 3} 0 0 1 {sx} {y + r + 3}", stroke=paint, width=width)
        for sx in (520, 800)
        for paint, width in (("#6f432a", 38), ("#a9683f", 28))
    )
    return (
        sheet.ground_shadow(650, y + r + 8, 370, 46)
        + path(barrel, tones.base)
        + sheet.inside(
            barrel,
            on_cloth(sheet, area, "ticking" if look.pattern == "stripes" else look.pattern, tones, second),
        )
        + path(barrel, light)
        + straps
        + snail(sheet, x, y, 104, r, tones)
    )


def snail(sheet: Sheet, x: float, y: float, rx: float, ry: float, tones: Tones, turns: int = 5) -> str:
    """The end of something rolled: an ellipse and its spiral."""
    steps = turns * 16
    spiral = [
        (
            x + rx * (1 - k / steps) * math.cos(k / 16 * 2 * math.pi),
            y + ry * (1 - k / steps) * math.sin(k / 16 * 2 * math.pi),
        )
        for k in range(steps - 4)
    ]
    face = sheet.linear([(0, tones.pale), (1, tones.base)], (0, 0), (1, 1))
    return ellipse(x, y, rx, ry, face) + path(smooth(spiral), stroke=tones.deep, width=9)
