"""Turned in clay: mugs, bowls, vases, teapots."""

from marketplace.demo.illustrations.curves import smooth
from marketplace.demo.illustrations.lathe import Turned, body, mouth, turned
from marketplace.demo.illustrations.look import Look, drawing
from marketplace.demo.illustrations.patterns import on_wall
from marketplace.demo.illustrations.sheet import Sheet, ellipse, path
from marketplace.demo.illustrations.tones import Tones

MUGS = {
    "straight": [(390, 218), (880, 214)],
    "round": [(400, 196), (520, 236), (690, 244), (830, 206), (878, 160)],
    "tapered": [(380, 250), (640, 216), (880, 166)],
    "squat": [(500, 262), (690, 264), (830, 236), (884, 196)],
    "footed": [(390, 232), (640, 236), (790, 190), (840, 122), (884, 140)],
}


def _handle(sheet: Sheet, form: Turned, tones: Tones, form_name: str) -> str:
    """An ear on the right, drawn as a thick line with a lit inner edge."""
    height = form.bottom - form.top
    top, low = form.top + height * 0.16, form.top + height * (0.66 if form_name != "footed" else 0.56)
    x1, x2 = form.cx + form.radius(top) - 14, form.cx + form.radius(low) - 14
    reach = 150 if form_name != "squat" else 128
    data = f"M{x1:.0f} {top:.0f}C{x1 + reach * 1.25:.0f} {top - 26:.0f} {x2 + reach * 1.4:.0f} {low + 10:.0f} {x2:.0f} {low:.0f}"
    return (
        path(data, stroke=tones.deep, width=50)
        + path(data, stroke=tones.shade, width=38)
        + f'<g transform="translate(-4 -5)">{path(data, stroke=tones.base, width=18)}</g>'
    )


@drawing("mug", "straight round tapered squat footed", focus=(500, 560))
def mug(sheet: Sheet, look: Look) -> str:
    form = turned(560, MUGS[look.form], tilt=0.19)
    tones, second = look.tones, look.second
    inner = second.base if look.pattern in ("dip", "rim", "glaze") else None
    return (
        sheet.ground_shadow(590, form.bottom + 22, form.radius(form.bottom) * 1.25, 62)
        + _handle(sheet, form, tones, look.form)
        + body(sheet, form, tones, on_wall(sheet, form, look.pattern, tones, second))
        + mouth(sheet, form, second if look.pattern in ("rim", "glaze") else tones, 11, inner)
        + _drink(form, look)
    )


def _drink(form: Turned, look: Look) -> str:
    """Coffee or tea in every other mug."""
    if sum(map(ord, look.name)) % 2:
        return ""
    cx, cy, rx, ry = form.rim()
    tea = "#6b4128" if sum(map(ord, look.name)) % 4 else "#b8763a"
    level = cy + ry * 0.30
    return ellipse(cx, level, rx * 0.87, ry * 0.60, Tones(tea).shade) + ellipse(
        cx - rx * 0.06, level + ry * 0.03, rx * 0.78, ry * 0.5, tea
    )


BOWLS = {
    "deep": [(500, 330), (640, 318), (790, 236), (862, 150), (900, 146)],
    "wide": [(590, 420), (690, 372), (800, 262), (868, 150), (896, 150)],
    "round": [(470, 296), (590, 340), (730, 318), (850, 212), (886, 150)],
    "footed": [(500, 350), (620, 330), (740, 220), (800, 108), (900, 150)],
    "coupe": [(560, 392), (680, 380), (800, 320), (890, 220)],
}


@drawing("bowl", "deep wide round footed coupe", focus=(520, 640))
def bowl(sheet: Sheet, look: Look) -> str:
    form = turned(600, BOWLS[look.form], tilt=0.24)
    tones, second = look.tones, look.second
    inner = second.base if look.pattern in ("dip", "glaze", "rim") else None
    return (
        sheet.ground_shadow(610, form.bottom + 20, form.radius(form.bottom) * 1.5, 58)
        + body(sheet, form, tones, on_wall(sheet, form, look.pattern, tones, second))
        + mouth(sheet, form, second if look.pattern in ("rim", "glaze") else tones, 13, inner)
    )


VASES = {
    "bottle": [(250, 62), (300, 52), (470, 62), (600, 190), (760, 236), (880, 196), (926, 160)],
    "amphora": [(300, 120), (350, 84), (440, 110), (600, 236), (720, 226), (880, 124), (924, 120)],
    "gourd": [(270, 78), (330, 66), (420, 128), (520, 150), (590, 118), (700, 214), (820, 232), (924, 168)],
    "cylinder": [(330, 178), (640, 184), (926, 176)],
    "moon": [(360, 92), (400, 84), (520, 240), (660, 296), (800, 252), (924, 140)],
    "tulip": [(330, 214), (430, 178), (540, 168), (700, 216), (840, 196), (926, 136)],
}


@drawing("vase", "bottle amphora gourd cylinder moon tulip", focus=(540, 620))
def vase(sheet: Sheet, look: Look) -> str:
    form = turned(600, VASES[look.form], tilt=0.15)
    tones, second = look.tones, look.second
    stems = _stems(sheet, form, look)
    return (
        sheet.ground_shadow(612, form.bottom + 14, form.radius(form.bottom) * 1.35, 50)
        + stems
        + body(sheet, form, tones, on_wall(sheet, form, look.pattern, tones, second))
        + mouth_with(sheet, form, tones, bool(stems))
    )


