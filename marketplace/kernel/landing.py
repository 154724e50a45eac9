"""Where a fetched file lands: written beside its final name, counted, hashed, capped, and moved into place when whole."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from marketplace.kernel.fetching import NotStored, TooLarge


class Landing:
    """A context manager around a temporary file next to `into`.

    `keep()` moves it to `into`; leaving without it removes it, so that a failed fetch leaves nothing and what lay at
    `into` before. Raises TooLarge when more than `max_bytes` are written, NotStored when the disk refuses.
    """

    def __init__(self, into: Path, max_bytes: int) -> None:
        self.into = into
        self.max_bytes = max_bytes
        self.bytes = 0
        self._hash = hashlib.sha256()
        self._part = into.with_name(f".{into.name}.{secrets.token_hex(6)}.part")
        self._file: IO[bytes] | None = None

    @property
    def sha256(self) -> str:
        """The hex digest of what was written so far."""
        return self._hash.hexdigest()

    def __enter__(self) -> Landing:
        try:
            self.into.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("xb")
        except OSError as error:
            raise NotStored(why=error.strerror or str(error)) from error
        return self

    def write(self, data: bytes) -> None:
        """Append bytes. Nothing past the cap is written."""
        self.bytes += len(data)
        if self.bytes > self.max_bytes:
            raise TooLarge(limit=self.max_bytes)
        self._hash.update(data)
        assert self._file is not None, "write inside the with block"
        try:
            self._file.write(data)
        except OSError as error:
            raise NotStored(why=error.strerror or str(error)) from error

    def keep(self) -> Path:
        """Put the whole file in its place, replacing what was there, in one step."""
        assert self._file is not None, "keep inside the with block"
        try:
            self._file.close()
            os.replace(self._part, self.into)
        except OSError as error:
            raise NotStored(why=error.strerror or str(error)) from error
        return self.into

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):  # what a full disk did not take once, it does not take now
                self._file.close()
        self._part.unlink(missing_ok=True)
