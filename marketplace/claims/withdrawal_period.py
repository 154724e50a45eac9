"""Until when a shopper may withdraw. Pure.

14 days from the day after the last parcel of the order was received (L221-18 code de la consommation; art. 9 of Directive
2011/83/EU); a period that would end on a Saturday, a Sunday or a public holiday runs to the end of the next working day
(L221-19; art. 3(4) of Regulation 1182/71).
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from marketplace.kernel.calendars import is_working_day

DAYS = 14


def last_day(received: date, country: str) -> date:
    """The last day on which the withdrawal can be declared. `country` is the shopper's, ISO 3166-1 alpha-2."""
    day = received + timedelta(days=DAYS)
    while not is_working_day(day, country):
        day += timedelta(days=1)
    return day


def is_open(received_at: datetime | None, country: str, zone: str, at: datetime) -> bool:
    """Whether it can still be declared at `at`. Before anything was received, always. `zone` is IANA."""
    if received_at is None:
        return True
    local = ZoneInfo(zone)
    return at.astimezone(local).date() <= last_day(received_at.astimezone(local).date(), country)
