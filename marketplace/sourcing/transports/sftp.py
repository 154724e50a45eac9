"""A file on an SFTP server, with a password or a private key.

The server's key is pinned: the first fetch returns it as `Fetched.host_key`, to be stored with the feed and given back; a server
that then shows another one gets neither our password nor our name. Nothing of this machine's own SSH settings is used.
Paths are absolute, as in curl; `/~/` at the front means the folder we land in.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncssh
from asyncssh.public_key import get_default_public_key_algs

from marketplace.kernel.fetching import (
    N_,
    BadAnswer,
    BadUrl,
    CutShort,
    Fetched,
    HostKeyChanged,
    LoginFailed,
    NotAFile,
    Timeout,
)
from marketplace.kernel.reach import Reach
from marketplace.sourcing.transports.remote import SILENCE_SECONDS, Place, Seen, bring, place, polite_call
from marketplace.sourcing.transports.shape import Limits, Source

NAME = "sftp"
ORDER = 30
LABEL = N_("SFTP server")
HINT = N_("sftp://supplier.example/stock/feed.csv")
SCHEMES = ("sftp",)
AUTH_KINDS = ("basic", "key")
FETCHES = True

PORTS = {"sftp": 22}
OWN_PORTS = (22,)
UNREADABLE_KEY = N_("the stored key of the server cannot be read")
PIECE = 256 * 1024


async def fetch(
    source: Source, *, into: Path, limits: Limits = Limits(), reach: Reach | None = None
) -> Fetched:
    """See `shape.Transport`. Also raises HostKeyChanged."""
    started = datetime.now(UTC)
    where = place(source, PORTS)
    if where.auth is None or not where.auth.user:
        raise BadUrl(why=N_("it needs a user name, and a password or a key"))
    path = where.path.removeprefix("/~/")
    async with polite_call(where, limits):
        sock, _ = await (reach or Reach()).connect(where.host, where.port, OWN_PORTS)
        keys = _Keys(where.host, source.host_key)
        with _named_failures(where, keys):
            async with _session(where, sock, keys) as sftp:
                attributes = await sftp.stat(path)
                if attributes.type not in (asyncssh.FILEXFER_TYPE_REGULAR, asyncssh.FILEXFER_TYPE_UNKNOWN):
                    raise NotAFile(host=where.host)
                seen = Seen(attributes.size, _time(attributes.mtime))
                return await bring(
                    where,
                    source,
                    seen,
                    _body(sftp, path),
                    into=into,
                    limits=limits,
                    started=started,
                    host_key=keys.shown,
                )


def fingerprint(host_key: str) -> str:
    """A stored key as people compare it, `SHA256:…`. Raises BadUrl when it is no key."""
    try:
        return asyncssh.import_public_key(host_key).get_fingerprint()
    except asyncssh.KeyImportError as error:
        raise BadUrl(why=UNREADABLE_KEY) from error


class _Keys:
    """The key a server must show, if we know it, and the one it did."""

    def __init__(self, host: str, pinned: str | None) -> None:
        self.host = host
        try:
            self.pinned = None if pinned is None else asyncssh.import_public_key(pinned)
        except asyncssh.KeyImportError as error:
            raise BadUrl(why=UNREADABLE_KEY) from error
        self.shown: str | None = pinned
        self.changed: HostKeyChanged | None = None

    def judge(self, key: asyncssh.SSHKey) -> bool:
        """Called for a key that is not the pinned one: the first key we ever see is trusted."""
        text = key.export_public_key("openssh").decode().strip()
        if self.pinned is None:
            self.shown = text
            return True
        self.changed = HostKeyChanged(host=self.host, found=text, fingerprint=key.get_fingerprint())
        return False


class _Client(asyncssh.SSHClient):
    def __init__(self, keys: _Keys) -> None:
        self._keys = keys

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        return self._keys.judge(key)


@asynccontextmanager
async def _session(
    where: Place, sock: socket.socket, keys: _Keys
) -> AsyncGenerator[asyncssh.SFTPClient, None]:
    try:
        connection = await asyncssh.connect(
            where.host,
            where.port,
            sock=sock,
            config=None,
            agent_path=None,
            client_factory=lambda: _Client(keys),
            known_hosts=([keys.pinned] if keys.pinned else [], [], []),
            server_host_key_algs=_algorithms(keys),
            x509_trusted_certs=None,
            login_timeout=SILENCE_SECONDS,
            keepalive_interval=SILENCE_SECONDS / 3,
            **_credentials(where),
        )
    except BaseException:
        sock.close()
        raise
    try:
        async with connection.start_sftp_client() as sftp:
            yield sftp
    finally:
        connection.abort()


def _algorithms(keys: _Keys) -> list[str]:
    """Plain keys only (a certificate would need an authority), and of the pinned key's kind when there is one."""
    known = keys.pinned.sig_algorithms if keys.pinned else get_default_public_key_algs()
    return [name.decode("ascii") for name in known]


def _credentials(where: Place) -> dict[str, Any]:
    auth = where.auth
    assert auth is not None, "fetch refuses to go without"
    said: dict[str, Any] = {"username": auth.user, "client_keys": None, "password": None, "gss_host": None}
    if auth.kind == "key":
        try:
            said["client_keys"] = [asyncssh.import_private_key(auth.secret, auth.passphrase)]
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
            raise BadUrl(
                why=N_("the private key cannot be read (with a passphrase, it must be PEM in PKCS#8 form)")
            ) from error
    else:
        said["password"] = auth.secret
    return said


async def _body(sftp: asyncssh.SFTPClient, path: str) -> AsyncGenerator[bytes, None]:
    async with sftp.open(path, "rb") as file:
        while piece := await file.read(PIECE):
            yield bytes(piece)  # type: ignore[arg-type]  # opened in binary, which asyncssh's types do not tell


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


@contextmanager
def _named_failures(where: Place, keys: _Keys) -> Iterator[None]:
    try:
        yield
    except asyncssh.HostKeyNotVerifiable as error:
        if keys.changed is not None:
            raise keys.changed from error
        raise BadAnswer(host=where.host, why=error.reason) from error
    except asyncssh.PermissionDenied as error:
        raise LoginFailed(host=where.host) from error
    except (
        asyncssh.SFTPNoSuchFile,
        asyncssh.SFTPNoSuchPath,
        asyncssh.SFTPPermissionDenied,
        asyncssh.SFTPFileIsADirectory,
    ) as error:
        raise NotAFile(host=where.host) from error
    except (asyncssh.ConnectionLost, asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection) as error:
        if "timeout" in str(error).lower():
            raise Timeout(host=where.host, seconds=round(SILENCE_SECONDS)) from error
        raise CutShort(host=where.host) from error
    except asyncssh.Error as error:
        raise BadAnswer(host=where.host, why=error.reason) from error
    except OSError as error:
        raise CutShort(host=where.host) from error
