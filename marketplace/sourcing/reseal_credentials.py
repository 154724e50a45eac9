"""After SECRET_KEY got a new first key: what the others sealed is sealed anew with it, so that they can be taken away."""

from __future__ import annotations

import logging

from marketplace.kernel.database import execute, fetch
from marketplace.kernel.vault import SecretUnreadable, open_sealed, seal, stale
from tenants.scope import platform_scope

logger = logging.getLogger(__name__)


async def reseal_credentials() -> int:
    """One pass over the platform. Answers how many feeds' credentials were sealed anew; those that no key opens stay as they are, and
    their runs say so. Raises NoSecretKey."""
    resealed = unreadable = 0
    async with platform_scope("seal credentials with the newest key"):
        for row in await fetch("SELECT id, credentials FROM feed WHERE credentials IS NOT NULL"):
            if not stale(row["credentials"]):
                continue
            about = f"feed:{row['id']}"
            try:
                plain = open_sealed(row["credentials"], about=about)
            except SecretUnreadable:
                unreadable += 1
                continue
            resealed += await execute(
                "UPDATE feed SET credentials = $3 WHERE id = $1 AND credentials = $2",
                row["id"],
                row["credentials"],
                seal(plain, about=about),
            )
    if resealed or unreadable:
        logger.info("credentials of %s feeds sealed anew, of %s unreadable", resealed, unreadable)
    return resealed
