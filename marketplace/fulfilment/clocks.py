"""A supplier's clock: until when it must answer and ship, and when its cut-off is."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.ordering.market import closed_days
from marketplace.sourcing.terms import Calendar, NoWorkingDay, next_cutoff, ship_by


class Clock(msgspec.Struct, frozen=True):
    """An agreement's terms of time, with the supplier's calendar. `None` where the calendar has no working day in a year."""

    terms: dict[str, Any]
    calendar: Calendar

    def ack_by(self, at: datetime) -> datetime:
        return at + timedelta(hours=self.terms["ack_hours"])

    def ship_by(self, at: datetime, lead_days: int | None = None) -> datetime | None:
        lead = max(self.terms["lead_days"], lead_days or 0)
        try:
            return ship_by(at, self.terms["cutoff"], lead, self.calendar)
        except NoWorkingDay:
            return None

    def cutoff_after(self, at: datetime) -> datetime | None:
        try:
            return next_cutoff(at, self.terms["cutoff"], self.calendar)
        except NoWorkingDay:
            return None


async def clock_of(agreement: int) -> Clock:
    """In either party's open scope. Raises NotFound."""
    row = await fetch_one(
        "SELECT a.ack_hours, a.lead_days, a.cutoff, a.supplier, a.net_of, c.zone, c.country FROM agreement a"
        " JOIN tenant_card c ON c.tenant = a.supplier WHERE a.id = $1",
        agreement,
    )
    if row is None:
        raise NotFound(f"agreement {agreement}")
    closed = (await closed_days({row["supplier"]})).get(row["supplier"], frozenset())
    return Clock(row, Calendar(zone=row["zone"], country=row["country"], closed=closed))
