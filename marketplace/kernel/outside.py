"""Calls to addresses that other people typed, made safely.

`fetch` brings a file, `request` and `post_json` talk to machines. All of them reach public addresses only (see `reach`),
wait their turn per host, stop at a number of decoded bytes and at a deadline, and fail with a subclass of `FetchFailed`.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import orjson

from marketplace.kernel.errand import Errand
from marketplace.kernel.fetching import Auth, BadAnswer, BadStatus, Fetched, TooLarge, TooManyRedirects
from marketplace.kernel.http import SILENCE_SECONDS, Backend, Line, Response, pieces
from marketplace.kernel.landing import Landing
from marketplace.kernel.politeness import Politeness, http_date, politeness, retry_after_seconds
from marketplace.kernel.reach import Reach
from marketplace.kernel.slowness import deadline, paused

MAX_REDIRECTS = 5
LONGEST_VALIDATOR = 1000  # characters of an ETag or a date
MAX_RETRIES = 2  # of a 429 or 503 that says how long to wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What a machine answered: `headers` have lower-case names, `body` is unpacked, `retry_after` is in seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    host: str
    retry_after: float | None = None

    def json(self) -> Any:
        """The body read as JSON. Raises BadAnswer."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as error:
            raise BadAnswer(host=self.host, why="not JSON") from error

    def check(self) -> Answer:
        """Itself when the status is 2xx. Raises BadStatus otherwise."""
        if not 200 <= self.status < 300:
            raise BadStatus(host=self.host, status=self.status, retry_after=self.retry_after)
        return self


async def fetch(url: str, *, into: Path, **how: Any) -> Fetched:
    """`Outside.fetch` with the settings of this moment, for a single file."""
    async with Outside() as outside:
        return await outside.fetch(url, into=into, **how)


async def request(method: str, url: str, **how: Any) -> Answer:
    """`Outside.request` with the settings of this moment, for a single call."""
    async with Outside() as outside:
        return await outside.request(method, url, **how)


async def post_json(url: str, payload: Any, **how: Any) -> Answer:
    """POST `payload` as JSON and return the answer, whatever its status. See `Outside.request`."""
    return await request("POST", url, json=payload, **how)


