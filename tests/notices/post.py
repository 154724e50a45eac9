"""The post office of a test: runs what follows from some tenants' events, and opens the letterbox."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch
from marketplace.reactions import REACTIONS
from tenants.jobs import perform
from tenants.scope import platform_scope

#: reactions that belong to other packages' tests
_OURS = ("notices.", "claims.")


async def deliver(*tenants: int) -> int:
    """Run our reactions to the events that `tenants` caused, until there are none. Answers how many ran; a failure raises."""
    ran = 0
    while events := await _take(tenants):
        for event in events:
            payload = json.loads(event["payload"])
            for reaction in REACTIONS.get(event["event"], []):
                if reaction.job.name.startswith(_OURS):
                    await perform(
                        reaction.job,
                        reaction.arguments(payload),
                        tenant=reaction.tenant(payload),
                        delivery=None,
                    )
                    ran += 1
    return ran


async def _take(tenants: tuple[int, ...]) -> list[dict[str, Any]]:
    async with platform_scope("a test's post"):
        return await fetch(
            "WITH due AS (UPDATE outbox SET relayed_at = now() WHERE relayed_at IS NULL AND tenant = ANY($1) RETURNING *)"
            " SELECT * FROM due ORDER BY id",
            list(tenants),
        )


async def letters(
    *, to: str | None = None, kind: str | None = None, tenant: int | None = None
) -> list[dict[str, Any]]:
    async with platform_scope("a test's letterbox"):
        return await fetch(
            'SELECT * FROM mail WHERE ($1::text IS NULL OR "to" = $1) AND ($2::text IS NULL OR kind = $2)'
            " AND ($3::bigint IS NULL OR tenant = $3) ORDER BY id",
            to,
            kind,
            tenant,
        )


async def the_letter(**which: Any) -> dict[str, Any]:
    """The only one there is."""
    [letter] = await letters(**which)
    return letter


async def forget(*tenants: int) -> None:
    """What happened so far is nobody's news."""
    async with platform_scope("a test's post"):
        await execute(
            "UPDATE outbox SET relayed_at = now() WHERE relayed_at IS NULL AND tenant = ANY($1)",
            list(tenants),
        )
