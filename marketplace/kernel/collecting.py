"""Python's cyclic garbage collector, asked to look seldom while rows are made by the million."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 20, 20)
_usual: list[tuple[int, int, int]] = []  # one entry for each block that is open


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Rows are flat and hold no cycles, but their tuples make the collector walk through all that the process has ever imported, again
    and again: a tenth of the time of reading a feed. Blocks may overlap; what was usual comes back with the end of the last."""
    _usual.append(_usual[0] if _usual else gc.get_threshold())
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        usual = _usual.pop()
        if not _usual:
            gc.set_threshold(*usual)
