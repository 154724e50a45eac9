"""When a supplier ships, and when it arrives: cut-off, working days, lead time, transit. Pure.

All reckoning is in the supplier's own zone. An order that is there by the cut-off of a working day counts from that
day, a later one from the next working day; `lead_days` are the working days from there to departure.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from marketplace.kernel.calendars import WEEKDAYS, is_working_day

DELIVERY_WEEKDAYS = frozenset(range(6))
"""Parcel carriers deliver from Monday to Saturday."""

_MOST_DAYS = 400  # a calendar that has no working day in more than a year is a mistake
_NEAR = {
    "FR": "BE LU DE CH IT ES MC NL",
    "BE": "FR NL LU DE",
    "NL": "BE DE LU FR",
    "LU": "BE FR DE NL",
    "DE": "FR BE NL LU AT CH CZ PL DK",
    "AT": "DE CH IT CZ SK HU SI",
    "IT": "FR CH AT SI",
    "ES": "FR PT",
    "PT": "ES",
    "PL": "DE CZ SK",
    "CZ": "DE AT SK PL",
    "IE": "GB",
    "GB": "IE",
    "CH": "FR DE AT IT",
    "DK": "DE SE",
    "SE": "DK NO FI",
}
_EUROPE = frozenset(
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)
_FAR_EUROPE = frozenset({"BG", "CY", "EE", "FI", "GR", "IE", "LT", "LV", "MT", "NO", "RO"})


class NoWorkingDay(ValueError):
    """The calendar has no working day within a year."""


class Transit(msgspec.Struct, frozen=True):
    """Delivery days from departure to the shopper."""

    least: int
    most: int


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's: IANA zone, country (for its public holidays), weekdays worked, days closed."""

    zone: str = "Europe/Paris"
    country: str = "FR"
    weekdays: frozenset[int] = WEEKDAYS
    closed: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        return is_working_day(day, self.country, weekdays=self.weekdays, closed=self.closed)


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """`ship_by` is the last moment of the day of departure (UTC); the shopper is told `arrives_from … arrives_to`."""

    departs: date
    ship_by: datetime
    arrives_from: date
    arrives_to: date


def days_between(first_day: str, last_day: str) -> frozenset[date]:
    """Every day of a closure, both ends included (ISO dates, as stored). Raises ValueError."""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    if last < first:
        raise ValueError(f"a closure cannot end on {last_day} before it begins on {first_day}")
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


def counts_from(ordered_at: datetime, cutoff: time, calendar: Calendar) -> date:
    """The working day an order counts from. Raises NoWorkingDay; `ordered_at` must carry its zone."""
    local = _aware(ordered_at).astimezone(ZoneInfo(calendar.zone))
    day = local.date()
    if calendar.works(day) and local.time() <= cutoff:
        return day
    return _working_day_after(day, 1, calendar)


def departs_on(ordered_at: datetime, cutoff: time, lead_days: int, calendar: Calendar) -> date:
    """The day the goods leave at the latest. Raises NoWorkingDay."""
    return _working_day_after(counts_from(ordered_at, cutoff, calendar), lead_days, calendar)


def ship_by(ordered_at: datetime, cutoff: time, lead_days: int, calendar: Calendar) -> datetime:
    """The last moment of that day in the supplier's zone, as UTC."""
    return _end_of(departs_on(ordered_at, cutoff, lead_days, calendar), calendar)


def next_cutoff(after: datetime, cutoff: time, calendar: Calendar) -> datetime:
    """The next cut-off of a working day, as UTC: until when an order may be held to gather others."""
    day = counts_from(after, cutoff, calendar)
    return datetime.combine(day, cutoff, ZoneInfo(calendar.zone)).astimezone(UTC)


def transit(origin: str, destination: str) -> Transit:
    """Usual delivery days of a standard parcel between two countries, when the supplier states none."""
    if origin == destination:
        return Transit(1, 3)
    if destination in _NEAR.get(origin, "").split():
        return Transit(2, 4)
    if origin in _EUROPE and destination in _EUROPE:
        far = origin in _FAR_EUROPE or destination in _FAR_EUROPE
        return Transit(4, 8) if far else Transit(3, 6)
    return Transit(6, 15)


def promise(
    ordered_at: datetime,
    *,
    cutoff: time,
    lead_days: int,
    calendar: Calendar,
    destination: str,
    days: Transit | None = None,
) -> Dates:
    """What the shopper may be told. Transit counts delivery days of the destination (its holidays do not count)."""
    departs = departs_on(ordered_at, cutoff, lead_days, calendar)
    days = days or transit(calendar.country, destination)
    there = Calendar(country=destination, weekdays=DELIVERY_WEEKDAYS)
    return Dates(
        departs=departs,
        ship_by=_end_of(departs, calendar),
        arrives_from=_working_day_after(departs, days.least, there),
        arrives_to=_working_day_after(departs, days.most, there),
    )


def _working_day_after(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after `day` (0 is the day itself)."""
    limit = day + timedelta(days=_MOST_DAYS + 2 * count)
    while count:
        day += timedelta(days=1)
        if day > limit:
            raise NoWorkingDay(f"no working day in this calendar before {limit}")
        count -= calendar.works(day)
    return day


def _end_of(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(calendar.zone)).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment
