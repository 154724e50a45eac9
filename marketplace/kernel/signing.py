"""Signed links: bound to one purpose and one object, expiring, HMAC-SHA256 under the installation's keys.

A link shows on GET and acts only on POST: mail scanners follow links.
"""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass

from marketplace.kernel.settings import settings


class BadLink(Exception):
    """The link is forged, for something else, or no link at all."""


class ExpiredLink(BadLink):
    """The link was right once."""


class NoKey(RuntimeError):
    """SECRET_KEY is not set."""


@dataclass(frozen=True)
class Link:
    tenant: int
    subject: int
    expires: int  # Unix seconds


def sign(purpose: str, tenant: int, subject: int, *, days: float = 90) -> str:
    """A URL-safe token for one object of one tenant."""
    body = f"{tenant}.{subject}.{int(time.time() + days * 86_400)}"
    return f"{body}.{_mac(_keys()[0], purpose, body)}"


def unsign(purpose: str, token: str) -> Link:
    """Raises BadLink or ExpiredLink."""
    body, _, mac = token.rpartition(".")
    if not any(hmac.compare_digest(mac, _mac(key, purpose, body)) for key in _keys()):
        raise BadLink
    tenant, subject, expires = (int(part) for part in body.split("."))
    if expires < time.time():
        raise ExpiredLink
    return Link(tenant, subject, expires)


def _mac(key: str, purpose: str, body: str) -> str:
    digest = hmac.new(key.encode(), f"{purpose}\0{body}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def _keys() -> tuple[str, ...]:
    keys = settings().secret_keys
    if not keys:
        raise NoKey("set SECRET_KEY (comma-separated to rotate: the first one signs, all of them open)")
    return keys
