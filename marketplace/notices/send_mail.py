"""Send a mail that was written: read it, hand it over with no transaction open, write down what came of it.

Without MAIL_URL mails are kept, and shown at /dev/mailbox in demo mode. A repetition carries the same Message-ID, so
that a mail handed over twice is one in the reader's box.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.settings import settings
from marketplace.notices.smtp import MailRefused, MailUnavailable, deliver
from tenants.scope import acting_as, platform_scope


async def send_mail(tenant: int | None, mail: int) -> bool:
    """Answers True when it was handed over now. A final refusal is written on the row; MailUnavailable is raised after
    it was written there, so that the job is rung again."""
    url = settings().mail_url
    if not url:
        return False
    row = await _take(tenant, mail)
    if row is None:
        return False
    try:
        await deliver(row, url)
    except MailRefused as refused:
        await _failed(tenant, mail, f"refused: {refused}")
        return False
    except MailUnavailable as failure:
        await _failed(tenant, mail, str(failure))
        raise
    async with _scope(tenant):
        await execute("UPDATE mail SET sent_at = now(), error = NULL WHERE id = $1", mail)
    return True


async def _take(tenant: int | None, mail: int) -> dict[str, Any] | None:
    async with _scope(tenant):
        return await fetch_one(
            "UPDATE mail SET attempts = attempts + 1 WHERE id = $1 AND sent_at IS NULL RETURNING *", mail
        )


async def _failed(tenant: int | None, mail: int, why: str) -> None:
    async with _scope(tenant):
        await execute("UPDATE mail SET error = $2 WHERE id = $1", mail, why[:1000])


@asynccontextmanager
async def _scope(tenant: int | None) -> AsyncIterator[None]:
    if tenant is None:
        async with platform_scope("send the platform's own mail"):
            yield
    else:
        async with acting_as(tenant):
            yield
