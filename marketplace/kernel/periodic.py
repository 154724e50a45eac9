"""What runs by the clock. The scheduler process runs each entry every so many seconds; entries are idempotent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Periodic:
    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]


PERIODIC: list[Periodic] = []


def every(seconds: float) -> Callable[[Callable[[], Awaitable[object]]], Callable[[], Awaitable[object]]]:
    def declare(fn: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        PERIODIC.append(Periodic(f"{fn.__module__}.{fn.__name__}", seconds, fn))
        return fn

    return declare