def mouth_with(sheet: Sheet, form: Turned, tones: Tones, filled: bool) -> str:
    """An open mouth, or only its front lip when stems stand in it."""
    if not filled:
        return mouth(sheet, form, tones, 9)
    return path(form.ring(form.top), stroke=tones.light, width=9)


def _stems(sheet: Sheet, form: Turned, look: Look) -> str:
    """A few dry stems in some of the vases."""
    if form.radius(form.top) > 130 or sum(map(ord, look.name)) % 3 == 0:
        return ""
    out = []
    green = sheet.random.choice(("#7d8b6a", "#b08a5b", "#8a9a84", "#c2946a"))
    cx, top = form.cx, form.top
    for k in range(3):
        lean = (k - 1) * sheet.random.uniform(60, 110) + sheet.random.uniform(-20, 20)
        high = top - sheet.random.uniform(130, 190)
        spine = [(cx + (k - 1) * 14, top + 40), (cx + lean * 0.35, top - 60), (cx + lean, high)]
        out.append(path(smooth(spine), stroke=Tones(green).shade, width=6))
        for j in range(5):
            t = 0.35 + j * 0.15
            x, y = cx + lean * t, top + 20 + (high - top - 20) * t
            for side in (-1, 1):
                out += [
                    f'<g transform="translate({x:.1f} {y:.1f}) rotate({side * 52 + lean * 0.2:.1f})">'
                    + ellipse(0, -26, 10, 26, green if side > 0 else Tones(green).light)
                    + "</g>"
                ]
        out.append(ellipse(cx + lean, high - 16, 10, 24, Tones(green).light))
    return "".join(out)


TEAPOTS = {
    "round": [(500, 120), (560, 214), (690, 256), (820, 214), (884, 150)],
    "squat": [(590, 150), (640, 250), (740, 288), (840, 246), (884, 190)],
    "tall": [(400, 120), (520, 170), (700, 206), (830, 200), (888, 168)],
    "cone": [(470, 104), (640, 180), (800, 240), (888, 232)],
}


@drawing("teapot", "round squat tall cone", focus=(560, 640))
def teapot(sheet: Sheet, look: Look) -> str:
    form = turned(590, TEAPOTS[look.form], tilt=0.17)
    tones, second = look.tones, look.second
    return (
        sheet.ground_shadow(600, form.bottom + 18, form.radius(form.bottom) * 1.4, 56)
        + _pot_handle(form, look)
        + _spout(sheet, form, tones)
        + body(sheet, form, tones, on_wall(sheet, form, look.pattern, tones, second))
        + _lid(sheet, form, tones, second)
    )


def _pot_handle(form: Turned, look: Look) -> str:
    """A cane hoop over the top, or an ear behind."""
    if look.form in ("round", "squat"):
        y, reach = form.top + 34, form.widest * 0.74
        high = form.top - 230
        hoop = f"M{form.cx - reach:.0f} {y + 10:.0f}C{form.cx - reach * 1.15:.0f} {high:.0f} {form.cx + reach * 1.15:.0f} {high:.0f} {form.cx + reach:.0f} {y + 10:.0f}"
        cane = Tones("#b98a55")
        return (
            path(hoop, stroke=cane.deep, width=30)
            + path(hoop, stroke=cane.base, width=20)
            + path(hoop, stroke=cane.light, width=5)
        )
    top, low = form.top + 60, form.top + (form.bottom - form.top) * 0.66
    x1, x2 = form.cx + form.radius(top) - 12, form.cx + form.radius(low) - 12
    ear = (
        f"M{x1:.0f} {top:.0f}C{x1 + 210:.0f} {top - 50:.0f} {x2 + 180:.0f} {low + 30:.0f} {x2:.0f} {low:.0f}"
    )
    tones = look.tones
    return (
        path(ear, stroke=tones.deep, width=44)
        + path(ear, stroke=tones.shade, width=33)
        + path(ear, stroke=tones.base, width=14)
    )


def _spout(sheet: Sheet, form: Turned, tones: Tones) -> str:
    low = form.top + (form.bottom - form.top) * 0.7
    x = form.cx - form.radius(low) + 40
    tip_x, tip_y = form.cx - form.widest - 150, form.top + 26
    outer = (
        f"M{x:.0f} {low + 34:.0f}C{x - 110:.0f} {low + 10:.0f} {tip_x + 70:.0f} {tip_y + 120:.0f} {tip_x - 6:.0f} {tip_y:.0f}"
        f"L{tip_x + 52:.0f} {tip_y - 8:.0f}C{tip_x + 110:.0f} {tip_y + 80:.0f} {x - 30:.0f} {low - 120:.0f} {x + 20:.0f} {low - 120:.0f}Z"
    )
    paint = sheet.linear([(0, tones.light), (0.5, tones.base), (1, tones.shade)], (0, 0), (0.6, 1))
    return path(outer, paint) + ellipse(tip_x + 23, tip_y - 3, 30, 11, tones.deep)


def _lid(sheet: Sheet, form: Turned, tones: Tones, second: Tones) -> str:
    cx, cy, rx, ry = form.rim()
    dome = turned(cx, [(cy - 54, 20), (cy - 46, rx * 0.5), (cy - 20, rx * 0.9), (cy, rx + 8)], form.tilt)
    knob = turned(cx, [(cy - 108, 14), (cy - 92, 34), (cy - 70, 30), (cy - 50, 18)], 0.3)
    return (
        ellipse(cx, cy + 6, rx + 12, ry + 4, tones.deep)
        + body(sheet, dome, tones)
        + body(sheet, knob, second)
    )
