"""Light to carry: torches, lanterns."""

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