class Outside:
    """A set of kept-open connections for many calls: `async with Outside() as outside`.

    The parameters are for tests; without them the settings of this moment hold. See `http.Line`.
    """

    def __init__(
        self,
        *,
        reach: Reach | None = None,
        backend: Backend | None = None,
        ssl_context: ssl.SSLContext | None = None,
        manners: Politeness | None = None,
        silence: float = SILENCE_SECONDS,
    ) -> None:
        self.manners = manners or politeness()
        self._line = Line(reach or Reach(), backend, ssl_context, silence)

    async def __aenter__(self) -> Outside:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._line.aclose()

    async def fetch(
        self,
        url: str,
        *,
        into: Path,
        headers: Mapping[str, str] | None = None,
        auth: Auth | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        sha256: str | None = None,
        max_bytes: int = 2_000_000_000,
        max_seconds: float = 900.0,
    ) -> Fetched:
        """GET a file into the path `into`, whole or not at all.

        `etag`, `last_modified` and `sha256` describe the last file: an unchanged one answers status "unchanged" and
        leaves `into` alone. `max_bytes` counts decoded bytes, `max_seconds` is for the whole of it, redirects included,
        waiting for a turn excluded. A 429 or 503 that names a short time is asked again.
        Raises FetchFailed's subclasses.
        """
        started = datetime.now(UTC)
        errand = Errand.of(url, auth, headers or {}, _conditions(etag, last_modified))
        async with deadline(max_seconds) as limit, self._file(errand, limit) as response:
            if response.status_code == 304 and errand.conditions:
                return _fetched(errand, "unchanged", started, response, sha256=sha256)
            if response.status_code != 200:
                raise BadStatus(
                    host=errand.host, status=response.status_code, retry_after=_retry_after(response)
                )
            with Landing(into, max_bytes) as landing:
                async with aclosing(pieces(response, errand.host, max_bytes)) as body:
                    async for piece in body:
                        landing.write(piece)
                if landing.sha256 == sha256:
                    return _fetched(errand, "unchanged", started, response, sha256=sha256)
                return _fetched(
                    errand,
                    "ok",
                    started,
                    response,
                    path=landing.keep(),
                    sha256=landing.sha256,
                    size=landing.bytes,
                )

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: Auth | None = None,
        json: Any = None,
        content: bytes | None = None,
        max_bytes: int = 1_000_000,
        max_seconds: float = 30.0,
    ) -> Answer:
        """One call to a machine's API or webhook; the answer is returned whatever its status, redirects included.

        `json` is sent as JSON, `content` as it is. Nothing is retried: what may be sent twice is the caller's to know.
        Raises FetchFailed's subclasses when there is no answer, TooLarge when it is over `max_bytes`.
        """
        sent = dict(headers or {})
        if json is not None:
            content = orjson.dumps(json)
            sent.setdefault("Content-Type", "application/json")
        errand = Errand.of(url, auth, sent, {})
        async with (
            deadline(max_seconds) as limit,
            paused(limit, self.manners.turn(errand.host)),
            self._send(method, errand, content) as response,
        ):
            self._heed(response, errand.host)
            read = bytearray()
            async with aclosing(pieces(response, errand.host, max_bytes)) as body:
                async for piece in body:
                    read += piece
                    if len(read) > max_bytes:
                        raise TooLarge(limit=max_bytes)
            return Answer(
                response.status_code, dict(response.headers), bytes(read), errand.host, _retry_after(response)
            )

    @asynccontextmanager
    async def _file(self, errand: Errand, limit: asyncio.Timeout) -> AsyncIterator[Response]:
        """The answer at the end of the redirects, its body not yet read."""
        redirects = retries = 0
        while True:
            async with (
                paused(limit, self.manners.turn(errand.host)),
                self._send("GET", errand) as response,
            ):
                wait = self._heed(response, errand.host)
                if wait is not None and wait <= self.manners.patience and retries < MAX_RETRIES:
                    retries += 1
                elif response.has_redirect_location:
                    redirects += 1
                    if redirects > MAX_REDIRECTS:
                        raise TooManyRedirects(host=errand.host, limit=MAX_REDIRECTS)
                    errand.follow(response.headers["location"])
                else:
                    yield response
                    return

    def _send(
        self, method: str, errand: Errand, content: bytes | None = None
    ) -> AbstractAsyncContextManager[Response]:
        return self._line.send(method, errand.target(), errand.all_headers(), content, errand.cookies)

    def _heed(self, response: Response, host: str) -> float | None:
        """Note that the host asked us to wait, and return for how long (seconds)."""
        wait = _retry_after(response)
        if wait is not None:
            self.manners.asked_to_wait(host, wait)
        return wait


def _fetched(
    errand: Errand,
    status: Literal["ok", "unchanged"],
    started: datetime,
    response: Response,
    *,
    path: Path | None = None,
    sha256: str | None = None,
    size: int = 0,
) -> Fetched:
    last_modified = _validator(response.headers.get("last-modified")) or errand.conditions.get(
        "If-Modified-Since"
    )
    return Fetched(
        status=status,
        path=path,
        sha256=sha256,
        bytes=size,
        etag=_validator(response.headers.get("etag")) or errand.conditions.get("If-None-Match"),
        last_modified=last_modified,
        modified=http_date(last_modified),
        content_type=response.headers.get("content-type"),
        final_url=str(errand.url),
        fetch_started=started,
    )


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in conditions.items() if value and _validator(value)}


def _validator(said: str | None) -> str | None:
    """What can be sent back next time; a server that names its file otherwise is asked as if it had not."""
    return said if said and len(said) <= LONGEST_VALIDATOR and said.isascii() and said.isprintable() else None


def _retry_after(response: Response) -> float | None:
    if response.status_code not in (429, 503):
        return None
    return retry_after_seconds(response.headers.get("retry-after"))
