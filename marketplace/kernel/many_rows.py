"""How Python shares itself out while rows are made by the million, in a thread beside the event loop."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 20, 20)
SHORT_TURN = 0.0002  # seconds
_usual: list[tuple[tuple[int, int, int], float]] = []  # one entry for each block that is open


@contextmanager
def many_rows() -> Iterator[None]:
    """The cyclic garbage collector looks seldom: rows are flat and hold no cycles, but their tuples make it walk through all that the
    process has ever imported, again and again, which is a tenth of the time of reading a feed.

    And the interpreter's lock changes hands often: a thread that computes keeps it for 5 ms, and the event loop waits as long each time
    a socket has something for it, a hundred times while one batch of rows is copied. What both do at once takes a sixth less time so.

    Blocks may overlap; what was usual comes back with the end of the last.
    """
    _usual.append(_usual[0] if _usual else (gc.get_threshold(), sys.getswitchinterval()))
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(SHORT_TURN)
    try:
        yield
    finally:
        threshold, turn = _usual.pop()
        if not _usual:
            gc.set_threshold(*threshold)
            sys.setswitchinterval(turn)
