"""Places where things are at home: a table by a window, a camp at dusk, a desk, a playroom."""

from marketplace.demo.illustrations.curves import box, line, smooth
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, path, rect
from marketplace.demo.illustrations.tones import Tones, mix


def scene(sheet: Sheet, family: str, shelf: str, ground: str) -> str:
    """The place for a family of goods, tinted by `ground`. What stands in it stands on y = 940."""
    if family == "toys":
        return playroom(sheet, ground)
    if family == "home":
        return table(sheet, ground)
    return desk(sheet, ground) if shelf == "desk" else camp(sheet, ground)


def table(sheet: Sheet, ground: str) -> str:
    """A wooden table, a wall with something on it, and the light of a window falling across."""
    wall, wood = Tones(ground), Tones("#cfa476")
    paint = sheet.linear([(0, mix(ground, "#ffffff", 0.28)), (1, ground)], (0, 0), (1, 1))
    light = mix(ground, "#ffffff", 0.55)
    panes = "".join(
        path(line([(x, y), (x + 230, y - 70), (x + 230, y + 200), (x, y + 270)], True), light, opacity=0.55)
        for x in (110, 370)
        for y in (200, 500)
    )
    prop = sheet.random.choice((_frame, _pendant, _ledge))(wall, ground)
    top = sheet.linear_at([(0, wood.light), (1, wood.base)], (0, 850), (0, 1200))
    grain = "".join(
        path(
            smooth(
                [
                    (-20, y),
                    (300, y + sheet.random.randint(-9, 9)),
                    (700, y + sheet.random.randint(-9, 9)),
                    (1220, y),
                ]
            ),
            stroke=wood.shade,
            width=3,
            opacity=0.5,
        )
        for y in (900, 985, 1040, 1120, 1170)
    )
    return (
        rect(0, 0, 1200, 1200, paint)
        + panes
        + prop
        + rect(0, 850, 1200, 350, top)
        + rect(0, 846, 1200, 10, wood.pale)
        + grain
    )


def _frame(wall: Tones, ground: str) -> str:
    """A small seascape."""
    return (
        rect(850, 180, 230, 290, wall.shade, 6)
        + rect(868, 198, 194, 254, "#fbf5ea", 4)
        + circle(965, 300, 52, mix(ground, "#c4694a", 0.55))
        + path("M890 420Q930 340 965 400T1040 380V440H890Z", mix(ground, "#34506b", 0.5))
    )


def _pendant(wall: Tones, ground: str) -> str:
    """A lamp on a long cord, out of the way."""
    shade = mix(ground, "#b86f52", 0.5)
    return (
        path("M980 -10V210", stroke=wall.ink, width=6)
        + path("M870 340C880 250 930 210 980 210C1030 210 1080 250 1090 340Z", shade)
        + ellipse(980, 340, 110, 20, "#fff3d0")
    )


def _ledge(wall: Tones, ground: str) -> str:
    """A shelf with two pots and a plate."""
    pots = path("M880 300H950L940 400H890Z", mix(ground, "#34506b", 0.45)) + path(
        "M1000 330Q980 400 1000 400H1060Q1080 400 1060 330Z", mix(ground, "#c4694a", 0.5)
    )
    sprig = path(
        "M915 300C910 250 930 220 925 180M915 280C890 260 885 240 880 220",
        stroke=mix(ground, "#5f7a58", 0.7),
        width=8,
    )
    return sprig + pots + rect(830, 400, 290, 18, wall.deep, 4)


def camp(sheet: Sheet, ground: str) -> str:
    """Hills one behind the other, a low sun, pines at the edge."""
    sky = mix(ground, "#f6d9b0", 0.45)
    far, mid, near = mix(ground, "#4d6670", 0.35), mix(ground, "#33505a", 0.58), mix(ground, "#22363b", 0.78)
    paint = sheet.linear(
        [(0, mix(ground, "#ffffff", 0.2)), (0.7, sky), (1, mix(sky, "#ffffff", 0.2))], (0, 0), (0, 1)
    )
    sun_x = sheet.random.choice((300, 860))
    ridges = (
        path(
            line(
                [
                    (-20, 620),
                    (170, 430),
                    (300, 520),
                    (520, 300),
                    (700, 480),
                    (860, 400),
                    (1220, 640),
                    (1220, 900),
                    (-20, 900),
                ],
                True,
            ),
            far,
        ),
        path(
            smooth([(-20, 700), (220, 610), (480, 690), (760, 580), (1000, 680), (1220, 620)])
            + "L1220 900L-20 900Z",
            mid,
        ),
    )
    pines = "".join(
        _pine(x, y, s, near)
        for x, y, s in ((70, 850, 1.2), (170, 860, 0.85), (1060, 850, 1.0), (1150, 860, 1.35))
    )
    floor = sheet.linear_at([(0, mix(near, ground, 0.25)), (1, near)], (0, 830), (0, 1200))
    stones = "".join(
        ellipse(x, y, w, w * 0.36, mix(near, "#ffffff", 0.14))
        for x, y, w in ((180, 1060, 60), (1020, 1090, 84), (820, 1150, 40))
    )
    meadow = path(smooth([(-20, 850), (300, 828), (700, 844), (1220, 824)]) + "L1220 1220L-20 1220Z", floor)
    return (
        rect(0, 0, 1200, 1200, paint)
        + circle(sun_x, 430, 120, "#fff2d0", 0.85)
        + "".join(ridges)
        + pines
        + meadow
        + stones
    )


