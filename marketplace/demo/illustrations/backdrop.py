"""The ground behind the things: a tinted sweep with one quiet shape, a different one for each family of goods."""

import math

from marketplace.demo.illustrations.curves import disc, line, smooth
from marketplace.demo.illustrations.sheet import Sheet, circle, path, rect
from marketplace.demo.illustrations.tones import Tones, distance, mix

GROUNDS = {
    "home": ("#eadfce", "#e6cfbd", "#d9dccb", "#d6dedd", "#efe0b9", "#ecd3ca", "#cfd6cf", "#e3d5c8"),
    "gear": ("#c9d3d6", "#e8632f", "#33424a", "#d8d3c6", "#8fa39a", "#efb43c", "#5c6f62", "#aebfc9"),
    "toys": ("#bfe0e2", "#f9d77e", "#f7c3b5", "#cfe3b4", "#d8cdec", "#ffe4c4", "#b9d4f0", "#f6b9a0"),
}


def ground_for(family: str, colours: tuple[str, ...], seed: int) -> str:
    """A ground of the family on which the thing stands out: the first, from a seeded start, that is far enough."""
    pool = GROUNDS[family]
    order = [pool[(seed + i * 3) % len(pool)] for i in range(len(pool))]
    return next(
        (g for g in order if distance(g, colours[0]) > 0.17),
        max(order, key=lambda g: distance(g, colours[0])),
    )


def backdrop(sheet: Sheet, family: str, pose: str, ground: str, width: int = 1200, height: int = 1200) -> str:
    """The whole background. `pose` says whether there is a floor."""
    tones = Tones(ground)
    light = mix(ground, "#ffffff", 0.30)
    glow = sheet.linear([(0, light), (0.55, ground), (1, mix(ground, "#4a3f55", 0.07))], (0, 0), (0.9, 1))
    base = rect(0, 0, width, height, glow)
    shape = {"home": _arch, "gear": _ridge, "toys": _hills}[family](sheet, tones, pose)
    if pose != "standing":
        return base + shape
    floor = sheet.linear_at(
        [(0, mix(ground, "#4a3f55", 0.11)), (1, mix(ground, "#ffffff", 0.10))], (0, 800), (0, height)
    )
    return base + shape + rect(0, 800, width, height - 800, floor)


def _arch(sheet: Sheet, tones: Tones, pose: str) -> str:
    """An arch, as of a sunlit niche; a disc when the thing lies flat."""
    paint = sheet.linear(
        [(0, mix(tones.base, "#ffffff", 0.42)), (1, mix(tones.base, "#ffffff", 0.12))], (0, 0), (0, 1)
    )
    if pose != "standing":
        return path(disc(600, 600, 500), paint, opacity=0.55)
    x = sheet.random.choice((-60, 0, 70))
    return path(f"M{210 + x} 800V{540}A{390} {390} 0 0 1 {990 + x} 540V800Z", paint, opacity=0.8)


def _ridge(sheet: Sheet, tones: Tones, pose: str) -> str:
    """A mountain ridge far behind; contour lines when the thing lies flat."""
    far = mix(tones.base, "#ffffff", 0.22)
    near = mix(tones.base, "#ffffff", 0.11)
    if pose != "standing":
        return _contours(sheet, mix(tones.base, "#ffffff", 0.20))
    rnd = sheet.random
    peak = rnd.randint(330, 860)
    back = [
        (-40, 640),
        (peak - 330, 400),
        (peak - 210, 470),
        (peak, rnd.randint(190, 270)),
        (peak + 190, 420),
        (peak + 290, 370),
        (1240, 620),
    ]
    front = [(-40, 720), (rnd.randint(120, 240), 590), (480, 730), (rnd.randint(820, 960), 560), (1240, 730)]
    close = [(1240, 810), (-40, 810)]
    return path(line(back + close, True), far, opacity=0.75) + path(line(front + close, True), near)


def _contours(sheet: Sheet, ink: str) -> str:
    """Height lines of a made-up hill."""
    cx, cy = sheet.random.randint(180, 1020), sheet.random.randint(160, 420)
    phase, out = sheet.random.uniform(0, 6), []
    for k in range(1, 12):
        ring = []
        for i in range(26):
            a = i / 26 * 2 * math.pi
            r = (
                k
                * 92
                * (1 + 0.14 * math.sin(2 * a + phase + k * 0.13) + 0.08 * math.sin(3 * a - phase + k * 0.3))
            )
            ring.append((cx + r * 1.15 * math.cos(a), cy + r * math.sin(a)))
        out.append(path(smooth(ring, close=True), stroke=ink, width=4, opacity=0.6))
    return "".join(out)


def _hills(sheet: Sheet, tones: Tones, pose: str) -> str:
    """Soft hills and a sun; loose confetti when the thing lies flat."""
    pale = mix(tones.base, "#ffffff", 0.38)
    if pose != "standing":
        bits = []
        for _ in range(26):
            x, y, r = (
                sheet.random.uniform(30, 1170),
                sheet.random.uniform(30, 1170),
                sheet.random.uniform(9, 20),
            )
            bits.append(circle(x, y, r, pale, 0.75))
        return "".join(bits)
    left = sheet.random.choice((True, False))
    sun = circle(910 if left else 290, 300, 128, pale)
    a, b = (560, 640) if left else (640, 560)
    far = smooth([(-60, a), (240, a - 90), (620, a + 60), (960, b - 70), (1260, b)]) + "L1260 820L-60 820Z"
    return sun + path(far, pale, opacity=0.6)
