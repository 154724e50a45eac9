"""What every response carries and every unsafe request must show.

The CSRF token is an HMAC over the visitor's own cookie (a session's, or an anonymous one's), so that a token taken from
one session is worth nothing in another. `Sec-Fetch-Site` and `Origin` are checked first: a browser that says the
request came from elsewhere is believed.
"""

import hashlib
import hmac
import secrets
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.kernel.settings import settings

SAFE = {"GET", "HEAD", "OPTIONS"}
VISITOR_COOKIE = "visitor"
SESSION_COOKIE = "session"


class CrossSite(Exception):
    """An unsafe request that did not come from our own page."""


def cookie_name(name: str) -> str:
    """`__Host-` over HTTPS: the cookie belongs to this very host and to no other."""
    return f"__Host-{name}" if settings().public_scheme == "https" else f"comptoir_{name}"


def set_cookie(name: str, value: str, *, days: int | None = None) -> str:
    secure = "; Secure" if settings().public_scheme == "https" else ""
    age = f"; Max-Age={days * 86_400}" if days is not None else ""
    return f"{cookie_name(name)}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"


def nonce_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    state = connection.scope["state"]
    if "csp_nonce" not in state:
        state["csp_nonce"] = secrets.token_urlsafe(16)
    return str(state["csp_nonce"])


def csrf_token(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    secret = connection.scope["state"]["csrf_secret"]
    key = settings().secret_keys[0] if settings().secret_keys else ""
    return hmac.new(key.encode(), f"csrf\0{secret}".encode(), hashlib.sha256).hexdigest()


async def check_csrf(request: Request[Any, Any, Any]) -> None:
    """A `before_request` hook. Raises CrossSite."""
    if request.method in SAFE or request.route_handler.opt.get("machine"):
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise CrossSite
    origin = request.headers.get("origin")
    if origin and origin != "null" and origin.split("://", 1)[-1] != request.headers.get("host"):
        raise CrossSite
    sent = request.headers.get("x-csrf-token")
    if sent is None:
        form: FormMultiDict = await request.form()
        sent = form.get("_csrf")
    if not isinstance(sent, str) or not hmac.compare_digest(sent, csrf_token(request)):
        raise CrossSite


class SecurityHeaders:
    """ASGI middleware: the headers of every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                nonce = scope["state"].get("csp_nonce")
                headers = [(k, v) for k, v in message["headers"] if k.lower() != b"server"]
                message["headers"] = headers + _headers(nonce)
                for cookie in scope["state"].get("new_cookies", []):
                    message["headers"].append((b"set-cookie", cookie.encode()))  # type: ignore[attr-defined]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _headers(nonce: str | None) -> list[tuple[bytes, bytes]]:
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    csp = (
        f"default-src 'none'; script-src {script}; style-src {script}; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
    )
    return [
        (b"content-security-policy", csp.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]
