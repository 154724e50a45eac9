"""Path data: smooth curves through points, rounded polygons, boxes."""

from collections.abc import Sequence

from marketplace.demo.illustrations.sheet import Point, num


def at(x: float, y: float) -> str:
    return f"{num(x)} {num(y)}"


def line(points: Sequence[Point], close: bool = False) -> str:
    """Straight segments through the points."""
    return "M" + "L".join(at(*p) for p in points) + ("Z" if close else "")


def smooth(points: Sequence[Point], close: bool = False, tension: float = 1.0) -> str:
    """A curve through the points (Catmull-Rom, written as cubic Béziers)."""
    count = len(points)
    if count < 3:
        return line(points, close)
    parts = [f"M{at(*points[0])}"]
    for i in range(count if close else count - 1):
        if close:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, count - 1)]
        k = tension / 6
        first = (p1[0] + (p2[0] - p0[0]) * k, p1[1] + (p2[1] - p0[1]) * k)
        second = (p2[0] - (p3[0] - p1[0]) * k, p2[1] - (p3[1] - p1[1]) * k)
        parts.append(f"C{at(*first)} {at(*second)} {at(*p2)}")
    return "".join(parts) + ("Z" if close else "")


def soft(points: Sequence[Point], radius: float | Sequence[float]) -> str:
    """A closed polygon whose corners are rounded by `radius` (one for all, or one for each)."""
    count = len(points)
    radii = [radius] * count if isinstance(radius, (int, float)) else list(radius)
    parts: list[str] = []
    for i, corner in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % count]
        start, end = _toward(corner, before, radii[i]), _toward(corner, after, radii[i])
        parts.append(f"{'L' if parts else 'M'}{at(*start)}Q{at(*corner)} {at(*end)}")
    return "".join(parts) + "Z"


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """A rectangle as path data, so that it can clip and cast shadows."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return soft(corners, radius) if radius else line(corners, close=True)


def disc(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """An ellipse as path data."""
    ry = rx if ry is None else ry
    r = f"{num(rx)} {num(ry)}"
    return f"M{at(cx - rx, cy)}A{r} 0 0 1 {at(cx + rx, cy)}A{r} 0 0 1 {at(cx - rx, cy)}Z"


def _toward(corner: Point, other: Point, length: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    whole = (dx * dx + dy * dy) ** 0.5 or 1
    share = min(length, whole / 2) / whole
    return corner[0] + dx * share, corner[1] + dy * share
