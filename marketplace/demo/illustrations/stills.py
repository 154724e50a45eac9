"""Wider pictures: a still life for each aisle, and the picture at the head of each shop's home page."""

from marketplace.demo.assortment import by_slug
from marketplace.demo.illustrations.compose import ZOOM
from marketplace.demo.illustrations.curves import line, smooth
from marketplace.demo.illustrations.look import KINDS, Look
from marketplace.demo.illustrations.pictures import look
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import Tones, mix

# (product, colour, centre x, floor or middle y, size) of each thing, from the back to the front.
Place = tuple[str, str, float, float, float]

SHELVES: dict[str, tuple[str, tuple[Place, ...]]] = {
    "table": ("#d6dedd", (("carafe-fontaine", "clear", 200, 500, 0.44), ("teapot-galet", "chalk", 430, 510, 0.56), ("bowl-sillon", "terracotta", 640, 530, 0.42), ("mug-estran", "ink", 250, 545, 0.36))),
    "kitchen": ("#efe0b9", (("jar-estran", "terracotta", 200, 490, 0.46), ("pan-dimanche", "ink", 470, 520, 0.58), ("jar-epicerie", "clear", 690, 500, 0.4), ("jar-bandeau", "ochre", 240, 550, 0.3))),
    "linen": ("#ecd3ca", (("cushion-verger", "sage", 250, 500, 0.5), ("cushion-pepin", "ochre", 560, 505, 0.44), ("throw-horisont", "charcoal", 430, 555, 0.42))),
    "light": ("#d9dccb", (("lamp-cepe", "terracotta", 300, 520, 0.6), ("candle-figuier", "sage", 560, 530, 0.4), ("candle-confiture", "rose", 680, 545, 0.34))),
    "decor": ("#e6cfbd", (("vase-amphore", "chalk", 220, 510, 0.54), ("planter-serre", "sea", 500, 520, 0.56), ("basket-marjal", "ochre", 680, 545, 0.36), ("vase-strie", "sea", 350, 545, 0.3))),
    "carry": ("#aebfc9", (("backpack-causeway", "tan", 230, 530, 0.56), ("backpack-harrow-22", "rust", 500, 545, 0.52), ("backpack-quayside", "graphite", 690, 555, 0.36))),
    "trail": ("#8fa39a", (("tent-corrie-3", "signal", 330, 500, 0.6), ("lantern-hollow", "moss", 600, 545, 0.38), ("bottle-beck-750", "petrol", 700, 550, 0.36), ("mat-heather", "petrol", 180, 560, 0.32))),
    "desk": ("#d8d3c6", (("speaker-wireless-set", "rust", 290, 510, 0.56), ("speaker-kiln", "stone", 590, 530, 0.46), ("lantern-drum", "graphite", 710, 548, 0.26))),
    "wear": ("#efb43c", (("beanie-bobble", "navy", 250, 520, 0.54), ("cap-haulier", "petrol", 540, 520, 0.48), ("beanie-fisk", "moss", 400, 560, 0.34))),
    "build": ("#bfe0e2", (("blocks-chateau-fort", "cherry", 300, 500, 0.52), ("rings-pyramide", "cherry", 570, 510, 0.44), ("car-bolide-1", "lagoon", 640, 560, 0.36), ("pullalong-colvert", "sunflower", 170, 560, 0.34))),
    "think": ("#d8cdec", (("puzzle-renard-du-soir", "apricot", 260, 320, 0.5), ("puzzle-au-large", "lagoon", 560, 340, 0.46))),
    "cuddle": ("#f7c3b5", (("plush-basile", "cocoa", 230, 520, 0.54), ("plush-suzon", "cream", 450, 535, 0.48), ("nightlight-selene", "sunflower", 650, 530, 0.42))),
    "music": ("#cfe3b4", (("xylophone-gamme", "cherry", 300, 310, 0.52), ("crayons-recreation", "sunflower", 610, 330, 0.4))),
    "outside": ("#b9d4f0", (("kite-alize", "cherry", 270, 300, 0.52), ("kite-mistral", "lagoon", 560, 280, 0.42))),
}  # fmt: skip


def _put(sheet: Sheet, one: Look, x: float, y: float, size: float) -> str:
    """A thing with its foot (or its middle, when it has none) at x, y."""
    about = (600.0, 940.0) if KINDS[one.kind].pose == "standing" else (600.0, 600.0)
    body = KINDS[one.kind].draw(sheet, one)
    return group(body, move=(x - about[0], y - about[1]), about=about, scale=size * ZOOM.get(one.kind, 1.0))


def _things(sheet: Sheet, places: tuple[Place, ...]) -> str:
    out = []
    for slug, colour, x, y, size in places:
        product = by_slug(slug)
        shade = next(c for c in product.colours if c.key == colour)
        out.append(_put(sheet, look(product, shade), x, y, size))
    return "".join(out)


def shelf_picture(shelf: str) -> str:
    """A still life for one aisle, 800 x 600. KeyError for an aisle that is not in the assortment."""
    ground, places = SHELVES[shelf]
    sheet = Sheet(f"shelf {shelf}")
    flat = shelf in ("think", "music", "outside")
    back = rect(
        0, 0, 800, 600, sheet.radial([(0, mix(ground, "#ffffff", 0.34)), (1, ground)], (0.4, 0.3), 0.9)
    )
    disc = circle(400, 300, 250, mix(ground, "#ffffff", 0.28), 0.6)
    floor = "" if flat else rect(0, 460, 800, 140, mix(ground, "#4a3f55", 0.09))
    return sheet.document(back + disc + floor + _things(sheet, places), 800, 600)


def hero(merchant: str) -> str:
    """The wide picture of a shop, 1600 x 700, quiet on the left where a title may stand. KeyError when unknown."""
    return {"rivage": _shore, "northpeak": _summit, "fabrique": _workshop}[merchant]()


def _shore() -> str:
    """A table before an open window, the sea at low tide."""
    sheet = Sheet("hero rivage")
    wall = sheet.linear([(0, "#f3e8d8"), (1, "#e8d3bf")], (0, 0), (1, 1))
    sky = sheet.linear([(0, "#cfdedd"), (0.6, "#f1e3cf"), (1, "#f6d9bd")], (0, 0), (0, 1))
    window = "M860 560V300A280 280 0 0 1 1420 300V560Z"
    sea = "".join(
        path(smooth([(840 + k * 150, y + (7 if k % 2 else -7)) for k in range(5)]) + "V580H840Z", paint)
        for y, paint in ((380, "#9db9bb"), (420, "#86a7ad"), (470, "#c9cbb8"), (510, "#e6d2b4"))
    )
    isle = path("M1180 384Q1250 330 1330 384Z", "#7d9690")
    view = sheet.inside(window, rect(840, 0, 600, 580, sky), circle(1050, 300, 58, "#fff4dc"), isle, sea)
    frame = (
        path(window, stroke="#fbf5ea", width=22)
        + path("M1140 20V560M860 330H1420", stroke="#fbf5ea", width=9)
        + path("M832 566H1448", stroke="#e0c9ae", width=22)
    )
    light = path(line([(0, 700), (300, 700), (860, 250), (860, 60)], True), "#ffffff", opacity=0.16)
    wood = Tones("#cfa476")
    table = rect(0, 596, 1600, 104, sheet.linear([(0, wood.light), (1, wood.base)], (0, 0), (0, 1))) + rect(
        0, 592, 1600, 8, wood.pale
    )
    things = (
        ("lamp-cepe", "terracotta", 1460, 636, 0.42),
        ("vase-amphore", "chalk", 930, 640, 0.44),
        ("teapot-galet", "sage", 1210, 652, 0.38),
        ("bowl-maree", "sea", 1050, 660, 0.28),
        ("mug-estran", "ink", 1330, 668, 0.25),
    )
    return sheet.document(
        rect(0, 0, 1600, 700, wall) + view + frame + light + table + _things(sheet, things), 1600, 700
    )


