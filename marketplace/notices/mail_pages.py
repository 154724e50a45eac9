"""The mails of a tenant, for its own pages: what was written about an order or a complaint, and whether it went out."""

from typing import Any

from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import NotFound
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def read_mails_about(tenant: int, *about: str) -> list[dict[str, Any]]:
    """Rows {id, kind, to, subject, created_at, sent_at, error} about "order:12", "claim:3", …, oldest first; no bodies, since
    they hold signed links."""
    async with acting_as(tenant):
        return await fetch(
            'SELECT id, kind, about, "to", subject, created_at, sent_at, attempts, error FROM mail'
            " WHERE about = ANY($1) ORDER BY id",
            list(about),
        )


async def read_failed_mails(tenant: int, limit: int = 50) -> list[dict[str, Any]]:
    """Mails that a server would not take, newest first."""
    async with acting_as(tenant):
        return await fetch(
            'SELECT id, kind, about, "to", subject, created_at, attempts, error FROM mail'
            " WHERE sent_at IS NULL AND error IS NOT NULL ORDER BY id DESC LIMIT $1",
            limit,
        )


async def send_again(tenant: int, mail: int) -> None:
    """Ring for the very same mail once more, under its Message-ID. Raises NotFound."""
    async with acting_as(tenant):
        if not await execute("UPDATE mail SET sent_at = NULL, error = NULL WHERE id = $1", mail):
            raise NotFound(f"mail {mail}")
        await emit("mail.written", tenant=tenant, mail=mail)
