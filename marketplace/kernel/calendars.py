"""Working days: weekends, and the public holidays of the countries we know. Pure.

Only nationwide holidays. For a country that is not in here only weekends are days off; `knows` tells.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = frozenset(range(5))
"""Monday (0) to Friday (4)."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def knows(country: str) -> bool:
    return country in _FIXED


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Nationwide public holidays of the country (ISO 3166-1 alpha-2) in that year; empty when unknown."""
    if not knows(country):
        return frozenset()
    days = {date(year, int(d[:2]), int(d[3:])) for d in _FIXED[country].split()}
    days |= {easter(year) + timedelta(days=_MOVABLE[name]) for name in _BY_EASTER[country].split()}
    return frozenset(days | {rule(year) for rule in _BY_RULE.get(country, ())})


def is_holiday(country: str, day: date) -> bool:
    return day in public_holidays(country, day.year)


def is_working_day(
    day: date, country: str, *, weekdays: Collection[int] = WEEKDAYS, closed: Collection[date] = ()
) -> bool:
    """A weekday of these, no public holiday, and none of the `closed` days."""
    return day.weekday() in weekdays and day not in closed and not is_holiday(country, day)


_MOVABLE = {
    "good_friday": -2,
    "easter": 0,
    "easter_monday": 1,
    "ascension": 39,
    "pentecost": 49,
    "whit_monday": 50,
    "corpus_christi": 60,
}

_FIXED = {
    "AT": "01-01 01-06 05-01 08-15 10-26 11-01 12-08 12-25 12-26",
    "BE": "01-01 05-01 07-21 08-15 11-01 11-11 12-25",
    "DE": "01-01 05-01 10-03 12-25 12-26",
    "ES": "01-01 01-06 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
    "FR": "01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25",
    "IE": "01-01 03-17 12-25 12-26",
    "IT": "01-01 01-06 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26",
    "LU": "01-01 05-01 05-09 06-23 08-15 11-01 12-25 12-26",
    "NL": "01-01 12-25 12-26",
    "PL": "01-01 01-06 05-01 05-03 08-15 11-01 11-11 12-25 12-26",
    "PT": "01-01 04-25 05-01 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
}

_BY_EASTER = {
    "AT": "easter_monday ascension whit_monday corpus_christi",
    "BE": "easter_monday ascension whit_monday",
    "DE": "good_friday easter_monday ascension whit_monday",
    "ES": "good_friday",
    "FR": "easter_monday ascension whit_monday",
    "IE": "easter_monday",
    "IT": "easter easter_monday",
    "LU": "easter_monday ascension whit_monday",
    "NL": "easter_monday ascension whit_monday",
    "PL": "easter easter_monday pentecost corpus_christi",
    "PT": "good_friday easter corpus_christi",
}


def _monday_from(month: int, day: int) -> Callable[[int], date]:
    """The first Monday on or after a day of the year."""

    def rule(year: int) -> date:
        first = date(year, month, day)
        return first + timedelta(days=-first.weekday() % 7)

    return rule


def _saint_brigid(year: int) -> date:
    """The first Monday of February, or the first of the month when that is a Friday."""
    first = date(year, 2, 1)
    return first if first.weekday() == 4 else _monday_from(2, 1)(year)


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == 6 else day


def _since(first_year: int, month: int, day: int) -> Callable[[int], date]:
    """A holiday that a law added; before it, New Year's Day stands in (a holiday anyway)."""
    return lambda year: date(year, month, day) if year >= first_year else date(year, 1, 1)


_BY_RULE: dict[str, tuple[Callable[[int], date], ...]] = {
    "IE": (
        _saint_brigid,
        _monday_from(5, 1),
        _monday_from(6, 1),
        _monday_from(8, 1),
        _monday_from(10, 25),
    ),
    "IT": (_since(2026, 10, 4),),
    "NL": (_kings_day,),
    "PL": (_since(2025, 12, 24),),
}
