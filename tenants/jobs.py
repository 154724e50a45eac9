"""Running a job: as its tenant, and with its delivery row ticked off.

The tenant travels in the message's options. A failure is written on the row and rung again after a pause that doubles;
after `MAX_ATTEMPTS` a person sees it in the platform pages with its error and a retry button.
"""

import asyncio
import logging
import traceback
from contextvars import ContextVar
from typing import Any

from asyncpg import InterfaceError, InternalClientError, PostgresError
from dramatiq.middleware import CurrentMessage

from marketplace.kernel.broker import Job
from marketplace.kernel.database import execute, fetch_value
from tenants.scope import platform_scope

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 12
DATABASE_AWAY = (OSError, PostgresError, InterfaceError, InternalClientError)
#: seconds between tries to write a failure down: the reason for it may be that the database is starting again
PAUSES = (1, 2, 4, 8, 15, 30, 60)
_tenant: ContextVar[int | None] = ContextVar("job_tenant", default=None)


class NoJobTenant(RuntimeError):
    """The message says for whom it works, or it is refused."""


def job_tenant() -> int:
    """Who the running job acts as. Raises NoJobTenant outside a job or for a platform job."""
    tenant = _tenant.get()
    if tenant is None:
        raise NoJobTenant
    return tenant


async def run_job(job: Job, args: dict[str, Any]) -> None:
    message = CurrentMessage.get_current_message()
    options = message.options if message is not None else {}
    await perform(job, args, tenant=options.get("tenant"), delivery=options.get("delivery"))


async def perform(job: Job, args: dict[str, Any], *, tenant: int | None, delivery: int | None) -> bool:
    """Run `job` for `tenant`. Answers False when its delivery was done already or it failed (the row says why)."""
    if delivery is not None and not await _start(delivery, job.lease_seconds):
        return False
    token = _tenant.set(tenant)
    try:
        await job.fn(**args)
    except Exception as failure:
        if delivery is None:
            raise
        logger.exception("job %s failed", job.name)
        await _tell(delivery, failure)
        return False
    finally:
        _tenant.reset(token)
    if delivery is not None:
        async with platform_scope("a job is done"):
            await execute("UPDATE delivery SET done_at = now(), error = NULL WHERE id = $1", delivery)
    return True


async def _start(delivery: int, lease_seconds: int) -> bool:
    async with platform_scope("a job starts"):
        return (
            await fetch_value(
                "UPDATE delivery SET ring_at = now() + make_interval(secs => $2), attempts = attempts + 1"
                " WHERE id = $1 AND done_at IS NULL RETURNING id",
                delivery,
                float(lease_seconds),
            )
        ) is not None


async def _tell(delivery: int, failure: Exception) -> None:
    """Write the failure down, or else the job is rung again only when its lease is over."""
    for pause in PAUSES:
        try:
            await _failed(delivery, failure)
        except DATABASE_AWAY:
            await asyncio.sleep(pause)
        else:
            return
    await _failed(delivery, failure)


async def _failed(delivery: int, failure: Exception) -> None:
    text = "".join(traceback.format_exception(failure))[-4000:]
    async with platform_scope("a job failed"):
        await execute(
            "UPDATE delivery SET error = $2, ring_at = now() + make_interval(secs => least(600, power(2, attempts)))"
            ", failed_at = CASE WHEN attempts >= $3 THEN now() END WHERE id = $1",
            delivery,
            text,
            MAX_ATTEMPTS,
        )
