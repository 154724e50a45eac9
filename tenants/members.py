"""Colleagues of a tenant: their roles, and leaving. The last owner stays."""

from typing import Any

from marketplace.kernel.database import fetch, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from tenants.audit import record
from tenants.roles import ROLES_OF
from tenants.scope import acting_as
from tenants.tables import Role, TenantKind


async def members_of(tenant: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(members, open invitations)."""
    async with acting_as(tenant):
        return (
            await fetch(
                "SELECT id, person, person_name, person_email, role, created_at FROM membership"
                " WHERE tenant = $1 AND ended_at IS NULL ORDER BY created_at, id",
                tenant,
            ),
            await fetch(
                "SELECT id, email, role, created_at, expires_at, invited_by FROM invitation WHERE tenant = $1"
                " AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now() ORDER BY id DESC",
                tenant,
            ),
        )


async def find_member(tenant: int, membership: int) -> str:
    """The e-mail address of a member. Raises NotFound."""
    async with acting_as(tenant):
        email = await fetch_value(
            "SELECT person_email FROM membership WHERE id = $1 AND tenant = $2 AND ended_at IS NULL",
            membership,
            tenant,
        )
    if email is None:
        raise NotFound
    return str(email)


async def change_role(tenant: int, membership: int, role: Role, *, by: str) -> None:
    """Raises NotFound; Refused for a role of the other kind of tenant or when the last owner would go."""
    async with acting_as(tenant):
        kind = TenantKind(await fetch_value("SELECT kind FROM tenant WHERE id = $1", tenant))
        if role not in ROLES_OF[kind]:
            raise Refused("This role does not exist here.", field="role")
        if role is not Role.OWNER:
            await _keep_an_owner(tenant, membership)
        row = await fetch_one(
            "UPDATE membership SET role = $2 WHERE id = $1 AND ended_at IS NULL AND tenant = $3 RETURNING person_email",
            membership,
            role.value,
            tenant,
        )
        if row is None:
            raise NotFound
        await record("role.changed", who=by, subject=row["person_email"], role=role.value)


async def remove_member(tenant: int, membership: int, *, by: str) -> None:
    """Raises NotFound; Refused when the last owner would go."""
    async with acting_as(tenant):
        await _keep_an_owner(tenant, membership)
        row = await fetch_one(
            "UPDATE membership SET ended_at = now() WHERE id = $1 AND ended_at IS NULL AND tenant = $2"
            " RETURNING person_email",
            membership,
            tenant,
        )
        if row is None:
            raise NotFound
        await record("member.removed", who=by, subject=row["person_email"])


async def _keep_an_owner(tenant: int, leaving: int) -> None:
    owners = await fetch(
        "SELECT id FROM membership WHERE tenant = $1 AND role = 'owner' AND ended_at IS NULL FOR UPDATE",
        tenant,
    )
    if [o["id"] for o in owners] == [leaving]:
        raise Refused("An account needs an owner: name another one first.", field="role")
