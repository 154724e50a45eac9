"""When a supplier ships: its closures, its cut-offs, and the working days ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marketplace.kernel.calendars import WEEKDAYS
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.sourcing.terms import Calendar, days_between
from tenants.scope import acting_as

AHEAD = 42


@dataclass(frozen=True)
class Day:
    """`why` it does not ship: closed, holiday (a public one), weekend; None when it does."""

    date: date
    why: str | None


@dataclass(frozen=True)
class Closures:
    closures: list[dict[str, Any]]
    cutoffs: list[tuple[int, str, time, int]]  # agreement, merchant, cut-off, working days
    days: list[Day]
    zone: str
    country: str


async def closures(supplier: int) -> Closures:
    """Closures that are not over, cut-offs of agreements in force, and the days of the next six weeks."""
    async with acting_as(supplier):
        tenant = await fetch_one("SELECT zone, country FROM tenant WHERE id = $1", supplier)
        assert tenant is not None
        today = now().astimezone(ZoneInfo(tenant["zone"])).date()
        rows = await fetch(
            "SELECT id, first_day, last_day, name FROM holiday WHERE supplier = $1 AND last_day >= $2 ORDER BY first_day, id",
            supplier,
            today.isoformat(),
        )
        cutoffs = await fetch(
            "SELECT a.id, c.name, a.cutoff, a.lead_days FROM agreement a JOIN tenant_card c ON c.tenant = a.merchant"
            " WHERE a.supplier = $1 AND a.state IN ('active', 'paused') ORDER BY c.name, a.id",
            supplier,
        )
    closed: frozenset[date] = frozenset().union(*(days_between(r["first_day"], r["last_day"]) for r in rows))
    calendar = Calendar(zone=tenant["zone"], country=tenant["country"], closed=closed)
    start = today - timedelta(days=today.weekday())
    return Closures(
        closures=[
            {
                **r,
                "first_day": date.fromisoformat(r["first_day"]),
                "last_day": date.fromisoformat(r["last_day"]),
            }
            for r in rows
        ],
        cutoffs=[(r["id"], r["name"], r["cutoff"], r["lead_days"]) for r in cutoffs],
        days=[_day(start + timedelta(days=n), calendar) for n in range(AHEAD)],
        zone=tenant["zone"],
        country=tenant["country"],
    )


def _day(day: date, calendar: Calendar) -> Day:
    if calendar.works(day):
        return Day(day, None)
    if day in calendar.closed:
        return Day(day, "closed")
    return Day(day, "weekend" if day.weekday() not in WEEKDAYS else "holiday")
