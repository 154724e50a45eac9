"""A machine shows its key: whose it is, and whether it asks too often. Counted in the database, whichever process answers."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one
from tenants.api_keys import MARK, key_hash
from tenants.scope import platform_scope

MOST_ASKED = 240  # requests a minute
MOST_SENT = 30  # of these, files
_FORM = re.compile(MARK + r"_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Caller:
    """Who asks: the tenant the key acts as. `name` is the key's."""

    key: int
    name: str
    tenant: int
    slug: str
    kind: str
    zone: str


class BadKey(Exception):
    """No key of ours, or a revoked one, or one of a closed account: which, we do not say."""


class AskedTooOften(Exception):
    """The key's budget of this minute is spent; `seconds` are left of it."""

    def __init__(self, seconds: int, limit: int) -> None:
        super().__init__(seconds, limit)
        self.seconds, self.limit = seconds, limit


async def use_api_key(key: str, *, sends: bool = False) -> Caller:
    """Whose key this is; `sends` counts the request as a file as well. Raises BadKey, AskedTooOften."""
    if not _FORM.fullmatch(key):
        raise BadKey
    async with platform_scope("read an API key"):
        row = await fetch_one(
            "SELECT k.id AS key, k.name, k.key_hash, t.id AS tenant, t.slug, t.kind, t.zone FROM api_key k"
            " JOIN tenant t ON t.id = k.tenant WHERE k.prefix = $1 AND k.revoked_at IS NULL AND t.closed_at IS NULL",
            "_".join(key.split("_", 2)[:2]),  # the secret may hold this sign too
        )
        kept = row.pop("key_hash") if row else ""
        if not hmac.compare_digest(kept.encode(), key_hash(key).encode()) or row is None:
            raise BadKey
        caller = Caller(**row)
        moment = now()
        used = await _count(caller.key, moment.replace(second=0, microsecond=0), sends)
    if used["asked"] > MOST_ASKED or (sends and used["sent"] > MOST_SENT):
        raise AskedTooOften(60 - moment.second, MOST_ASKED if used["asked"] > MOST_ASKED else MOST_SENT)
    return caller


async def _count(key: int, minute: datetime, sends: bool) -> dict[str, int]:
    """This request, in the row of its key; a new minute begins at one, and is when the key was last used."""
    used = await fetch_one(
        "INSERT INTO api_use AS u (api_key, minute, asked, sent) VALUES ($1, $2, 1, $3) ON CONFLICT (api_key) DO UPDATE SET"
        " asked = CASE WHEN u.minute < $2 THEN 1 ELSE u.asked + 1 END,"
        " sent = CASE WHEN u.minute < $2 THEN $3 ELSE u.sent + $3 END,"
        " minute = greatest(u.minute, $2) RETURNING asked, sent",
        key,
        minute,
        int(sends),
    )
    assert used is not None
    if used["asked"] == 1:
        await execute(
            "UPDATE api_key SET last_used_at = $2 WHERE id = $1 AND last_used_at IS DISTINCT FROM $2",
            key,
            minute,
        )
    return used
