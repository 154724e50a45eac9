"""Keys by which a tenant's machines act as it: made, listed, revoked. A key is shown once; its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from tenants.audit import record
from tenants.scope import acting_as

MARK = "cpt"  # what every key begins with, for those who look for leaked ones
MOST_KEYS = 20  # in use at once


async def make_api_key(tenant: int, name: str, *, by: str) -> str:
    """A new key for the machine called `name`: `cpt_<prefix>_<secret>`, the only time it is seen.

    Raises Refused when there is one of this name in use, or there are too many.
    """
    prefix = f"{MARK}_{secrets.token_hex(6)}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    async with acting_as(tenant):
        # two at once count each other; a feed that is being read, whose rows name the tenant, holds nobody up
        await execute("SELECT 1 FROM tenant WHERE id = $1 FOR NO KEY UPDATE", tenant)
        used = await fetch("SELECT name FROM api_key WHERE tenant = $1 AND revoked_at IS NULL", tenant)
        if name.casefold() in {row["name"].casefold() for row in used}:
            raise Refused(
                "There is a key of this name already: revoke it first, or choose another name.", field="name"
            )
        if len(used) >= MOST_KEYS:
            raise Refused(
                "There are {most} keys in use already: revoke one first.", field="name", most=MOST_KEYS
            )
        await execute(
            "INSERT INTO api_key (tenant, name, prefix, key_hash, made_by) VALUES ($1, $2, $3, $4, $5)",
            tenant,
            name,
            prefix,
            key_hash(key),
            by,
        )
        await record("api_key.made", who=by, subject=name, prefix=prefix)
    return key


async def api_keys_of(tenant: int) -> list[dict[str, Any]]:
    """Every key in use, the newest first, then those revoked in the last 90 days. Never a hash."""
    async with acting_as(tenant):
        return await fetch(
            "SELECT id, name, prefix, made_by, created_at, last_used_at, revoked_at, revoked_by FROM api_key"
            " WHERE tenant = $1 AND (revoked_at IS NULL OR revoked_at > now() - interval '90 days')"
            " ORDER BY revoked_at IS NOT NULL, id DESC",
            tenant,
        )


async def find_api_key(tenant: int, key: int) -> None:
    """Raises NotFound."""
    async with acting_as(tenant):
        if not await fetch_value("SELECT 1 FROM api_key WHERE id = $1 AND tenant = $2", key, tenant):
            raise NotFound


async def revoke_api_key(tenant: int, key: int, *, by: str) -> None:
    """It opens nothing from now on. Revoking it again changes nothing. Raises NotFound."""
    await find_api_key(tenant, key)
    async with acting_as(tenant):
        row = await fetch_one(
            "UPDATE api_key SET revoked_at = now(), revoked_by = $3 WHERE id = $1 AND tenant = $2 AND revoked_at IS NULL"
            " RETURNING name, prefix",
            key,
            tenant,
            by,
        )
        if row is not None:
            await record("api_key.revoked", who=by, subject=row["name"], prefix=row["prefix"])


def key_hash(key: str) -> str:
    """Of the whole key. It is 256 random bits, so a fast hash is enough: nobody guesses it."""
    return hashlib.sha256(key.encode()).hexdigest()
