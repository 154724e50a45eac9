"""Just enough HTTP/1.1 to be fetched from: GET and HEAD, conditional requests, keep-alive, caps and time-outs."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

logger = logging.getLogger(__name__)

HEAD_LIMIT = 16_384
IDLE_SECONDS = 15.0


@dataclass(frozen=True)
class Request:
    """`path` without its query, percent-decoded; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Awaitable[Answer]]


class BadRequest(ValueError):
    """What came is no request that this server understands."""


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def conditional(request: Request, body: bytes, media_type: str, etag: str, modified: datetime) -> Answer:
    """The body, or 304 when the asker has it: If-None-Match first, else If-Modified-Since (RFC 9110, 13.2.2)."""
    validators = {"ETag": etag, "Last-Modified": http_date(modified), "Cache-Control": "no-cache"}
    if _is_known(request, etag, modified):
        return Answer(HTTPStatus.NOT_MODIFIED, headers=validators)
    return Answer(HTTPStatus.OK, body, media_type, validators)


def _is_known(request: Request, etag: str, modified: datetime) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
        return "*" in tags or etag in tags
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since).astimezone(UTC)
    except (TypeError, ValueError):
        return False


async def talk(handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection: requests one after the other until either side has enough."""
    try:
        while True:
            try:
                request, keep = await asyncio.wait_for(_read(reader), IDLE_SECONDS)
            except BadRequest as wrong:
                await _write(
                    writer, Answer(HTTPStatus.BAD_REQUEST, f"{wrong}\n".encode()), head=False, keep=False
                )
                return
            await _write(writer, await _answer(handler, request), head=request.method == "HEAD", keep=keep)
            if not keep:
                return
    except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError, TimeoutError):
            await writer.wait_closed()


async def _answer(handler: Handler, request: Request) -> Answer:
    if request.method not in ("GET", "HEAD"):
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED, b"GET or HEAD\n", headers={"Allow": "GET, HEAD"})
    try:
        return await handler(request)
    except Exception:
        logger.exception("%s %s", request.method, request.path)
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, b"something broke here\n")


async def _read(reader: asyncio.StreamReader) -> tuple[Request, bool]:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as long:
        raise BadRequest("the head of the request is too long") from long
    lines = head.decode("latin-1").split("\r\n")
    parts = lines[0].split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadRequest("that is not HTTP/1")
    headers = {}
    for line in filter(None, lines[1:]):
        name, colon, value = line.partition(":")
        if not colon:
            raise BadRequest("a header without a colon")
        headers[name.strip().lower()] = value.strip()
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        raise BadRequest("a body is not expected here")
    asked = headers.get("connection", "").lower()
    keep = asked != "close" if parts[2] == "HTTP/1.1" else asked == "keep-alive"
    return Request(parts[0], unquote(urlsplit(parts[1]).path), headers), keep


async def _write(writer: asyncio.StreamWriter, answer: Answer, *, head: bool, keep: bool) -> None:
    lines = [
        f"HTTP/1.1 {int(answer.status)} {HTTPStatus(answer.status).phrase}",
        f"Date: {http_date(datetime.now(UTC))}",
    ]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines += [f"Content-Type: {answer.media_type}", f"Content-Length: {len(answer.body)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    lines += [f"Connection: {'keep-alive' if keep else 'close'}", "", ""]
    writer.write("\r\n".join(lines).encode("latin-1"))
    if not head and answer.status != HTTPStatus.NOT_MODIFIED:
        writer.write(answer.body)
    await writer.drain()
