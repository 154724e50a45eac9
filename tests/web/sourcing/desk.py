"""A signed-in person at a supplier's or a merchant's desk. The session is written, not earned: signing in has tests of its own."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from marketplace.kernel.clock import now
from marketplace.kernel.settings import settings
from marketplace.web.security import SESSION_COOKIE, cookie_name
from marketplace.web.visitors import token_hash
from tests.support import world
from tests.support.browser_free import client


@dataclass
class Seated:
    """A browser whose addresses begin at `home`."""

    browser: httpx.AsyncClient
    home: str
    token: str

    async def get(self, path: str = "", **headers: str) -> httpx.Response:
        return await self.browser.get(self.home + path, headers=headers)

    async def fragment(self, path: str) -> httpx.Response:
        """As htmx asks for a part of a page."""
        return await self.get(path, **{"HX-Request": "true", "HX-Request-Type": "partial"})

    async def post(self, path: str, *, files: Any = None, **data: Any) -> httpx.Response:
        return await self.browser.post(self.home + path, data={"_csrf": self.token, **data}, files=files)

    async def see(self, path: str = "") -> str:
        """The page's text; it must be there."""
        answer = await self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.headers.get('location', '')}"
        return answer.text


@asynccontextmanager
async def seated(
    tenant: int, role: str = "owner", *, kind: str = "supplier", locale: str = "en"
) -> AsyncIterator[Seated]:
    """Somebody with `role` at the tenant's desk."""
    home = f"/{'portal' if kind == 'supplier' else 'dashboard'}/{await world.slug_of(tenant)}"
    person = await world.person(locale=locale)
    await world.member(person, tenant, role)
    token, csrf_key = world.unique("session"), world.unique("csrf")
    await world.insert(
        "session",
        token_hash=token_hash(token),
        person=person,
        csrf_key=csrf_key,
        expires_at=now() + timedelta(hours=1),
    )
    async with client() as browser:
        browser.cookies.set(cookie_name(SESSION_COOKIE), token)
        yield Seated(browser, home, _csrf(csrf_key))


def _csrf(csrf_key: str) -> str:
    """What a form of that session carries."""
    key = settings().secret_keys[0]
    return hmac.new(key.encode(), f"csrf\0{csrf_key}".encode(), hashlib.sha256).hexdigest()
