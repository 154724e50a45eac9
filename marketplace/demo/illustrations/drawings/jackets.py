"""Jackets, laid flat: shells, puffers, fleeces, overshirts."""

from marketplace.demo.illustrations.cloth import Area, folds, on_cloth
from marketplace.demo.illustrations.curves import box
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, group, path, rect
from marketplace.demo.illustrations.tones import LIGHT, Tones

TORSO = "M430 300Q600 350 770 300L850 360L846 980Q600 1010 354 980L350 360Z"


SLEEVES = (
    "M438 300L350 350C270 420 210 640 180 900Q220 940 290 930C330 760 370 660 420 560Z",
    "M762 300L850 350C930 420 990 640 1020 900Q980 940 910 930C870 760 830 660 780 560Z",
)


@drawing("jacket", "shell puffer fleece overshirt", pose="flat", focus=(600, 460))
def jacket(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    left = sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.shade)], (0, 0), (1, 0.2))
    right = sheet.linear([(0, tones.base), (0.6, tones.shade), (1, tones.deep)], (0, 0), (1, 0.2))
    sheen = sheet.linear([(0, LIGHT, 0.2), (0.4, LIGHT, 0), (1, tones.ink, 0.2)], (0, 0), (1, 0.5))
    back = _hood(tones) if look.form in ("shell", "puffer") else _collar(tones, second, look.form)
    arms = "".join(
        sheet.cast(d, 12, 24, 0.22, 14) + path(d, paint)
        for d, paint in zip(SLEEVES, (left, right), strict=True)
    )
    cuffs = path(
        "M182 890Q224 930 288 920M1018 890Q976 930 912 920",
        stroke=second.base if look.form != "overshirt" else tones.deep,
        width=26,
    )
    front = path(TORSO, tones.base) + path(TORSO, sheen)
    detail = {"shell": _shell, "puffer": _puffer, "fleece": _fleece, "overshirt": _overshirt}[look.form](
        sheet, look
    )
    valleys: list[tuple[float, float, float, float]] = [(440, 660, 30, 260), (770, 700, 34, 250)]
    return group(
        arms,
        cuffs,
        back,
        sheet.cast(TORSO, 10, 22, 0.2, 14),
        front,
        detail,
        folds(sheet, TORSO, tones, valleys),
        move=(0, -30),
    )


def _hood(tones: Tones) -> str:
    return path(
        "M420 320C400 190 480 140 600 140C720 140 800 190 780 320Q600 400 420 320Z", tones.shade
    ) + path("M478 316C470 230 520 200 600 200C680 200 730 230 722 316Q600 370 478 316Z", tones.ink)


def _collar(tones: Tones, second: Tones, form: str) -> str:
    if form == "fleece":
        return path("M450 320C450 230 500 220 600 220C700 220 750 230 750 320Q600 360 450 320Z", tones.deep)
    return path("M446 316Q600 240 754 316Q600 350 446 316Z", tones.ink)


def _zip(tones: Tones, second: Tones, top: int = 330) -> str:
    return (
        path(f"M600 {top}V990", stroke=tones.deep, width=16)
        + path(f"M600 {top}V990", stroke=second.base, width=5)
        + rect(588, top + 40, 24, 46, second.base, 8)
    )


def _shell(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    yoke = "M430 300Q600 350 770 300L850 360L848 500Q600 540 352 500L350 360Z"
    cords = path("M556 350V470M644 350V450", stroke=second.light, width=9)
    pockets = "".join(
        path(f"M{x} 700L{x2} 880", stroke=second.base, width=13) for x, x2 in ((480, 440), (720, 760))
    )
    return (
        path(yoke, second.base if look.pattern == "blocks" else tones.shade)
        + path("M352 500Q600 540 848 500", stroke=tones.deep, width=5)
        + _zip(tones, second, 340)
        + cords
        + pockets
        + rect(690, 420, 90, 30, second.light, 6)
    )


def _puffer(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    rows = []
    for y in range(400, 980, 92):
        rows.append(path(f"M340 {y}Q600 {y + 44} 860 {y}", stroke=tones.deep, width=7))
        rows.append(
            path(f"M360 {y + 34}Q600 {y + 76} 840 {y + 34}", stroke=tones.light, width=22, opacity=0.45)
        )
    quilt = sheet.inside(TORSO, *rows)
    arms = "".join(
        sheet.inside(
            d,
            *(
                path(f"M100 {y}Q600 {y - 60} 1100 {y}", stroke=tones.deep, width=6)
                for y in range(420, 930, 82)
            ),
        )
        for d in SLEEVES
    )
    return (
        quilt
        + arms
        + _zip(tones, second, 340)
        + path("M352 966Q600 1000 848 966", stroke=second.base, width=20)
    )


def _fleece(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    curls = []
    for _ in range(190):
        x, y = sheet.random.uniform(350, 850), sheet.random.uniform(310, 980)
        curls.append(
            path(
                f"M{x:.0f} {y:.0f}q9-12 18 0q-4 12-14 8",
                stroke=tones.light if sheet.random.random() > 0.5 else tones.shade,
                width=5,
                opacity=0.8,
            )
        )
    pocket = box(650, 440, 140, 160, 18)
    return (
        sheet.inside(TORSO, *curls)
        + path(pocket, second.base)
        + path("M656 480H784", stroke=second.ink, width=8)
        + _zip(tones, second, 330)
        + path("M354 976Q600 1006 846 976", stroke=second.base, width=22)
    )


def _overshirt(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    print_ = sheet.inside(TORSO, on_cloth(sheet, Area(330, 290, 540, 720), look.pattern, tones, second))
    for sleeve, turn in zip(SLEEVES, (19, -19), strict=True):
        cloth = group(
            on_cloth(sheet, Area(100, 200, 1000, 800), look.pattern, tones, second),
            turn=turn,
            about=(600, 500),
        )
        print_ += sheet.inside(sleeve, cloth) + path(sleeve, tones.ink, opacity=0.16)
    print_ += path("M350 350Q400 440 420 560M850 350Q800 440 780 560", stroke=tones.deep, width=6)
    flaps = "".join(
        path(box(x, 500, 150, 180, 16), tones.base)
        + path(box(x, 500, 150, 180, 16), stroke=tones.line, width=5)
        + path(f"M{x} 548L{x + 75} 584L{x + 150} 548", stroke=tones.line, width=5)
        + circle(x + 75, 566, 9, second.light)
        for x in (410, 640)
    )
    collar = path("M446 316L600 360L520 440L430 340ZM754 316L600 360L680 440L770 340Z", tones.light) + path(
        "M446 316L600 360L520 440ZM754 316L600 360L680 440Z", stroke=tones.deep, width=4
    )
    buttons = "".join(
        circle(600, y, 12, second.light) + circle(600, y, 4, second.ink) for y in range(430, 980, 100)
    )
    return print_ + path("M600 360V990", stroke=tones.deep, width=6) + flaps + collar + buttons
