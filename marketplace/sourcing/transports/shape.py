"""The shape that every transport has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from marketplace.kernel.fetching import Auth, Fetched
from marketplace.kernel.reach import Reach


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from, who we say we are, and what is known of the last one (all of it as `Fetched` gave it)."""

    url: str
    auth: Auth | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    host_key: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost us: decoded bytes, and seconds from the first look-up to the last byte."""

    max_bytes: int = 2_000_000_000
    max_seconds: float = 900.0


class Transport(Protocol):
    """A module with these names.

    `LABEL` and `HINT` are English msgids for the screen, `SCHEMES` the beginnings of URLs it understands, `AUTH_KINDS` the kinds of
    `Auth` it can use, `FETCHES` whether it can be asked on a schedule (an upload comes by itself).
    """

    NAME: str
    ORDER: int
    LABEL: str
    HINT: str
    SCHEMES: tuple[str, ...]
    AUTH_KINDS: tuple[str, ...]
    FETCHES: bool

    async def fetch(
        self, source: Source, *, into: Path, limits: Limits = ..., reach: Reach | None = None
    ) -> Fetched:
        """Bring the file to the path `into`, whole or not at all; "unchanged" leaves it alone.

        `reach` is for tests; without it the settings of this moment hold. Raises FetchFailed's subclasses.
        """
