"""Out there: mats, multitools."""

from marketplace.demo.illustrations.cloth import Area, on_cloth
from marketplace.demo.illustrations.curves import box
from marketplace.demo.illustrations.drawings.textiles import snail
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import LIGHT, Tones

STEEL = Tones("#a9b1b5")


@drawing("mat", "rolled foam air", focus=(420, 660))
def mat(sheet: Sheet, look: Look) -> str:
    if look.form == "air":
        return _air_mat(sheet, look)
    tones, second = look.tones, look.second
    x, y, r = 340, 720, 200
    barrel = f"M{x} {y - r}L960 {y - r}A78 {r} 0 0 1 960 {y + r}L{x} {y + r}Z"
    light = sheet.linear(
        [(0, LIGHT, 0.12), (0.24, LIGHT, 0.42), (0.5, LIGHT, 0), (0.8, tones.ink, 0.3), (1, tones.ink, 0.5)],
        (0, 0),
        (0, 1),
    )
    ridges = (
        "".join(
            path(f"M{rx} {y - r}A78 {r} 0 0 1 {rx} {y + r}", stroke=tones.deep, width=10, opacity=0.5)
            for rx in range(370, 960, 38)
        )
        if look.form == "foam"
        else ""
    )
    marks = (
        sheet.inside(barrel, on_cloth(sheet, Area(x, y - r, 720, 2 * r), look.pattern, tones, second))
        if look.pattern != "plain"
        else ""
    )
    straps = "".join(
        path(f"M{sx} {y - r - 4}A78 {r + 4} 0 0 1 {sx} {y + r + 4}", stroke=second.base, width=34)
        + rect(sx + 50, y - 110, 54, 40, "#2b2f33", 10)
        for sx in (480, 820)
    )
    handle = path(
        f"M520 {y - r}C540 {y - r - 110} 860 {y - r - 110} 860 {y - r}", stroke=second.shade, width=24
    )
    tail = (
        path(
            f"M{x - 60} {y + r}H150Q110 {y + r} 112 {y + r - 16}Q114 {y + r - 30} 150 {y + r - 30}H{x}Z",
            tones.shade,
        )
        if look.form == "rolled"
        else ""
    )
    return (
        sheet.ground_shadow(640, y + r + 6, 400, 46)
        + handle
        + path(barrel, tones.base)
        + marks
        + ridges
        + path(barrel, light)
        + straps
        + tail
        + snail(sheet, x, y, 108, r, tones, 6)
    )


def _air_mat(sheet: Sheet, look: Look) -> str:
    """Blown up and stood against nothing: baffles across, a pillow in the second colour, its sack beside it."""
    tones, second = look.tones, look.second
    outline = box(360, 210, 400, 720, 90)
    rows = []
    for k in range(9):
        y = 210 + k * 80
        paint = second if k == 0 else tones
        sheen = sheet.linear([(0, paint.light), (0.4, paint.base), (1, paint.deep)], (0, 0), (0, 1))
        rows.append(rect(350, y, 420, 80, sheen, 26))
    light = sheet.linear([(0, tones.ink, 0.2), (0.2, LIGHT, 0.2), (0.5, LIGHT, 0), (1, tones.ink, 0.34)])
    marks = (
        on_cloth(sheet, Area(350, 290, 420, 640), look.pattern, tones, second)
        if look.pattern != "plain"
        else ""
    )
    sack = box(800, 690, 170, 246, 60)
    roll = sheet.linear([(0, second.light), (0.4, second.base), (1, second.deep)])
    return (
        sheet.ground_shadow(570, 936, 240, 40)
        + sheet.inside(outline, *rows, marks)
        + path(outline, light)
        + circle(716, 886, 18, STEEL.light)
        + sheet.ground_shadow(890, 940, 110, 30)
        + path(sack, roll)
        + ellipse(885, 704, 78, 26, second.deep)
        + path("M812 790H958M846 690C850 640 920 640 924 690", stroke=second.light, width=9)
    )


@drawing("multitool", "folding pliers card axe", pose="flat", focus=(560, 600))
def multitool(sheet: Sheet, look: Look) -> str:
    draw = {"folding": _folding, "pliers": _pliers, "card": _card, "axe": _axe}[look.form]
    return group(draw(sheet, look), turn=sheet.random.choice((-28, -20, 24)), about=(600, 600), scale=1.08)


