"""To fly and to make a noise with: kites, xylophones, crayons."""

import math

from marketplace.demo.illustrations.curves import box, disc, line, smooth, soft
from marketplace.demo.illustrations.drawings.building import BOX_OF_PAINTS
from marketplace.demo.illustrations.drawings.plush import INK
from marketplace.demo.illustrations.drawings.wooden import WOOD, block
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Point, Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import Tones


@drawing("kite", "diamond delta fish rainbow", pose="hanging", focus=(560, 460))
def kite(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    puffs = "".join(
        ellipse(x + d, y + abs(d) * 0.2, r, r * 0.62, "#ffffff")
        for x, y in ((230, 300), (960, 860))
        for d, r in ((-80, 70), (0, 100), (90, 76))
    )
    clouds = f'<g opacity="0.6">{puffs}</g>'
    sail, tail_from = {"diamond": _diamond, "delta": _delta, "fish": _fish, "rainbow": _delta}[look.form](
        sheet, tones, second, look
    )
    x, y = tail_from
    tail = [(x, y), (x - 70, y + 90), (x + 20, y + 170), (x - 90, y + 250), (x - 10, y + 330)]
    bows = "".join(
        f'<g transform="translate({bx} {by}) rotate({t})">{path("M0 0L-46 -28V28ZM0 0L46 -28V28Z", paint.base)}{circle(0, 0, 12, paint.deep)}</g>'
        for (bx, by), t, paint in zip(
            tail[1:], (20, -30, 25, -10), (second, tones, Tones("#f2b632"), second), strict=True
        )
    )
    string = path("M600 560C520 760 420 900 160 1240", stroke=INK, width=4, opacity=0.5)
    return (
        clouds
        + string
        + group(path(smooth(tail), stroke=INK, width=7), bows, sail, turn=14, about=(600, 500))
    )


def _diamond(sheet: Sheet, tones: Tones, second: Tones, look: Look) -> tuple[str, Point]:
    quarters = (
        (line([(600, 160), (600, 460), (330, 460)], True), tones.light),
        (line([(600, 160), (870, 460), (600, 460)], True), second.base),
        (line([(330, 460), (600, 460), (600, 900)], True), second.light),
        (line([(600, 460), (870, 460), (600, 900)], True), tones.base),
    )
    face = (
        circle(550, 430, 15, INK)
        + circle(650, 430, 15, INK)
        + path("M566 490Q600 524 634 490", stroke=INK, width=9)
        if look.pattern == "dots"
        else ""
    )
    spars = path("M600 160V900M330 460H870", stroke=WOOD.deep, width=8)
    outline = line([(600, 160), (870, 460), (600, 900), (330, 460)], True)
    return sheet.cast(outline, 24, 50, 0.16, 22) + "".join(path(d, p) for d, p in quarters) + spars + path(
        outline, stroke=tones.deep, width=6
    ) + face, (600, 900)


def _delta(sheet: Sheet, tones: Tones, second: Tones, look: Look) -> tuple[str, Point]:
    outline = "M600 200L1010 640Q800 600 600 700Q400 600 190 640Z"
    paints = (
        [Tones(c) for c in BOX_OF_PAINTS]
        if look.form == "rainbow"
        else [tones, second, tones, second, tones, second]
    )
    strips = "".join(
        path(
            line([(600, 200), (190 + k * 137, 760), (190 + (k + 1) * 137, 760)], True),
            paints[k].base if k < 3 else paints[k].shade,
        )
        for k in range(6)
    )
    spars = path(
        "M600 200V700M600 200L1010 640M600 200L190 640M400 446H800", stroke=INK, width=7, opacity=0.6
    )
    keel = path("M600 420L560 580L600 640Z", tones.deep)
    return sheet.cast(outline, 24, 50, 0.16, 22) + sheet.inside(outline, strips) + spars + keel, (600, 700)


def _fish(sheet: Sheet, tones: Tones, second: Tones, look: Look) -> tuple[str, Point]:
    form = "M600 180C800 260 840 480 720 660L820 840Q700 800 600 800Q500 800 380 840L480 660C360 480 400 260 600 180Z"
    scales = "".join(
        path(f"M{x - 52} {y}A52 52 0 0 0 {x + 52} {y}", stroke=second.base, width=11)
        for y in range(420, 700, 70)
        for x in range(400 + (52 if (y // 70) % 2 else 0), 860, 104)
    )
    head = path("M380 360Q600 470 820 360V120H380Z", second.base)
    eyes = (
        circle(530, 320, 40, "#ffffff")
        + circle(670, 320, 40, "#ffffff")
        + circle(536, 326, 19, INK)
        + circle(664, 326, 19, INK)
    )
    paint = sheet.linear([(0, tones.light), (1, tones.shade)], (0, 0), (1, 1))
    return sheet.cast(form, 24, 50, 0.16, 22) + path(form, paint) + sheet.inside(form, scales, head) + eyes, (
        600,
        800,
    )


@drawing("xylophone", "rainbow small drum", pose="flat", focus=(560, 560))
def xylophone(sheet: Sheet, look: Look) -> str:
    if look.form == "drum":
        return _drum(sheet, look)
    count = 8 if look.form == "rainbow" else 5
    colours = [look.base, look.accent, *(c for c in BOX_OF_PAINTS if c not in (look.base, look.accent))]
    step, out = 760 / count, []
    frame = soft([(190, 330), (1010, 450), (1010, 750), (190, 870)], 36)
    out += [sheet.cast(frame, 12, 28, 0.3, 16), block(sheet, frame, WOOD)]
    for i in range(count):
        x, half = 220 + i * step, 330 - i * (190 / count)
        tones, width = Tones(colours[i % len(colours)]), step * 0.78
        bar = box(x, 600 - half, width, half * 2, 22)
        out.append(sheet.cast(bar, 4, 10, 0.28, 6) + block(sheet, bar, tones))
        out.append(
            "".join(
                circle(x + width / 2, 600 + s * half * 0.68, 11, "#f7f0e0")
                + circle(x + width / 2, 600 + s * half * 0.68, 5, INK)
                for s in (-1, 1)
            )
        )
    for turn, tones in ((-24, look.tones), (18, look.second)):
        stick = (
            path("M560 980L900 980", stroke=WOOD.shade, width=17)
            + circle(918, 980, 42, tones.base)
            + circle(906, 968, 15, tones.light)
        )
        out.append(
            group(
                f'<g opacity="0.22" transform="translate(8 20)">{path("M560 980L918 980", stroke=INK, width=19)}</g>',
                stick,
                turn=turn,
                about=(740, 980),
                move=(0, -30),
            )
        )
    return group(*out, turn=-8, about=(600, 600))


def _drum(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    skin = sheet.radial([(0, "#fffaf0"), (1, "#eeddc0")], (0.4, 0.36), 0.8)
    rim, pegs = disc(600, 600, 390), []
    for k in range(12):
        a = k / 12 * 2 * math.pi
        pegs.append(
            circle(600 + 362 * math.cos(a), 600 + 362 * math.sin(a), 22, second.base)
            + circle(597 + 362 * math.cos(a), 597 + 362 * math.sin(a), 10, second.light)
        )
    sticks = "".join(
        group(
            path("M420 720L860 720", stroke=WOOD.shade, width=26)
            + path("M420 716L860 716", stroke=WOOD.light, width=7)
            + circle(870, 720, 36, second.base),
            turn=t,
            about=(600, 640),
        )
        for t in (-34, 16)
    )
    ring = path(disc(600, 600, 180), stroke=tones.light, width=11)
    return (
        sheet.cast(rim, 16, 30, 0.32, 18)
        + block(sheet, rim, tones)
        + circle(600, 600, 330, skin)
        + ring
        + "".join(pegs)
        + sticks
    )


@drawing("crayons", "box fan chalk", pose="flat", focus=(600, 480))
def crayons(sheet: Sheet, look: Look) -> str:
    colours = [
        look.base,
        look.accent,
        *(c for c in BOX_OF_PAINTS if c not in (look.base, look.accent)),
        "#6b4128",
        "#2f7f79",
    ]
    if look.form == "fan":
        return "".join(
            group(_crayon(sheet, Tones(c), 600, 330, 500), turn=-52 + i * 15, about=(600, 1060))
            for i, c in enumerate(colours[:8])
        ) + _band(sheet, look)
    size = 74 if look.form == "chalk" else 62
    out, shift = [], (1200 - 7 * (size + 14)) / 2
    for i, colour in enumerate(colours[:7]):
        top = 300 + sheet.random.randint(-26, 26)
        stick = (
            _chalk(sheet, Tones(colour), shift + i * (size + 14), top, size)
            if look.form == "chalk"
            else _crayon(sheet, Tones(colour), shift + i * (size + 14) + size / 2, top, 520)
        )
        out.append(stick)
    front = box(shift - 40, 600, 7 * (size + 14) + 66, 380, 20)
    lid = box(shift - 40, 560, 7 * (size + 14) + 66, 60, 10)
    window = path(f"M{shift + 60} 760Q600 660 {1140 - shift} 760", stroke=look.second.base, width=24) + path(
        f"M{shift + 100} 830Q600 740 {1100 - shift} 830", stroke=look.second.light, width=14
    )
    return (
        sheet.cast(front, 14, 30, 0.32, 16)
        + path(lid, look.tones.ink)
        + "".join(out)
        + block(sheet, front, look.tones)
        + window
        + circle(600, 880, 34, look.second.base)
    )


def _crayon(sheet: Sheet, tones: Tones, x: float, top: float, length: float) -> str:
    tip = soft([(x - 26, top + 84), (x - 9, top), (x + 9, top), (x + 26, top + 84)], 7)
    shine = [(0, tones.shade), (0.3, tones.light), (0.55, tones.base), (1, tones.deep)]
    barrel = sheet.linear([(o, c) for o, c in shine])
    bands = rect(x - 29, top + 116, 58, 9, tones.ink, 0, 0.5) + rect(
        x - 29, top + 134, 58, 9, tones.ink, 0, 0.5
    )
    return path(tip, tones.base) + path(box(x - 29, top + 84, 58, length, 8), barrel) + bands


def _chalk(sheet: Sheet, tones: Tones, x: float, top: float, size: float) -> str:
    soft_tones = Tones(tones.light)
    return path(
        box(x, top, size, 480, 20),
        sheet.linear([(0, soft_tones.shade), (0.3, soft_tones.pale), (1, soft_tones.base)]),
    ) + ellipse(x + size / 2, top + 8, size / 2 - 4, 11, soft_tones.pale)


def _band(sheet: Sheet, look: Look) -> str:
    wrap = box(500, 830, 200, 130, 30)
    return (
        sheet.cast(wrap, 6, 16, 0.3, 9)
        + block(sheet, wrap, look.tones)
        + path("M540 896H660", stroke=look.second.base, width=16)
    )
