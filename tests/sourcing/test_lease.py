from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.sourcing.lease import HOUR, Lease, age_seconds, available, available_sql, extra_buffer

DAY = Lease(stale_after_hours=24, stop_after_hours=72)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "kept_back"),
    [
        (0, 0),
        (24 * HOUR, 0),
        (24 * HOUR + 1, 1),
        (36 * HOUR, 25),
        (48 * HOUR, 50),
        (72 * HOUR - 1, 100),
        (72 * HOUR, 100),
        (1_000 * HOUR, 100),
        (None, 100),
    ],
)
def test_an_ageing_quantity_is_kept_back_more_and_more_then_not_sold(age, kept_back):
    assert extra_buffer(100, age, DAY) == kept_back


def test_a_single_unit_is_not_sold_on_stale_word():
    assert available(1, 24 * HOUR, DAY) == 1
    assert available(1, 24 * HOUR + 1, DAY) == 0


def test_what_we_took_and_the_safety_stock_are_not_for_sale():
    assert available(10, 0, DAY, held=2, committed=3, safety_stock=1) == 4
    assert available(10, 48 * HOUR, DAY, held=2, committed=3, safety_stock=1) == 0
    assert available(0, 0, DAY, held=2) == 0


def test_a_lease_that_stops_before_it_is_stale_just_stops():
    sharp = Lease(stale_after_hours=24, stop_after_hours=24)
    assert extra_buffer(10, 24 * HOUR - 1, sharp) == 0
    assert extra_buffer(10, 24 * HOUR, sharp) == 10


def test_age_is_counted_in_whole_seconds_and_the_future_is_now():
    assert age_seconds(NOON - timedelta(seconds=1, milliseconds=900), NOON) == 1
    assert age_seconds(NOON + timedelta(hours=1), NOON) == 0
    assert age_seconds(None, NOON) is None


@given(
    st.integers(0, 10**6),
    st.integers(0, 200 * HOUR),
    st.integers(0, 200 * HOUR),
    st.integers(0, 90),
    st.integers(0, 90),
)
def test_older_is_never_more(quantity, age, later, stale, stop):
    lease = Lease(stale_after_hours=stale, stop_after_hours=stop)
    before, after = sorted([age, later])
    assert 0 <= extra_buffer(quantity, before, lease) <= extra_buffer(quantity, after, lease) <= quantity


@pytest.fixture(scope="module")
async def postgres(admin_url):
    connection = await asyncpg.connect(admin_url)
    yield connection
    await connection.close()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(-2, 10**6),
            st.none() | st.integers(-2 * HOUR, 100 * HOUR),
            st.integers(0, 80),
            st.integers(0, 80),
            st.integers(0, 20),
            st.integers(0, 20),
            st.integers(0, 5),
        ),
        min_size=1,
        max_size=30,
    )
)
async def test_sql_sells_exactly_as_many(postgres, rows):
    expression = available_sql(
        "o.q",
        "o.t",
        "o.stale",
        "o.stop",
        held="o.held",
        committed="o.committed",
        safety_stock="o.safe",
        now="$2",
    )
    times = [None if age is None else NOON - timedelta(seconds=age) for _, age, *_ in rows]
    columns = [list(c) for c in zip(*rows, strict=True)]
    columns[1] = times
    found = await postgres.fetch(
        f"SELECT {expression} AS n FROM unnest($1::int[], $3::timestamptz[], $4::int[], $5::int[], $6::int[],"
        " $7::int[], $8::int[]) WITH ORDINALITY AS o(q, t, stale, stop, held, committed, safe, n) ORDER BY o.n",
        columns[0],
        NOON,
        *columns[1:],
    )
    assert [row["n"] for row in found] == [
        available(
            q,
            age_seconds(t, NOON),
            Lease(stale_after_hours=stale, stop_after_hours=stop),
            held=held,
            committed=committed,
            safety_stock=safe,
        )
        for (q, _, stale, stop, held, committed, safe), t in zip(rows, times, strict=True)
    ]
