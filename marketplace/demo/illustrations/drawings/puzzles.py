"""Wooden puzzles: four scenes in a frame, one piece lifted out."""

from marketplace.demo.illustrations.curves import box, line, smooth
from marketplace.demo.illustrations.drawings.wooden import WALNUT, WOOD
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Point, Sheet, circle, ellipse, group, num, path, rect
from marketplace.demo.illustrations.tones import Tones, mix


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
