"""The wire under `outside`: the only module that knows httpx and httpcore, so that another client is one file away.

A `Line` keeps connections open to public addresses only, ignores proxies and every other setting of the environment, and
sends one request at a time as it is told: no redirect, no retry, no cookie of its own.
"""
# ruff: noqa: ASYNC109 — the `timeout` parameters are httpcore's own signatures

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import Any

import httpcore
import httpx

from marketplace.kernel.fetching import (
    ILL_WRITTEN,
    N_,
    NO_SUCH_PORT,
    BadAnswer,
    BadEncoding,
    BadUrl,
    ConnectFailed,
    CutShort,
    Timeout,
    TlsFailed,
    TooLarge,
)
from marketplace.kernel.reach import CONNECT_SECONDS, Reach
from marketplace.kernel.unpacking import UnpackCutShort, UnpackFailed, unpacker

OWN_PORTS = (80, 443)
SILENCE_SECONDS = 30.0
LONGEST_URL = 8192
UNSENDABLE = N_("a header or a credential holds characters that cannot be sent")

#: how the parser of answers shows what it read
_BYTES = re.compile(r"bytearray\(b(.*)\)")

Url = httpx.URL
Cookies = httpx.Cookies
Response = httpx.Response
Backend = httpcore.AsyncNetworkBackend


def parse_url(url: str) -> Url:
    """An address of the web. Raises BadUrl, with the reason."""
    text = url.strip()
    if len(text) > LONGEST_URL:
        raise BadUrl(why=N_("it is too long"))
    try:
        parsed = httpx.URL(text)
        _ = parsed.host  # decoded here for the first time, and again for each cookie
    except (httpx.InvalidURL, UnicodeError):
        raise BadUrl(why=ILL_WRITTEN) from None
    if parsed.scheme not in ("http", "https"):
        raise BadUrl(why=N_("it must begin with http:// or https://"))
    if not parsed.raw_host:
        raise BadUrl(why=N_("it names no host"))
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise BadUrl(why=NO_SUCH_PORT)
    return parsed


def join_url(base: Url, location: str) -> Url:
    """Where a redirect from `base` points. Raises BadUrl when that is no address of the web."""
    try:
        return parse_url(str(base.join(location)))
    except (httpx.InvalidURL, UnicodeError):
        raise BadUrl(why=ILL_WRITTEN) from None


class Line:
    """Kept-open connections, for many calls; close it with `aclose`.

    `backend` is httpcore's and makes the TCP connections to the addresses `reach` judged; tests give one that records.
    `silence` is how many seconds a server may say nothing.
    """

    def __init__(
        self,
        reach: Reach,
        backend: Backend | None = None,
        ssl_context: ssl.SSLContext | None = None,
        silence: float = SILENCE_SECONDS,
    ) -> None:
        self._silence = silence
        self._extensions = {"timeout": httpx.Timeout(silence, connect=CONNECT_SECONDS).as_dict()}
        self._transport = _Transport(
            _JudgingBackend(reach, backend or httpcore.AnyIOBackend()), ssl_context or _ssl_context()
        )

    @asynccontextmanager
    async def send(
        self, method: str, url: Url, headers: Mapping[str, str], content: bytes | None, cookies: Cookies
    ) -> AsyncIterator[Response]:
        """The answer with its body not yet read (see `pieces`). Cookies it sets are put into `cookies`.

        Raises FetchFailed's subclasses, those of reading the body inside the block included.
        """
        host = url.raw_host.decode("ascii")
        try:
            request = httpx.Request(
                method, url, headers=headers, content=content, extensions=self._extensions
            )
        except UnicodeEncodeError as error:
            raise BadUrl(why=UNSENDABLE) from error
        cookies.set_cookie_header(request)
        with _named_failures(host, self._silence, started=False):
            response = await self._transport.handle_async_request(request)
        response.request = request
        cookies.extract_cookies(response)
        try:
            with _named_failures(host, self._silence, started=True):
                yield response
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


