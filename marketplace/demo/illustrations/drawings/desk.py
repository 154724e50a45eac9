"""On the desk: notebooks, pens, keyboards."""

from marketplace.demo.illustrations.cloth import Area, on_cloth
from marketplace.demo.illustrations.curves import box, soft
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, group, path, rect
from marketplace.demo.illustrations.tones import LIGHT, Tones

PAPER = Tones("#f6efe0")


@drawing("notebook", "elastic spiral stitched ring", pose="flat", focus=(560, 560))
def notebook(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    cover = box(340, 210, 520, 760, 26)
    pages = box(350, 222, 524, 762, 22)
    area = Area(340, 210, 520, 760)
    sheen = sheet.linear([(0, LIGHT, 0.24), (0.4, LIGHT, 0.02), (1, tones.ink, 0.24)], (0, 0), (1, 1))
    spine = sheet.linear_at(
        [(0, tones.ink, 0.4), (0.5, tones.ink, 0.05), (1, tones.ink, 0)], (340, 0), (430, 0)
    )
    ribbon = path("M640 960V1060L664 1034L688 1060V960Z", second.base)
    item = (
        sheet.cast(cover, 20, 30, 0.34, 16)
        + ribbon
        + path(pages, PAPER.shade)
        + path(box(350, 218, 518, 758, 20), PAPER.base)
        + path(cover, tones.base)
        + sheet.inside(cover, on_cloth(sheet, area, look.pattern, tones, second))
        + path(cover, spine if look.form != "spiral" else "none")
        + path(cover, sheen)
        + _binding(sheet, look)
    )
    return group(item, turn=sheet.random.choice((-12, -7, 8, 13)), about=(600, 600))


def _binding(sheet: Sheet, look: Look) -> str:
    second, steel = look.second, Tones("#b9bfc2")
    if look.form == "elastic":
        return rect(786, 204, 22, 776, second.shade, 4) + rect(789, 204, 6, 776, second.light, 3)
    if look.form == "spiral":
        return "".join(
            circle(372, y, 11, look.tones.ink)
            + path(f"M372 {y}C300 {y - 26} 300 {y + 30} 362 {y + 6}", stroke=steel.base, width=8)
            for y in range(250, 950, 44)
        )
    if look.form == "ring":
        label = rect(470, 330, 260, 150, PAPER.base, 12) + path(
            "M510 390H690M510 430H640", stroke=PAPER.deep, width=6
        )
        return label + "".join(path(f"M340 {y}h64", stroke=second.base, width=14) for y in (330, 590, 850))
    thread = "".join(path(f"M352 {y}V{y + 64}", stroke=second.light, width=7) for y in range(250, 900, 110))
    return rect(340, 210, 66, 760, second.base, 16) + thread


@drawing("pen", "ball fountain pencil roller", pose="flat", focus=(560, 560))
def pen(sheet: Sheet, look: Look) -> str:
    """Two of them: one on its own, one with the cap or the other colour beside it."""
    tones, second = look.tones, look.second
    draw = {"ball": _ball, "fountain": _fountain, "pencil": _pencil, "roller": _roller}[look.form]
    turn = sheet.random.choice((-46, -40, 44))
    return group(draw(sheet, second, tones), turn=turn, about=(600, 600), move=(92, 112), scale=1.12) + group(
        draw(sheet, tones, second), turn=turn, about=(600, 600), move=(-74, -94), scale=1.2
    )


def _tube(sheet: Sheet, x: float, width: float, half: float, tones: Tones, radius: float = 12) -> str:
    paint = sheet.linear(
        [(0, tones.shade), (0.26, tones.light), (0.34, tones.pale), (0.5, tones.base), (1, tones.deep)],
        (0, 0),
        (0, 1),
    )
    return path(box(x, 600 - half, width, 2 * half, radius), paint)


def _tip(sheet: Sheet, x: float, length: float, half: float, tones: Tones, end: float = 5) -> str:
    paint = sheet.linear(
        [(0, tones.shade), (0.3, tones.light), (0.5, tones.base), (1, tones.deep)], (0, 0), (0, 1)
    )
    return path(
        soft(
            [(x, 600 - half), (x, 600 + half), (x - length, 600 + end), (x - length, 600 - end)], [4, 4, 3, 3]
        ),
        paint,
    )


STEEL, BRASS = Tones("#b4bbbf"), Tones("#c9a253")


def _ball(sheet: Sheet, tones: Tones, second: Tones) -> str:
    shadow = sheet.cast(box(240, 574, 740, 52, 20), 6, 26, 0.3, 10)
    clip = path("M800 566H960", stroke=STEEL.shade, width=16) + path(
        "M804 562H940", stroke=STEEL.pale, width=5
    )
    return (
        shadow
        + _tip(sheet, 300, 84, 24, STEEL)
        + _tube(sheet, 290, 300, 28, tones)
        + _tube(sheet, 580, 22, 30, STEEL, 3)
        + _tube(sheet, 600, 366, 28, tones, 20)
        + _tube(sheet, 958, 50, 14, STEEL, 8)
        + clip
    )


def _fountain(sheet: Sheet, tones: Tones, second: Tones) -> str:
    nib = (
        path("M330 574L216 594Q204 600 216 606L330 626Z", BRASS.base)
        + path("M214 600H300", stroke=BRASS.ink, width=4)
        + circle(304, 600, 8, BRASS.ink)
    )
    shadow = sheet.cast(box(230, 568, 750, 64, 20), 6, 28, 0.3, 11)
    return (
        shadow
        + nib
        + _tube(sheet, 326, 110, 25, Tones("#2f3337"), 10)
        + _tube(sheet, 430, 24, 33, BRASS, 4)
        + _tube(sheet, 448, 500, 36, tones, 34)
        + _tube(sheet, 780, 14, 37, BRASS, 2)
    )


def _pencil(sheet: Sheet, tones: Tones, second: Tones) -> str:
    wood, lead = Tones("#e3bd88"), Tones("#3a3638")
    shadow = sheet.cast(box(250, 576, 730, 48, 8), 6, 26, 0.3, 10)
    sharp = path(
        "M330 574L220 600L330 626Z", sheet.linear([(0, wood.light), (1, wood.shade)], (0, 0), (0, 1))
    ) + path("M254 592L220 600L254 608Z", lead.base)
    faces = (
        rect(326, 574, 600, 17, tones.light)
        + rect(326, 591, 600, 18, tones.base)
        + rect(326, 609, 600, 17, tones.deep)
    )
    return (
        shadow + sharp + faces + _tube(sheet, 900, 56, 27, BRASS, 3) + _tube(sheet, 952, 50, 25, second, 16)
    )


def _roller(sheet: Sheet, tones: Tones, second: Tones) -> str:
    shadow = sheet.cast(box(250, 568, 720, 64, 20), 6, 28, 0.3, 11)
    knurl = "".join(
        path(f"M{x} 574V626", stroke=STEEL.deep, width=4, opacity=0.7) for x in range(350, 460, 12)
    )
    return (
        shadow
        + _tip(sheet, 320, 70, 24, BRASS)
        + _tube(sheet, 316, 160, 30, STEEL, 6)
        + knurl
        + _tube(sheet, 470, 470, 34, tones, 12)
        + _tube(sheet, 936, 40, 35, second, 12)
        + path("M760 562H930", stroke=second.shade, width=15)
    )


LAYOUTS = {
    "compact": ((13, 13, 12, 12, 8), 60, 1),
    "full": ((18, 18, 17, 17, 12), 46, 1),
    "numpad": ((4, 4, 4, 4, 4), 92, 1),
    "split": ((12, 12, 12, 12, 8), 62, 2),
}


@drawing("keyboard", "compact full split numpad", pose="flat", focus=(460, 560))
def keyboard(sheet: Sheet, look: Look) -> str:
    rows, size, halves = LAYOUTS[look.form]
    width, height = rows[0] * (size + 8) + 52, 5 * (size + 8) + 52
    x, y = 600 - width / 2, 600 - height / 2
    if halves == 2:
        left = group(
            _deck(sheet, look, x, y, width / 2 - 20, height, rows[0] // 2, size),
            turn=7,
            about=(420, 600),
            move=(-18, 0),
        )
        right = group(
            _deck(sheet, look, 620, y, width / 2 - 20, height, rows[0] // 2, size),
            turn=-7,
            about=(780, 600),
            move=(18, 0),
        )
        return left + right
    knob = (
        circle(x + width - 64, y + 52, 30, look.second.base)
        + circle(x + width - 64, y + 52, 18, look.second.light)
        if look.form == "compact"
        else ""
    )
    cable = (
        path(
            f"M600 {y:.0f}C600 {y - 120:.0f} 760 {y - 100:.0f} 760 {y - 230:.0f}S860 {y - 420:.0f} 900 -40",
            stroke=look.second.shade,
            width=15,
        )
        if look.pattern != "plain"
        else ""
    )
    board = _deck(sheet, look, x, y, width, height, rows[0], size)
    return group(cable, board, knob, turn=sheet.random.choice((-13, -8, 9)), about=(600, 600))


def _deck(
    sheet: Sheet, look: Look, x: float, y: float, width: float, height: float, columns: int, size: float
) -> str:
    tones, second = look.tones, look.second
    deck = box(x, y, width, height, 30)
    sheen = sheet.linear([(0, tones.light), (0.4, tones.base), (1, tones.shade)], (0, 0), (1, 1))
    caps, cap_tones = [], Tones(tones.pale) if not tones.is_dark else Tones(tones.light)
    for row in range(5):
        cx, left = x + 26, columns
        while left > 0:
            span = _span(row, columns - left, left, columns)
            accent = (
                (row, columns - left) in ((0, 0), (4, columns - 1))
                or (row == 2 and left == span)
                or (look.pattern == "dots" and (row + left) % 5 == 0)
            )
            caps.append(
                _cap(
                    cx,
                    y + 26 + row * (size + 8),
                    size * span + 8 * (span - 1),
                    size,
                    second if accent else cap_tones,
                )
            )
            cx += (size + 8) * span
            left -= span
    return (
        sheet.cast(deck, 16, 30, 0.36, 18)
        + path(deck, tones.deep, opacity=1)
        + path(box(x, y, width, height - 10, 30), sheen)
        + "".join(caps)
    )


def _span(row: int, done: int, left: int, columns: int) -> int:
    """How many units wide the next key is: a space bar below, wider keys at the ends."""
    if row == 4 and columns > 5 and done == columns // 4:
        return min(columns // 3 + 1, left)
    if row in (1, 2, 3) and left == 2 and columns > 5:
        return 2
    return 1


def _cap(x: float, y: float, width: float, height: float, tones: Tones) -> str:
    return (
        rect(x, y, width, height, tones.deep, 12)
        + rect(x + 1, y - 2, width - 2, height - 5, tones.shade, 12)
        + rect(x + 6, y + 1, width - 12, height - 15, tones.base, 9)
    )
