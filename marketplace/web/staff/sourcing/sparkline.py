"""The last runs of a feed as bars: how much each changed, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import NamedTuple

from marketplace.sourcing.screens.feed_health import RECENT, RunBrief

HEIGHT = 28
BAR, STEP = 4, 6


class Bar(NamedTuple):
    """In the units of the drawing, from its lower left corner's top."""

    x: int
    y: int
    height: int
    kind: str


class Sparkline(NamedTuple):
    width: int
    height: int
    bars: list[Bar]


def sparkline(runs: Sequence[RunBrief]) -> Sparkline:
    """Oldest on the left. Heights grow with the square root of what changed, so that a small change is seen beside a large one."""
    shown = list(reversed(runs[:RECENT]))
    most = max((isqrt(run.moved * 100) for run in shown), default=0) or 1
    offset = (RECENT - len(shown)) * STEP
    return Sparkline(
        RECENT * STEP - (STEP - BAR),
        HEIGHT,
        [_bar(run, offset + place * STEP, most) for place, run in enumerate(shown)],
    )


def _bar(run: RunBrief, x: int, most: int) -> Bar:
    if run.state == "failed":
        return Bar(x, HEIGHT - 10, 10, "bad")
    height = 3 + isqrt(run.moved * 100) * (HEIGHT - 3) // most if run.moved else 3
    kind = {"held": "warn", "applied": "good"}.get(run.state, "idle")
    return Bar(x, HEIGHT - height, height, kind if run.moved or kind == "warn" else "idle")
