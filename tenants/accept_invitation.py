"""Taking up an invitation: with the account one has, or a new one."""

from dataclasses import dataclass

from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.signing import unsign
from tenants.audit import record
from tenants.open_account import new_person, seat
from tenants.passwords import hash_password
from tenants.scope import platform_scope
from tenants.tables import Role


@dataclass(frozen=True)
class Pending:
    """What the page shows before anybody accepts."""

    id: int
    tenant: int
    tenant_name: str
    tenant_kind: str
    tenant_slug: str
    email: str
    role: str
    invited_by: str
    purpose: str
    has_account: bool


async def look_at_invitation(token: str) -> Pending:
    """Raises BadLink for a forged token, NotFound when it was withdrawn, accepted or is too old."""
    async with platform_scope("show an invitation"):
        return await _pending(token)


async def accept_as_new(token: str, name: str, password: str, locale: str) -> tuple[int, Pending]:
    """(person, invitation). Raises NotFound or Refused."""
    hashed = await hash_password(password)
    async with platform_scope("accept an invitation"):
        pending = await _pending(token)
        person = await new_person(name, pending.email, hashed, locale)
        await execute("UPDATE person SET email_verified_at = now() WHERE id = $1", person)
        await _take_up(pending, person)
    return person, pending


async def accept_as(token: str, person: int) -> Pending:
    """Somebody signed in accepts. Raises NotFound; Refused when it was sent to another address."""
    async with platform_scope("accept an invitation"):
        pending = await _pending(token)
        email = await fetch_value("SELECT email FROM person WHERE id = $1", person)
        if email != pending.email:
            raise Refused(
                "This invitation was sent to {email}. Sign in with that address.", email=pending.email
            )
        await _take_up(pending, person)
    return pending


async def _pending(token: str) -> Pending:
    row = await fetch_one(
        "SELECT i.id, i.tenant, t.name AS tenant_name, t.kind AS tenant_kind, t.slug AS tenant_slug, i.email, i.role,"
        " i.invited_by, i.purpose, EXISTS (SELECT 1 FROM person p WHERE p.email = i.email) AS has_account"
        " FROM invitation i JOIN tenant t ON t.id = i.tenant WHERE i.id = $1 AND i.accepted_at IS NULL"
        " AND i.withdrawn_at IS NULL AND i.expires_at > now()",
        unsign("invitation", token).subject,
    )
    if row is None:
        raise NotFound
    return Pending(**row)


async def _take_up(pending: Pending, person: int) -> None:
    taken = await execute(
        "UPDATE invitation SET accepted_at = now() WHERE id = $1 AND accepted_at IS NULL", pending.id
    )
    if not taken:
        raise NotFound
    await seat(person, pending.tenant, Role(pending.role))
    if pending.purpose == "claim_managed":
        await _hand_over(pending.tenant, person)
    await record("invitation.accepted", who=pending.email, tenant=pending.tenant)


async def _hand_over(supplier: int, person: int) -> None:
    """A managed supplier takes its own account: the merchant's people leave it, and their machines."""
    await execute("UPDATE tenant SET managed_by = NULL WHERE id = $1", supplier)
    await execute(
        "UPDATE membership SET ended_at = now() WHERE tenant = $1 AND person <> $2", supplier, person
    )
    for key in await fetch(
        "UPDATE api_key SET revoked_at = now(), revoked_by = 'account taken over' WHERE tenant = $1 AND revoked_at IS NULL"
        " RETURNING name, prefix",
        supplier,
    ):
        await record(
            "api_key.revoked",
            who="account taken over",
            tenant=supplier,
            subject=key["name"],
            prefix=key["prefix"],
        )
