"""Carried every day: backpacks, bottles, wallets."""

from marketplace.demo.illustrations.cloth import Area, on_cloth
from marketplace.demo.illustrations.curves import box, soft
from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.patterns import on_wall
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import LIGHT, Tones

STEEL = Tones("#aeb6ba")
PACKS = {
    "daypack": "M380 420C380 250 470 200 600 200C730 200 820 250 820 420L850 850Q854 930 780 934H420Q346 930 350 850Z",
    "rolltop": "M390 300H810L846 860Q848 934 780 934H420Q352 934 354 860Z",
    "trek": "M410 330C410 230 500 190 600 190C700 190 790 230 790 330L830 860Q834 936 770 938H430Q366 936 370 860Z",
    "tote": "M330 400H870L900 850Q902 934 830 934H370Q298 934 300 850Z",
}


@drawing("backpack", "daypack rolltop trek tote", focus=(600, 700))
def backpack(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    outline = PACKS[look.form]
    sheen = sheet.linear(
        [
            (0, tones.ink, 0.22),
            (0.2, LIGHT, 0.16),
            (0.45, LIGHT, 0.03),
            (0.8, tones.ink, 0.12),
            (1, tones.ink, 0.34),
        ]
    )
    low = sheet.linear([(0.6, tones.ink, 0), (1, tones.ink, 0.3)], (0, 0), (0, 1))
    marks = (
        on_cloth(sheet, Area(300, 180, 600, 770), look.pattern, tones, second)
        if look.pattern != "plain"
        else ""
    )
    parts = {"daypack": _daypack, "rolltop": _rolltop, "trek": _trek, "tote": _tote}[look.form]
    return (
        sheet.ground_shadow(616, 938, 300, 50)
        + _straps(tones, look.form)
        + path(outline, tones.base)
        + sheet.inside(outline, marks)
        + path(outline, sheen)
        + path(outline, low)
        + parts(sheet, tones, second)
    )


def _straps(tones: Tones, form: str) -> str:
    if form == "tote":
        return path("M450 410C450 170 750 170 750 410", stroke=tones.deep, width=34) + path(
            "M450 410C450 178 750 178 750 410", stroke=tones.shade, width=20
        )
    top = 250 if form == "rolltop" else 210
    loop = path(f"M540 {top}C540 {top - 80} 660 {top - 80} 660 {top}", stroke=tones.ink, width=26)
    sides = path(
        "M392 480C300 560 300 800 356 880M808 480C900 560 900 800 844 880", stroke=tones.ink, width=40
    )
    return loop + sides


def _zip(data: str, tones: Tones) -> str:
    return path(data, stroke=tones.ink, width=14) + path(data, stroke=tones.light, width=3, opacity=0.8)


def _pocket(sheet: Sheet, x: float, y: float, width: float, height: float, tones: Tones) -> str:
    shape = box(x, y, width, height, 44)
    sheen = sheet.linear([(0, tones.light), (0.3, tones.base), (1, tones.shade)], (0, 0), (1, 1))
    return (
        sheet.cast(shape, 3, 9, 0.3, 7)
        + path(shape, sheen)
        + path(box(x + 10, y + 10, width - 20, height - 20, 36), stroke=tones.line, width=3, opacity=0.5)
    )


def _daypack(sheet: Sheet, tones: Tones, second: Tones) -> str:
    return (
        _zip("M408 520C400 320 470 262 600 262C730 262 800 320 792 520", tones)
        + _pocket(sheet, 414, 590, 372, 290, tones)
        + _zip("M440 664H760", tones)
        + path("M744 664l4 54", stroke=second.base, width=13)
        + rect(548, 400, 104, 66, second.base, 10)
        + rect(562, 424, 76, 6, second.pale, 3)
        + rect(562, 440, 50, 6, second.pale, 3)
    )


def _rolltop(sheet: Sheet, tones: Tones, second: Tones) -> str:
    roll = box(366, 236, 468, 108, 50)
    paint = sheet.linear([(0, tones.light), (0.4, tones.base), (1, tones.deep)], (0, 0), (0, 1))
    belt = (
        path("M600 236V560", stroke=second.base, width=34)
        + rect(560, 520, 80, 72, "#2b2f33", 12)
        + rect(576, 538, 48, 36, "#8c949a", 6)
    )
    return (
        _pocket(sheet, 404, 650, 392, 230, tones)
        + _zip("M440 700H760", tones)
        + sheet.inside(PACKS["rolltop"], sheet.cast(roll, 0, 14, 0.34, 9))
        + path(roll, paint)
        + path("M384 290H816", stroke=tones.deep, width=6)
        + belt
    )


def _trek(sheet: Sheet, tones: Tones, second: Tones) -> str:
    lid = "M392 330C392 200 500 176 600 176C700 176 808 200 808 330Q808 400 740 404H460Q392 400 392 330Z"
    paint = sheet.linear([(0, second.light), (0.5, second.base), (1, second.shade)], (0, 0), (0, 1))
    roll = (
        rect(350, 858, 500, 96, second.shade, 48)
        + ellipse(378, 906, 34, 46, second.base)
        + ellipse(378, 906, 16, 22, second.deep)
    )
    buckles = "".join(
        path(f"M{x} 380V560", stroke=tones.ink, width=22) + rect(x - 20, 480, 40, 46, "#22262a", 8)
        for x in (480, 720)
    )
    lash = "".join(path(f"M{x} 856V956", stroke=tones.ink, width=20) for x in (470, 730))
    cords = path(
        "M430 620L770 700M770 620L430 700M430 700L770 780M770 700L430 780", stroke=second.base, width=8
    )
    return (
        _pocket(sheet, 412, 560, 376, 264, tones)
        + cords
        + buckles
        + sheet.inside(PACKS["trek"], sheet.cast(lid, 2, 14, 0.34, 9))
        + path(lid, paint)
        + _zip("M440 330H760", second)
        + roll
        + lash
    )


def _tote(sheet: Sheet, tones: Tones, second: Tones) -> str:
    leather = Tones("#8f5a38")
    band = rect(304, 780, 592, 150, leather.base, 26, 0.0)
    tabs = "".join(
        rect(x - 30, 392, 60, 96, leather.base, 12) + circle(x, 462, 9, "#d9c08a") for x in (450, 750)
    )
    return band + tabs + _pocket(sheet, 440, 560, 320, 210, tones) + rect(560, 610, 80, 46, leather.base, 8)


BOTTLES = {
    "slim": [(360, 86), (420, 128), (520, 138), (934, 132)],
    "wide": [(400, 140), (450, 172), (934, 168)],
    "curve": [(340, 80), (430, 104), (560, 158), (760, 150), (934, 126)],
    "tumbler": [(420, 186), (700, 164), (934, 134)],
    "flask": [(360, 110), (430, 168), (934, 168)],
}


@drawing("bottle", "slim wide curve tumbler flask", focus=(580, 560))
def bottle(sheet: Sheet, look: Look) -> str:
    form = turned(600, BOTTLES[look.form], tilt=0.14)
    tones, second = look.tones, look.second
    base = turned(600, [(906, form.radius(906) + 1), (938, form.radius(934) + 1)], 0.14)
    return (
        sheet.ground_shadow(614, form.bottom + 12, form.radius(form.bottom) * 1.35, 42)
        + body(sheet, form, tones, on_wall(sheet, form, look.pattern, tones, second), gloss=0.42)
        + (body(sheet, base, STEEL) if look.form != "tumbler" else "")
        + _cap(sheet, look, form.cx, form.top, form.radius(form.top))
    )


def _cap(sheet: Sheet, look: Look, cx: float, y: float, r: float) -> str:
    second = look.second
    neck = body(sheet, turned(cx, [(y - 26, r - 6), (y + 4, r)], 0.14), STEEL)
    if look.form == "tumbler":
        lid = turned(cx, [(y - 34, r - 8), (y - 22, r + 8), (y + 8, r + 8)], 0.14)
        straw = path(f"M{cx + 50} {y - 20}L{cx + 96} {y - 260}", stroke=second.deep, width=26) + path(
            f"M{cx + 47} {y - 20}L{cx + 92} {y - 258}", stroke=second.base, width=17
        )
        return (
            body(sheet, lid, Tones("#e9e6df")) + ellipse(cx, y - 34, r - 8, (r - 8) * 0.14, "#fbf9f3") + straw
        )
    if look.form == "flask":
        cup = turned(cx, [(y - 190, r * 0.86), (y - 178, r * 0.96), (y + 4, r + 4)], 0.14)
        top = ellipse(cx, y - 190, r * 0.86, r * 0.12, second.light)
        return neck + body(sheet, cup, second) + top
    cap = turned(cx, [(y - 130, r * 0.82), (y - 116, r * 0.96), (y - 22, r)], 0.14)
    top = ellipse(cx, y - 130, r * 0.82, r * 0.82 * 0.14, second.light)
    loop = f"M{cx - r * 0.9:.0f} {y - 84}C{cx - r * 1.1:.0f} {y - 260} {cx + r * 1.1:.0f} {y - 260} {cx + r * 0.9:.0f} {y - 84}"
    handle = (
        path(loop, stroke=second.ink, width=30) + path(loop, stroke=second.base, width=18)
        if look.form in ("wide", "slim")
        else ""
    )
    return neck + handle + body(sheet, cap, second) + top


@drawing("wallet", "bifold cards zip long", pose="flat", focus=(560, 560))
def wallet(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    draw = {"bifold": _bifold, "cards": _cards, "zip": _zipped, "long": _long}[look.form]
    return group(
        draw(sheet, tones, second), turn=sheet.random.choice((-14, -8, 10)), about=(600, 600), scale=1.1
    )


def _leather(sheet: Sheet, outline: str, tones: Tones, stitch: str, shadow: bool = True) -> str:
    sheen = sheet.linear([(0, tones.light), (0.45, tones.base), (1, tones.shade)], (0, 0), (1, 1))
    dashed = f'<path d="{stitch}" fill="none" stroke="{tones.line}" stroke-width="5" stroke-dasharray="16 12" stroke-linecap="round"/>'
    return (sheet.cast(outline, 14, 26, 0.34, 15) if shadow else "") + path(outline, sheen) + dashed


def _card(x: float, y: float, width: float, height: float, tones: Tones) -> str:
    return (
        rect(x, y, width, height, tones.base, 24)
        + rect(x + 40, y + 40, 74, 54, tones.pale, 10, 0.85)
        + rect(x + width - 150, y + 46, 110, 12, tones.pale, 6, 0.7)
    )


def _bifold(sheet: Sheet, tones: Tones, second: Tones) -> str:
    note = rect(330, 366, 540, 120, "#cfd9c0", 8) + rect(350, 384, 500, 84, "#b7c6a4", 6)
    back = _leather(sheet, box(300, 410, 600, 420, 34), Tones(tones.shade), box(320, 430, 560, 380, 26))
    front = _leather(sheet, box(300, 440, 596, 394, 34), tones, box(322, 462, 552, 350, 26), False)
    tag = rect(760, 740, 96, 50, second.base, 8) + rect(776, 762, 64, 5, second.pale, 2)
    return back + note + front + tag


def _cards(sheet: Sheet, tones: Tones, second: Tones) -> str:
    fan = "".join(
        group(_card(350, 350 - i * 44, 500, 320, t), turn=(i - 1) * 3, about=(600, 700))
        for i, t in ((2, Tones(second.light)), (1, second), (0, Tones("#e8e2d4")))
    )
    sleeve = _leather(
        sheet, soft([(330, 480), (870, 480), (870, 860), (330, 860)], 40), tones, box(352, 504, 496, 334, 30)
    )
    notch = path("M530 478A70 60 0 0 0 670 478Z", Tones("#e8e2d4").base)
    return fan + sleeve + notch


def _zipped(sheet: Sheet, tones: Tones, second: Tones) -> str:
    case = _leather(sheet, box(270, 400, 660, 430, 70), tones, box(298, 470, 604, 332, 50))
    teeth = (
        path("M310 436H890", stroke=tones.ink, width=26)
        + f'<path d="M316 436H884" stroke="{STEEL.base}" stroke-width="12" stroke-dasharray="6 7"/>'
    )
    pull = rect(800, 424, 40, 24, STEEL.light, 6) + path("M820 446L846 560", stroke=second.base, width=22)
    return case + teeth + pull


def _long(sheet: Sheet, tones: Tones, second: Tones) -> str:
    case = _leather(sheet, box(220, 430, 760, 360, 34), tones, box(242, 452, 716, 316, 26))
    flap = _leather(
        sheet,
        "M220 464Q220 430 254 430H946Q980 430 980 464V560Q980 640 600 650Q220 640 220 560Z",
        Tones(tones.light),
        "M242 566Q260 620 600 628Q940 620 958 566",
    )
    return case + flap + circle(600, 616, 22, "#d9c08a") + circle(595, 611, 9, "#f6ead0")
