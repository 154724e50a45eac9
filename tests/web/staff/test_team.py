"""The team page and the identity page, for merchants and suppliers."""

import pytest

from marketplace.kernel.database import fetch_one, fetch_value
from tenants.scope import platform_scope
from tests.support import world
from tests.support.browser_free import client, send, sign_in, somebody

pytestmark = pytest.mark.usefixtures("database")


async def _slug(tenant: int) -> str:
    async with platform_scope("look"):
        return await fetch_value("SELECT slug FROM tenant WHERE id = $1", tenant)


@pytest.fixture(params=["merchant", "supplier"])
async def business(request) -> tuple[int, str]:
    tenant = await (world.merchant() if request.param == "merchant" else world.supplier())
    surface = "dashboard" if request.param == "merchant" else "portal"
    return tenant, f"/{surface}/{await _slug(tenant)}"


async def test_an_owner_invites_a_colleague_and_takes_it_back(business):
    tenant, home = business
    role = "support" if home.startswith("/dashboard") else "warehouse"
    async with client() as owner:
        await sign_in(owner, await somebody((tenant, "owner")))
        answer = await send(
            owner, f"{home}/team/invitations", page=f"{home}/team", email="Nora@team.example", role=role
        )
        assert answer.status_code == 303
        async with platform_scope("look"):
            invitation = await fetch_one("SELECT id, email FROM invitation WHERE tenant = $1", tenant)
        assert invitation["email"] == "nora@team.example"
        await send(owner, f"{home}/team/invitations/{invitation['id']}/withdrawal", page=f"{home}/team")
        assert "nora@team.example" not in (await owner.get(f"{home}/team")).text


async def test_the_last_owner_stays(business):
    tenant, home = business
    async with client() as owner:
        await sign_in(owner, await somebody((tenant, "owner")))
        async with platform_scope("look"):
            me = await fetch_value("SELECT id FROM membership WHERE tenant = $1", tenant)
        answer = await send(owner, f"{home}/team/{me}/removal", page=f"{home}/team")
        assert answer.status_code == 422
        assert "needs an owner" in answer.text


async def test_who_has_no_right_to_the_team_is_told_so_and_a_stranger_finds_nothing(business):
    tenant, home = business
    role = "orders" if home.startswith("/dashboard") else "warehouse"
    async with client() as colleague, client() as stranger:
        await sign_in(colleague, await somebody((tenant, role)))
        assert (await colleague.get(f"{home}/team")).status_code == 403
        await sign_in(stranger, await somebody((await world.merchant("charlie"), "owner")))
        assert (await stranger.get(f"{home}/team")).status_code == 404


async def test_an_identity_is_checked_by_its_digits_and_what_was_typed_stays():
    tenant = await world.merchant()
    home = f"/dashboard/{await _slug(tenant)}"
    typed = {
        "legal_name": "Alice SAS",
        "street": "1 rue",
        "postcode": "75001",
        "city": "Paris",
        "country": "FR",
        "email": "alice@shop.example",
    }
    async with client() as owner:
        await sign_in(owner, await somebody((tenant, "owner")))
        wrong = await send(
            owner,
            f"{home}/settings/identity",
            page=f"{home}/settings",
            registration_number="732829321",
            **typed,
        )
        assert wrong.status_code == 422
        assert 'value="732829321"' in wrong.text
        assert "not a valid registration number" in wrong.text
        right = await send(
            owner,
            f"{home}/settings/identity",
            page=f"{home}/settings",
            registration_number="732 829 320",
            **typed,
        )
        assert right.status_code == 303
    async with platform_scope("look"):
        row = await fetch_one(
            "SELECT registration_number, identity_verified_at FROM tenant WHERE id = $1", tenant
        )
    assert row["registration_number"] == "732829320"
    assert row["identity_verified_at"] is not None
