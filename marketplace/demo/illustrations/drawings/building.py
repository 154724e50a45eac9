"""To build, sort and solve: blocks, rings, tops, puzzles."""

import math

from marketplace.demo.illustrations.curves import box, line, smooth
from marketplace.demo.illustrations.drawings.wooden import WALNUT, WOOD, block
from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Point, Sheet, circle, ellipse, group, num, path, rect
from marketplace.demo.illustrations.tones import Tones, mix

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


@drawing("puzzle", "fox whale forest village", pose="flat", focus=(470, 520))
def puzzle(sheet: Sheet, look: Look) -> str:
    """A picture in a wooden frame, one piece lifted out of it."""
    scene = {"fox": _fox, "whale": _sea, "forest": _forest, "village": _village}[look.form](sheet, look)
    frame, inner = box(210, 230, 780, 740, 40), box(270, 290, 660, 620, 14)
    lines = []
    for i in range(1, 4):
        lines.append(_cut(270 + i * 165, 290, 270 + i * 165, 910, sheet))
        lines.append(_cut(270, 290 + i * 155, 930, 290 + i * 155, sheet))
    cuts = "".join(
        path(d, stroke="#3c3340", width=4, opacity=0.42) + path(d, stroke="#ffffff", width=2, opacity=0.35)
        for d in lines
    )
    wood = sheet.linear([(0, WOOD.light), (0.5, WOOD.base), (1, WOOD.shade)], (0, 0), (1, 1))
    hole = box(765, 755, 165, 155, 8)
    loose = group(
        sheet.cast(hole, 8, 18, 0.4, 9),
        sheet.inside(hole, scene),
        path(hole, stroke="#ffffff", width=4, opacity=0.5),
        move=(150, 110),
        turn=16,
        about=(850, 830),
    )
    item = (
        sheet.cast(frame, 16, 30, 0.32, 17)
        + path(frame, wood)
        + path(inner, WALNUT.light)
        + sheet.inside(inner, scene, cuts, path(hole, mix(WOOD.base, "#6b4a35", 0.35)))
        + path(inner, stroke=WALNUT.deep, width=5, opacity=0.6)
    )
    return group(item, loose, turn=-4, about=(600, 600), move=(-40, -30))


def _cut(x1: float, y1: float, x2: float, y2: float, sheet: Sheet) -> str:
    """A saw line with a knob in each quarter."""
    pts: list[Point] = [(x1, y1)]
    for k in range(4):
        side = sheet.random.choice((-1, 1)) * 34
        for t, off in ((0.36, 0.0), (0.40, 0.75), (0.5, 1.0), (0.6, 0.75), (0.64, 0.0)):
            f = (k + t) / 4
            x, y = x1 + (x2 - x1) * f, y1 + (y2 - y1) * f
            pts.append((x + side * off, y) if x1 == x2 else (x, y + side * off))
    return smooth([*pts, (x2, y2)])


def _sky(sheet: Sheet, tones: Tones) -> str:
    return rect(200, 200, 800, 800, sheet.linear([(0, tones.pale), (1, tones.light)], (0, 0), (0, 1)))


def _fox(sheet: Sheet, look: Look) -> str:
    fox, cream = Tones(look.base), Tones("#fff1dc")
    ground = path("M200 800Q600 700 1000 810V1000H200Z", look.second.base)
    tail = path("M720 830C900 860 930 660 830 600C860 700 800 740 720 740Z", fox.shade) + path(
        "M830 600C900 640 900 700 880 740C860 690 840 660 830 600Z", cream.base
    )
    trunk = path("M430 900C420 720 500 640 600 640C720 640 780 740 770 900Z", fox.base) + path(
        "M540 900C540 800 560 740 600 740C640 740 660 800 660 900Z", cream.base
    )
    head = path(
        "M400 380L450 500C410 560 440 640 600 700C760 640 790 560 750 500L800 380C740 390 690 420 660 450H540C510 420 460 390 400 380Z",
        fox.light,
    ) + path(
        "M450 520C460 600 520 660 600 700C680 660 740 600 750 520C690 560 640 570 600 640C560 570 510 560 450 520Z",
        cream.base,
    )
    return (
        _sky(sheet, look.second)
        + circle(380, 420, 60, "#fff6da")
        + ground
        + tail
        + trunk
        + head
        + circle(530, 550, 15, "#33303a")
        + circle(670, 550, 15, "#33303a")
        + ellipse(600, 680, 26, 18, "#33303a")
    )


