"""Who did what in a tenant: append only, written in the transaction of what was done."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute


async def record(
    action: str, *, who: str, subject: str | None = None, tenant: int | None = None, **detail: Any
) -> None:
    """Write one line for the open scope's tenant (or `tenant`, in a platform scope)."""
    await execute(
        "INSERT INTO audit_event (tenant, person, action, subject, detail)"
        " VALUES (coalesce($1, current_setting('app.tenant_id')::bigint), $2, $3, $4, $5::jsonb)",
        tenant,
        who,
        action,
        subject,
        json.dumps(detail),
    )
