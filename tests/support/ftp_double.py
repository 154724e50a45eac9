"""An FTP server that can be told how to misbehave, and speaks TLS after AUTH. For the plain good case there is aioftp's own."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class FtpDouble:
    """`replies` overrides the answer to a command ("MLST", or "connect" for the greeting); `{port}` is the data port."""

    content: bytes = b""
    replies: dict[str, str] = field(default_factory=dict)
    modified: str = "20261101080000"
    tls: ssl.SSLContext | None = None
    sent: bytes | None = None  # what goes over the data connection, when it is not the content
    end: str = "226 done"
    port: int = 0
    said: list[str] = field(default_factory=list)
    secured: bool = False

    @property
    def verbs(self) -> list[str]:
        return [line.split(" ")[0] for line in self.said]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError
        ):
            await self._say(writer, self.replies.get("connect", "220 hello"))
            async with _data_listener(self) as data_port:
                while line := await reader.readline():
                    self.said.append(line.decode().strip())
                    await self._answer(self.said[-1], writer, data_port)
        writer.close()

    async def _answer(self, line: str, writer: asyncio.StreamWriter, data_port: int) -> None:
        verb = line.split(" ")[0]
        if verb in self.replies:
            return await self._say(writer, self.replies[verb].format(port=data_port))
        if verb == "AUTH" and self.tls:
            await self._say(writer, "234 go on")
            await writer.start_tls(self.tls)
            self.secured = True
            return None
        if verb == "RETR":
            await self._say(writer, "150 here it comes")
            await asyncio.wait_for(self.data_done.wait(), 5)
            return await self._say(writer, self.end)
        facts = f"Type=file;Size={len(self.content)};Modify={self.modified};"
        usual = {
            "USER": "331 password?",
            "PASS": "230 welcome",
            "TYPE": "200 ok",
            "PBSZ": "200 ok",
            "PROT": "200 ok",
            "MLST": f"250-listing\r\n {facts} f\r\n250 end",
            "SIZE": f"213 {len(self.content)}",
            "MDTM": f"213 {self.modified}",
            "EPSV": f"229 extended (|||{data_port}|)",
        }
        return await self._say(writer, usual.get(verb, "502 what?"))

    async def _say(self, writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(text.encode("latin-1") + b"\r\n")
        await writer.drain()

    async def give(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError, ssl.SSLError):
            if self.secured:
                assert self.tls
                await writer.start_tls(self.tls)
            writer.write(self.content if self.sent is None else self.sent)
            await writer.drain()
        writer.close()
        self.data_done.set()

    def __post_init__(self) -> None:
        self.data_done = asyncio.Event()


@asynccontextmanager
async def _data_listener(double: FtpDouble) -> AsyncIterator[int]:
    double.data_done.clear()
    listener = await asyncio.start_server(double.give, "127.0.0.1", 0)
    async with listener:
        yield listener.sockets[0].getsockname()[1]


@asynccontextmanager
async def ftp_double(double: FtpDouble) -> AsyncIterator[FtpDouble]:
    listener = await asyncio.start_server(double.talk, "127.0.0.1", 0)
    double.port = listener.sockets[0].getsockname()[1]
    try:
        yield double
    finally:
        listener.close()
