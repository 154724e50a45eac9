"""Wooden trains, and the wheels and blocks that every wooden toy is made of."""

from marketplace.demo.illustrations.curves import box
from marketplace.demo.illustrations.lathe import body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, path, rect
from marketplace.demo.illustrations.tones import Tones

WOOD = Tones("#dcb684")


WALNUT = Tones("#9c6b45")


def wheel(x: float, y: float, radius: float, tones: Tones, hub: Tones = WOOD) -> str:
    """A turned wheel, seen from the side."""
    return (
        circle(x + 4, y + 5, radius, tones.deep)
        + circle(x, y, radius, tones.base)
        + circle(x - radius * 0.08, y - radius * 0.08, radius * 0.72, tones.light)
        + circle(x, y, radius * 0.62, tones.base)
        + circle(x, y, radius * 0.26, hub.shade)
        + circle(x - 2, y - 2, radius * 0.17, hub.pale)
    )


def block(sheet: Sheet, outline: str, tones: Tones) -> str:
    """A painted piece of wood: lit above, shaded below, its edge caught by the light."""
    paint = sheet.linear([(0, tones.light), (0.35, tones.base), (1, tones.shade)], (0, 0), (0.25, 1))
    return path(outline, paint) + path(outline, stroke=tones.light, width=4, opacity=0.5)


@drawing("train", "steam tank railcar freight", focus=(420, 640))
def train(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    rails = rect(40, 936, 1120, 14, WALNUT.base, 6) + "".join(
        rect(x, 948, 60, 16, WALNUT.deep, 5) for x in range(60, 1140, 110)
    )
    engine = {"steam": _steam, "tank": _tank, "railcar": _railcar, "freight": _steam}[look.form](
        sheet, tones, second
    )
    wagon = {"steam": _coach, "tank": _coach, "railcar": _coach, "freight": _logs}[look.form](
        sheet, second, tones
    )
    hook = rect(560, 830, 100, 20, WALNUT.deep, 8)
    return sheet.ground_shadow(600, 950, 520, 34) + rails + hook + engine + wagon


def _steam(sheet: Sheet, tones: Tones, second: Tones) -> str:
    boiler = box(130, 620, 300, 170, 70)
    cab, frame = box(390, 500, 190, 300, 16), box(110, 780, 480, 70, 20)
    stack = body(sheet, turned(220, [(470, 62), (500, 44), (560, 34), (630, 44)], 0.16), second)
    dome = circle(330, 622, 44, second.base) + circle(320, 610, 18, second.light)
    smoke = (
        circle(216, 380, 54, "#ffffff", 0.75)
        + circle(286, 310, 70, "#ffffff", 0.6)
        + circle(380, 250, 46, "#ffffff", 0.45)
    )
    roof = box(366, 474, 238, 44, 20)
    window = rect(430, 560, 110, 110, Tones("#cfe3e6").base, 16)
    bands = "".join(rect(x, 622, 14, 166, second.base) for x in (200, 290))
    wheels = wheel(220, 872, 68, second) + wheel(380, 872, 68, second) + wheel(524, 884, 56, second)
    face = circle(132, 704, 58, WOOD.base) + circle(126, 698, 40, WOOD.light)
    return (
        smoke
        + stack
        + dome
        + block(sheet, boiler, tones)
        + bands
        + face
        + block(sheet, cab, tones)
        + window
        + block(sheet, roof, second)
        + block(sheet, frame, WOOD)
        + wheels
    )


def _tank(sheet: Sheet, tones: Tones, second: Tones) -> str:
    form = "M120 800V660Q120 610 170 610H350V520Q350 480 390 480H540Q590 480 590 530V800Z"
    stack = body(sheet, turned(210, [(480, 44), (520, 40), (620, 46)], 0.16), second)
    smoke = circle(214, 390, 52, "#ffffff", 0.72) + circle(290, 320, 66, "#ffffff", 0.55)
    window = rect(410, 540, 130, 110, Tones("#cfe3e6").base, 55)
    stripe = rect(120, 700, 470, 26, second.base)
    wheels = "".join(wheel(x, 868, 62, second) for x in (210, 360, 506))
    return (
        smoke
        + stack
        + block(sheet, form, tones)
        + sheet.inside(form, stripe)
        + window
        + block(sheet, box(110, 784, 490, 56, 18), WOOD)
        + wheels
    )


def _railcar(sheet: Sheet, tones: Tones, second: Tones) -> str:
    form = "M90 810V680C90 560 180 520 280 520H590V810Z"
    windows = "".join(rect(x, 590, 90, 100, Tones("#cfe3e6").base, 18) for x in (250, 366, 482)) + path(
        "M130 690C134 620 180 590 224 590V690Z", Tones("#cfe3e6").base
    )
    stripe = rect(80, 726, 520, 30, second.base)
    wheels = "".join(wheel(x, 880, 56, second) for x in (190, 320, 470))
    return (
        block(sheet, form, tones)
        + sheet.inside(form, stripe)
        + windows
        + block(sheet, box(90, 800, 506, 46, 18), WOOD)
        + wheels
    )


def _coach(sheet: Sheet, tones: Tones, second: Tones) -> str:
    form, roof = box(640, 560, 460, 230, 24), box(620, 524, 500, 54, 26)
    windows = "".join(rect(x, 610, 96, 96, Tones("#cfe3e6").base, 16) for x in (680, 822, 964))
    wheels = wheel(750, 882, 58, second) + wheel(990, 882, 58, second)
    return (
        block(sheet, form, tones)
        + windows
        + block(sheet, roof, second)
        + block(sheet, box(640, 784, 460, 62, 18), WOOD)
        + wheels
    )


def _logs(sheet: Sheet, tones: Tones, second: Tones) -> str:
    logs = "".join(
        rect(680, y, 390, 76, WALNUT.shade, 36)
        + circle(718, y + 38, 37, WOOD.base)
        + circle(718, y + 38, 22, WOOD.light)
        + circle(718, y + 38, 8, WOOD.deep)
        for y in (704, 634, 566)
    )
    posts = rect(664, 600, 22, 190, WALNUT.base, 8) + rect(1066, 600, 22, 190, WALNUT.base, 8)
    return (
        logs
        + posts
        + block(sheet, box(640, 780, 460, 66, 18), tones)
        + wheel(750, 882, 58, second)
        + wheel(990, 882, 58, second)
    )
