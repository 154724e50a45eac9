"""Events, written in the business transaction and delivered after commit, at least once.

`emit` inserts the event and rings; PostgreSQL delivers the ring only when the transaction commits. The relay turns an
event into one `delivery` row per reaction and enqueues it; the job middleware ticks the row off. Whatever dies in
between, the row is still there and is rung again: the broker is a doorbell, this table is the truth.
"""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import execute

CHANNEL = "comptoir_outbox"


async def emit(event: str, **payload: Any) -> None:
    """Write `event` in the open scope's transaction. The payload is ids and small facts, JSON."""
    await execute(
        "INSERT INTO outbox (tenant, event, payload) VALUES (NULLIF(current_setting('app.tenant_id'), '0')::bigint, $1, $2::jsonb)",
        event,
        json.dumps(payload),
    )
    await execute(f"SELECT pg_notify('{CHANNEL}', '')")
