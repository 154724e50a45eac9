"""Night-lights: a moon, a rabbit, a cloud, a mushroom, a house."""

from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import Tones


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
