"""ASGI middleware: who is looking, before any handler runs.

The platform knows people by a server-side session (one query for session, person and memberships); a storefront knows a
visitor by a random cookie that says nothing. Resolved here because context set in handler dependencies is lost.
"""

import hashlib
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.kernel.i18n import LOCALES
from marketplace.web.security import SESSION_COOKIE, VISITOR_COOKIE, cookie_name, set_cookie
from tenants.scope import platform_scope


@dataclass(frozen=True)
class Seat:
    """One membership: the tenant and what the person may do in it."""

    tenant: int
    slug: str
    name: str
    kind: str
    role: str
    zone: str
    currency: str
    managed_by: int | None
    verified: bool


@dataclass(frozen=True)
class SignedIn:
    session: int
    person: int
    name: str
    email: str
    locale: str
    is_operator: bool
    csrf_key: str
    seats: tuple[Seat, ...]

    def seat(self, kind: str, slug: str) -> Seat | None:
        return next((s for s in self.seats if s.kind == kind and s.slug == slug), None)


class Visitors:
    def __init__(self, app: ASGIApp, *, people: bool) -> None:
        self.app, self.people = app, people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state: dict[str, Any] = scope["state"]
        cookies = _cookies(scope)
        state["signed_in"] = await _signed_in(cookies) if self.people else None
        state["visitor"] = _visitor(cookies, state)
        signed_in = state["signed_in"]
        state["csrf_secret"] = signed_in.csrf_key if signed_in else state["visitor"]
        if self.people:
            state["locale"] = signed_in.locale if signed_in else _asked_locale(scope, cookies)
            state["zone"] = "Europe/Paris"
        await self.app(scope, receive, send)


def _cookies(scope: Scope) -> dict[str, str]:
    raw = b"; ".join(v for k, v in scope["headers"] if k == b"cookie").decode("latin-1")
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(raw).items()}
    except CookieError:
        return {}


def _visitor(cookies: dict[str, str], state: dict[str, Any]) -> str:
    known = cookies.get(cookie_name(VISITOR_COOKIE), "")
    if len(known) >= 32 and known.replace("-", "").replace("_", "").isalnum():
        return known
    made = secrets.token_urlsafe(32)
    state.setdefault("new_cookies", []).append(set_cookie(VISITOR_COOKIE, made, days=60))
    return made


def _asked_locale(scope: Scope, cookies: dict[str, str]) -> str:
    if (said := cookies.get("comptoir_locale")) in LOCALES:
        return str(said)
    accept = next((v for k, v in scope["headers"] if k == b"accept-language"), b"").decode("latin-1")
    for part in accept.split(","):
        language = part.split(";")[0].strip()[:2].lower()
        if language in LOCALES:
            return language
    return "en"


_SESSION = """
UPDATE session s SET seen_at = now()
  FROM person p
 WHERE s.token_hash = $1 AND s.person = p.id AND s.ended_at IS NULL AND s.expires_at > now()
RETURNING s.id AS session, p.id AS person, p.name, p.email, p.locale, p.is_operator, s.csrf_key,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('tenant', t.id, 'slug', t.slug, 'name', t.name, 'kind', t.kind,
            'role', m.role, 'zone', t.zone, 'currency', t.currency, 'managed_by', t.managed_by,
            'verified', t.identity_verified_at IS NOT NULL) ORDER BY t.name), '[]')
       FROM membership m JOIN tenant t ON t.id = m.tenant
      WHERE m.person = p.id AND m.ended_at IS NULL AND t.closed_at IS NULL) AS seats
"""


async def _signed_in(cookies: dict[str, str]) -> SignedIn | None:
    token = cookies.get(cookie_name(SESSION_COOKIE))
    if not token:
        return None
    async with platform_scope("read a session"):
        row = await fetch_one(_SESSION, token_hash(token))
    if row is None:
        return None
    seats = tuple(Seat(**seat) for seat in json.loads(row.pop("seats")))
    return SignedIn(**row, seats=seats)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
