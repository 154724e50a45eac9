"""Soft toys: seated animals with embroidered eyes."""

from marketplace.demo.illustrations.curves import soft
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path
from marketplace.demo.illustrations.tones import Tones

INK = "#3d3540"


@drawing("plush", "bear rabbit elephant fox cat", focus=(600, 440))
def plush(sheet: Sheet, look: Look) -> str:
    """A seated animal, soft all over: feet toward us, arms down, a scarf in the second colour."""
    tones, second = look.tones, look.second
    fur = _fur(sheet, tones)
    pale = Tones(tones.pale)
    trunk = ellipse(600, 760, 200, 206, fur) + ellipse(600, 790, 124, 136, pale.base, 0.9)
    arms = "".join(
        group(ellipse(600 + s * 196, 730, 58, 130, fur), turn=s * -24, about=(600 + s * 180, 640))
        for s in (-1, 1)
    )
    legs = "".join(
        ellipse(600 + s * 170, 886, 112, 88, fur)
        + ellipse(600 + s * 186, 896, 60, 54, pale.base)
        + "".join(circle(600 + s * 186 + k * 26, 846, 11, pale.shade) for k in (-1, 0, 1))
        for s in (-1, 1)
    )
    head = {"bear": _bear, "rabbit": _rabbit, "elephant": _elephant, "fox": _fox, "cat": _cat}[look.form](
        sheet, tones, pale, second
    )
    tail = (
        path("M790 860C900 870 950 780 920 690", stroke=tones.base, width=58)
        if look.form in ("fox", "cat")
        else ""
    )
    tip = circle(921, 692, 30, pale.base) if look.form == "fox" else ""
    scarf = (
        path("M470 600Q600 660 730 600", stroke=second.base, width=50)
        + path("M690 624L720 740L770 726L744 600Z", second.shade)
        + path("M474 590Q600 646 726 590", stroke=second.light, width=8)
    )
    seams = path("M600 680V930", stroke=tones.deep, width=3, opacity=0.3)
    return (
        sheet.ground_shadow(610, 946, 330, 44)
        + tail
        + tip
        + arms
        + trunk
        + seams
        + legs
        + head
        + (scarf if look.pattern != "plain" else _bow(second))
    )


def _fur(sheet: Sheet, tones: Tones) -> str:
    return sheet.radial([(0, tones.light), (0.6, tones.base), (1, tones.shade)], (0.38, 0.3), 0.82)


def _bow(tones: Tones) -> str:
    return path("M600 606L510 566Q494 606 510 650ZM600 606L690 566Q706 606 690 650Z", tones.base) + circle(
        600, 606, 26, tones.shade
    )


def _face(y: float, nose: str = INK, gap: float = 84) -> str:
    eyes = "".join(
        circle(600 + s * gap, y, 19, INK) + circle(600 + s * gap - 6, y - 7, 6, "#ffffff") for s in (-1, 1)
    )
    cheeks = "".join(circle(600 + s * (gap + 56), y + 54, 30, "#f2a58f", 0.5) for s in (-1, 1))
    return (
        eyes
        + cheeks
        + ellipse(600, y + 50, 28, 20, nose)
        + path(
            f"M600 {y + 68}V{y + 88}M564 {y + 92}Q582 {y + 112} 600 {y + 90}Q618 {y + 112} 636 {y + 92}",
            stroke=INK,
            width=7,
        )
    )


def _bear(sheet: Sheet, tones: Tones, pale: Tones, second: Tones) -> str:
    fur = _fur(sheet, tones)
    ears = "".join(
        circle(600 + s * 166, 270, 74, fur) + circle(600 + s * 166, 274, 42, pale.shade) for s in (-1, 1)
    )
    return ears + ellipse(600, 420, 226, 202, fur) + ellipse(600, 480, 110, 86, pale.base) + _face(410)


def _rabbit(sheet: Sheet, tones: Tones, pale: Tones, second: Tones) -> str:
    fur = _fur(sheet, tones)
    ears = group(
        ellipse(500, 190, 58, 160, fur) + ellipse(500, 200, 30, 116, "#f2b9a6"), turn=-8, about=(520, 330)
    ) + group(
        ellipse(700, 190, 58, 160, fur) + ellipse(700, 200, 30, 116, "#f2b9a6"), turn=14, about=(680, 330)
    )
    return (
        ears
        + ellipse(600, 430, 206, 186, fur)
        + ellipse(600, 488, 92, 70, pale.base)
        + _face(420, "#e58a7b", 78)
    )


def _elephant(sheet: Sheet, tones: Tones, pale: Tones, second: Tones) -> str:
    fur = _fur(sheet, tones)
    ears = "".join(
        ellipse(600 + s * 246, 420, 140, 168, fur) + ellipse(600 + s * 250, 430, 90, 116, "#f2b9a6", 0.85)
        for s in (-1, 1)
    )
    trunk = (
        path("M600 450C600 560 590 640 520 664", stroke=tones.shade, width=86)
        + path("M600 450C600 560 590 634 524 656", stroke=tones.base, width=74)
        + path("M562 540q40 12 76 0M556 590q38 14 72 6", stroke=tones.deep, width=6, opacity=0.5)
    )
    eyes = "".join(
        circle(600 + s * 96, 400, 19, INK)
        + circle(600 + s * 96 - 6, 393, 6, "#ffffff")
        + circle(600 + s * 140, 460, 30, "#f2a58f", 0.5)
        for s in (-1, 1)
    )
    return ears + ellipse(600, 410, 206, 200, fur) + trunk + eyes


def _fox(sheet: Sheet, tones: Tones, pale: Tones, second: Tones) -> str:
    fur, cream = _fur(sheet, tones), Tones("#fff3e0")
    ears = "".join(
        path(soft([(600 + s * 90, 300), (600 + s * 230, 150), (600 + s * 246, 370)], 26), tones.base)
        + path(
            soft([(600 + s * 130, 300), (600 + s * 212, 204), (600 + s * 222, 340)], 18), INK, opacity=0.75
        )
        for s in (-1, 1)
    )
    skull = "M370 420C370 300 470 240 600 240C730 240 830 300 830 420C830 530 720 600 600 616C480 600 370 530 370 420Z"
    mask = "M372 440C420 500 520 480 600 560C680 480 780 500 828 440C826 540 720 602 600 616C480 602 374 540 372 440Z"
    return ears + path(skull, fur) + path(mask, cream.base) + _face(416, INK, 96)


def _cat(sheet: Sheet, tones: Tones, pale: Tones, second: Tones) -> str:
    fur = _fur(sheet, tones)
    ears = "".join(
        path(soft([(600 + s * 90, 290), (600 + s * 196, 170), (600 + s * 214, 360)], 24), tones.base)
        + path(soft([(600 + s * 126, 290), (600 + s * 184, 216), (600 + s * 192, 330)], 16), "#f2b9a6")
        for s in (-1, 1)
    )
    stripes = path("M600 236V296M556 244L562 296M644 244L638 296", stroke=tones.deep, width=13)
    whiskers = "".join(
        path(f"M{600 + s * 130} {y}L{600 + s * 250} {y + d}", stroke=INK, width=4, opacity=0.6)
        for s in (-1, 1)
        for y, d in ((476, -14), (496, 12))
    )
    return (
        ears
        + ellipse(600, 420, 222, 192, fur)
        + stripes
        + ellipse(600, 486, 88, 62, pale.base)
        + whiskers
        + _face(416, "#e58a7b", 90)
    )
