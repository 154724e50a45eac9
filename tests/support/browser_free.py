"""The web without a browser: the real application, driven in process, with cookies and CSRF tokens as a browser sends."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from marketplace.app import Door
from tenants.passwords import hash_password
from tests.support import world

PASSWORD = "correct horse battery"
_doors: list[Door] = []
_hash: list[str] = []


def door() -> Door:
    """One application for the session: building it costs a second."""
    if not _doors:
        _doors.append(Door())
    return _doors[0]


@asynccontextmanager
async def client(host: str = "localhost", **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on `host`; it follows no redirect by itself."""
    transport = httpx.ASGITransport(app=door(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}", headers=headers) as made:
        yield made


async def somebody(*seats: tuple[int, str], locale: str = "en") -> str:
    """A person with a password and seats (tenant, role). Answers the e-mail address."""
    if not _hash:
        _hash.append(await hash_password(PASSWORD))
    email = f"{world.unique('someone')}@people.example"
    person = await world.person(email, password_hash=_hash[0], locale=locale, name="Paula Person")
    for tenant, role in seats:
        await world.member(person, tenant, role)
    return email


async def sign_in(browser: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    form = await browser.get("/sign-in")
    return await browser.post("/sign-in", data={"_csrf": csrf_of(form), "email": email, "password": password})


def csrf_of(page: httpx.Response) -> str:
    """The token of a page's forms (or of its meta tag). Fails when the page has none."""
    found = re.search(r'name="_csrf" value="([0-9a-f]+)"|name="csrf-token" content="([0-9a-f]+)"', page.text)
    assert found, f"no token on {page.url}: {page.status_code} {page.text[:200]}"
    return found[1] or found[2]


async def send(
    browser: httpx.AsyncClient, path: str, *, page: str | None = None, **data: Any
) -> httpx.Response:
    """POST `data` to `path` as the form on `page` (else on `path`) would."""
    form = await browser.get(page or path)
    return await browser.post(path, data={"_csrf": csrf_of(form), **data})
