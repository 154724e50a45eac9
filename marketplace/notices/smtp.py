"""One mail over SMTP, by the standard library, in a thread. Nothing here reads the database.

`MAIL_URL` is `smtp://user:password@host:port?from=shop@example.org` (587 by default; TLS is used as soon as the server
offers it, and a password is not sent without it except to this very machine) or `smtps://…` (TLS from the first byte,
465). `from` is the address mails come from; without it, `no-reply@` the platform's host.
"""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from marketplace.kernel.clock import now
from marketplace.kernel.settings import settings

TIMEOUT_SECONDS = 20
_OURSELVES = ("localhost", "127.0.0.1", "::1")


class MailUnavailable(Exception):
    """The server does not answer, or says "later": worth another attempt."""


class MailRefused(Exception):
    """The server will not take this mail, whenever it is asked."""


class BadMailUrl(ValueError):
    """MAIL_URL cannot be understood."""


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    tls_at_once: bool
    user: str | None
    password: str | None
    sender: str

    @classmethod
    def at(cls, url: str) -> "Server":
        """Raises BadMailUrl."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise BadMailUrl("MAIL_URL is smtp://user:password@host:port or smtps://…")
        try:
            port = parts.port or (465 if parts.scheme == "smtps" else 587)
        except ValueError as wrong:
            raise BadMailUrl(f"MAIL_URL: {wrong}") from None
        said = parse_qs(parts.query).get("from", [""])[0]
        return cls(
            host=parts.hostname,
            port=port,
            tls_at_once=parts.scheme == "smtps",
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            sender=said or f"no-reply@{settings().platform_hosts[0]}",
        )


def letter_of(mail: dict[str, Any], sender: str) -> EmailMessage:
    """The `mail` row as a message from `sender`, the shop's or the platform's name before the address."""
    message = EmailMessage()
    message["From"] = formataddr((mail["sender_name"], sender))
    message["To"] = mail["to"]
    if mail["reply_to"]:
        message["Reply-To"] = mail["reply_to"]
    message["Subject"] = mail["subject"]
    message["Date"] = format_datetime(mail["created_at"] or now())
    message["Message-ID"] = mail["message_id"]
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail["text_body"])
    if mail["html_body"]:
        message.add_alternative(mail["html_body"], subtype="html")
    return message


async def deliver(mail: dict[str, Any], url: str) -> None:
    """Hand the `mail` row to the server of MAIL_URL. Raises MailUnavailable, MailRefused, BadMailUrl."""
    server = Server.at(url)
    await asyncio.to_thread(_deliver, server, mail)


def _deliver(server: Server, mail: dict[str, Any]) -> None:
    try:
        message = letter_of(mail, server.sender)
    except ValueError as wrong:  # a line break in a header, an address that is none
        raise MailRefused(f"this mail cannot be written: {wrong}") from wrong
    try:
        with _connected(server) as connection:
            connection.send_message(message, from_addr=server.sender, to_addrs=[mail["to"]])
    except smtplib.SMTPRecipientsRefused as refused:
        [(code, words)] = refused.recipients.values()
        raise _judged(code, words) from refused
    except smtplib.SMTPNotSupportedError as refused:
        raise MailRefused(f"{server.host} cannot carry this mail: {refused}") from refused
    except smtplib.SMTPResponseException as refused:
        raise _judged(refused.smtp_code, refused.smtp_error) from refused
    except (OSError, smtplib.SMTPException) as failure:
        raise MailUnavailable(
            f"{server.host}:{server.port}: {failure or type(failure).__name__}"
        ) from failure


def _connected(server: Server) -> smtplib.SMTP:
    if server.tls_at_once:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        elif server.user and server.host not in _OURSELVES:
            connection.close()
            raise MailUnavailable(f"{server.host} offers no TLS, and a password is not sent without it")
    if server.user:
        connection.login(server.user, server.password or "")
    return connection


def _judged(code: int, words: bytes | str) -> MailUnavailable | MailRefused:
    """4xx is "later"; 5xx is final, but for our own sign-in, which an operator mends."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = f"{code} {text}"
    return MailRefused(said) if code >= 500 and code not in (530, 534, 535, 538) else MailUnavailable(said)
