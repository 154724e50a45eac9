"""To build and sort: blocks, rings, tops."""

import math

from marketplace.demo.illustrations.curves import box, line
from marketplace.demo.illustrations.drawings.wooden import WOOD, block
from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Point, Sheet, circle, ellipse, group, path
from marketplace.demo.illustrations.tones import Tones

BOX_OF_PAINTS = ("#e4573d", "#f2b632", "#3f8fc0", "#5ca878", "#f09a86", "#a585c8")


def _paints(look: Look) -> list[Tones]:
    """The toy's own two colours first, then the box of paints, then bare wood."""
    return [
        look.tones,
        look.second,
        *(Tones(c) for c in BOX_OF_PAINTS if c not in (look.base, look.accent)),
        WOOD,
    ]


@drawing("blocks", "castle tower bridge cubes", focus=(600, 640))
def blocks(sheet: Sheet, look: Look) -> str:
    paints = _paints(look)
    a, b, c, d, e = paints[0], paints[1], paints[2], paints[3], WOOD
    plans: dict[str, list[tuple[str, Tones]]] = {
        "castle": [
            (box(200, 640, 170, 300, 10), a),
            (box(830, 640, 170, 300, 10), a),
            ("M370 780H830V940H710A110 110 0 0 0 490 940H370Z", b),
            (box(430, 640, 340, 140, 10), e),
            (line([(180, 640), (285, 480), (390, 640)], True), c),
            (line([(810, 640), (915, 480), (1020, 640)], True), c),
            (box(500, 500, 200, 140, 10), d),
            (line([(480, 500), (600, 350), (720, 500)], True), a),
        ],
        "tower": [
            (box(330, 800, 540, 140, 10), a),
            (box(390, 660, 200, 140, 10), e),
            (box(610, 660, 200, 140, 10), c),
            ("M400 660V530H800V660H690A90 90 0 0 0 510 660Z", b),
            (box(480, 400, 240, 130, 10), d),
            (line([(450, 400), (600, 220), (750, 400)], True), a),
        ],
        "bridge": [
            (box(160, 700, 160, 240, 10), c),
            (box(880, 700, 160, 240, 10), c),
            (box(520, 700, 160, 240, 10), d),
            (box(140, 580, 920, 120, 10), a),
            ("M200 580A130 130 0 0 1 460 580Z", b),
            ("M740 580A130 130 0 0 1 1000 580Z", b),
            (box(520, 460, 160, 120, 10), e),
            (line([(500, 460), (600, 330), (700, 460)], True), c),
        ],
    }
    shadow = sheet.ground_shadow(612, 944, 430, 42)
    if look.form == "cubes":
        return shadow + _cubes(sheet, paints)
    return shadow + "".join(
        block(sheet, outline, tones) + path(outline, stroke=tones.deep, width=3, opacity=0.35)
        for outline, tones in plans[look.form]
    )


def _cubes(sheet: Sheet, paints: list[Tones]) -> str:
    """Painted cubes with a sign on each face: star, moon, leaf, dot."""
    out = []
    spots = ((210, 700), (480, 700), (750, 700), (340, 450), (620, 450), (480, 200))
    for i, (x, y) in enumerate(spots):
        tones = paints[i % len(paints)]
        top = line([(x, y), (x + 50, y - 40), (x + 290, y - 40), (x + 240, y)], True)
        side = line([(x + 240, y), (x + 290, y - 40), (x + 290, y + 200), (x + 240, y + 240)], True)
        out.append(
            path(top, tones.light) + path(side, tones.deep) + block(sheet, box(x, y, 240, 240, 12), tones)
        )
        out.append(_sign(i, x + 120, y + 120, tones.pale))
    return group(*out, move=(-20, 0))


def _sign(kind: int, x: float, y: float, paint: str) -> str:
    if kind % 4 == 0:
        return path(star(x, y, 78, 34), paint)
    if kind % 4 == 1:
        return path(f"M{x + 20} {y - 74}A76 76 0 1 0 {x + 66} {y + 34}A62 62 0 0 1 {x + 20} {y - 74}Z", paint)
    if kind % 4 == 2:
        return path(
            f"M{x} {y + 76}C{x - 84} {y + 20} {x - 60} {y - 70} {x} {y - 80}C{x + 60} {y - 70} {x + 84} {y + 20} {x} {y + 76}Z",
            paint,
        )
    return circle(x, y, 66, paint)


