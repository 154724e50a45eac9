"""14 days from the day after the parcel came, to the end of a working day."""

from datetime import UTC, date, datetime

import pytest

from marketplace.claims.withdrawal_period import is_open, last_day


@pytest.mark.parametrize(
    ("received", "country", "last"),
    [
        (date(2026, 11, 3), "FR", date(2026, 11, 17)),  # a Tuesday to a Tuesday
        (date(2026, 11, 7), "FR", date(2026, 11, 23)),  # would end on a Saturday
        (date(2026, 11, 8), "FR", date(2026, 11, 23)),  # would end on a Sunday
        (date(2026, 10, 28), "FR", date(2026, 11, 12)),  # would end on Armistice Day
        (date(2026, 10, 28), "DE", date(2026, 11, 11)),  # an ordinary Wednesday there
        (date(2026, 12, 11), "FR", date(2026, 12, 28)),  # Christmas Day, then a weekend
        (date(2027, 3, 15), "FR", date(2027, 3, 30)),  # Easter Monday
    ],
)
def test_the_last_day(received, country, last):
    assert last_day(received, country) == last


def test_the_last_day_is_over_at_midnight_where_the_shop_is():
    received = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert is_open(received, "FR", "Europe/Paris", datetime(2026, 11, 17, 22, 59, tzinfo=UTC))
    assert not is_open(received, "FR", "Europe/Paris", datetime(2026, 11, 17, 23, 0, tzinfo=UTC))


def test_a_parcel_of_late_evening_counts_from_the_local_day():
    received = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)  # the 3rd in Paris
    assert is_open(received, "FR", "Europe/Paris", datetime(2026, 11, 17, 12, tzinfo=UTC))


def test_before_anything_came_it_is_open():
    assert is_open(None, "FR", "Europe/Paris", datetime(2036, 1, 1, tzinfo=UTC))
