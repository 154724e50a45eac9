from datetime import date

import pytest

from marketplace.kernel.calendars import (
    _BY_EASTER,
    _BY_RULE,
    _FIXED,
    easter,
    is_working_day,
    knows,
    public_holidays,
)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, date(1961, 4, 2)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_almanac_says(year, sunday):
    assert easter(year) == sunday


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("FR", date(2026, 4, 6), False),  # Easter Monday
        ("FR", date(2026, 5, 14), False),  # Ascension
        ("FR", date(2026, 5, 25), False),  # Whit Monday
        ("FR", date(2026, 4, 3), True),  # Good Friday is worked in France
        ("DE", date(2026, 4, 3), False),
        ("FR", date(2026, 7, 14), False),
        ("BE", date(2026, 7, 14), True),
        ("BE", date(2026, 7, 21), False),
        ("IE", date(2026, 2, 2), False),  # Saint Brigid, the first Monday
        ("IE", date(2030, 2, 1), False),  # or the first itself, on a Friday
        ("IE", date(2030, 2, 4), True),
        ("IE", date(2026, 10, 26), False),
        ("NL", date(2026, 4, 27), False),
        ("NL", date(2031, 4, 26), False),
        ("IT", date(2027, 10, 4), False),
        ("IT", date(2023, 10, 4), True),
        ("FR", date(2026, 11, 21), False),  # a Saturday
        ("US", date(2026, 11, 26), True),  # a country we know nothing of works on weekdays
    ],
)
def test_a_day_is_worked_or_not(country, day, works):
    assert is_working_day(day, country) is works


def test_a_suppliers_own_days_and_week_count():
    saturday = date(2026, 11, 21)
    assert is_working_day(saturday, "FR", weekdays={5})
    assert not is_working_day(saturday, "FR", weekdays={5}, closed={saturday})


def test_every_known_country_has_all_its_tables_and_every_year_reads():
    assert set(_FIXED) == set(_BY_EASTER) >= set(_BY_RULE)
    for country in _FIXED:
        assert knows(country)
        for year in range(2024, 2040):
            assert date(year, 12, 25) in public_holidays(country, year)
    assert not public_holidays("US", 2026)
