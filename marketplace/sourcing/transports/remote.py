"""What FTP and SFTP share: reading their URLs, and telling an unchanged file by its size and time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from marketplace.kernel.fetching import (
    ILL_WRITTEN,
    N_,
    NO_SUCH_PORT,
    Auth,
    BadUrl,
    CutShort,
    Fetched,
    TooLarge,
)
from marketplace.kernel.landing import Landing
from marketplace.kernel.politeness import politeness
from marketplace.kernel.slowness import deadline, paused
from marketplace.sourcing.transports.shape import Limits, Source

SILENCE_SECONDS = 30.0
STILL_WRITING = timedelta(seconds=3)
UNPRINTABLE = {*map(chr, range(32)), "\x7f"}


@dataclass(frozen=True, slots=True)
class Place:
    """A file on a server, and who we say we are there. `path` is as the URL writes it, unquoted, its first slash included."""

    scheme: str
    host: str
    port: int
    path: str
    auth: Auth | None

    @property
    def url(self) -> str:
        """Without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{quote(self.path)}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server says of the file before it is fetched."""

    size: int | None
    modified: datetime | None

    def validator(self, now: datetime) -> str | None:
        """Stands in for an ETag. None without both facts, or while the file is so young that it may still change within the
        same second."""
        if self.size is None or self.modified is None or abs(now - self.modified) < STILL_WRITING:
            return None
        return f"{self.size}-{self.modified:%Y%m%d%H%M%S}"


def place(source: Source, ports: dict[str, int]) -> Place:
    """Where a URL points; `ports` are the schemes and their own ports. Raises BadUrl."""
    text = source.url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadUrl(why=ILL_WRITTEN) from None
    if port == 0:
        raise BadUrl(why=NO_SUCH_PORT)
    path, scheme = unquote(parts.path), parts.scheme.lower()
    if scheme not in ports:
        raise BadUrl(why=N_("it begins with another protocol's name"))
    if not host:
        raise BadUrl(why=N_("it names no host"))
    if path.endswith("/") or not path:
        raise BadUrl(why=N_("it names a folder, not a file"))
    if UNPRINTABLE & set(path):
        raise BadUrl(why=N_("the path holds characters that cannot be sent"))
    auth = source.auth
    if auth is None and parts.username:
        auth = Auth.basic(unquote(parts.username), unquote(parts.password or ""))
    if auth is not None and UNPRINTABLE & set(auth.user + (auth.secret if auth.kind == "basic" else "")):
        raise BadUrl(why=N_("a header or a credential holds characters that cannot be sent"))
    return Place(scheme, host, ports[scheme] if port is None else port, path, auth)


@asynccontextmanager
async def polite_call(place: Place, limits: Limits) -> AsyncIterator[None]:
    """The host's turn and the deadline around a whole call. Raises TooSlow, AskedToWait."""
    async with deadline(limits.max_seconds) as limit, paused(limit, politeness().turn(place.host)):
        yield


async def bring(
    place: Place,
    source: Source,
    seen: Seen,
    body: AsyncGenerator[bytes, None],
    *,
    into: Path,
    limits: Limits,
    started: datetime,
    host_key: str | None = None,
) -> Fetched:
    """Land the body unless the server's word says that it is the file we have. Raises TooLarge, CutShort, NotStored."""
    validator = seen.validator(started)
    if validator is not None and validator == source.etag:
        return _fetched(place, seen, validator, started, host_key, sha256=source.sha256)
    if seen.size is not None and seen.size > limits.max_bytes:
        raise TooLarge(limit=limits.max_bytes)
    with Landing(into, limits.max_bytes) as landing:
        async with aclosing(body):
            async for piece in body:
                landing.write(piece)
        if seen.size is not None and landing.bytes < seen.size:
            raise CutShort(host=place.host)
        if landing.sha256 == source.sha256:
            return _fetched(place, seen, validator, started, host_key, sha256=source.sha256)
        return _fetched(
            place, seen, validator, started, host_key, landing.keep(), landing.sha256, landing.bytes
        )


def _fetched(
    place: Place,
    seen: Seen,
    validator: str | None,
    started: datetime,
    host_key: str | None,
    path: Path | None = None,
    sha256: str | None = None,
    size: int = 0,
) -> Fetched:
    return Fetched(
        status="unchanged" if path is None else "ok",
        path=path,
        sha256=sha256,
        bytes=size,
        etag=validator,
        last_modified=None,
        modified=seen.modified,
        content_type=None,
        final_url=place.url,
        fetch_started=started,
        host_key=host_key,
    )


def stamp(text: str) -> datetime | None:
    """FTP's `YYYYMMDDHHMMSS[.sss]` in UTC (RFC 3659), or None."""
    try:
        return datetime.strptime(text.strip()[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
