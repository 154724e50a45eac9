"""Light to carry, and light to sleep by: torches, lanterns, night-lights."""

from marketplace.demo.illustrations.curves import box, disc, smooth, soft
from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import Tones

WARM = "#fff3cf"
STEEL = Tones("#9aa3a8")


@drawing("torch", "pocket tactical angle headlamp", pose="flat", focus=(760, 600))
def torch(sheet: Sheet, look: Look) -> str:
    if look.form == "headlamp":
        return _headlamp(sheet, look)
    if look.form == "angle":
        return _angle(sheet, look)
    tones, second = look.tones, look.second
    wide = look.form == "tactical"
    across = [(0, tones.deep), (0.2, tones.base), (0.34, tones.light), (0.6, tones.base), (1, tones.ink)]
    down = sheet.linear([(o, c) for o, c in across], (0, 0), (0, 1))
    head = soft(
        [
            (700, 520 if wide else 546),
            (860, 486 if wide else 526),
            (880, 714 if wide else 674),
            (700, 680 if wide else 654),
        ],
        [10, 16, 16, 10],
    )
    barrel, tail = box(300, 548, 410, 104, 16), box(232, 556, 84, 88, 24)
    beam = sheet.linear([(0, WARM, 0.85), (0.5, WARM, 0.28), (1, WARM, 0)])
    light = path(f"M872 {496 if wide else 534}L1330 250V950L872 {704 if wide else 666}Z", beam)
    knurl = "".join(
        path(f"M{x} 552L{x + 18} 648", stroke=tones.ink, width=5, opacity=0.6) for x in range(350, 580, 17)
    )
    ring = rect(640, 540, 22, 120, second.base, 6)
    lens = ellipse(876, 600, 20 if wide else 16, 108 if wide else 70, WARM)
    button = rect(596, 528, 66, 26, second.base, 12)
    cord = path("M250 600C170 640 130 720 190 800C240 860 320 820 300 760", stroke=second.shade, width=11)
    item = (
        light
        + cord
        + button
        + path(tail, sheet.linear([(0, second.light), (0.4, second.base), (1, second.deep)], (0, 0), (0, 1)))
        + path(barrel, down)
        + knurl
        + path(head, down)
        + ring
        + lens
    )
    return group(
        sheet.cast(barrel, 8, 26, 0.3, 12) + sheet.cast(head, 8, 26, 0.3, 12),
        item,
        turn=-22,
        about=(600, 600),
    )


def _angle(sheet: Sheet, look: Look) -> str:
    """A right-angle torch that clips to a strap, standing."""
    tones, second = look.tones, look.second
    barrel, head = box(500, 440, 180, 520, 40), box(470, 280, 320, 220, 50)
    down = sheet.linear([(0, tones.deep), (0.25, tones.light), (0.55, tones.base), (1, tones.ink)])
    beam = sheet.linear([(0, WARM, 0.8), (0.6, WARM, 0.22), (1, WARM, 0)])
    ribs = "".join(rect(500, y, 180, 10, tones.ink, 0, 0.4) for y in range(620, 900, 34))
    clip = path("M500 520H440V820", stroke=STEEL.shade, width=26)
    return (
        sheet.cast(barrel, 10, 24, 0.3, 14)
        + sheet.cast(head, 10, 24, 0.3, 14)
        + path("M780 306L1300 90V690L780 474Z", beam)
        + clip
        + path(barrel, down)
        + ribs
        + path(head, down)
        + ellipse(788, 390, 26, 96, WARM)
        + rect(548, 546, 84, 44, second.base, 20)
        + rect(500, 920, 180, 40, second.base, 16)
    )


def _headlamp(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    back, front = disc(600, 500, 400, 190), "M200 500A400 190 0 0 0 1000 500"
    over = path("M600 316C560 380 560 560 600 640", stroke=tones.shade, width=40)
    stripe = (
        f'<path d="{front}" fill="none" stroke="{second.base}" stroke-width="14" stroke-dasharray="64 40"/>'
    )
    case = box(430, 560, 340, 250, 96)
    paint = sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.deep)], (0, 0), (0.4, 1))
    glow = sheet.radial([(0, WARM, 0.9), (0.4, WARM, 0.3), (1, WARM, 0)])
    return (
        f'<g opacity="0.22" transform="translate(14 40)" filter="{sheet.blur(14)}">{path(back, stroke="#1f1a2e", width=60)}</g>'
        + path(back, stroke=tones.ink, width=62)
        + over
        + path(front, stroke=tones.deep, width=78)
        + path(front, stroke=tones.shade, width=68)
        + stripe
        + sheet.cast(case, 8, 22, 0.34, 14)
        + path(case, paint)
        + circle(600, 685, 340, glow)
        + circle(600, 685, 102, STEEL.shade)
        + circle(600, 685, 86, "#ffe9ae")
        + circle(600, 685, 46, "#ffffff")
        + rect(700, 568, 46, 24, second.base, 12)
    )


