"""A supplier says on which days it does not ship: dates promised to shoppers leave them out from then on."""

from __future__ import annotations

from datetime import date

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.fetching import N_
from tenants.audit import record
from tenants.scope import acting_as

MOST_DAYS = 120
BACKWARDS = N_("The last day cannot be before the first.")
LONG = N_("A closure lasts four months at most. Pause your agreements for a longer one.")
PAST = N_("These days are over already.")


async def close_days(supplier: int, first: date, last: date, name: str | None, *, by: str) -> int:
    """Both days included. Answers the closure. Raises Refused."""
    if last < first:
        raise Refused(BACKWARDS, field="last_day")
    if (last - first).days > MOST_DAYS:
        raise Refused(LONG, field="last_day")
    if last < now().date():
        raise Refused(PAST, field="last_day")
    async with acting_as(supplier):
        made = await fetch_value(
            "INSERT INTO holiday (supplier, first_day, last_day, name) VALUES ($1, $2, $3, $4) RETURNING id",
            supplier,
            first.isoformat(),
            last.isoformat(),
            name,
        )
        await record("days.closed", who=by, subject=name, first=first.isoformat(), last=last.isoformat())
    return int(made)


async def open_days(supplier: int, holiday: int, *, by: str) -> None:
    """Take a closure back. Raises NotFound."""
    async with acting_as(supplier):
        if not await execute("DELETE FROM holiday WHERE id = $1", holiday):
            raise NotFound
        await record("days.opened", who=by, subject=str(holiday))
