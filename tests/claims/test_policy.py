from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.claims.cause import SENTENCES, Cause, Code
from marketplace.claims.judges import ClaimPolicy, LineFacts, guarantee_until, units_left
from marketplace.claims.policy import Complaint, Kind, assess

TODAY = date(2026, 11, 23)
LAST_WEEK = TODAY - timedelta(days=7)


def line(order_line=1, **more):
    """Two articles of 20 euros, delivered last week."""
    facts = {
        "ordered": 2,
        "shipped": 2,
        "delivered": 2,
        "paid": 4_000,
        "left": 4_000,
        "ordered_on": LAST_WEEK - timedelta(days=4),
        "promise_date": LAST_WEEK,
        "delivered_on": LAST_WEEK,
    }
    return LineFacts(order_line=order_line, **{**facts, **more})


def on_the_way(**more):
    return line(**{"delivered": 0, "delivered_on": None, "promise_date": TODAY - timedelta(days=1), **more})


def assessed(
    cause, *lines, units=None, today=TODAY, policy=None, shipping_left=0, withdrawal_open=False, **more
):
    units = {lines[0].order_line: 1} if units is None else units
    complaint = Complaint(cause=cause, units=units, **more)
    return assess(
        complaint,
        lines,
        today=today,
        policy=policy,
        shipping_left=shipping_left,
        withdrawal_open=withdrawal_open,
    )


def codes(reasons):
    return [r.code for r in reasons]


def offered(assessment):
    return {o.kind: o for o in assessment.outcomes}


def best(assessment):
    [found] = [o.kind for o in assessment.outcomes if o.recommended]
    return found


@pytest.mark.parametrize(
    ("cause", "a_line", "units", "why"),
    [
        (Cause.DAMAGED, line(), 3, [Code.TOO_MANY]),
        (Cause.DAMAGED, line(spoken_for=1), 2, [Code.TOO_MANY]),
        (Cause.DAMAGED, line(lost=1, delivered=1), 2, [Code.TOO_MANY]),
        (Cause.DAMAGED, line(), -1, [Code.TOO_MANY]),
        (Cause.DAMAGED, line(shipped=0, delivered=0), 1, [Code.NOT_SHIPPED]),
        (Cause.NOT_DELIVERED, line(cancelled=1), 2, [Code.TOO_MANY]),
        (Cause.NOT_DELIVERED, on_the_way(promise_date=TODAY), 1, [Code.NOT_YET_DUE]),
        (Cause.NOT_DELIVERED, on_the_way(promise_date=None, ordered_on=LAST_WEEK), 1, [Code.NOT_YET_DUE]),
        (Cause.DEFECTIVE, line(delivered_on=date(2024, 11, 22)), 1, [Code.GUARANTEE_OVER]),
        (Cause.OTHER, line(delivered_on=TODAY - timedelta(days=31)), 1, [Code.WINDOW_OVER]),
    ],
)
def test_a_complaint_that_cannot_be_made_says_why(cause, a_line, units, why):
    found = assessed(cause, a_line, units={1: units})
    assert codes(found.refused[1]) == why
    assert not found.admissible
    assert best(found) is Kind.REJECTION


@pytest.mark.parametrize(
    ("cause", "a_line"),
    [
        (Cause.DAMAGED, line()),
        (Cause.DAMAGED, on_the_way()),  # it came, whatever the carrier has not scanned yet
        (Cause.NOT_DELIVERED, on_the_way()),
        (Cause.NOT_DELIVERED, on_the_way(promise_date=TODAY, lost=2)),  # a lost parcel need not be waited for
        (Cause.NOT_DELIVERED, on_the_way(shipped=0)),  # never sent, and promised for yesterday
        (Cause.NOT_DELIVERED, line()),  # the carrier may say what it likes
        (Cause.NOT_DELIVERED, on_the_way(promise_date=None, ordered_on=TODAY - timedelta(days=31))),
        (Cause.DEFECTIVE, line(delivered_on=date(2024, 11, 23))),  # the last day of two years
        (Cause.OTHER, line(delivered_on=TODAY - timedelta(days=30))),
        (Cause.MISSING, line()),
    ],
)
def test_a_fair_complaint_may_be_made(cause, a_line):
    assert assessed(cause, a_line).admissible


def test_a_complaint_about_nothing_is_refused():
    assert codes(assessed(Cause.OTHER, line(), units={1: 0}).refused[0]) == [Code.NOTHING_CHOSEN]
    assert codes(assessed(Cause.OTHER, line(), units={}).refused[0]) == [Code.NOTHING_CHOSEN]


def test_a_line_of_another_order_is_no_line_of_this_one():
    with pytest.raises(KeyError):
        assessed(Cause.OTHER, line(1), units={2: 1})


def test_each_line_is_judged_for_itself():
    found = assessed(Cause.DAMAGED, line(1), line(2, shipped=0, delivered=0), units={1: 1, 2: 1})
    assert list(found.refused) == [2]


def test_two_years_from_a_leap_day_end_on_the_last_of_february():
    assert guarantee_until(date(2028, 2, 29)) == date(2030, 2, 28)


