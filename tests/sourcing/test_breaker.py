import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.sourcing.breaker import Alarm, Counts, Limits, Verdict, judge, limits_of


def counts(**more):
    return Counts(**{"known": 100, "in_stock": 80, "priced": 90, **more})


@pytest.mark.parametrize(
    ("found", "alarms"),
    [
        (counts(), []),
        (counts(vanished=30), []),
        (counts(vanished=31), [Alarm.VANISHED]),
        (counts(zeroed=24), []),
        (counts(zeroed=25), [Alarm.ZEROED]),
        (counts(unpriced=28), [Alarm.UNPRICED]),
        (counts(moved=18), []),
        (counts(moved=19), [Alarm.MOVED]),
        (counts(surged=24), []),
        (counts(surged=25), [Alarm.SURGED]),
        (counts(in_stock=0, surged=1), [Alarm.SURGED]),
        (counts(vanished=100, zeroed=80, moved=90), [Alarm.VANISHED, Alarm.ZEROED, Alarm.MOVED]),
    ],
)
def test_a_run_is_held_only_above_a_limit(found, alarms):
    verdict = judge(found)
    assert [r.alarm for r in verdict.reasons] == alarms
    assert verdict.hold == bool(alarms)


def test_a_reason_carries_its_numbers():
    [reason] = judge(counts(vanished=31)).reasons
    assert (reason.count, reason.of, reason.share_bp, reason.limit_bp) == (31, 100, 3_100, 3_000)


@pytest.mark.parametrize("first", [{"first_run": True}, {}])
def test_the_first_run_has_nothing_to_lose(first):
    found = counts(vanished=100) if first else counts(known=0, vanished=0)
    assert judge(found, **first) == Verdict(False, exempt="first_run")


@pytest.mark.parametrize(
    ("found", "hold"),
    [
        (Counts(known=5, in_stock=5, priced=5, zeroed=4), False),
        (Counts(known=5, in_stock=5, priced=5, zeroed=5), True),
        (Counts(known=5, in_stock=2, priced=5, zeroed=2), False),  # the last two sold out: that happens
        (Counts(known=1, in_stock=1, priced=1, vanished=1), False),
        (Counts(known=19, in_stock=0, priced=0, vanished=19), True),
        (Counts(known=20, in_stock=20, priced=20, zeroed=7), True),
    ],
)
def test_a_tiny_feed_is_held_only_when_all_of_it_goes(found, hold):
    assert judge(found).hold is hold


def test_a_feed_may_have_its_own_limits_and_switch_a_judge_off():
    strict = limits_of({"vanished_bp": 100, "moved_bp": None})
    assert judge(counts(vanished=2), strict).hold
    assert not judge(counts(moved=90), strict).hold
    assert limits_of({}) == Limits()
    with pytest.raises(msgspec.ValidationError):
        limits_of({"vanished_bp": "a third"})


@pytest.mark.parametrize(
    ("ratio", "hint"),
    [(1_000_000, "hundredfold"), (950_000, "hundredfold"), (98, "hundredth"), (12_000, None), (None, None)],
)
def test_a_lost_decimal_point_is_named(ratio, hint):
    found = counts(moved=90, median_ratio_bp=ratio, largest_rise_bp=990_000, largest_fall_bp=5)
    [reason] = judge(found).reasons
    assert reason.hint == hint
    assert (reason.largest_rise_bp, reason.largest_fall_bp) == (990_000, 5)


@given(st.integers(20, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10_000))
def test_losing_more_never_lets_a_run_through(known, some, more, limit):
    limits = Limits(vanished_bp=limit)
    less, greater = sorted([min(some, known), min(more, known)])
    assert (
        judge(Counts(known=known, vanished=less), limits).hold
        <= judge(Counts(known=known, vanished=greater), limits).hold
    )
