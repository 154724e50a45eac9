"""Tents, lit from within."""

from marketplace.demo.illustrations.cloth import Area, on_cloth
from marketplace.demo.illustrations.curves import line
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, path
from marketplace.demo.illustrations.tones import LIGHT, Tones


@drawing("tent", "ridge dome tunnel tipi", focus=(600, 680))
def tent(sheet: Sheet, look: Look) -> str:
    draw = {"ridge": _ridge, "dome": _dome, "tunnel": _tunnel, "tipi": _tipi}[look.form]
    grass = "".join(
        path(f"M{x} 946l-8-30M{x} 946l4-38M{x} 946l14-26", stroke="#6f7f58", width=6, opacity=0.75)
        for x in (150, 330, 1010, 1090)
    )
    return sheet.ground_shadow(600, 934, 470, 50, 0.3) + draw(sheet, look) + grass


def _fabric(sheet: Sheet, tones: Tones) -> str:
    return sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.shade)], (0, 0), (1, 0.6))


def _ridge(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    side, front = "M430 330L900 390L1080 930H700Z", "M430 330L160 930H700Z"
    guys = path("M430 330L60 900M900 390L1160 900", stroke=tones.ink, width=5)
    door = (
        path("M430 470L300 930H430Z", tones.ink)
        + path("M430 470L500 930H430Z", Tones("#3b3330").base)
        + path("M430 470C470 640 540 760 620 930H500Z", second.base)
    )
    glow = path("M430 520L340 930H480Z", "#ffdf94", opacity=0.5)
    seam = path("M430 330L700 930M560 346L820 930M730 368L950 930", stroke=tones.deep, width=5, opacity=0.6)
    return (
        guys
        + path(side, sheet.linear([(0, tones.base), (1, tones.deep)], (0, 0), (1, 1)))
        + path(front, _fabric(sheet, tones))
        + seam
        + door
        + glow
        + path("M160 930L430 330L700 930", stroke=second.base, width=10)
    )


def _dome(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    shell = "M130 930C160 560 360 340 600 340C840 340 1040 560 1070 930Z"
    door = "M440 930C440 700 500 560 600 520C700 560 760 700 760 930Z"
    marks = (
        sheet.inside(shell, on_cloth(sheet, Area(120, 320, 960, 620), look.pattern, tones, second))
        if look.pattern != "plain"
        else ""
    )
    poles = path(
        "M130 930C260 500 500 330 760 360M1070 930C940 500 700 330 440 360", stroke=second.base, width=15
    )
    fly = sheet.inside(
        shell, path("M100 940C200 760 330 800 420 940ZM1100 940C1000 760 870 800 780 940Z", tones.shade)
    )
    light = sheet.radial([(0, LIGHT, 0.36), (0.6, LIGHT, 0), (1, tones.ink, 0.34)], (0.36, 0.26), 0.86)
    inner = (
        path(door, tones.ink)
        + path("M470 930C470 740 520 620 600 560C650 640 600 800 580 930Z", "#ffdf94", opacity=0.5)
        + path("M600 520C700 560 760 700 760 930H690C700 780 660 620 600 520Z", second.light)
    )
    return (
        path(shell, tones.base)
        + marks
        + fly
        + path(shell, light)
        + poles
        + inner
        + path(door, stroke=tones.deep, width=6)
        + path("M140 860L40 940M1060 860L1160 940", stroke=tones.ink, width=5)
    )


def _tunnel(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    hull = "M110 930C110 620 210 520 330 500L830 430C980 430 1080 620 1090 930Z"
    light = sheet.linear([(0, LIGHT, 0.34), (0.4, LIGHT, 0), (1, tones.ink, 0.36)], (0, 0), (0, 1))
    hoops = "".join(
        path(d, stroke=second.base, width=14)
        for d in (
            "M330 500C420 560 460 740 460 930",
            "M590 464C690 540 730 740 730 930",
            "M830 430C950 500 990 700 990 930",
        )
    )
    door = path("M110 930C110 700 180 600 260 560C340 620 380 760 380 930Z", tones.ink) + path(
        "M160 930C170 760 210 680 260 640C300 720 290 830 280 930Z", "#ffdf94", opacity=0.5
    )
    return (
        path(hull, tones.base)
        + path(hull, light)
        + hoops
        + door
        + path("M600 440L560 900M880 430L1160 900", stroke=tones.ink, width=4, opacity=0.6)
    )


def _tipi(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    cone = "M600 260L1010 930Q600 970 190 930Z"
    bands = (
        sheet.inside(
            cone,
            path(line([(100, 800), (1100, 800), (1100, 850), (100, 850)], True), second.base),
            path("M100 770" + "".join("l42 -40l42 40" for _ in range(13)), stroke=second.base, width=12),
        )
        if look.pattern != "plain"
        else ""
    )
    poles = path("M600 280L560 150M600 280L648 150M600 280L604 130", stroke="#9c7248", width=15)
    shade = path("M600 260L1010 930Q820 956 660 950Z", tones.deep, opacity=0.45)
    door = (
        path("M600 420L520 948Q600 956 690 948Z", tones.ink)
        + path("M600 520L560 950H650Z", "#ffdf94", opacity=0.55)
        + path("M600 420L440 946L520 950Z", tones.light)
    )
    return poles + path(cone, _fabric(sheet, tones)) + bands + shade + door
