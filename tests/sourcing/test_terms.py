from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.sourcing.terms import (
    Calendar,
    NoWorkingDay,
    Transit,
    counts_from,
    days_between,
    departs_on,
    next_cutoff,
    promise,
    ship_by,
    transit,
)

PARIS = Calendar()
THREE = time(15, 0)


def utc(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ordered", "from_day"),
    [
        (utc(23, 13, 59), date(2026, 11, 23)),
        (utc(23, 14, 0), date(2026, 11, 23)),  # 15:00 in Paris, on the stroke
        (utc(23, 14, 1), date(2026, 11, 24)),
        (utc(27, 14, 1), date(2026, 11, 30)),  # a Friday afternoon
        (utc(28, 8), date(2026, 11, 30)),
        (utc(22, 23, 30), date(2026, 11, 23)),  # already Monday in Paris
        (utc(11, 8), date(2026, 11, 12)),  # Armistice Day
    ],
)
def test_an_order_counts_from_the_day_whose_cut_off_it_met(ordered, from_day):
    assert counts_from(ordered, THREE, PARIS) == from_day


def test_a_cut_off_is_the_suppliers_clock_not_ours():
    lisbon = Calendar(zone="Europe/Lisbon", country="PT")
    assert counts_from(utc(23, 14, 30), THREE, PARIS) == date(2026, 11, 24)
    assert counts_from(utc(23, 14, 30), THREE, lisbon) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("lead", "leaves"), [(0, date(2026, 11, 26)), (1, date(2026, 11, 27)), (2, date(2026, 11, 30))]
)
def test_lead_time_is_in_working_days(lead, leaves):
    assert departs_on(utc(26, 9), THREE, lead, PARIS) == leaves


def test_a_suppliers_holidays_are_no_working_days():
    closed = Calendar(closed=days_between("2026-11-24", "2026-11-27"))
    assert departs_on(utc(23, 9), THREE, 1, closed) == date(2026, 11, 30)


def test_ship_by_is_the_end_of_that_day_where_the_supplier_is():
    assert ship_by(utc(23, 9), THREE, 1, PARIS) == datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)
    summer = datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert ship_by(summer, THREE, 0, PARIS) == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)


def test_the_next_cut_off_is_until_when_an_order_may_wait_for_others():
    assert next_cutoff(utc(23, 14, 30), THREE, PARIS) == utc(24, 14)
    assert next_cutoff(utc(27, 16), THREE, PARIS) == utc(30, 14)


def test_the_shopper_is_told_days_on_which_parcels_are_delivered():
    dates = promise(utc(26, 9), cutoff=THREE, lead_days=1, calendar=PARIS, destination="FR")
    assert dates.departs == date(2026, 11, 27)
    assert dates.arrives_from == date(2026, 11, 28)  # a Saturday
    assert dates.arrives_to == date(2026, 12, 1)


def test_a_holiday_at_the_shoppers_delays_the_promise():
    before_ascension = datetime(2026, 5, 12, 9, tzinfo=UTC)
    dates = promise(
        before_ascension, cutoff=THREE, lead_days=0, calendar=PARIS, destination="FR", days=Transit(2, 2)
    )
    assert dates.arrives_to == date(2026, 5, 15)


@pytest.mark.parametrize(
    ("origin", "destination", "days"),
    [
        ("FR", "FR", Transit(1, 3)),
        ("FR", "BE", Transit(2, 4)),
        ("FR", "PL", Transit(3, 6)),
        ("FR", "FI", Transit(4, 8)),
        ("CN", "FR", Transit(6, 15)),
    ],
)
def test_farther_takes_longer(origin, destination, days):
    assert transit(origin, destination) == days


def test_a_calendar_without_a_working_day_is_an_error_not_an_endless_loop():
    with pytest.raises(NoWorkingDay):
        departs_on(utc(23, 9), THREE, 1, Calendar(weekdays=frozenset()))


def test_a_moment_without_its_zone_and_a_closure_backwards_are_refused():
    with pytest.raises(ValueError, match="zone"):
        counts_from(datetime(2026, 11, 23, 9), THREE, PARIS)  # noqa: DTZ001
    with pytest.raises(ValueError, match="cannot end"):
        days_between("2026-11-24", "2026-11-23")


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 30),
    st.integers(0, 5_000),
)
def test_ordering_later_never_ships_earlier(ordered, lead, minutes):
    later = ordered + timedelta(minutes=minutes)
    first, second = (departs_on(at, THREE, lead, PARIS) for at in (ordered, later))
    assert first <= second
    assert PARIS.works(first)
    dates = promise(ordered, cutoff=THREE, lead_days=lead, calendar=PARIS, destination="BE")
    assert ordered <= dates.ship_by + timedelta(seconds=1)
    assert dates.departs < dates.arrives_from <= dates.arrives_to
