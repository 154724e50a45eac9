"""What fetching a file from outside gives, and every way in which it may fail.

A failure has a stable `code` (kept with the run), a `message` (an English msgid with {named} places) and its `values`, as
`errors.Refused` has; a page translates the message, and the value `why` too, and fills it in. `str(failure)` is the English
sentence. No secret is ever among the values: they carry hosts, never whole URLs.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal


def N_(text: str) -> str:  # noqa: N802 — the usual mark for gettext's extraction
    """Marks a sentence for translation without translating it here."""
    return text


#: what a parser says of such an address may hold a part of its password
ILL_WRITTEN = N_("it is not written as an address is (in a password, / and # are written %2F and %23)")
NO_SUCH_PORT = N_("there is no such port")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched, or the news that it has not changed.

    `status` is "ok" (the file lies at `path`, `sha256` and `bytes` describe its decoded content) or "unchanged" (nothing
    was kept, `path` is None). `etag` and `last_modified` are what to send next time; `modified` is the file's own time
    (UTC) as the server tells it, the source time of its numbers; `fetch_started` (UTC) stands in where there is none.
    `final_url` has no credentials in it. `host_key` is the server's key (SFTP only), to be stored on first use.
    """

    status: Literal["ok", "unchanged"]
    path: Path | None
    sha256: str | None
    bytes: int
    etag: str | None
    last_modified: str | None
    modified: datetime | None
    content_type: str | None
    final_url: str
    fetch_started: datetime
    host_key: str | None = None


@dataclass(frozen=True, slots=True)
class Auth:
    """Who we say we are. `basic` and FTP/SFTP use `user` and `secret`; `bearer` the `secret`; `query` adds `name`=`secret`
    to the URL, or `secret` alone, quoted already, without a name; `key` (SFTP) takes a private key in OpenSSH or PEM text as `secret`. The secret never shows in repr."""

    kind: Literal["basic", "bearer", "query", "key"]
    secret: str = field(repr=False)
    user: str = ""
    name: str = "token"
    passphrase: str | None = field(default=None, repr=False)

    @classmethod
    def basic(cls, user: str, password: str) -> Auth:
        return cls("basic", password, user=user)

    @classmethod
    def bearer(cls, token: str) -> Auth:
        return cls("bearer", token)

    @classmethod
    def query(cls, name: str, token: str) -> Auth:
        return cls("query", token, name=name)

    @classmethod
    def key(cls, user: str, private_key: str, passphrase: str | None = None) -> Auth:
        return cls("key", private_key, user=user, passphrase=passphrase)

    def to_text(self) -> str:
        """All of it as text, to be sealed by the vault before it is kept anywhere."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Auth:
        """What `to_text` wrote. Raises ValueError."""
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError("these are no credentials") from error


class FetchFailed(Exception):
    """Something outside could not be had. `passing` says whether the same call may work later without any change."""

    code = "fetch_failed"
    message = N_("The file could not be fetched.")
    passing = False

    def __init__(self, **values: Any) -> None:
        self.values: dict[str, Any] = values
        super().__init__(self.message.format(**values))


class BadUrl(FetchFailed):
    code = "bad_url"
    message = N_("This is not an address we can fetch: {why}.")


class RefusedAddress(FetchFailed):
    code = "refused_address"
    message = N_("{host} may not be reached from here: it leads to {why}.")


class ResolveFailed(FetchFailed):
    code = "resolve_failed"
    message = N_("No server is known under the name {host}.")
    passing = True


class ConnectFailed(FetchFailed):
    code = "connect_failed"
    message = N_("{host} does not accept connections on port {port}.")
    passing = True


class TlsFailed(FetchFailed):
    code = "tls_failed"
    message = N_("The secure connection to {host} failed: {why}.")


class Timeout(FetchFailed):
    code = "timeout"
    message = N_("{host} did not answer within {seconds} seconds.")
    passing = True


class TooSlow(FetchFailed):
    code = "too_slow"
    message = N_("The answer was not complete after {seconds} seconds, so we stopped.")
    passing = True


class TooLarge(FetchFailed):
    code = "too_large"
    message = N_("The file is larger than the {limit} bytes we accept.")


class CutShort(FetchFailed):
    code = "cut_short"
    message = N_("{host} closed the connection before the whole file was sent.")
    passing = True


class BadStatus(FetchFailed):
    """`status` is the server's answer; `retry_after` the seconds it asked us to wait, if it did."""

    code = "bad_status"
    message = N_("{host} answered with status {status}.")
    messages = {
        204: N_("{host} answered that there is no file (status {status})."),
        401: N_("{host} did not accept our credentials (status {status})."),
        403: N_("{host} does not let us read this file (status {status})."),
        404: N_("{host} has no file at this address (status {status})."),
        410: N_("{host} says this file is gone for good (status {status})."),
        421: N_("{host} is not available just now (status {status})."),
        450: N_("{host} is not available just now (status {status})."),
        429: N_("{host} says we ask too often (status {status})."),
        503: N_("{host} is not available just now (status {status})."),
    }

    def __init__(self, *, host: str, status: int, retry_after: float | None = None) -> None:
        self.message = self.messages.get(status, type(self).message)
        self.status = status
        self.retry_after = retry_after
        self.passing = status in (408, 421, 425, 429, 450) or status >= 500
        super().__init__(host=host, status=status)


class AskedToWait(FetchFailed):
    """The host told us earlier to wait, and `retry_after` seconds are left: nothing was sent."""

    code = "asked_to_wait"
    message = N_("{host} asked us to wait for another {seconds} seconds.")
    passing = True

    def __init__(self, *, host: str, retry_after: float) -> None:
        self.retry_after = retry_after
        super().__init__(host=host, seconds=round(retry_after))


class TooManyRedirects(FetchFailed):
    code = "too_many_redirects"
    message = N_("{host} sent us on more than {limit} times.")


class BadEncoding(FetchFailed):
    code = "bad_encoding"
    message = N_("{host} sent a file packed in a way we cannot unpack ({encoding}).")


class BadAnswer(FetchFailed):
    code = "bad_answer"
    message = N_("{host} answered something we do not understand: {why}.")


class NotAFile(FetchFailed):
    code = "not_a_file"
    message = N_("{host} has no readable file at this path.")


class LoginFailed(FetchFailed):
    code = "login_failed"
    message = N_("{host} did not accept the user name or its secret.")


class HostKeyChanged(FetchFailed):
    """`found` is the key the server showed, in OpenSSH form; nothing was sent to it."""

    code = "host_key_changed"
    message = N_("{host} shows another key ({fingerprint}) than the one you trusted.")

    def __init__(self, *, host: str, found: str, fingerprint: str) -> None:
        self.found = found
        super().__init__(host=host, fingerprint=fingerprint)


class NotStored(FetchFailed):
    code = "not_stored"
    message = N_("The file could not be written here: {why}.")
    passing = True
