"""Worn and heard: headphones, speakers, watches."""

import math

from marketplace.demo.illustrations.curves import box, disc, soft
from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, num, path, rect
from marketplace.demo.illustrations.tones import LIGHT, Tones

STEEL = Tones("#aeb6ba")


@drawing("headphones", "over on studio", pose="flat", focus=(360, 700))
def headphones(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    wide, tall = (96, 130) if look.form == "on" else (124, 172)
    band = "M290 700C250 190 950 190 910 700"
    cushion = Tones("#3a3a3e") if not tones.is_dark else Tones("#55545a")
    parts = [
        f'<g opacity="0.25" transform="translate(14 34)" filter="{sheet.blur(14)}">{path(band, stroke="#1f1a2e", width=46)}</g>',
        path(band, stroke=tones.ink, width=56),
        path(band, stroke=tones.base, width=44),
        path("M300 640C270 226 930 226 900 640", stroke=tones.light, width=9, opacity=0.6),
        path(
            "M420 338C520 284 680 284 780 338", stroke=second.base, width=32 if look.form == "studio" else 18
        ),
    ]
    for side in (-1, 1):
        x = 600 + side * 306
        yoke = path(f"M{x} 560V700", stroke=STEEL.shade, width=24) + path(
            f"M{x - 4} 560V700", stroke=STEEL.pale, width=6
        )
        paint = sheet.radial([(0, tones.light), (0.6, tones.base), (1, tones.deep)], (0.36, 0.3), 0.8)
        shell = disc(x, 790, wide, tall)
        parts += [
            sheet.cast(shell, 12, 26, 0.32, 14),
            yoke,
            ellipse(x - side * 56, 790, wide * 0.78, tall * 0.95, cushion.shade),
            ellipse(x - side * 46, 790, wide * 0.8, tall * 0.93, cushion.light),
            path(shell, paint),
            path(disc(x, 790, wide * 0.72, tall * 0.74), stroke=tones.deep, width=5, opacity=0.5),
            ellipse(x, 790, wide * 0.42, tall * 0.42, second.base),
            ellipse(x - 8, 780, wide * 0.24, tall * 0.24, second.light),
        ]
    if look.form == "studio":
        parts.append(
            path("M294 960C270 1060 400 1030 400 1110S320 1180 440 1260", stroke=second.shade, width=13)
        )
    return group(*parts, move=(0, -40))


@drawing("speaker", "box tube orb radio", focus=(600, 660))
def speaker(sheet: Sheet, look: Look) -> str:
    draw = {"box": _box_speaker, "tube": _tube_speaker, "orb": _orb, "radio": _radio}[look.form]
    return draw(sheet, look)


def _grille(outline: str, x: float, y: float, width: float, height: float, sheet: Sheet, tones: Tones) -> str:
    holes = "".join(
        circle(x + i * 22 + (11 if j % 2 else 0), y + j * 19, 5, tones.ink, 0.6)
        for j in range(int(height / 19) + 1)
        for i in range(int(width / 22) + 1)
    )
    return sheet.inside(outline, holes)


def _box_speaker(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    shell = box(300, 400, 600, 540, 90)
    front = box(336, 436, 528, 468, 66)
    sheen = sheet.linear([(0, tones.light), (0.4, tones.base), (1, tones.deep)], (0, 0), (0.6, 1))
    strap = path("M330 470C200 470 200 640 300 640", stroke=second.base, width=30)
    dial = circle(790, 836, 34, second.base) + path("M790 836V808", stroke=second.ink, width=8)
    return (
        sheet.ground_shadow(614, 944, 330, 48)
        + strap
        + path(shell, sheen)
        + path(front, tones.shade)
        + _grille(front, 340, 440, 530, 470, sheet, tones)
        + path(front, stroke=tones.light, width=5, opacity=0.6)
        + dial
        + rect(390, 826, 120, 26, second.base, 13)
    )


def _tube_speaker(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    form = turned(600, [(400, 176), (430, 192), (890, 192), (926, 176)], 0.17)
    dots = "".join(
        _dot(form.point(a + (4 if k % 2 else 0), 460 + k * 24), a, tones)
        for k in range(17)
        for a in range(-80, 81, 8)
    )
    ring = path(form.ring(870), stroke=second.base, width=22)
    strap = path("M790 440C900 440 900 640 800 700", stroke=second.shade, width=24)
    top = (
        ellipse(600, 400, 176, 30, tones.light)
        + ellipse(600, 400, 120, 20, tones.shade)
        + path("M586 400h28M600 391v18", stroke=second.light, width=6)
    )
    return sheet.ground_shadow(614, 938, 240, 44) + strap + body(sheet, form, tones, dots, ring) + top


def _dot(spot: tuple[float, float], angle: float, tones: Tones) -> str:
    return ellipse(spot[0], spot[1], 5.4 * math.cos(math.radians(angle)) + 0.5, 5.4, tones.ink, 0.6)


def _orb(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    globe = disc(600, 640, 290)
    paint = sheet.radial([(0, tones.pale), (0.4, tones.base), (1, tones.deep)], (0.36, 0.3), 0.8)
    foot = turned(600, [(890, 120), (934, 150)], 0.17)
    return (
        sheet.ground_shadow(614, 940, 230, 44)
        + body(sheet, foot, second)
        + path(globe, paint)
        + _grille(disc(600, 640, 232), 360, 400, 490, 490, sheet, tones)
        + path(disc(600, 640, 246), stroke=second.base, width=13)
        + ellipse(520, 440, 70, 30, "#ffffff", 0.28)
    )


def _radio(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    shell, wood = box(230, 480, 740, 450, 60), Tones("#b98a5a")
    cloth = box(270, 520, 400, 370, 36)
    handle = path("M380 486C380 370 820 370 820 486", stroke=wood.base, width=28)
    aerial = path("M880 490L1000 250", stroke=STEEL.shade, width=9) + circle(1000, 248, 13, STEEL.light)
    scale = (
        rect(706, 530, 224, 96, "#f4ead2", 14)
        + "".join(
            path(f"M{728 + k * 20} 560v{18 if k % 3 else 34}", stroke="#6b5a4c", width=4) for k in range(10)
        )
        + path("M800 540V616", stroke=second.base, width=6)
    )
    knobs = "".join(
        circle(x, 760, 66, tones.deep)
        + circle(x - 4, 754, 54, second.base)
        + path(f"M{x - 4} 754V712", stroke=second.ink, width=8)
        for x in (760, 884)
    )
    sheen = sheet.linear([(0, tones.light), (0.4, tones.base), (1, tones.deep)], (0, 0), (0.4, 1))
    return (
        sheet.ground_shadow(612, 936, 400, 48)
        + aerial
        + handle
        + path(shell, sheen)
        + path(cloth, tones.shade)
        + _grille(cloth, 276, 526, 400, 370, sheet, tones)
        + scale
        + knobs
    )


@drawing("watch", "field diver dress digital", pose="flat", focus=(600, 600))
def watch(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    strap = "M512 60H688L676 420H524ZM524 780H676L688 1140H512Z"
    strap_paint = sheet.linear(
        [(0, tones.deep), (0.25, tones.base), (0.5, tones.light), (0.75, tones.base), (1, tones.deep)]
    )
    stitch = f'<path d="M534 80L546 400M666 80L654 400M546 800L534 1120M654 800L666 1120" stroke="{tones.line}" stroke-width="5" stroke-dasharray="16 12" fill="none"/>'
    holes = "".join(ellipse(600, y, 13, 16, tones.ink) for y in range(900, 1120, 54))
    case = (
        disc(600, 600, 250)
        if look.form != "digital"
        else soft([(390, 380), (810, 380), (810, 820), (390, 820)], 96)
    )
    steel = Tones("#b9c0c4") if look.form != "dress" else Tones("#cda85a")
    metal = sheet.linear([(0, steel.pale), (0.4, steel.base), (1, steel.deep)], (0, 0), (1, 1))
    crown = (
        rect(844, 574, 36, 52, steel.shade, 8)
        if look.form != "digital"
        else rect(806, 480, 22, 70, steel.shade, 8) + rect(806, 650, 22, 70, steel.shade, 8)
    )
    lugs = path("M500 420L524 360H676L700 420ZM500 780L524 840H676L700 780Z", steel.shade)
    face = _digital(sheet, second) if look.form == "digital" else _dial(sheet, look)
    item = (
        sheet.cast(strap, 12, 22, 0.28, 14)
        + sheet.cast(case, 16, 28, 0.34, 14)
        + path(strap, strap_paint)
        + stitch
        + holes
        + lugs
        + crown
        + path(case, metal)
        + face
    )
    return group(item, turn=sheet.random.choice((-16, 14, 20)), about=(600, 600))


def _dial(sheet: Sheet, look: Look) -> str:
    second, steel = look.second, Tones("#b9c0c4")
    face = (
        Tones("#f4eee0")
        if look.form == "dress"
        else Tones("#24292d")
        if not look.tones.is_dark or look.form == "diver"
        else Tones("#efe9da")
    )
    ink = face.ink if not face.is_dark else "#f4eee0"
    out = []
    if look.form == "diver":
        out.append(
            circle(600, 600, 232, second.base)
            + "".join(
                _mark(a, 210, 226, Tones(second.base).ink, 8 if a % 30 == 0 else 4) for a in range(0, 360, 6)
            )
        )
    radius = 186 if look.form == "diver" else 214
    out.append(circle(600, 600, radius, sheet.radial([(0, face.light), (1, face.shade)], (0.4, 0.35), 0.8)))
    for angle in range(0, 360, 30):
        long = angle % 90 == 0
        out.append(_mark(angle, radius * (0.74 if long else 0.82), radius * 0.92, ink, 13 if long else 7))
    out.append(
        _mark(305, 0, radius * 0.52, ink, 15)
        + _mark(50, 0, radius * 0.76, ink, 11)
        + _mark(180, -40, radius * 0.82, second.base, 5)
        + circle(600, 600, 14, second.base)
    )
    out.append(path(disc(600, 600, radius), stroke=steel.shade, width=5))
    out.append(
        f'<path d="M{600 - radius * 0.7} {600 - radius * 0.5}A{num(radius * 0.9)} {num(radius * 0.9)} 0 0 1 {600 + radius * 0.1} {600 - radius * 0.86}" fill="none" stroke="{LIGHT}" stroke-width="14" stroke-linecap="round" opacity="0.45"/>'
    )
    return "".join(out)


def _mark(angle: float, start: float, end: float, paint: str, width: float) -> str:
    a = math.radians(angle - 90)
    c, s = math.cos(a), math.sin(a)
    return path(
        f"M{num(600 + start * c)} {num(600 + start * s)}L{num(600 + end * c)} {num(600 + end * s)}",
        stroke=paint,
        width=width,
    )


SEGMENTS = {"1": "bc", "0": "abcdef", "8": "abcdefg", "4": "bcfg", "2": "abdeg"}
BARS = {
    "a": (12, 0, 56, 0),
    "b": (68, 12, 68, 66),
    "c": (68, 90, 68, 146),
    "d": (12, 158, 56, 158),
    "e": (0, 90, 0, 146),
    "f": (0, 12, 0, 66),
    "g": (12, 78, 56, 78),
}


def _digital(sheet: Sheet, second: Tones) -> str:
    glass = box(430, 430, 340, 340, 56)
    screen = sheet.linear([(0, "#c9d3bd"), (1, "#a9b79c")], (0, 0), (1, 1))
    digits = []
    for x, digit in ((448, "1"), (530, "0"), (612 + 24, "0"), (694, "8")):
        for name in SEGMENTS[digit]:
            a, b, c, d = BARS[name]
            digits.append(
                path(f"M{x + a * 0.8} {520 + b}L{x + c * 0.8} {520 + d}", stroke="#2b3330", width=14)
            )
    colon = circle(615, 574, 9, "#2b3330") + circle(615, 634, 9, "#2b3330")
    return (
        path(glass, "#23282b")
        + path(box(440, 470, 320, 240, 26), screen)
        + "".join(digits)
        + colon
        + rect(460, 726, 120, 12, second.base, 6)
    )