def _summit() -> str:
    """Camp below a ridge, the last light on the snow."""
    sheet = Sheet("hero northpeak")
    sky = sheet.linear([(0, "#16222a"), (0.55, "#2c4450"), (0.85, "#b5613a"), (1, "#ef8a4a")], (0, 0), (0, 1))
    stars = "".join(
        circle(
            sheet.random.uniform(0, 1600),
            sheet.random.uniform(0, 300),
            sheet.random.choice((1.2, 1.8, 2.6)),
            "#f4f1ea",
            0.8,
        )
        for _ in range(90)
    )
    peak = path(
        line(
            [
                (520, 620),
                (760, 330),
                (840, 390),
                (1060, 120),
                (1180, 270),
                (1250, 220),
                (1600, 560),
                (1600, 700),
                (520, 700),
            ],
            True,
        ),
        "#34505c",
    )
    snow = path(
        line(
            [
                (1060, 120),
                (1180, 270),
                (1140, 300),
                (1090, 260),
                (1050, 310),
                (1000, 270),
                (950, 320),
                (936, 270),
            ],
            True,
        ),
        "#f1d9c4",
    ) + path(line([(1060, 120), (1180, 270), (1140, 300), (1100, 250)], True), "#ef8a4a", opacity=0.75)
    ridge = path(
        line(
            [
                (-20, 600),
                (180, 470),
                (330, 540),
                (560, 420),
                (760, 560),
                (1000, 500),
                (1300, 590),
                (1620, 470),
                (1620, 700),
                (-20, 700),
            ],
            True,
        ),
        "#1c2b33",
    )
    ground = path(
        smooth([(-20, 620), (400, 590), (900, 612), (1300, 590), (1620, 610)]) + "L1620 720L-20 720Z",
        "#10191f",
    )
    pines = "".join(
        path(
            line([(x - w * s, 610 - h * s), (x, 610 - (h + 110) * s), (x + w * s, 610 - h * s)], True),
            "#0c1419",
        )
        for x, s in ((60, 1.1), (150, 0.8), (240, 1.3), (700, 0.7), (1560, 1.3))
        for w, h in ((46, 0), (36, 60), (26, 120))
    )
    glow = ellipse(1180, 640, 380, 90, sheet.radial([(0, "#ffb25c", 0.55), (1, "#ffb25c", 0)]))
    things = (
        ("tent-corrie-3", "signal", 1150, 650, 0.46),
        ("backpack-munro-45", "petrol", 880, 660, 0.34),
        ("lantern-hollow", "moss", 1420, 668, 0.26),
        ("bottle-beck-500", "glacier", 980, 676, 0.2),
    )
    return sheet.document(
        rect(0, 0, 1600, 700, sky)
        + stars
        + peak
        + snow
        + ridge
        + pines
        + ground
        + glow
        + _things(sheet, things),
        1600,
        700,
    )


def _workshop() -> str:
    """Hills made of paper, a train on its way, a kite up."""
    sheet = Sheet("hero fabrique")
    sky = sheet.linear([(0, "#bfe0ee"), (1, "#fdeccb")], (0, 0), (0, 1))
    sun = circle(300, 150, 80, "#ffe39a") + circle(300, 150, 120, "#ffe39a", 0.35)
    clouds = "".join(
        ellipse(x + d, y + abs(d) * 0.2, r, r * 0.6, "#ffffff", 0.85)
        for x, y in ((620, 130), (1060, 90), (90, 300))
        for d, r in ((-70, 54), (0, 78), (78, 60))
    )
    hills = "".join(path(smooth(pts) + "L1640 720L-40 720Z", paint) for pts, paint in (
        ([(-40, 470), (300, 380), (700, 470), (1100, 370), (1640, 460)], "#b8dcae"),
        ([(-40, 560), (400, 480), (800, 540), (1250, 460), (1640, 540)], "#97cc96"),
        ([(-40, 640), (500, 600), (1000, 622), (1640, 600)], "#f2d9a2"),
    ))  # fmt: skip
    things = (
        ("kite-alize", "cherry", 820, 200, 0.26),
        ("blocks-chateau-fort", "cherry", 1420, 636, 0.36),
        ("rings-arc-en-ciel", "cherry", 1110, 636, 0.3),
        ("train-express-du-jura", "cherry", 860, 676, 0.42),
        ("plush-basile", "cocoa", 1250, 684, 0.36),
        ("pullalong-colvert", "sunflower", 1460, 690, 0.24),
    )
    return sheet.document(
        rect(0, 0, 1600, 700, sky) + sun + clouds + hills + _things(sheet, things), 1600, 700
    )
