import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.refund_cap import (
    LineCap,
    Shares,
    ShippingCap,
    TooMuch,
    check_shares,
    left_of,
    share_refund,
    value_of_units,
)


def cap(line_id, captured, reserved=0):
    return LineCap(line_id=line_id, captured=captured, reserved=reserved)


def test_what_was_promised_back_cannot_be_promised_twice():
    lines = [cap(1, 1_000, 400), cap(2, 500)]
    assert left_of(lines) == 1_100
    assert left_of(lines, ShippingCap(captured=300, reserved=100)) == 1_300
    with pytest.raises(TooMuch) as refusal:
        share_refund(1_101, lines)
    assert refusal.value.left == 1_100


def test_a_partial_refund_is_shared_by_what_each_line_has_left():
    shares = share_refund(100, [cap(1, 1_000), cap(2, 500), cap(3, 500, 500)], ShippingCap(captured=500))
    assert shares == Shares(lines={1: 50, 2: 25}, shipping=25)


def test_the_last_cent_goes_to_the_largest_remainder_then_to_the_first_line():
    assert share_refund(100, [cap(2, 100), cap(1, 100), cap(3, 100)]).lines == {1: 34, 2: 33, 3: 33}


def test_shipping_gives_back_only_when_it_is_asked():
    assert share_refund(1_000, [cap(1, 1_000)]).shipping == 0


@pytest.mark.parametrize("amount", [0, -5])
def test_a_refund_of_nothing_is_refused(amount):
    with pytest.raises(ValueError, match="one minor unit"):
        share_refund(amount, [cap(1, 10)])


@pytest.mark.parametrize(
    ("shares", "line_id", "left"),
    [
        (Shares(lines={1: 101}), 1, 100),
        (Shares(lines={1: 100, 9: 1}), 9, 0),
        (Shares(lines={1: 100}, shipping=51), 0, 50),
    ],
)
def test_a_chosen_amount_over_its_cap_is_refused_beside_its_line(shares, line_id, left):
    with pytest.raises(TooMuch) as refusal:
        check_shares(shares, [cap(1, 100)], ShippingCap(captured=50))
    assert (refusal.value.line_id, refusal.value.left) == (line_id, left)


def test_a_negative_amount_is_refused_and_the_exact_cap_is_not():
    check_shares(Shares(lines={1: 100}, shipping=50), [cap(1, 100)], ShippingCap(captured=50))
    with pytest.raises(ValueError, match="negative"):
        check_shares(Shares(lines={1: -1}), [cap(1, 100)])


def test_units_given_back_one_by_one_sum_to_what_was_paid():
    assert [value_of_units(1_000, 1, 3, before=n) for n in range(3)] == [333, 334, 333]
    with pytest.raises(ValueError, match="after"):
        value_of_units(1_000, 2, 3, before=2)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8), st.data())
def test_no_share_goes_over_its_cap_and_all_shares_sum_to_the_amount(money, data):
    lines = [cap(n, max(a, b), min(a, b)) for n, (a, b) in enumerate(money, 1)]
    shipping = data.draw(st.none() | st.builds(ShippingCap, captured=st.integers(0, 10**4)))
    left = left_of(lines, shipping)
    if left:
        shares = share_refund(data.draw(st.integers(1, left)), lines, shipping)
        check_shares(shares, lines, shipping)
        assert shares.total > 0
        everything = share_refund(left, lines, shipping)
        assert everything.lines == {line.line_id: line.left for line in lines if line.left}


@given(st.integers(0, 10**7), st.integers(1, 50), st.data())
def test_any_way_of_giving_back_all_units_gives_back_all_money(paid, of, data):
    before = total = 0
    while before < of:
        units = data.draw(st.integers(1, of - before))
        total += value_of_units(paid, units, of, before=before)
        before += units
    assert total == paid
