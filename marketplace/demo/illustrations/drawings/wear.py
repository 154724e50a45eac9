"""To wear: caps, beanies, socks."""

from marketplace.demo.illustrations.cloth import Area, on_cloth
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import LIGHT, Tones


@drawing("cap", "baseball five trucker bucket", focus=(560, 560))
def cap(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    if look.form == "bucket":
        return _bucket(sheet, look)
    crown = "M310 760C290 500 400 340 610 340C820 340 900 520 890 760Q600 820 310 760Z"
    if look.form == "five":
        crown = "M310 760C300 560 330 380 460 360Q620 340 780 380C880 430 900 600 890 760Q600 820 310 760Z"
    brim = "M310 756C200 770 80 840 90 890C100 930 300 900 470 862C560 842 600 820 600 800Z"
    light = sheet.radial([(0, LIGHT, 0.4), (0.6, LIGHT, 0), (1, tones.ink, 0.3)], (0.36, 0.3), 0.8)
    back = sheet.linear_at([(0, tones.ink, 0), (1, tones.ink, 0.3)], (560, 0), (900, 0))
    mesh = ""
    if look.form == "trucker":
        net = "".join(
            path(f"M{x} 320L{x + 200} 820M{x + 200} 320L{x} 820", stroke=second.shade, width=4, opacity=0.8)
            for x in range(500, 940, 30)
        )
        mesh = sheet.inside(crown, path("M620 320C560 480 560 660 600 830H940V320Z", second.pale), net)
    seams = (
        path(
            "M610 342C520 440 480 620 486 790M610 342C720 440 760 640 752 786",
            stroke=tones.deep,
            width=5,
            opacity=0.7,
        )
        if look.form != "five"
        else path(
            "M470 360C450 520 452 660 462 786M770 376C790 520 790 660 782 782",
            stroke=tones.deep,
            width=5,
            opacity=0.7,
        )
    )
    patch = (
        rect(372, 520, 120, 90, second.base, 14)
        + path("M392 586l26-38 20 22 16-16 22 32", stroke=second.pale, width=8)
        if look.pattern != "plain"
        else circle(430, 570, 40, second.base)
    )
    return group(
        sheet.ground_shadow(560, 868, 430, 44),
        path(crown, tones.base),
        mesh,
        path(crown, light),
        path(crown, back),
        seams,
        ellipse(612, 340, 26, 13, second.base),
        path(
            brim,
            sheet.linear([(0, second.light), (1, second.shade)], (0, 0), (0.4, 1))
            if look.pattern == "blocks"
            else sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.deep)], (0, 0), (0.4, 1)),
        ),
        path("M108 884C260 870 460 830 590 800", stroke=tones.ink, width=9, opacity=0.5),
        patch,
        move=(40, 40),
    )


