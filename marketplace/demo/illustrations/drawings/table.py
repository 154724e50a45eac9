"""On the table and the worktop: plates, boards."""

import math

from marketplace.demo.illustrations.curves import box, disc, smooth, soft
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Point, Sheet, circle, ellipse, group, num, path
from marketplace.demo.illustrations.tones import Tones


@drawing("plate", "round coupe organic square", pose="flat", focus=(440, 440))
def plate(sheet: Sheet, look: Look) -> str:
    """From above: a wide one under a small one when the form allows."""
    tones = look.tones
    edge = _plate_edge(sheet, look.form, 430)
    well = _scaled(edge, 0.70 if look.form != "coupe" else 0.9)
    sheen = sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.shade)], (0, 0), (1, 1))
    sunk = sheet.linear([(0, tones.shade), (0.45, tones.base), (1, tones.light)], (0, 0), (1, 1))
    outline = smooth(edge, close=True)
    return (
        sheet.cast(outline, 18, 30, 0.30, 18)
        + path(outline, sheen)
        + sheet.inside(outline, _plate_marks(sheet, look, edge))
        + path(smooth(well, close=True), sunk, opacity=0.55 if look.pattern != "plain" else 1)
        + path(smooth(_scaled(edge, 0.985), close=True), stroke=tones.pale, width=6, opacity=0.8)
        + path(_arc(600, 600, 372, 200, 262), stroke=tones.glint, width=13, opacity=0.6)
    )


def _plate_edge(sheet: Sheet, form: str, radius: float) -> list[Point]:
    phase, out = sheet.random.uniform(0, 6), []
    for i in range(48):
        a = i / 48 * 2 * math.pi
        if form == "square":
            r = radius * 0.94 / (abs(math.cos(a)) ** 5 + abs(math.sin(a)) ** 5) ** 0.2
        elif form == "organic":
            r = radius * (1 + 0.022 * math.sin(3 * a + phase) + 0.014 * math.sin(5 * a - phase))
        else:
            r = radius
        out.append((600 + r * math.cos(a), 600 + r * math.sin(a)))
    return out


def _scaled(points: list[Point], share: float) -> list[Point]:
    return [(600 + (x - 600) * share, 600 + (y - 600) * share) for x, y in points]


def _arc(cx: float, cy: float, r: float, start: float, end: float) -> str:
    a, b = math.radians(start), math.radians(end)
    return (
        f"M{num(cx + r * math.cos(a))} {num(cy + r * math.sin(a))}A{num(r)} {num(r)} 0 {int(end - start > 180)} 1 "
        f"{num(cx + r * math.cos(b))} {num(cy + r * math.sin(b))}"
    )


def _plate_marks(sheet: Sheet, look: Look, edge: list[Point]) -> str:
    tones, second, rnd = look.tones, look.second, sheet.random
    if look.pattern == "speckle":
        spots = [
            (rnd.uniform(170, 1030), rnd.uniform(170, 1030), rnd.choice((3, 4, 4, 6, 8))) for _ in range(170)
        ]
        return "".join(circle(x, y, r, tones.line, 0.55) for x, y, r in spots)
    if look.pattern == "rim":
        return path(smooth(_scaled(edge, 0.975), close=True), stroke=second.base, width=26)
    if look.pattern == "bands":
        return "".join(
            path(smooth(_scaled(edge, k), close=True), stroke=second.base, width=w)
            for k, w in ((0.94, 9), (0.9, 20), (0.76, 7))
        )
    if look.pattern == "spiral":
        turns = [
            (600 + (30 + 5.6 * i) * math.cos(i / 4.6), 600 + (30 + 5.6 * i) * math.sin(i / 4.6))
            for i in range(70)
        ]
        return path(smooth(turns), stroke=second.base, width=15)
    if look.pattern == "dashes":
        return "".join(
            group(path("M600 196V250", stroke=second.base, width=13), turn=a, about=(600, 600))
            for a in range(0, 360, 9)
        )
    if look.pattern == "leaves":
        return "".join(group(_sprig(second), turn=a, about=(600, 600)) for a in range(0, 360, 60))
    if look.pattern == "dip":
        level = rnd.uniform(560, 700)
        wave = smooth(
            [(120, level), (360, level - 26), (620, level + 20), (860, level - 16), (1080, level + 12)]
        )
        return path(f"{wave}V1080H120Z", second.base) + path(wave, stroke=second.light, width=6)
    return ""


