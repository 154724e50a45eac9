"""Colleagues come by invitation: a mail with a link, a role, a week to answer."""

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.outbox import emit
from marketplace.kernel.signing import sign
from tenants.audit import record
from tenants.scope import acting_as
from tenants.tables import Role

DAYS = 7


async def invite(tenant: int, email: str, role: Role, *, by: str, purpose: str = "colleague") -> int:
    """Answers the invitation; the mail carries `invitation_token` of it. A second invitation of the same address replaces the first.

    Raises Refused when the person sits here already.
    """
    async with acting_as(tenant):
        if await fetch_value(
            "SELECT 1 FROM membership WHERE tenant = $1 AND person_email = $2 AND ended_at IS NULL",
            tenant,
            email,
        ):
            raise Refused("This person is a member already.", field="email")
        await execute(
            "UPDATE invitation SET withdrawn_at = now() WHERE tenant = $1 AND email = $2 AND accepted_at IS NULL"
            " AND withdrawn_at IS NULL",
            tenant,
            email,
        )
        made = await fetch_value(
            "INSERT INTO invitation (tenant, email, role, purpose, invited_by, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6)) RETURNING id",
            tenant,
            email,
            role.value,
            purpose,
            by,
            DAYS,
        )
        await record("invitation.sent", who=by, subject=email, role=role.value)
        await emit("invitation.sent", tenant=tenant, invitation=made)
    return int(made)


async def withdraw_invitation(tenant: int, invitation: int, *, by: str) -> None:
    """Raises NotFound."""
    async with acting_as(tenant):
        row = await fetch_one(
            "UPDATE invitation SET withdrawn_at = now() WHERE id = $1 AND accepted_at IS NULL RETURNING email",
            invitation,
        )
        if row is None:
            raise NotFound
        await record("invitation.withdrawn", who=by, subject=row["email"])


def invitation_token(tenant: int, invitation: int) -> str:
    """The link's token: signed when the mail is written, kept nowhere."""
    return sign("invitation", tenant, invitation, days=DAYS)