def test_the_merchant_is_told_what_the_carrier_says_and_what_the_law_presumes():
    assert codes(assessed(Cause.NOT_DELIVERED, line()).notes) == [Code.CARRIER_SAYS_DELIVERED]
    assert codes(assessed(Cause.DAMAGED, on_the_way()).notes) == [Code.NOT_SEEN_DELIVERED]
    assert codes(assessed(Cause.DEFECTIVE, line()).notes) == [Code.PRESUMED_DEFECT]
    assert Code.PARCEL_LOST in codes(assessed(Cause.NOT_DELIVERED, on_the_way(lost=1)).notes)
    assert codes(assessed(Cause.OTHER, line(), withdrawal_open=True).notes) == [Code.MAY_WITHDRAW]


def test_a_photo_is_asked_for_before_damage_is_settled():
    without, with_photo = assessed(Cause.DAMAGED, line()), assessed(Cause.DAMAGED, line(), photos=1)
    assert best(without) is Kind.ASK_FOR_PHOTO
    assert Kind.ASK_FOR_PHOTO not in offered(with_photo)
    assert best(with_photo) is Kind.REFUND


def test_a_replacement_is_offered_when_there_is_one_and_recommended_when_it_is_wished():
    stock = line(replaceable=1)
    assert Kind.REPLACEMENT not in offered(assessed(Cause.MISSING, line()))
    assert best(assessed(Cause.MISSING, stock)) is Kind.REFUND
    assert best(assessed(Cause.MISSING, stock, wish="replacement")) is Kind.REPLACEMENT
    assert best(assessed(Cause.MISSING, stock, wish="replacement", units={1: 2})) is Kind.REFUND


@pytest.mark.parametrize(
    ("cause", "photos", "units", "back"),
    [
        (Cause.WRONG_ITEM, 1, 1, True),
        (Cause.DEFECTIVE, 1, 2, True),
        (Cause.DAMAGED, 0, 1, True),
        (Cause.DAMAGED, 1, 1, False),  # the photos show it
        (Cause.MISSING, 0, 2, False),
        (Cause.NOT_DELIVERED, 0, 2, False),
    ],
)
def test_goods_come_back_only_when_that_makes_sense(cause, photos, units, back):
    found = offered(assessed(cause, line(), photos=photos, units={1: units}))
    assert found[Kind.REFUND].return_needed is back


def test_cheap_goods_need_not_come_back():
    kind = ClaimPolicy(return_from=2_001)
    assert not offered(assessed(Cause.DEFECTIVE, line(), photos=1, policy=kind))[Kind.REFUND].return_needed


def test_a_refund_is_capped_by_what_was_paid_for_the_units_and_is_left():
    assert offered(assessed(Cause.MISSING, line()))[Kind.REFUND].most == 2_000
    assert offered(assessed(Cause.MISSING, line(left=1_500)))[Kind.REFUND].most == 1_500
    third = line(ordered=3, shipped=3, delivered=3, paid=1_000, left=334, spoken_for=2)
    assert offered(assessed(Cause.MISSING, third))[Kind.REFUND].most == 334
    assert Kind.REFUND not in offered(assessed(Cause.MISSING, line(left=0)))


def test_shipping_goes_back_when_the_whole_order_failed_and_it_is_not_a_matter_of_taste():
    both = {"units": {1: 2}, "shipping_left": 500}
    assert offered(assessed(Cause.MISSING, line(), **both))[Kind.REFUND].most == 4_500
    assert offered(assessed(Cause.OTHER, line(), **both))[Kind.REFUND].shipping == 0
    assert offered(assessed(Cause.MISSING, line(), line(2), **both))[Kind.REFUND].shipping == 0
    one = {"units": {1: 1}, "shipping_left": 500}
    assert offered(assessed(Cause.MISSING, line(), **one))[Kind.REFUND].shipping == 0
    assert offered(assessed(Cause.MISSING, line(cancelled=1), **one))[Kind.REFUND].shipping == 500


def test_goodwill_is_recommended_as_a_part():
    assert best(assessed(Cause.OTHER, line())) is Kind.PART_REFUND


def test_every_code_has_its_sentence():
    assert set(SENTENCES) == set(Code)


@given(
    st.sampled_from([c for c in Cause if c is not Cause.CHANGED_MIND]),
    st.integers(1, 5),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 10),
    st.integers(0, 6_000),
)
def test_exactly_one_outcome_is_recommended_unless_nothing_can_be_given(
    cause, ordered, spoken_for, units, left_days, left
):
    a_line = line(
        ordered=ordered,
        shipped=ordered,
        delivered=ordered,
        spoken_for=spoken_for,
        paid=6_000,
        left=left,
        delivered_on=TODAY - timedelta(days=left_days),
    )
    found = assessed(cause, a_line, units={1: units})
    assert sum(o.recommended for o in found.outcomes) <= 1
    assert all(0 <= o.most <= left for o in found.outcomes)
    assert found.admissible == (0 < units <= units_left(a_line, cause))
