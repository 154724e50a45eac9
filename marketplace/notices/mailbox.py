"""Every mail of the installation, newest first: the page /dev/mailbox of demo mode. For no other use."""

from typing import Any

from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.settings import settings
from tenants.scope import platform_scope

PAGE = 50


async def read_mailbox(
    *, to: str | None = None, before: int | None = None, limit: int = PAGE
) -> list[dict[str, Any]]:
    """Rows {id, to, sender_name, subject, kind, created_at, sent_at, error}; `to` is a part of the address, `before`
    the last id of the page before. Raises NotFound outside demo mode."""
    _demo_only()
    async with platform_scope("the demo's mailbox"):
        return await fetch(
            'SELECT id, "to", sender_name, subject, kind, created_at, sent_at, error FROM mail'
            " WHERE ($1::text IS NULL OR strpos(lower(\"to\"), lower($1)) > 0) AND ($2::bigint IS NULL OR id < $2)"
            " ORDER BY id DESC LIMIT $3",
            to,
            before,
            limit,
        )


async def read_mail(mail: int) -> dict[str, Any]:
    """The whole row. Raises NotFound, also outside demo mode."""
    _demo_only()
    async with platform_scope("the demo's mailbox"):
        row = await fetch_one("SELECT * FROM mail WHERE id = $1", mail)
    if row is None:
        raise NotFound(f"mail {mail}")
    return row


def _demo_only() -> None:
    if not settings().demo:
        raise NotFound("there is a mailbox in demo mode only")