@drawing("lantern", "camp storm cube string", focus=(600, 620))
def lantern(sheet: Sheet, look: Look) -> str:
    if look.form == "cube":
        return _cube(sheet, look)
    if look.form == "string":
        return _string(sheet, look)
    tones, second = look.tones, look.second
    storm = look.form == "storm"
    foot = turned(600, [(780, 168), (820, 200), (934, 206)], 0.16)
    hood = turned(600, [(330, 60), (360, 120), (430, 190), (470, 196)], 0.16)
    chamber = turned(
        600, [(470, 128), (600, 196 if storm else 150), (720, 176 if storm else 150), (784, 130)], 0.16
    )
    glow = sheet.radial([(0, "#ffe6a0", 0.95), (0.5, "#ffdf94", 0.3), (1, "#ffdf94", 0)])
    glass = sheet.linear([(0, "#f7d98f"), (0.35, "#fff6dc"), (0.7, "#fbe3a4"), (1, "#dda95a")])
    bars = "".join(
        path(chamber.rib(a), stroke=tones.deep, width=13)
        for a in ((-72, -24, 24, 72) if not storm else (-84, 84))
    )
    bail = "M420 450C340 90 860 90 780 450"
    return (
        circle(600, 620, 520, glow)
        + sheet.ground_shadow(614, 946, 240, 46)
        + path(bail, stroke=STEEL.deep, width=17)
        + path(bail, stroke=STEEL.light, width=7)
        + path(chamber.outline(), glass)
        + circle(600, 640, 82, "#fffdf2", 0.95)
        + bars
        + body(sheet, foot, tones)
        + ellipse(600, 780, 168, 27, tones.light)
        + body(sheet, hood, tones)
        + ellipse(600, 330, 60, 10, tones.light)
        + rect(548, 850, 104, 46, second.base, 22)
        + circle(600, 873, 12, second.pale)
        + path("M540 176C560 150 640 150 660 176", stroke=second.base, width=26)
    )


def _cube(sheet: Sheet, look: Look) -> str:
    """A folding lantern: paper-like body between two hard plates, on a strap."""
    tones, second = look.tones, look.second
    glow = sheet.radial([(0, "#ffe6a0", 0.9), (0.55, "#ffdf94", 0.25), (1, "#ffdf94", 0)])
    paper = sheet.radial([(0, "#fffdf0"), (0.6, "#ffefc0"), (1, "#efc77c")], (0.5, 0.5), 0.7)
    pleats = "".join(
        path(f"M{384 - d} {y}Q600 {y + 36} {816 + d} {y}", stroke="#d9a95c", width=6, opacity=0.7)
        for y, d in ((540, 14), (610, 20), (680, 20), (750, 14))
    )
    shell = "M380 480Q350 640 380 820Q600 866 820 820Q850 640 820 480Q600 516 380 480Z"
    top, foot = turned(600, [(430, 214), (486, 226)], 0.16), turned(600, [(812, 226), (900, 220)], 0.16)
    strap = path("M420 420C420 230 780 230 780 420", stroke=second.base, width=30)
    return (
        circle(600, 650, 520, glow)
        + sheet.ground_shadow(612, 914, 250, 46)
        + strap
        + path(shell, paper)
        + pleats
        + body(sheet, foot, tones)
        + body(sheet, top, tones)
        + ellipse(600, 430, 214, 34, tones.light)
    )


def _string(sheet: Sheet, look: Look) -> str:
    """A string of bulbs hung between two points, and its case."""
    tones, second = look.tones, look.second
    glow, out = sheet.radial([(0, "#ffe6a0", 0.95), (0.4, "#ffdf94", 0.35), (1, "#ffdf94", 0)]), []
    wire = [(60, 240), (300, 420), (600, 480), (900, 420), (1140, 240)]
    for x, y in ((160, 330), (300, 420), (450, 466), (600, 480), (750, 466), (900, 420), (1040, 330)):
        out.append(
            circle(x, y + 74, 110, glow)
            + rect(x - 15, y - 4, 30, 40, tones.deep, 8)
            + ellipse(x, y + 76, 35, 44, "#fff4d2")
            + ellipse(x - 9, y + 66, 10, 16, "#ffffff")
        )
    case = turned(600, [(720, 190), (740, 214), (900, 214), (930, 196)], 0.16)
    return (
        sheet.ground_shadow(612, 938, 240, 46)
        + path(smooth(wire), stroke=tones.ink, width=9)
        + "".join(out)
        + body(sheet, case, tones)
        + ellipse(600, 720, 190, 30, tones.light)
        + rect(540, 810, 120, 50, second.base, 25)
    )


@drawing("nightlight", "moon rabbit cloud mushroom house", focus=(600, 560))
def nightlight(sheet: Sheet, look: Look) -> str:
    glow = sheet.radial([(0, "#fff0bd", 0.95), (0.5, "#ffe7a8", 0.35), (1, "#ffe7a8", 0)])
    draw = {"moon": _moon, "rabbit": _rabbit, "cloud": _cloud, "mushroom": _mushroom, "house": _house}[
        look.form
    ]
    return circle(600, 600, 560, glow) + sheet.ground_shadow(610, 940, 250, 44, 0.24) + draw(sheet, look)


