from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.capture_policy import (
    Action,
    Authorisation,
    CapturePolicy,
    Line,
    OpenLines,
    Why,
    decide,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENDS = NOW + timedelta(days=6)
ACCEPTANCE, SHIPMENT, ORDER = CapturePolicy.ACCEPTANCE, CapturePolicy.SHIPMENT, CapturePolicy.ORDER


def line(line_id=1, ordered=2, unit_price=1_000, **more):
    return Line(line_id=line_id, ordered=ordered, unit_price=unit_price, **more)


def decided(policy, *lines, left=None, ends_at=ENDS, several=False, now=NOW, **more):
    shipping = more.pop("shipping", 500)
    left = sum(x.ordered * x.unit_price for x in lines) + shipping if left is None else left
    authorisation = Authorisation(left=left, ends_at=ends_at, several_captures=several)
    return decide(policy, authorisation, lines, shipping=shipping, now=now, **more)


def test_nothing_is_taken_while_a_supplier_has_not_answered():
    d = decided(ACCEPTANCE, line(accepted=2), line(2, accepted=1))
    assert (d.action, d.why) == (Action.WAIT, Why.OPEN_LINES)
    assert d.look_again_at == ENDS - timedelta(hours=24)


def test_once_all_is_answered_what_is_accepted_is_taken_with_shipping_once():
    d = decided(ACCEPTANCE, line(accepted=2), line(2, accepted=1, cancelled=1))
    assert (d.action, d.why, d.final) == (Action.CAPTURE, Why.ALL_ANSWERED, True)
    assert d.lines == {1: 2_000, 2: 1_000}
    assert (d.shipping, d.amount) == (500, 3_500)


def test_when_every_line_was_given_up_nobody_is_charged():
    for policy in CapturePolicy:
        d = decided(policy, line(cancelled=2))
        assert (d.action, d.why, d.amount) == (Action.VOID, Why.ALL_GIVEN_UP, 0)


def test_a_merchant_may_take_it_with_the_order():
    d = decided(ORDER, line())
    assert (d.action, d.why, d.amount) == (Action.CAPTURE, Why.ORDERED, 2_500)


def test_a_merchant_may_wait_for_the_goods_to_leave():
    assert decided(SHIPMENT, line(accepted=2)).action is Action.WAIT
    assert decided(SHIPMENT, line(accepted=2, shipped=1)).action is Action.WAIT
    d = decided(SHIPMENT, line(accepted=2, shipped=2))
    assert (d.why, d.amount, d.final) == (Why.ALL_SHIPPED, 2_500, True)


def test_a_gateway_that_captures_several_times_takes_each_parcel_and_shipping_only_once():
    first = decided(SHIPMENT, line(accepted=2, shipped=1), several=True)
    assert (first.why, first.amount, first.final) == (Why.SOME_SHIPPED, 1_500, False)
    again = decided(
        SHIPMENT, line(accepted=2, shipped=1, captured=1_000), several=True, shipping_captured=500
    )
    assert again.action is Action.WAIT
    last = decided(SHIPMENT, line(accepted=2, shipped=2, captured=1_000), several=True, shipping_captured=500)
    assert (last.lines, last.shipping, last.final) == ({1: 1_000}, 0, True)


def test_after_a_partial_capture_the_rest_is_released_when_the_rest_is_cancelled():
    d = decided(
        SHIPMENT,
        line(accepted=1, cancelled=1, shipped=1, captured=1_000),
        several=True,
        shipping_captured=500,
        left=1_000,
    )
    assert (d.action, d.amount) == (Action.VOID, 0)


@pytest.mark.parametrize("policy", [ACCEPTANCE, SHIPMENT])
def test_the_day_before_the_authorisation_ends_open_lines_are_taken_or_released(policy):
    open_and_accepted = (line(), line(2, accepted=2))
    almost = ENDS - timedelta(hours=24)
    assert decided(policy, *open_and_accepted, now=almost - timedelta(seconds=1)).action is Action.WAIT
    taken = decided(policy, *open_and_accepted, now=almost)
    assert (taken.why, taken.amount, taken.cancel) == (Why.AUTHORISATION_ENDS, 4_500, [])
    kept = decided(policy, *open_and_accepted, now=almost, open_lines=OpenLines.RELEASE)
    assert (kept.action, kept.lines, kept.amount, kept.cancel) == (Action.CAPTURE, {2: 2_000}, 2_500, [1])


def test_releasing_when_nobody_answered_at_all_gives_everything_back():
    d = decided(ACCEPTANCE, line(), now=ENDS - timedelta(hours=1), open_lines=OpenLines.RELEASE)
    assert (d.action, d.why, d.cancel, d.amount) == (Action.VOID, Why.AUTHORISATION_ENDS, [1], 0)


def test_an_authorisation_that_ended_cannot_be_taken_any_more():
    assert decided(ACCEPTANCE, line(accepted=2), now=ENDS).action is Action.EXPIRED


def test_an_authorisation_without_an_end_waits_without_a_date():
    assert decided(ACCEPTANCE, line(), ends_at=None).look_again_at is None


def test_nothing_is_done_when_nothing_is_authorised():
    for authorisation in (None, Authorisation(left=0)):
        d = decide(ACCEPTANCE, authorisation, [line(accepted=2)], shipping=0, now=NOW)
        assert d.action is Action.NOTHING


def test_a_free_article_still_pays_its_shipping():
    assert decided(ACCEPTANCE, line(unit_price=0, accepted=2)).amount == 500
    assert decided(ACCEPTANCE, line(unit_price=0, cancelled=2)).action is Action.VOID


def test_more_than_was_authorised_is_never_taken():
    with pytest.raises(ValueError, match="authorised"):
        decided(ACCEPTANCE, line(accepted=2), left=1_000)


@st.composite
def lines(draw):
    found = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        ordered = draw(st.integers(1, 4))
        cancelled = draw(st.integers(0, ordered))
        accepted = draw(st.integers(0, ordered - cancelled))
        shipped = draw(st.integers(0, accepted))
        price = draw(st.integers(0, 5_000))
        found.append(line(n, ordered, price, cancelled=cancelled, accepted=accepted, shipped=shipped))
    return found


@given(
    lines(),
    st.sampled_from(CapturePolicy),
    st.sampled_from(OpenLines),
    st.integers(0, 900),
    st.integers(0, 200),
    st.booleans(),
)
def test_whatever_happens_no_more_is_taken_than_stands_and_a_cancelled_line_costs_nothing(
    found, policy, open_lines, shipping, hours, several
):
    d = decided(
        policy,
        *found,
        shipping=shipping,
        now=NOW + timedelta(hours=hours),
        open_lines=open_lines,
        several=several,
    )
    by_id = {x.line_id: x for x in found}
    assert all(0 < amount <= by_id[n].live * by_id[n].unit_price for n, amount in d.lines.items())
    assert d.shipping in (0, shipping)
    assert (d.amount > 0) == (d.action is Action.CAPTURE)
    if d.action is Action.WAIT:
        assert d.look_again_at > NOW + timedelta(hours=hours)
