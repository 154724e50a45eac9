"""Real servers on loopback for what calls outside, and a stub that records connections instead of making them."""
# ruff: noqa: ASYNC109 — the `timeout` parameters are httpcore's own signatures

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore

from marketplace.kernel.politeness import Politeness
from marketplace.kernel.reach import Reach

Handler = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Asked:
    """One request as the server read it; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Server:
    """A running server: its port, and what it was asked."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/feed.csv", scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def pair(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)


def answer(status: int = 200, body: bytes = b"", /, **headers: str) -> bytes:
    """A whole HTTP/1.1 answer; `content_type` becomes `content-type`."""
    lines = [f"HTTP/1.1 {status} Said", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def saying(*answers: bytes) -> Handler:
    """A handler that gives these answers in turn, the last one for ever."""
    left = list(answers)

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])

    return handle


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """An HTTP server on 127.0.0.1 whose handler writes the raw answer; connections are kept open."""
    server = Server(0)
    tasks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                asked = await _read(reader)
                server.asked.append(asked)
                await handler(asked, writer)
                await writer.drain()
                if writer.is_closing():
                    break
        writer.close()

    listener = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tasks:
            task.cancel()


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method, target, headers, body)


class Recorder(httpcore.AsyncNetworkBackend):
    """Makes no connection: writes down where one would have gone, and plays back an answer per connection."""

    def __init__(self, *answers: bytes) -> None:
        self.connected: list[tuple[str, int]] = []
        self.named: list[str | None] = []
        self.sent: list[bytes] = []
        self._answers = list(answers)

    async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> httpcore.AsyncNetworkStream:
        self.connected.append((host, port))
        return _Played(self, self._answers.pop(0))

    async def sleep(self, seconds: float) -> None:
        return None


class _Played(httpcore.AsyncNetworkStream):
    def __init__(self, recorder: Recorder, answer: bytes) -> None:
        self._recorder = recorder
        self._answer = answer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        given, self._answer = self._answer[:max_bytes], self._answer[max_bytes:]
        return given

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._recorder.sent.append(buffer)

    async def aclose(self) -> None:
        return None

    async def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: Any = None
    ) -> Any:
        self._recorder.named.append(server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


def names(**known: list[str] | list[list[str]]) -> Callable[[str, int], Awaitable[list[str]]]:
    """A resolver that knows these hosts (`shop_example` is shop.example). A list of lists is answered in turn."""
    book = {name.replace("_", "."): list(answers) for name, answers in known.items()}

    async def resolve(host: str, port: int) -> list[str]:
        if host not in book:
            return [host]
        answers: Any = book[host]
        if answers and isinstance(answers[0], list):
            return list(answers.pop(0) if len(answers) > 1 else answers[0])
        return list(answers)

    return resolve


def reach_to(*servers: Server, **more: Any) -> Reach:
    """What FETCH_ALLOW with these servers' pairs would open."""
    return Reach(allow=frozenset(server.pair for server in servers), **more)


def calm() -> Politeness:
    """Manners of its own for a test, so that no test waits for what another one was told."""
    return Politeness()