def _steel(sheet: Sheet) -> str:
    return sheet.linear(
        [(0, "#8f979d"), (0.4, "#dfe4e6"), (0.5, "#f7f9f9"), (0.62, "#bfc7ca"), (1, "#8f989d")],
        (0, 0),
        (0.1, 1),
    )


def _grip(sheet: Sheet, outline: str, tones: Tones) -> str:
    return sheet.cast(outline, 10, 26, 0.32, 13) + path(
        outline, sheet.linear([(0, tones.light), (0.45, tones.base), (1, tones.deep)], (0, 0), (0, 1))
    )


def _folding(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    blade = "M590 560L300 520Q190 540 150 600Q330 640 590 640Z"
    screw = "M600 648L500 800Q480 830 506 836L560 826L660 660Z"
    handle = box(560, 540, 480, 124, 58)
    holes = circle(620, 602, 20, STEEL.light) + circle(980, 602, 18, STEEL.light)
    inlay = (
        path(box(680, 566, 250, 72, 34), stroke=second.base, width=9)
        if look.pattern != "plain"
        else rect(700, 590, 220, 24, second.base, 12)
    )
    return (
        sheet.cast(blade, 10, 26, 0.26, 12)
        + path(blade, _steel(sheet))
        + path("M520 556L330 532", stroke="#7c868c", width=9)
        + path(screw, STEEL.shade)
        + _grip(sheet, handle, tones)
        + inlay
        + holes
        + path(box(570, 548, 460, 40, 20), LIGHT, opacity=0.16)
    )


def _pliers(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    jaws = "M510 570C490 470 548 400 566 190Q572 160 594 162V420H606V162Q628 160 634 190C652 400 710 470 690 570Z"
    left, right = (
        "M560 500L470 980Q470 1030 520 1030L560 1020L610 560Z",
        "M640 500L730 980Q730 1030 680 1030L640 1020L590 560Z",
    )
    marks = path("M524 700L500 960M676 700L700 960", stroke=second.base, width=13)
    return (
        sheet.cast(jaws, 8, 24, 0.28, 12)
        + path(jaws, _steel(sheet))
        + _grip(sheet, left, tones)
        + _grip(sheet, right, tones)
        + marks
        + path(
            "M570 250h20M568 290h22M566 330h24M610 250h20M610 290h22M610 330h24", stroke="#8b949a", width=6
        )
        + circle(600, 530, 48, STEEL.deep)
        + circle(600, 526, 38, STEEL.base)
        + circle(592, 518, 14, STEEL.pale)
    )


def _card(sheet: Sheet, look: Look) -> str:
    second = look.second
    card = box(290, 430, 620, 350, 40)
    cuts = (
        path("M350 500H520", stroke="#6c757a", width=16)
        + circle(800, 530, 46, "#6c757a")
        + path("M770 700l30-46 30 46Z", "#6c757a")
        + rect(360, 640, 120, 70, "#6c757a", 10)
    )
    teeth = path("M560 432" + "".join("l14 22l14-22" for _ in range(11)), stroke="#6c757a", width=8)
    case = box(250, 640, 700, 190, 40)
    return (
        sheet.cast(card, 12, 26, 0.3, 14)
        + path(card, _steel(sheet))
        + cuts
        + teeth
        + _grip(sheet, case, look.tones)
        + rect(820, 700, 90, 60, second.base, 12)
    )


def _axe(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    haft = "M470 540C620 560 820 570 1010 540Q1060 560 1050 610Q1040 650 1000 640C820 640 640 650 470 660Z"
    head = "M480 510L400 500C360 470 300 420 240 420C200 520 200 690 240 790C300 780 370 720 400 700L480 690Z"
    edge = "M240 420C200 520 200 690 240 790C250 780 260 770 270 764C240 680 240 530 270 440Z"
    wrap = "".join(path(f"M{x} 566L{x + 16} 648", stroke=second.base, width=15) for x in range(880, 980, 24))
    return (
        _grip(sheet, haft, tones)
        + wrap
        + sheet.cast(head, 10, 26, 0.3, 13)
        + path(head, Tones("#4a5157").base)
        + path(edge, _steel(sheet))
        + circle(440, 600, 22, STEEL.deep)
    )