def star(x: float, y: float, outer: float, inner: float, points: int = 5) -> str:
    """A star as path data."""
    spots: list[Point] = []
    for k in range(points * 2):
        r, a = (outer if k % 2 == 0 else inner), math.pi * k / points - math.pi / 2
        spots.append((x + r * math.cos(a), y + r * math.sin(a)))
    return line(spots, True)


@drawing("rings", "pyramid rocket rainbow", focus=(600, 660))
def rings(sheet: Sheet, look: Look) -> str:
    paints = _paints(look)
    if look.form == "rainbow":
        return _rainbow(sheet, paints)
    shadow = sheet.ground_shadow(612, 940, 300, 46)
    foot = turned(600, [(880, 250), (936, 262)], 0.17)
    out = [shadow, body(sheet, foot, WOOD), ellipse(600, 880, 250, 42, WOOD.light)]
    for i in range(5):
        y, r = 868 - i * 104, 230 - i * 32
        ring = turned(
            600, [(y - 100, r - 26), (y - 80, r - 4), (y - 50, r), (y - 20, r - 4), (y, r - 26)], 0.17
        )
        tones = paints[i % len(paints)]
        out.append(body(sheet, ring, tones) + ellipse(600, y - 100, r - 26, (r - 26) * 0.17, tones.light))
    top = (
        turned(600, [(236, 8), (262, 66), (310, 74), (352, 40)], 0.2)
        if look.form == "pyramid"
        else turned(600, [(190, 4), (260, 60), (352, 90)], 0.17)
    )
    return "".join(out) + body(sheet, top, look.tones)


def _rainbow(sheet: Sheet, paints: list[Tones]) -> str:
    out = [sheet.ground_shadow(612, 944, 450, 40)]
    for i in range(6):
        outer, inner = 450 - i * 66, 450 - (i + 1) * 66 + 8
        tones = paints[i % len(paints)]
        arch = f"M{600 - outer} 940V{880}A{outer} {outer} 0 0 1 {600 + outer} 880V940H{600 + inner}V880A{inner} {inner} 0 0 0 {600 - inner} 880V940Z"
        out.append(block(sheet, arch, tones))
    return "".join(out)


@drawing("top", "classic tall flat", focus=(600, 560))
def top(sheet: Sheet, look: Look) -> str:
    """A spinning top, leaning as if it still turned, and the line it drew on the floor."""
    tones, second = look.tones, look.second
    profile = {
        "classic": [(420, 96), (500, 250), (580, 300), (660, 250), (800, 70), (900, 10)],
        "tall": [(360, 70), (460, 190), (560, 226), (700, 170), (840, 50), (910, 8)],
        "flat": [(520, 130), (570, 330), (610, 372), (660, 320), (780, 80), (880, 10)],
    }[look.form]
    form = turned(600, profile, 0.17)
    marks = []
    span = form.bottom - form.top
    for k, share in enumerate((0.1, 0.22, 0.34, 0.48, 0.64)):
        marks.append(
            path(
                form.ring(form.top + span * share),
                stroke=(second, Tones("#fff4dc"), Tones(second.shade))[k % 3].base,
                width=(26, 10, 20, 12, 16)[k],
            )
        )
    stem = turned(
        600, [(form.top - 190, 26), (form.top - 170, 32), (form.top - 30, 20), (form.top + 6, 26)], 0.2
    )
    swirl = path(
        "M300 960C420 1010 780 1010 900 950C960 920 900 890 820 900", stroke="#ffffff", width=9, opacity=0.6
    )
    cap = ellipse(600, form.top, form.radius(form.top), form.radius(form.top) * 0.17, tones.light)
    return (
        sheet.ground_shadow(640, 930, 200, 34)
        + swirl
        + group(body(sheet, form, tones, *marks), cap, body(sheet, stem, WOOD), turn=9, about=(600, 920))
    )
