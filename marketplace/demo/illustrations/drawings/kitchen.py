"""On the stove and beside it: pans, knives."""

from marketplace.demo.illustrations.curves import disc, smooth, soft
from marketplace.demo.illustrations.lathe import Turned, body, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path
from marketplace.demo.illustrations.tones import Tones

PANS = {
    "frying": [(640, 372), (720, 330), (770, 300)],
    "saucepan": [(520, 270), (760, 264), (800, 246)],
    "casserole": [(560, 330), (760, 326), (820, 296)],
    "wok": [(600, 386), (700, 320), (800, 196)],
}


@drawing("pan", "frying saucepan casserole wok", focus=(520, 640))
def pan(sheet: Sheet, look: Look) -> str:
    form = turned(500 if look.form != "casserole" else 600, PANS[look.form], tilt=0.27)
    tones = look.tones
    cx, cy, rx, ry = form.rim()
    shadow = sheet.ground_shadow(cx + 16, form.bottom + 42, form.radius(form.bottom) * 1.24, 74)
    inner = Tones("#3b3c40" if look.pattern != "enamel" else "#efe7d8")
    deep = sheet.linear([(0, inner.ink), (0.5, inner.shade), (1, inner.light)], (0, 0), (0.7, 1))
    if look.form == "casserole":
        return (
            shadow
            + _ears(form.cx, form.top + 70, form.widest, tones)
            + body(sheet, form, tones)
            + _cover(sheet, form, look)
        )
    inside = ellipse(cx, cy, rx, ry, tones.light) + ellipse(cx, cy + 2, rx - 13, ry - 9, deep)
    floor = ellipse(cx, cy + ry * 0.42, rx * 0.72, ry * 0.46, inner.shade, 0.8)
    egg = _egg(cx - rx * 0.12, cy + ry * 0.3) if look.form == "frying" and look.pattern == "plain" else ""
    item = _long_handle(sheet, look, cx + rx - 12, cy + 14) + body(sheet, form, tones) + inside
    return group(
        shadow,
        item,
        sheet.inside(disc(cx, cy + 2, rx - 13, ry - 9), floor, egg),
        about=(500, 850),
        scale=0.86,
    )


def _egg(x: float, y: float) -> str:
    white = smooth(
        [
            (x - 130, y),
            (x - 70, y - 38),
            (x + 30, y - 44),
            (x + 120, y - 14),
            (x + 96, y + 34),
            (x - 10, y + 46),
            (x - 96, y + 36),
        ],
        close=True,
    )
    return (
        path(white, "#fbf6ea")
        + ellipse(x + 6, y - 2, 50, 25, "#f2a93b")
        + ellipse(x - 8, y - 9, 16, 7, "#fbd583")
    )


def _long_handle(sheet: Sheet, look: Look, x: float, y: float) -> str:
    grip = Tones("#b98a5a" if look.pattern in ("wood", "enamel", "plain") else "#3c3d42")
    data = f"M{x - 20:.0f} {y - 14:.0f}L{x + 70:.0f} {y - 40:.0f}L{x + 300:.0f} {y - 92:.0f}Q{x + 340:.0f} {y - 92:.0f} {x + 336:.0f} {y - 62:.0f}Q{x + 330:.0f} {y - 44:.0f} {x + 296:.0f} {y - 36:.0f}L{x + 76:.0f} {y + 6:.0f}L{x - 20:.0f} {y + 26:.0f}Z"
    paint = sheet.linear([(0, grip.light), (0.5, grip.base), (1, grip.deep)], (0, 0), (0, 1))
    steel = f"M{x - 24:.0f} {y - 12:.0f}L{x + 76:.0f} {y - 41:.0f}L{x + 82:.0f} {y + 4:.0f}L{x - 24:.0f} {y + 26:.0f}Z"
    return path(data, paint) + path(steel, "#8d9096") + ellipse(x + 304, y - 66, 13, 9, grip.ink)


def _ears(cx: float, y: float, reach: float, tones: Tones) -> str:
    out = []
    for side in (-1, 1):
        x = cx + side * (reach - 16)
        data = f"M{x:.0f} {y - 26:.0f}C{x + side * 110:.0f} {y - 44:.0f} {x + side * 110:.0f} {y + 56:.0f} {x:.0f} {y + 44:.0f}"
        out.append(path(data, stroke=tones.deep, width=36) + path(data, stroke=tones.base, width=22))
    return "".join(out)


def _cover(sheet: Sheet, form: Turned, look: Look) -> str:
    cx, cy, rx, ry = form.rim()
    tones = look.tones
    dome = turned(
        cx, [(cy - 112, 40), (cy - 96, rx * 0.5), (cy - 50, rx * 0.9), (cy - 4, rx + 12)], form.tilt
    )
    knob = turned(cx, [(cy - 178, 40), (cy - 154, 50), (cy - 128, 30), (cy - 108, 30)], 0.3)
    brass = Tones("#c9a253")
    return (
        ellipse(cx, cy + 10, rx + 12, ry + 8, tones.ink)
        + body(sheet, dome, tones)
        + body(sheet, knob, brass)
        + ellipse(cx, cy - 178, 40, 13, brass.light)
    )


KNIVES = {
    "chef": "M210 560L690 548V668C560 676 350 640 210 560Z",
    "santoku": "M230 640C226 580 280 548 360 548H690V660H330C280 660 240 656 230 640Z",
    "bread": "M190 596C200 560 240 552 300 552H690V640H220C196 632 188 618 190 596Z",
    "paring": "M380 590L690 556V640C580 650 460 630 380 590Z",
    "cleaver": "M270 520H690V720H290Q266 720 266 690Z",
}


@drawing("knife", "chef santoku bread paring cleaver", pose="flat", focus=(500, 600))
def knife(sheet: Sheet, look: Look) -> str:
    blade = KNIVES[look.form]
    grip = soft([(716, 552), (1010, 540), (1034, 600), (1000, 664), (716, 640)], [10, 40, 40, 40, 10])
    steel = sheet.linear(
        [(0, "#8f979d"), (0.42, "#dfe4e6"), (0.5, "#f6f8f8"), (0.6, "#c3cacd"), (1, "#98a1a7")],
        (0, 0),
        (0.12, 1),
    )
    tones = look.tones
    wood = sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.deep)], (0, 0), (0, 1))
    teeth = ""
    if look.form == "bread":
        teeth = path("M206 640" + "".join("q14 14 28 0" for _ in range(17)), stroke="#aab2b6", width=7)
    marks = ""
    if look.pattern == "damascus":
        lines = [
            smooth(
                [
                    (200 + k * 4, 560 + j * 13),
                    (330, 578 + j * 12),
                    (470, 556 + j * 13),
                    (600, 574 + j * 12),
                    (700, 556 + j * 13),
                ]
            )
            for j, k in enumerate(range(9))
        ]
        marks = sheet.inside(blade, *(path(d, stroke="#7f888e", width=3.5, opacity=0.6) for d in lines))
    rivets = "".join(
        circle(x, 598, 13, "#d9c08a") + circle(x - 3, 595, 5, "#f4e6c0") for x in (780, 864, 948)
    )
    item = (
        path(blade, steel)
        + marks
        + teeth
        + path("M690 546H724V664H690Z", "#7b8388")
        + path(grip, wood)
        + rivets
    )
    whole = sheet.cast(blade, 10, 26, 0.28, 12) + sheet.cast(grip, 10, 26, 0.28, 12)
    turn = sheet.random.choice((-38, -32, -26, 30))
    return group(whole, item, turn=turn, about=(615, 600), scale=1.12)
