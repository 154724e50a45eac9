"""The feed as it stands now: the committed file with its addresses, its time and its stock filled in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from marketplace.demo.serving.movement import DIALECTS, Movement, overlaid, stock_of
from marketplace.demo.writing.common import BASE, EXPORTED_AT


@dataclass(frozen=True)
class Version:
    """One state of the feed. `etag` differs when any byte differs; `modified` is when the supplier exported it."""

    body: bytes
    etag: str
    modified: datetime


class Export:
    """A supplier's feed over time.

    Every `export_every` seconds the supplier exports anew, with the same goods (a new time, and a new ETag where the file
    states its time); every `move_every` seconds some quantities change (0: never). An edit of the file shows at once.
    """

    def __init__(
        self,
        supplier: str,
        path: Path,
        base_url: str,
        *,
        export_every: int = 3600,
        move_every: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._supplier, self._path, self._base, self._now = supplier, path, base_url, now
        self._export_every = export_every
        self._move_every = move_every if supplier in DIALECTS else 0
        self._began = now()
        self._movement: Movement | None = None
        self._key: tuple[int, int, int] | None = None
        self._version: Version | None = None

    @property
    def moves_every(self) -> int:
        """Seconds between two changes of stock; 0 when it stands still."""
        return self._move_every

    def current(self) -> Version:
        """The feed as of now. OSError when the file cannot be read."""
        now = self._now()
        edited = self._path.stat().st_mtime_ns
        exported = int(now.timestamp()) // self._export_every * self._export_every
        tick = int((now - self._began).total_seconds()) // self._move_every if self._move_every else 0
        if self._version is None or self._key != (edited, exported, tick):
            self._version = self._make(edited, exported, tick)
            self._key = (edited, exported, tick)
        return self._version

    def _make(self, edited: int, exported: int, tick: int) -> Version:
        moved = int(self._began.timestamp()) + tick * self._move_every if tick else 0
        modified = datetime.fromtimestamp(max(exported, moved), UTC)
        body = self._moved(self._path.read_bytes(), edited, tick)
        body = body.replace(BASE.encode(), self._base.encode())
        body = body.replace(EXPORTED_AT.encode(), modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode())
        return Version(body, f'"{hashlib.sha256(body).hexdigest()[:24]}"', modified)

    def _moved(self, body: bytes, edited: int, tick: int) -> bytes:
        if not self._move_every:
            return body
        dialect = DIALECTS[self._supplier]
        if self._movement is None or (self._key is not None and self._key[0] != edited):
            self._movement = Movement(self._supplier, stock_of(body, dialect))
        self._movement.advance_to(tick)
        return overlaid(body, dialect, self._movement.stock)