def _sprig(tones: Tones) -> str:
    leaf = "".join(
        f'<g transform="rotate({s * 46} 600 {y})">{ellipse(600, y - 34, 14, 34, tones.base)}</g>'
        for y in (260, 310, 360)
        for s in (-1, 1)
    )
    return path("M600 380V210", stroke=tones.base, width=7) + leaf + ellipse(600, 206, 12, 26, tones.base)


WOODS = {
    "oak": "#cda06a",
    "walnut": "#7d543a",
    "beech": "#e0bd8d",
    "olive": "#b98f54",
    "acacia": "#a9683d",
    "ash": "#ead6b0",
}


BOARDS = {
    "paddle": [
        (420, 250),
        (780, 250),
        (780, 830),
        (660, 870),
        (650, 1090),
        (550, 1090),
        (540, 870),
        (420, 830),
    ],
    "plank": [(250, 400), (950, 400), (950, 800), (250, 800)],
    "slab": [(330, 210), (870, 210), (870, 990), (330, 990)],
}


@drawing("board", "paddle plank slab round", pose="flat", focus=(560, 500))
def board(sheet: Sheet, look: Look) -> str:
    tones = look.tones
    if look.form == "round":
        outline = "M556 907A350 350 0 1 1 644 907V1050Q644 1090 604 1090H596Q556 1090 556 1050Z"
    else:
        radii = [60, 60, 60, 46, 44, 44, 46, 60] if look.form == "paddle" else 54
        outline = soft(BOARDS[look.form], radii)
    hole = {"paddle": (600, 1032), "round": (600, 1034), "plank": (880, 600), "slab": (600, 920)}[look.form]
    wood = sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.shade)], (0, 0), (1, 1))
    item = (
        path(outline, wood)
        + sheet.inside(outline, grain(sheet, look.pattern, tones, look.second))
        + path(outline, stroke=tones.pale, width=5, opacity=0.55)
        + circle(*hole, 24, tones.ink, 0.85)
        + path(disc(hole[0], hole[1], 24), stroke=tones.light, width=5)
    )
    turn = sheet.random.choice((-24, -14, 12, 22))
    return group(sheet.cast(outline, 14, 30, 0.30, 16), item, turn=turn, about=(600, 600))


def grain(sheet: Sheet, pattern: str, tones: Tones, second: Tones) -> str:
    """Wood grain down the board; inlaid stripes, end-grain squares or a juice groove when the pattern says so."""
    rnd, out = sheet.random, []
    if pattern == "endgrain":
        for i in range(9):
            for j in range(11):
                paint = rnd.choice((tones.light, tones.base, tones.shade, tones.base))
                out.append(path(box(200 + i * 90, 190 + j * 90, 86, 86, 6), paint, opacity=0.9))
        return "".join(out)
    x = 180.0
    while x < 1020:
        drift = [(x + rnd.uniform(-9, 9), y) for y in range(140, 1140, 120)]
        out.append(
            path(
                smooth(drift),
                stroke=tones.shade,
                width=rnd.choice((2.5, 4, 6)),
                opacity=rnd.uniform(0.25, 0.55),
            )
        )
        x += rnd.uniform(16, 40)
    if pattern == "inlay":
        out += [path(f"M{x} 120V1120", stroke=second.base, width=w) for x, w in ((508, 34), (566, 14))]
    if pattern == "groove":
        out.append(path(box(296, 444, 608, 312, 40), stroke=tones.deep, width=14, opacity=0.55))
    return "".join(out)