def _pine(x: float, y: float, size: float, paint: str) -> str:
    layers = ((64, 0), (52, 80), (38, 160))
    return "".join(
        path(
            line(
                [(x - w * size, y - h * size), (x, y - (h + 150) * size), (x + w * size, y - h * size)], True
            ),
            paint,
        )
        for w, h in layers
    )


def desk(sheet: Sheet, ground: str) -> str:
    """A desk against a wall: a shelf with books, a plant, a pinned note."""
    shelf = Tones("#8b6a4d")
    paint = sheet.linear([(0, mix(ground, "#ffffff", 0.22)), (1, ground)], (0, 0), (0.6, 1))
    spines = ("#e8632f", "#2f5d7c", "#d8cfbd", "#5a6b4e", "#d9a02e", "#33383c")
    books, x = [], 690
    for spine in spines:
        width, height = sheet.random.randint(38, 62), sheet.random.randint(150, 210)
        books.append(
            rect(x, 350 - height, width, height, spine, 5)
            + rect(x + 8, 350 - height + 26, width - 16, 8, mix(spine, "#ffffff", 0.5))
        )
        x += width + 5
    note = (
        rect(170, 190, 150, 170, "#fbf3df", 4)
        + path("M195 240H295M195 275H275M195 310H290", stroke="#9a8f80", width=7)
        + circle(245, 200, 11, "#e8632f")
    )
    board = rect(640, 350, 460, 22, shelf.base, 5) + rect(640, 372, 460, 12, shelf.deep, 4)
    top = sheet.linear_at([(0, "#6f5440"), (1, "#4d3a2f")], (0, 850), (0, 1200))
    return (
        rect(0, 0, 1200, 1200, paint)
        + note
        + "".join(books)
        + board
        + rect(0, 850, 1200, 350, top)
        + rect(0, 846, 1200, 9, "#927156")
    )


def playroom(sheet: Sheet, ground: str) -> str:
    """A wall with bunting, a floor with a rug."""
    rug = ("#fff6e4", mix(ground, "#e4573d", 0.45), mix(ground, "#3f8fc0", 0.4))
    flags = []
    colours = ("#e4573d", "#f5c445", "#3f8fc0", "#5ca878", "#f09a86", "#a585c8")
    for i in range(9):
        x = 40 + i * 138
        y = 150 + 60 * (1 - ((x - 600) / 600) ** 2)
        flags.append(
            path(line([(x - 44, y - 4), (x + 44, y - 4), (x, y + 96)], True), colours[i % 6], opacity=0.9)
        )
    cord = path("M-20 140Q600 270 1220 140", stroke="#7d6a58", width=5)
    paint = sheet.linear([(0, mix(ground, "#ffffff", 0.35)), (1, ground)], (0, 0), (0, 1))
    floor = sheet.linear_at(
        [(0, mix("#e9cda0", ground, 0.2)), (1, mix("#dcb684", ground, 0.15))], (0, 800), (0, 1200)
    )
    boards = "".join(
        path(f"M{x} 800L{x + (x - 600) * 0.5:.0f} 1200", stroke="#c79f6b", width=4, opacity=0.5)
        for x in range(-200, 1500, 130)
    )
    carpet = (
        ellipse(600, 990, 520, 150, rug[1])
        + ellipse(600, 990, 440, 122, rug[0])
        + ellipse(600, 990, 350, 94, rug[2])
        + ellipse(600, 990, 250, 64, rug[0])
    )
    skirting = rect(0, 780, 1200, 24, "#fffaf0")
    return (
        rect(0, 0, 1200, 1200, paint)
        + cord
        + "".join(flags)
        + path(box(0, 800, 1200, 400), floor)
        + boards
        + skirting
        + carpet
    )