async def pieces(response: Response, host: str, max_bytes: int) -> AsyncGenerator[bytes, None]:
    """The decoded body. Raises TooLarge early when the packed bytes alone are too many, BadEncoding, CutShort."""
    encoding = response.headers.get("content-encoding", "")
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise TooLarge(limit=max_bytes)
    try:
        unpack = unpacker(encoding)
        packed = 0
        async for chunk in response.aiter_raw():
            packed += len(chunk)
            if packed > max_bytes:  # also what endless empty gzip members would be
                raise TooLarge(limit=max_bytes)
            for piece in unpack.feed(chunk):
                yield piece
                await asyncio.sleep(0)  # a bomb must not keep the loop from the deadline
        unpack.finish()
    except UnpackCutShort as error:
        raise CutShort(host=host) from error
    except UnpackFailed as error:
        raise BadEncoding(host=host, encoding=str(error)) from error


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a pool whose connections go through our backend; no proxy, no retry, HTTP/1.1."""

    def __init__(self, backend: Backend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context,
            max_connections=50,
            max_keepalive_connections=20,
            keepalive_expiry=15,
            network_backend=backend,
        )


class _JudgingBackend(httpcore.AsyncNetworkBackend):
    """Connects to judged numbers only; TLS above it still names, and checks, the host that was asked for."""

    def __init__(self, reach: Reach, inner: Backend) -> None:
        self._reach = reach
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        found = await self._reach.addresses(host, port, OWN_PORTS)
        for address in found:
            try:
                stream = await self._inner.connect_tcp(address, port, timeout, None, socket_options)
            except httpcore.ConnectTimeout:
                if address == found[-1]:
                    raise Timeout(host=host, seconds=round(timeout or 0)) from None
            except httpcore.ConnectError:
                continue
            else:
                return _Stream(stream, host)
        raise ConnectFailed(host=host, port=port)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> Any:
        raise BadUrl(why="a local socket is no address of the web")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


READ_BYTES = (
    512 * 1024
)  # at a time: httpcore asks for 64 KB, and of a large feed each piece costs as much as its bytes


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that says what was wrong when its TLS fails."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, host: str) -> None:
        self._inner = inner
        self._host = host

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._inner.read(max(max_bytes, READ_BYTES), timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout), self._host)
        except httpcore.ConnectError as error:
            raise TlsFailed(host=self._host, why=_why_tls(error.__cause__)) from error

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@contextmanager
def _named_failures(host: str, silence: float, *, started: bool) -> Iterator[None]:
    """httpx's failures as ours; `started` once the head of the answer is there."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise Timeout(host=host, seconds=round(silence)) from error
    except httpx.NetworkError as error:
        raise CutShort(host=host) from error
    except ssl.SSLError as error:  # once the connection stands; before, `_Stream` has told it
        if started:
            raise CutShort(host=host) from error
        raise TlsFailed(host=host, why=_why_tls(error)) from error
    except httpx.RemoteProtocolError as error:
        if started or "disconnected" in str(error):
            raise CutShort(host=host) from error
        raise BadAnswer(host=host, why=_BYTES.sub(r"\1", str(error))[:200]) from error
    except httpx.LocalProtocolError as error:
        raise BadUrl(why=UNSENDABLE) from error


def _why_tls(cause: BaseException | None) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, ssl.SSLError):
        return (cause.reason or "no secure answer").replace("_", " ").lower()
    return N_("no secure answer")


def trusting_public_authorities() -> ssl.SSLContext:
    """A client's TLS that trusts certifi's authorities, whatever SSL_CERT_FILE says. Reading them takes some 10 ms."""
    return httpx.create_ssl_context(verify=True, trust_env=False)


@cache
def _ssl_context() -> ssl.SSLContext:
    """One for all lines. Not shared with other protocols: httpcore sets its own ALPN on it."""
    return trusting_public_authorities()
