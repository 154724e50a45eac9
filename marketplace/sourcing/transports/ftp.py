"""A file on an FTP server, in the open (`ftp://`) or over TLS (`ftps://`: explicit, or implicit on port 990).

Only passive connections, and always to the address of the control connection: whatever address a PASV answer names, it is not
followed. So a private server that the operator opens by FETCH_ALLOW is reached at its data ports too, which nobody knows before. Paths are relative to the folder we land in, as RFC 1738 has it; `//` at the front makes one absolute.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import aioftp
from aioftp.common import SSLSessionBoundContext
from aioftp.errors import AIOFTPException, StatusCodeError

from marketplace.kernel.addresses import why_port_refused
from marketplace.kernel.fetching import (
    N_,
    BadAnswer,
    BadStatus,
    ConnectFailed,
    CutShort,
    Fetched,
    LoginFailed,
    NotAFile,
    RefusedAddress,
    Timeout,
    TlsFailed,
)
from marketplace.kernel.http import trusting_public_authorities
from marketplace.kernel.reach import CONNECT_SECONDS, Reach
from marketplace.sourcing.transports.remote import (
    SILENCE_SECONDS,
    Place,
    Seen,
    bring,
    place,
    polite_call,
    stamp,
)
from marketplace.sourcing.transports.shape import Limits, Source

NAME = "ftp"
ORDER = 20
LABEL = N_("FTP server")
HINT = N_("ftp://supplier.example/stock/feed.csv")
SCHEMES = ("ftp", "ftps")
AUTH_KINDS = ("basic",)
FETCHES = True

PORTS = {"ftp": 21, "ftps": 21}
IMPLICIT_TLS_PORT = 990
OWN_PORTS = (21, IMPLICIT_TLS_PORT)
PIECE = 64 * 1024
LONGEST_TALK = 256 * 1024  # bytes a server may say on the control connection


async def fetch(
    source: Source, *, into: Path, limits: Limits = Limits(), reach: Reach | None = None
) -> Fetched:
    """See `shape.Transport`."""
    started = datetime.now(UTC)
    where = place(source, PORTS)
    async with polite_call(where, limits):
        client = _Client(where, reach or Reach())
        try:
            with _named_failures(where):
                await client.open()
                await client.sign_in()
                seen = await client.seen()
                return await bring(
                    where, source, seen, client.body(), into=into, limits=limits, started=started
                )
        finally:
            client.close()


class _Client(aioftp.Client):
    """aioftp's client, bound to one judged address for both of its connections."""

    def __init__(self, where: Place, reach: Reach) -> None:
        implicit = where.scheme == "ftps" and where.port == IMPLICIT_TLS_PORT
        super().__init__(socket_timeout=SILENCE_SECONDS, ssl=tls_context() if implicit else None)
        self._where = where
        self._reach = reach
        self._address: str | None = None
        self._heard = 0
        self._path = where.path[1:]

    async def open(self) -> None:
        await self.connect(self._where.host, self._where.port)
        if self._where.scheme == "ftps" and self.ssl is None:
            await self.upgrade_to_tls(tls_context())

    async def sign_in(self) -> None:
        auth = self._where.auth
        try:
            if auth is None:
                await self.login("anonymous", "anonymous@")
            else:
                await self.login(auth.user, auth.secret)
        except StatusCodeError as error:
            raise _busy(self._where, error) or LoginFailed(host=self._where.host) from error

    async def seen(self) -> Seen:
        """Size and time, by MLST or else SIZE and MDTM; a server may know neither."""
        await self.command("TYPE I", "200")
        with suppress(StatusCodeError):
            _, lines = await self.command(f"MLST {self._path}", "250")
            facts = _facts(lines[1] if len(lines) > 1 else "")
            if facts.get("type", "file").lower() in ("dir", "cdir", "pdir"):
                raise NotAFile(host=self._where.host)
            if "size" in facts:
                return Seen(_count(facts["size"]), stamp(facts.get("modify", "")))
        return Seen(_count(await self._fact("SIZE")), stamp(await self._fact("MDTM")))

    async def body(self) -> AsyncGenerator[bytes, None]:
        try:
            stream = await self.download_stream(self._path)
        except StatusCodeError as error:
            raise _busy(self._where, error) or NotAFile(host=self._where.host) from error
        try:
            async for block in stream.iter_by_block(PIECE):
                yield block
            await stream.finish()  # the server's word that this was all of it
        except StatusCodeError as error:
            raise CutShort(host=self._where.host) from error
        finally:
            stream.close()

    async def _fact(self, command: str) -> str:
        try:
            _, lines = await self.command(f"{command} {self._path}", "213")
        except StatusCodeError:
            return ""
        return lines[-1].strip()

    async def _open_connection(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Both connections come through here; the host that aioftp passes, which may be a PASV answer, is not looked at."""
        where = self._where
        if self._address is None:
            sock, self._address = await self._reach.connect(where.host, where.port, OWN_PORTS)
        elif why := why_port_refused(port):
            raise RefusedAddress(host=where.host, why=why)
        else:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    sock = await self._reach.dialer(self._address, port)
            except TimeoutError:
                raise Timeout(host=where.host, seconds=CONNECT_SECONDS) from None
            except OSError as error:
                raise ConnectFailed(host=where.host, port=port) from error
        tls = self._tls()
        try:
            return await asyncio.open_connection(
                sock=sock, ssl=tls, server_hostname=where.host if tls else None
            )
        except BaseException:
            sock.close()
            raise

    def _tls(self) -> ssl.SSLContext | None:
        """The control connection's own session for the data connection, as many servers demand."""
        control = self._stream.writer.transport.get_extra_info("ssl_object") if self._stream else None
        if control is None:
            return self.ssl if isinstance(self.ssl, ssl.SSLContext) else None
        return SSLSessionBoundContext(
            ssl.PROTOCOL_TLS_CLIENT, context=control.context, session=control.session
        )

    async def parse_line(self) -> tuple[aioftp.Code, str]:
        """A line of the server's, of any charset, as long as it does not talk for ever."""
        line = await self.stream.readline()
        self._heard += len(line)
        if not line:
            raise ConnectionResetError
        if self._heard > LONGEST_TALK:
            raise BadAnswer(host=self._where.host, why=N_("too many words"))
        text = line.decode("utf-8", "replace").rstrip()
        return aioftp.Code(text[:3]), text[3:]


def _facts(line: str) -> dict[str, str]:
    """RFC 3659's `Type=file;Size=12;Modify=20261123080000; name`, the names of the facts in lower case."""
    pairs = (fact.partition("=") for fact in line.strip().partition(" ")[0].split(";"))
    return {name.lower(): value for name, _, value in pairs}


def _busy(where: Place, error: StatusCodeError) -> BadStatus | None:
    """The failure when the server only says "not now": neither the password nor the path is wrong."""
    code = str(error.received_codes[-1])
    return BadStatus(host=where.host, status=int(code)) if code in ("421", "425", "450") else None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


@contextmanager
def _named_failures(where: Place) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise Timeout(host=where.host, seconds=round(SILENCE_SECONDS)) from error
    except ssl.SSLCertVerificationError as error:
        raise TlsFailed(host=where.host, why=error.verify_message) from error
    except ssl.SSLError as error:
        raise TlsFailed(host=where.host, why=(error.reason or "").replace("_", " ").lower()) from error
    except StatusCodeError as error:
        raise BadAnswer(host=where.host, why=str(error.received_codes[-1])) from error
    except (AIOFTPException, ValueError, IndexError) as error:  # answers that aioftp cannot take apart
        raise BadAnswer(host=where.host, why=N_("its words are not those of an FTP server")) from error
    except OSError as error:
        raise CutShort(host=where.host) from error


@cache
def tls_context() -> ssl.SSLContext:
    """The same authorities as for the web."""
    return trusting_public_authorities()
