"""How often somebody may try: a window a key, kept by each web process."""

import time
from collections import OrderedDict


class Patience:
    """At most `most` tries in `seconds`, by key. The oldest keys are forgotten when there are many."""

    KEYS = 20_000

    def __init__(self, *, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def allow(self, key: str, at: float | None = None) -> bool:
        """Counts the try. `at` is a monotonic clock's seconds."""
        moment = time.monotonic() if at is None else at
        tries = [t for t in self._seen.pop(key, []) if t > moment - self.seconds]
        allowed = len(tries) < self.most
        if allowed:
            tries.append(moment)
        self._seen[key] = tries
        while len(self._seen) > self.KEYS:
            self._seen.popitem(last=False)
        return allowed
