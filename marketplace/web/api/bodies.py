"""A file that a machine sends: its body goes to disk piece by piece, counted, whole or not at all."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from litestar import Request
from litestar.exceptions import InternalServerException
from multipart import MultipartSegment, ParserError, PushMultipartParser

from marketplace.web.api.problems import Problem

SILENCE_SECONDS = 60.0
MOST_PARTS = 20
FORM = "multipart/form-data"
#: what nobody's feed is; the feed's own kind is told by its content, so that any other type may be said, or none
_NO_FEED = re.compile(
    r"(image|audio|video|font|message|multipart|model)/|text/html|application/(pdf|javascript|wasm)"
)
_ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
}
_EXTENDED = re.compile(r"filename\*\s*=\s*utf-8''([^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)


@dataclass(frozen=True)
class Received:
    """The file at `path`, for as long as the block; `name` as the sender calls it, or one that says its kind."""

    path: Path
    name: str


def check_type(request: Request[Any, Any, Any]) -> None:
    """Before anything is read. Raises Problem."""
    kind = _kind(request)
    if kind != FORM and _NO_FEED.match(kind):
        raise Problem("wrong-type", f"{kind} is no feed.")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in (
        "identity",
        "gzip",
        "x-gzip",
    ):  # a gzipped body is kept as it is: a feed may be packed anyway
        raise Problem(
            "wrong-type",
            f"We do not read the encoding {encoding[:40]}.",
            headers={"Accept-Encoding": "gzip, identity"},
        )


@asynccontextmanager
async def received(request: Request[Any, Any, Any]) -> AsyncIterator[Received]:
    """The body of the request as a file. Raises Problem, and Litestar's own when it is over the route's limit."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "file"
        try:
            with path.open("wb") as out:
                name = await (_form if _kind(request) == FORM else _whole)(request, out)
        except OSError as error:  # what a disk that is full did not take is tried once more at the end
            raise Problem("not-kept", headers={"Retry-After": "60"}) from error
        yield Received(path, name)


async def _whole(request: Request[Any, Any, Any], out: BinaryIO) -> str:
    async with aclosing(_pieces(request)) as pieces:
        async for piece in pieces:
            await _write(out, piece)
    return file_name(request.headers.get("content-disposition", "")) or "feed" + _ENDINGS.get(
        _kind(request), ""
    )


async def _form(request: Request[Any, Any, Any], out: BinaryIO) -> str:
    """The first file of a form; its other fields are skipped, not kept in memory."""
    _, options = request.content_type
    if not (boundary := options.get("boundary")):
        raise Problem("bad-request", "The Content-Type names no boundary.")
    name: str | None = None
    part: MultipartSegment | None = None
    try:
        with PushMultipartParser(boundary, max_segment_count=MOST_PARTS) as parser:
            async with aclosing(_pieces(request)) as pieces:
                async for piece in pieces:
                    for event in parser.parse(piece):
                        if isinstance(event, MultipartSegment):
                            part = event if event.filename and name is None else None
                            name = part.filename if part is not None else name
                        elif event and part is not None:
                            await _write(out, event)
    except ParserError as error:
        raise Problem("bad-request", "This is no multipart/form-data.") from error
    if name is None:
        raise Problem("bad-request", "The form holds no file.")
    return _last_part(name)


async def _pieces(request: Request[Any, Any, Any]) -> AsyncGenerator[bytes, None]:
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(SILENCE_SECONDS):
                piece = await anext(stream, None)
            if piece is None:
                return
            if piece:
                yield piece
    except TimeoutError:
        raise Problem("too-slow") from None
    except (
        InternalServerException
    ) as error:  # the client hung up: it will not read this, but it is no crash of ours
        raise Problem("cut-off") from error
    finally:
        await stream.aclose()


async def _write(out: BinaryIO, piece: bytes | bytearray) -> None:
    try:
        if len(piece) < 256 * 1024:
            out.write(piece)
        else:
            await asyncio.to_thread(out.write, piece)
    except OSError as error:
        raise Problem("not-kept", headers={"Retry-After": "60"}) from error


def _kind(request: Request[Any, Any, Any]) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def file_name(disposition: str) -> str:
    """The name in a Content-Disposition, without folders; "" when there is none."""
    if found := _EXTENDED.search(disposition):
        return _last_part(unquote(found[1], errors="replace"))
    if found := _PLAIN.search(disposition):
        return _last_part(re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else found[2])
    return ""


def _last_part(name: str) -> str:
    return "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())[-200:]