def _sea(sheet: Sheet, look: Look) -> str:
    waves = "".join(
        path(smooth([(180 + k * 80, y + (18 if k % 2 else -18)) for k in range(11)]) + "V1000H180Z", paint)
        for y, paint in ((700, look.tones.light), (790, look.tones.base), (860, look.tones.shade))
    )
    whale = path(
        "M340 720C340 560 480 500 620 520C760 540 780 640 840 660C860 610 850 570 820 540C880 540 910 570 920 600C930 720 840 800 680 800H430C370 790 340 760 340 720Z",
        look.second.base,
    ) + circle(440, 650, 14, "#33303a")
    spout = path(
        "M500 490C500 430 460 420 450 380M500 490C500 430 540 420 550 380", stroke="#ffffff", width=14
    )
    boat = path("M700 430H860L830 480H730Z", "#e4573d") + path("M776 424V310L860 410Z", "#fff6e4")
    return _sky(sheet, look.tones) + circle(350, 390, 60, "#ffe6a0") + spout + boat + whale + waves


def _forest(sheet: Sheet, look: Look) -> str:
    trees = []
    for x, y, s, tones in (
        (340, 720, 0.9, look.tones),
        (520, 690, 1.2, Tones(look.tones.shade)),
        (720, 710, 1.0, look.tones),
        (870, 730, 1.15, Tones(look.tones.deep)),
        (430, 800, 1.1, Tones(look.tones.light)),
        (640, 830, 1.2, look.tones),
    ):
        layers = "".join(
            path(line([(x - w * s, y - h * s), (x, y - (h + 130) * s), (x + w * s, y - h * s)], True), paint)
            for w, h, paint in ((90, 0, tones.shade), (74, 80, tones.base), (54, 160, tones.light))
        )
        trees.append(rect(x - 12, y - 10, 24, 60, WALNUT.base) + layers)
    hills = path("M200 640Q420 520 620 640T1000 620V1000H200Z", look.second.light) + path(
        "M200 780Q600 700 1000 790V1000H200Z", look.second.base
    )
    return _sky(sheet, look.second) + circle(800, 400, 66, "#fff0b8") + hills + "".join(trees)


def _village(sheet: Sheet, look: Look) -> str:
    houses = []
    walls = (look.tones, look.second, Tones("#fff1dc"), Tones("#f2b632"), Tones("#7fb7be"))
    for k, (x, y, w, h) in enumerate(
        (
            (280, 640, 150, 220),
            (420, 580, 140, 280),
            (560, 660, 160, 200),
            (710, 560, 130, 300),
            (820, 650, 140, 210),
        )
    ):
        tones = walls[k % len(walls)]
        roof = line([(x - 16, y), (x + w / 2, y - 96), (x + w + 16, y)], True)
        windows = "".join(
            rect(x + 28 + i * 56, y + 40 + j * 74, 36, 44, "#fff6da", 6) for i in range(2) for j in range(2)
        )
        houses.append(rect(x, y, w, h, tones.base) + path(roof, tones.deep) + windows)
    return (
        _sky(sheet, Tones("#bfe0e2"))
        + circle(380, 400, 56, "#fff0b8")
        + ellipse(720, 400, 90, 30, "#ffffff", 0.8)
        + "".join(houses)
        + path(f"M200 850Q600 {num(800)} 1000 860V1000H200Z", "#8bbf7f")
    )
