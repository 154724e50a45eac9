"""Wooden cars, and animals that follow on a string."""

from marketplace.demo.illustrations.curves import box
from marketplace.demo.illustrations.drawings.wooden import WALNUT, WOOD, block, wheel
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.sheet import Sheet, circle, ellipse, group, path, rect
from marketplace.demo.illustrations.tones import Tones

CARS = {
    "racer": "M120 800C130 700 260 690 420 680C470 610 560 600 640 640L700 690C860 690 1040 700 1080 760Q1096 800 1070 830H130Q116 830 120 800Z",
    "beetle": "M110 810C110 730 190 700 280 690C330 540 470 480 620 490C780 500 850 610 890 690C1010 700 1090 740 1090 810V836H110Z",
    "van": "M120 840V540Q120 470 190 470H780C900 470 960 560 990 650L1070 690Q1090 706 1090 740V840Z",
    "truck": "M120 840V660H620V500Q620 470 650 470H830C900 470 930 540 960 640L1060 680Q1090 700 1090 740V840Z",
}


@drawing("car", "racer beetle van truck", focus=(740, 660))
def car(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    form, glass = CARS[look.form], Tones("#cfe3e6")
    wheels = wheel(330, 850, 104, Tones("#4a4546"), second) + wheel(860, 850, 104, Tones("#4a4546"), second)
    parts = {
        "racer": rect(440, 600, 130, 90, WOOD.base, 40)
        + circle(506, 566, 60, WOOD.light)
        + path("M446 566A60 60 0 0 1 566 566Z", second.base),
        "beetle": path(
            "M370 690C400 600 470 560 560 560V690ZM600 560C700 570 760 620 790 690H600Z", glass.base
        ),
        "van": rect(190, 540, 180, 130, glass.base, 24)
        + rect(410, 540, 180, 130, glass.base, 24)
        + path("M640 540H770C840 550 880 610 900 670H640Z", glass.base),
        "truck": path("M670 530H820C870 550 890 610 900 660H670Z", glass.base),
    }[look.form]
    under = "" if look.form != "racer" else parts
    over = (
        parts
        if look.form != "racer"
        else circle(660, 760, 66, "#fffaf0") + path("M648 734L668 722V800", stroke=second.deep, width=15)
    )
    cargo = _cargo(second) if look.form == "truck" else ""
    stripe = sheet.inside(form, rect(100, 752, 1000, 34, second.base)) if look.pattern != "plain" else ""
    lamp = circle(1066, 746, 24, "#ffe7a0")
    return (
        sheet.ground_shadow(610, 950, 480, 40)
        + cargo
        + under
        + block(sheet, form, tones)
        + stripe
        + over
        + lamp
        + wheels
    )


def _cargo(tones: Tones) -> str:
    balls = (
        (220, 600, 74, tones.base),
        (370, 596, 78, WOOD.base),
        (520, 604, 70, tones.light),
        (300, 500, 62, WOOD.light),
        (444, 496, 60, tones.shade),
    )
    return "".join(
        circle(x, y, r, paint) + circle(x - r * 0.3, y - r * 0.3, r * 0.3, "#ffffff", 0.35)
        for x, y, r, paint in balls
    )


@drawing("pullalong", "duck dog snail whale", focus=(460, 520))
def pullalong(sheet: Sheet, look: Look) -> str:
    tones, second = look.tones, look.second
    cord = (
        path("M170 800C60 780 40 700 110 660S130 540 60 520", stroke=WALNUT.base, width=10)
        + circle(60, 506, 34, second.base)
        + circle(50, 496, 13, second.light)
    )
    animal = {"duck": _duck, "dog": _dog, "snail": _snail, "whale": _whale}[look.form](sheet, tones, second)
    deck = block(sheet, box(190, 800, 800, 66, 30), WOOD)
    wheels = wheel(340, 886, 66, second) + wheel(840, 886, 66, second)
    return group(sheet.ground_shadow(600, 952, 430, 36), cord, animal, deck, wheels)


def _eye(x: float, y: float, size: float = 17) -> str:
    return circle(x, y, size, "#33303a") + circle(x - size * 0.3, y - size * 0.35, size * 0.32, "#ffffff")


def _duck(sheet: Sheet, tones: Tones, second: Tones) -> str:
    wing = "M520 660C600 620 740 640 800 700C740 780 580 780 520 660Z"
    bill = "M262 400L150 430Q140 460 170 466L270 470Z"
    return (
        block(sheet, bill, Tones("#ef9a3d"))
        + block(
            sheet,
            "M420 480C430 370 380 290 300 290C220 290 190 380 230 450C250 500 290 520 300 560C270 660 290 800 430 804H800C930 800 970 680 960 560C890 640 810 640 720 610C620 580 460 620 420 480Z",
            tones,
        )
        + block(sheet, wing, second)
        + _eye(300, 390)
    )


def _dog(sheet: Sheet, tones: Tones, second: Tones) -> str:
    back = box(340, 560, 560, 190, 90)
    legs = rect(390, 700, 84, 110, tones.shade, 30) + rect(780, 700, 84, 110, tones.shade, 30)
    head = "M190 500C190 400 280 350 370 360C460 370 500 440 490 520C480 600 420 640 340 630L230 600Q190 590 190 540Z"
    ear = "M400 380C480 360 530 420 520 520C510 600 450 600 430 540Z"
    tail = path("M880 600C940 560 960 500 940 450", stroke=tones.shade, width=36)
    return (
        tail
        + legs
        + block(sheet, back, tones)
        + path("M560 562H700V748H560Z", second.base, opacity=0.9)
        + block(sheet, head, tones)
        + block(sheet, ear, second)
        + _eye(310, 460)
        + ellipse(206, 500, 28, 22, "#33303a")
    )


def _snail(sheet: Sheet, tones: Tones, second: Tones) -> str:
    foot = "M180 640C180 560 260 540 300 600C330 680 380 720 460 730H900C960 740 980 790 980 806H320C230 800 180 740 180 640Z"
    swirl = path(
        "M640 560C640 500 720 500 720 570C720 650 580 650 570 550C560 430 740 400 810 500C860 600 800 720 680 720",
        stroke=second.base,
        width=34,
    )
    horns = (
        path("M230 580C220 500 190 470 180 430M284 580C290 500 300 470 320 430", stroke=WOOD.shade, width=16)
        + circle(178, 420, 22, second.base)
        + circle(322, 420, 22, second.base)
    )
    return (
        horns
        + block(sheet, foot, WOOD)
        + circle(
            664,
            570,
            236,
            sheet.radial([(0, tones.light), (0.6, tones.base), (1, tones.shade)], (0.36, 0.3), 0.8),
        )
        + swirl
        + _eye(240, 646)
    )


def _whale(sheet: Sheet, tones: Tones, second: Tones) -> str:
    form = "M180 640C180 480 340 420 520 430C700 440 760 560 830 610C860 570 840 500 800 450C880 460 920 490 940 520C970 480 1010 460 1060 460C1040 620 960 800 720 806H380C240 800 180 740 180 640Z"
    belly = "M186 680C240 760 420 740 600 720C640 760 600 806 560 806H380C260 800 200 750 186 680Z"
    spout = path(
        "M430 400C430 330 370 320 360 270M430 400C430 330 490 320 500 270",
        stroke="#ffffff",
        width=17,
        opacity=0.9,
    )
    fin = "M480 690C560 690 600 760 570 800C500 790 470 740 480 690Z"
    return (
        spout
        + block(sheet, form, tones)
        + sheet.inside(form, path(belly, second.pale))
        + block(sheet, fin, tones)
        + _eye(300, 600)
    )
