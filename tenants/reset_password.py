"""A new password, by a link to the person's own address. The link dies with the password it replaces."""

from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.outbox import emit
from marketplace.kernel.signing import BadLink, sign, unsign
from tenants.passwords import hash_password
from tenants.scope import platform_scope
from tenants.sign_in import end_other_sessions

HOURS = 2


async def ask_for_reset(email: str) -> None:
    """Says nothing about whether the address exists."""
    async with platform_scope("ask for a new password"):
        person = await fetch_one(
            "SELECT p.id, p.password_hash, m.tenant FROM person p LEFT JOIN membership m ON m.person = p.id"
            " WHERE p.email = $1 ORDER BY m.id LIMIT 1",
            email.strip().lower(),
        )
        if person and person["tenant"]:
            await emit("password.reset_asked", tenant=person["tenant"], person=person["id"])


async def reset_token(person: int) -> str:
    """The link's token: signed when the mail is written, kept nowhere."""
    async with platform_scope("sign a link to a new password"):
        row = await fetch_one("SELECT password_hash FROM person WHERE id = $1", person)
    signed = sign(_purpose(row["password_hash"] if row else None), 0, person, days=HOURS / 24)
    return f"{person}.{signed}"


async def check_link(token: str) -> None:
    """Before the form is shown. Raises BadLink or ExpiredLink."""
    async with platform_scope("show the page of a new password"):
        await _owner_of(token)


async def set_password(token: str, password: str) -> int:
    """Answers the person. Raises BadLink, ExpiredLink, or Refused for a weak password."""
    hashed = await hash_password(password)
    async with platform_scope("set a new password"):
        person = await _owner_of(token)
        await execute(
            "UPDATE person SET password_hash = $2, email_verified_at = now() WHERE id = $1", person, hashed
        )
        await end_other_sessions(person)
    return person


async def _owner_of(token: str) -> int:
    """Inside a platform scope; the row stays locked. Raises BadLink or ExpiredLink."""
    person, _, signed = token.partition(".")
    if not person.isdecimal() or len(person) > 18:
        raise BadLink
    row = await fetch_one("SELECT id, password_hash FROM person WHERE id = $1 FOR UPDATE", int(person))
    if row is None or unsign(_purpose(row["password_hash"]), signed).subject != row["id"]:
        raise BadLink
    return int(row["id"])


def _purpose(password_hash: str | None) -> str:
    return f"password:{(password_hash or '')[-24:]}"