def _bucket(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    crown, brim = (
        "M400 640C390 420 460 360 600 360C740 360 810 420 800 640Q600 700 400 640Z",
        "M400 620Q600 690 800 620C880 680 960 780 950 830Q600 950 250 830C240 780 320 680 400 620Z",
    )
    area = Area(240, 350, 720, 560)
    marks = on_cloth(sheet, area, look.pattern, tones, second)
    rows = "".join(
        path(
            f"M{390 - k * 38} {670 + k * 44}Q600 {750 + k * 50} {810 + k * 38} {670 + k * 44}",
            stroke=tones.deep,
            width=4,
            opacity=0.5,
        )
        for k in range(4)
    )
    light = sheet.linear([(0, LIGHT, 0.34), (0.45, LIGHT, 0), (1, tones.ink, 0.32)], (0, 0), (1, 0.4))
    return (
        sheet.ground_shadow(606, 884, 350, 50)
        + path(brim, tones.base)
        + sheet.inside(brim, marks, rows)
        + path(brim, light)
        + path(crown, tones.base)
        + sheet.inside(crown, marks)
        + path(crown, light)
        + path(
            "M402 622Q600 690 798 622",
            stroke=second.base if look.pattern == "plain" else tones.deep,
            width=22,
        )
    )


@drawing("beanie", "cuff pompom fisher", focus=(600, 760))
def beanie(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    high = 430 if look.form == "fisher" else 340
    dome = f"M330 780C310 {high + 130} 400 {high} 600 {high}C800 {high} 890 {high + 130} 870 780Z"
    cuff = "M312 730Q600 690 888 730L880 890Q600 850 320 890Z"
    knit = []
    for k in range(-9, 10):
        x = 600 + k * 32
        knit.append(
            path(
                f"M{600 + k * 9} {high}C{x - 6} {high + 130} {x} 640 {x} 900",
                stroke=tones.shade,
                width=8,
                opacity=0.8,
            )
        )
        knit.append(
            path(
                f"M{609 + k * 9} {high}C{x + 7} {high + 130} {x + 13} 640 {x + 13} 900",
                stroke=tones.light,
                width=5,
                opacity=0.5,
            )
        )
    marks = (
        on_cloth(sheet, Area(310, 420, 580, 300), look.pattern, tones, second)
        if look.pattern != "plain"
        else ""
    )
    light = sheet.radial([(0, LIGHT, 0.3), (0.6, LIGHT, 0), (1, tones.ink, 0.34)], (0.38, 0.34), 0.8)
    ribs = "".join(
        path(f"M{x} 700V900", stroke=tones.deep, width=9, opacity=0.55) for x in range(330, 900, 30)
    )
    fold = tones if look.pattern == "plain" else second
    tag = rect(640, 776, 92, 60, second.base if fold is tones else tones.base, 8)
    return (
        sheet.ground_shadow(608, 892, 320, 46)
        + (_pompom(sheet, second, high) if look.form == "pompom" else "")
        + path(dome, tones.base)
        + sheet.inside(dome, marks, *knit)
        + path(dome, light)
        + path(cuff, fold.base)
        + sheet.inside(cuff, ribs)
        + path(
            cuff, sheet.linear([(0, LIGHT, 0.26), (0.4, LIGHT, 0), (1, tones.ink, 0.34)], (0, 0), (1, 0.3))
        )
        + path("M312 730Q600 690 888 730", stroke=fold.light, width=7)
        + tag
    )


def _pompom(sheet: Sheet, tones: Tones, high: int) -> str:
    tufts = []
    for _ in range(150):
        x, y = sheet.random.gauss(600, 46), sheet.random.gauss(high - 44, 42)
        paint = sheet.random.choice((tones.base, tones.light, tones.shade))
        tufts.append(ellipse(x, y, 17, 13, paint))
    return circle(600, high - 40, 84, tones.shade) + "".join(tufts)


@drawing("socks", "crew hiking ankle", pose="flat", focus=(520, 500))
def socks(sheet: Sheet, look: Look) -> str:
    back = group(_sock(sheet, look, False), move=(150, -30), turn=10, about=(600, 600))
    return group(
        back, group(_sock(sheet, look, True), move=(-70, 20), turn=-4, about=(600, 600)), move=(-10, 0)
    )


def _sock(sheet: Sheet, look: Look, near: bool) -> str:
    tones, second = look.tones, look.second
    top = {"crew": 260, "hiking": 170, "ankle": 430}[look.form]
    outline = f"M480 {top}Q570 {top - 16} 660 {top}L664 640C700 720 830 760 880 850C900 940 840 990 760 980C660 970 520 900 480 760Z"
    toe = "M770 700C760 800 720 900 690 1000H930V700Z"
    heel = "M440 660C540 660 600 760 560 870L420 900Z"
    marks = on_cloth(sheet, Area(470, top + 90, 220, 620 - top), look.pattern, tones, second)
    ribs = "".join(
        path(f"M{x} {top}V{top + 84}", stroke=second.deep, width=6, opacity=0.6) for x in range(490, 660, 19)
    )
    band = sheet.inside(outline, rect(440, top - 30, 260, 116, second.base), ribs)
    light = sheet.linear([(0, LIGHT, 0.3), (0.4, LIGHT, 0), (1, tones.ink, 0.3)], (0, 0), (1, 0.4))
    shape = (
        path(outline, tones.base)
        + sheet.inside(outline, marks, path(toe, second.base), path(heel, second.base))
        + band
        + path(outline, light)
    )
    return (
        sheet.cast(outline, 12, 22, 0.26, 13)
        + shape
        + (path("M520 780C600 860 690 900 780 920", stroke=tones.ink, width=6, opacity=0.12) if near else "")
    )