def _milk(sheet: Sheet, tones: Tones) -> str:
    return sheet.radial([(0, "#fffdf2"), (0.55, tones.pale), (1, tones.light)], (0.44, 0.42), 0.66)


def _face(x: float, y: float, size: float = 1.0) -> str:
    ink = "#4d4350"
    return (
        path(f"M{x - 64 * size} {y}q22 22 44 0M{x + 20 * size} {y}q22 22 44 0", stroke=ink, width=8)
        + path(f"M{x - 18 * size} {y + 48 * size}q18 16 36 0", stroke=ink, width=8)
        + circle(x - 96 * size, y + 34 * size, 24 * size, "#f2a58f", 0.6)
        + circle(x + 96 * size, y + 34 * size, 24 * size, "#f2a58f", 0.6)
    )


def _stand(sheet: Sheet) -> str:
    wood = Tones("#c99a66")
    foot = turned(600, [(876, 190), (934, 200)], 0.16)
    return body(sheet, foot, wood) + ellipse(600, 876, 190, 30, wood.light)


def _moon(sheet: Sheet, look: Look) -> str:
    craters = "".join(
        circle(x, y, r, look.tones.base, 0.35)
        for x, y, r in ((480, 440, 44), (730, 500, 60), (560, 690, 36), (690, 720, 24), (440, 590, 22))
    )
    return _stand(sheet) + circle(600, 590, 298, _milk(sheet, look.tones)) + craters + _face(600, 590, 1.1)


def _rabbit(sheet: Sheet, look: Look) -> str:
    milk = _milk(sheet, look.tones)
    ears = "".join(
        group(
            ellipse(x, 300, 58, 170, milk) + ellipse(x, 310, 28, 120, look.tones.base, 0.6),
            turn=t,
            about=(x, 460),
        )
        for x, t in ((510, -9), (690, 12))
    )
    form = "M600 390C800 390 880 560 870 720C862 880 780 940 600 940C420 940 338 880 330 720C320 560 400 390 600 390Z"
    return (
        ears
        + path(form, milk)
        + _face(600, 620, 1.1)
        + ellipse(480, 900, 70, 34, look.tones.light)
        + ellipse(720, 900, 70, 34, look.tones.light)
    )


def _cloud(sheet: Sheet, look: Look) -> str:
    form = "M330 880C200 880 180 700 310 670C300 520 470 450 560 530C620 400 840 420 850 580C990 580 1020 880 860 880Z"
    drops = "".join(
        path(f"M{x} {y}q20 34 0 54q-20-20 0-54Z", look.second.base)
        for x, y in ((420, 250), (600, 200), (780, 260))
    )
    stars = "".join(circle(x, y, 9, "#fff6d8") for x, y in ((300, 380), (900, 340), (720, 330), (460, 400)))
    return stars + drops + path(form, _milk(sheet, look.tones)) + _face(600, 710, 1.1)


def _mushroom(sheet: Sheet, look: Look) -> str:
    stem = "M500 600C520 740 470 860 460 900Q600 960 740 900C730 860 680 740 700 600Z"
    cap = "M270 620C260 380 440 270 600 270C760 270 940 380 930 620Q600 700 270 620Z"
    spots = "".join(
        ellipse(x, y, r, r * 0.86, "#fffaf0", 0.95)
        for x, y, r in ((430, 500, 46), (600, 390, 54), (760, 500, 50), (640, 560, 30), (520, 590, 22))
    )
    paint = sheet.radial(
        [(0, look.tones.light), (0.6, look.tones.base), (1, look.tones.shade)], (0.4, 0.3), 0.8
    )
    return (
        path(stem, "#fff7e2")
        + _face(600, 760, 0.8)
        + path(cap, paint)
        + sheet.inside(cap, spots)
        + path("M270 620Q600 700 930 620", stroke="#fff3cf", width=12)
    )


def _house(sheet: Sheet, look: Look) -> str:
    walls = "M360 560L600 330L840 560V930H360Z"
    roof = path("M310 590L600 310L890 590", stroke=look.tones.base, width=58)
    windows = "".join(
        rect(x, y, 90, 100, "#ffd873", 12)
        + path(f"M{x + 45} {y}v100M{x} {y + 50}h90", stroke="#e9b04c", width=7)
        for x, y in ((430, 610), (680, 610))
    )
    door = path("M540 930V810A60 60 0 0 1 660 810V930Z", look.second.base) + circle(640, 870, 8, "#fff3cf")
    return (
        rect(700, 340, 70, 140, look.tones.shade, 8)
        + path(walls, _milk(sheet, Tones("#f2dfb8")))
        + roof
        + windows
        + door
        + circle(600, 520, 38, "#ffd873")
    )
