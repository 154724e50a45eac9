"""Until when a shopper may withdraw. Pure.

14 days from the day after the last parcel of the order was received (L221-18 code de la consommation; art. 9 of Directive
2011/83/EU); a period that would end on a Saturday, a Sunday or a public holiday runs to the end of the next working day
(L221-19; art. 3(4) of Regulation 1182/71). Where a country's holidays are not known here, those that the whole Union
keeps count: an error is in the shopper's favour only.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = 14


def last_day(received: date, country: str) -> date:
    """The last day on which the withdrawal can be declared. `country` is the shopper's, ISO 3166-1 alpha-2."""
    day = received + timedelta(days=DAYS)
    while day.weekday() >= 5 or day in _holidays(day.year, country):
        day += timedelta(days=1)
    return day


def is_open(received_at: datetime | None, country: str, zone: str, at: datetime) -> bool:
    """Whether it can still be declared at `at`. Before anything was received, always. `zone` is IANA."""
    if received_at is None:
        return True
    local = ZoneInfo(zone)
    return at.astimezone(local).date() <= last_day(received_at.astimezone(local).date(), country)


def _holidays(year: int, country: str) -> set[date]:
    sunday = easter(year)
    common = {
        date(year, 1, 1),
        sunday + timedelta(days=1),
        date(year, 5, 1),
        sunday + timedelta(days=39),
        sunday + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    if country != "FR":
        return common
    french = {date(year, 5, 8), date(year, 7, 14), date(year, 8, 15), date(year, 11, 1), date(year, 11, 11)}
    return (common | french) - {date(year, 12, 26)}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876, Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
