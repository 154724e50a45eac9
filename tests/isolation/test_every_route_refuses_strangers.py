"""Every route answers 404 for a stranger's ids, each method: signed in as another tenant of the same kind and of the other
kind, and with a stranger's signed link. Routes are enumerated from the application: one without a case fails.
"""

import re
from dataclasses import dataclass, field

import httpx
import pytest

from tenants.api_keys import make_api_key
from tests.isolation.alices_things import Things, alices_things
from tests.support import world
from tests.support.browser_free import client, csrf_of, door, sign_in, somebody

pytestmark = pytest.mark.usefixtures("database")

#: routes that belong to nobody in particular: (application, path, methods)
PUBLIC = {
    "platform": {
        "/", "/desks", "/health", "/sign-in", "/sign-out", "/accounts/new", "/accounts", "/password-resets/new",
        "/password-resets", "/language", "/dev/mailbox", "/operations", "/assets/{digest:str}/{name:str}",
    },
    "api": {
        "/api/v1/openapi.json", "/api/v1/openapi.json/{path:str}", "/api/v1/openapi.json/openapi.json",
        "/api/v1/problems/{code:str}",
    },
    "storefront": {"/assets/{digest:str}/{name:str}"},
}  # fmt: skip
#: operators' pages do not exist for anybody else
OPERATORS = {"/operations/deliveries/{delivery:int}/retry", "/dev/mailbox/{mail:int}"}
REFUSED = {404, 410}
#: what forms ask for first: an incomplete form is answered by the asker's own page, which tells nothing of the id
FILLED = {"quantity": "1", "text": "Hello", "pack_quantity": "1"}


@dataclass(frozen=True)
class Route:
    application: str
    path: str
    method: str
    needs: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.application})"

    def at(self, **values: object) -> str:
        return re.sub(r"\{(\w+):\w+\}", lambda m: str(values[m[1]]), self.path)


def _routes() -> list[Route]:
    found = []
    applications = {"platform": door().platform, "storefront": door().storefront, "api": door().api}
    for name, application in applications.items():
        for route in application.routes:
            for method in sorted(set(getattr(route, "methods", ())) - {"OPTIONS", "HEAD"}):
                needs = tuple(
                    re.findall(
                        r"\{(\w+):", route.path_format if hasattr(route, "path_format") else route.path
                    )
                )
                found.append(
                    Route(name, route.path, method, tuple(re.findall(r"\{(\w+):", route.path)) or needs)
                )
    return found


ROUTES = _routes()
DESK_ROUTES = [r for r in ROUTES if r.path.startswith(("/dashboard/", "/portal/"))]
API_ROUTES = [r for r in ROUTES if r.application == "api" and r.path not in PUBLIC["api"]]
OTHERS = [
    r for r in ROUTES
    if r not in DESK_ROUTES and r not in API_ROUTES and r.path not in PUBLIC[r.application] and r.path not in OPERATORS
]  # fmt: skip


@pytest.fixture(scope="module")
async def things(database) -> Things:
    return await alices_things()


@pytest.fixture(scope="module")
async def strangers(database) -> dict[str, tuple[httpx.AsyncClient, str]]:
    """A merchant and a supplier who have nothing to do with Alice, each signed in, with the token of their session."""
    made = {}
    contexts = []
    for kind in ("merchant", "supplier"):
        tenant = await (world.merchant("charlie") if kind == "merchant" else world.supplier("dora"))
        context = client()
        browser = await context.__aenter__()
        contexts.append(context)
        await sign_in(browser, await somebody((tenant, "owner"), (await world.supplier("spare"), "owner")))
        made[kind] = (browser, csrf_of(await browser.get("/desks")), await world.slug_of(tenant))
    yield made
    for context in contexts:
        await context.__aexit__(None, None, None)


async def _ask(browser: httpx.AsyncClient, token: str, route: Route, url: str) -> httpx.Response:
    if route.method == "GET":
        return await browser.get(url)
    return await browser.request(route.method, url, data={"_csrf": token, **FILLED})


def test_the_application_has_routes_to_ask():
    assert len(DESK_ROUTES) > 40
    assert len(API_ROUTES) >= 5
    assert any(r.application == "storefront" for r in ROUTES)


@pytest.mark.parametrize("route", DESK_ROUTES, ids=str)
async def test_a_desk_of_somebody_else_is_nothing(route, things, strangers):
    """Charlie's and Dora's browsers on Alice's (or Vera's) own address."""
    for browser, token, _ in strangers.values():
        answer = await _ask(browser, token, route, route.at(**things.values(route.path, route.needs)))
        assert answer.status_code in REFUSED, f"{route} answered {answer.status_code}"


@pytest.mark.parametrize("route", [r for r in DESK_ROUTES if len(r.needs) > 1], ids=str)
async def test_ids_of_somebody_else_are_nothing_at_ones_own_desk(route, things, strangers):
    """Charlie at Charlie's own address, with Alice's ids; Dora at Dora's with Vera's."""
    kind = "merchant" if route.path.startswith("/dashboard/") else "supplier"
    browser, token, slug = strangers[kind]
    url = route.at(**{**things.values(route.path, route.needs), kind: slug})
    answer = await _ask(browser, token, route, url)
    assert answer.status_code in REFUSED, f"{route} answered {answer.status_code}: {url}"


@pytest.mark.parametrize("route", DESK_ROUTES, ids=str)
async def test_nobody_signed_in_is_sent_to_sign_in(route, things):
    async with client() as nobody:
        token = csrf_of(await nobody.get("/sign-in"))
        answer = await _ask(nobody, token, route, route.at(**things.values(route.path, route.needs)))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("route", API_ROUTES, ids=str)
async def test_a_machine_without_a_key_is_told_to_show_one(route, things, strangers):
    """A signed-in person's cookies are no key."""
    url = route.at(**things.values(route.path, route.needs))
    browser, token, _ = strangers["supplier"]
    answer = await _ask(browser, token, route, url)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("route", [r for r in API_ROUTES if r.needs], ids=str)
async def test_the_key_of_somebody_else_opens_nothing(route, things):
    """Sven's key, and that of Vera's own merchant, with Vera's ids."""
    for tenant in (await world.supplier("sven"), things.merchant):
        key = await make_api_key(tenant, world.unique("key"), by="Sven")
        async with client(Authorization=f"Bearer {key}") as wire:
            answer = await wire.request(
                route.method,
                route.at(**things.values(route.path, route.needs)),
                content=b"sku,title\n1,Mug\n",
            )
        assert answer.status_code == 404, f"{route} answered {answer.status_code}"
        assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize("route", [r for r in OTHERS if r.needs], ids=str)
async def test_links_and_slugs_of_somebody_else_are_nothing(route, things, strangers):
    """Signed links of Alice's used on another shop's host, forged ones, and ones made for another purpose."""
    host = "localhost" if route.application == "platform" else things.other_host
    for values in things.wrong_values(route.path, route.needs):
        async with client(host) as browser:
            token = csrf_of(
                await browser.get("/sign-in" if route.application == "platform" else "/order-link")
            )
            answer = await _ask(browser, token, route, route.at(**values))
        assert answer.status_code in REFUSED, f"{route} answered {answer.status_code} to {values}"


def test_every_route_without_ids_is_listed_as_public_or_has_a_desk():
    unknown = [str(r) for r in OTHERS if not r.needs and r.application == "platform"]
    assert unknown == []
