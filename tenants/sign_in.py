"""Signing in and out. Attempts are throttled in the database, by account and by address, whichever process answers."""

import hashlib
import secrets

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Refused
from tenants.passwords import verify
from tenants.scope import platform_scope

WINDOW_MINUTES = 15
ACCOUNT_LIMIT = 8  # failures
ADDRESS_LIMIT = 40
SESSION_DAYS = 14


async def sign_in(email: str, password: str, *, address: str, user_agent: str | None) -> str:
    """A new session's token for the cookie. The session id is always new: nothing a client sent is kept.

    Raises Refused: the pair is wrong, or there were too many failures.
    """
    email = email.strip().lower()
    async with platform_scope("sign in: throttle"):
        await _refuse_when_throttled(email, address)
        person = await fetch_one("SELECT id, password_hash FROM person WHERE email = $1", email)
    right = await verify(person["password_hash"] if person else None, password)
    async with platform_scope("sign in: record"):
        await execute(
            "INSERT INTO sign_in_attempt (email, address, succeeded) VALUES ($1, $2, $3)",
            email,
            address,
            right,
        )
        if right and person:
            return await open_session(person["id"], address=address, user_agent=user_agent)
    raise Refused("The e-mail address or the password is wrong.", field="password")


async def open_session(person: int, *, address: str, user_agent: str | None) -> str:
    """Inside a platform scope. Answers the cookie's token; the database keeps its hash."""
    token = secrets.token_urlsafe(32)
    await execute(
        "INSERT INTO session (token_hash, person, csrf_key, expires_at, address, user_agent)"
        " VALUES ($1, $2, $3, now() + make_interval(days => $4), $5, $6)",
        hashlib.sha256(token.encode()).hexdigest(),
        person,
        secrets.token_urlsafe(24),
        SESSION_DAYS,
        address,
        (user_agent or "")[:300],
    )
    return token


async def sign_out(session: int) -> None:
    async with platform_scope("sign out"):
        await execute("UPDATE session SET ended_at = now() WHERE id = $1", session)


async def end_other_sessions(person: int, *, keep: int | None = None) -> None:
    """Inside a platform scope: after a new password, every other browser signs in again."""
    await execute(
        "UPDATE session SET ended_at = now() WHERE person = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2",
        person,
        keep,
    )


async def _refuse_when_throttled(email: str, address: str) -> None:
    since = f"at > now() - interval '{WINDOW_MINUTES} minutes' AND NOT succeeded"
    by_account = await fetch_value(
        f"SELECT count(*) FROM sign_in_attempt WHERE email = $1 AND {since}", email
    )
    by_address = await fetch_value(
        f"SELECT count(*) FROM sign_in_attempt WHERE address = $1 AND {since}", address
    )
    if by_account >= ACCOUNT_LIMIT or by_address >= ADDRESS_LIMIT:
        raise Refused(
            "Too many attempts. Wait {minutes} minutes, or set a new password.",
            field="password",
            minutes=WINDOW_MINUTES,
        )
