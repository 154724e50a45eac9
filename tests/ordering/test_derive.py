import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ordering.derive import LineQuantities, broken_invariants, header_state
from marketplace.ordering.states import ORDER, Order


def line(ordered, **parts):
    return LineQuantities(ordered=ordered, **parts)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([line(2)], Order.PLACED),
        ([line(2, accepted=1)], Order.PARTLY_ACCEPTED),
        ([line(2, accepted=2), line(1)], Order.PARTLY_ACCEPTED),
        ([line(2, accepted=2)], Order.ACCEPTED),
        ([line(2, accepted=1, refused=3, cancelled=1)], Order.ACCEPTED),
        ([line(2, refused=2)], Order.PLACED),
        ([line(2, accepted=2, shipped=1)], Order.PARTLY_SHIPPED),
        ([line(2, accepted=2, shipped=2), line(1, cancelled=1)], Order.SHIPPED),
        ([line(2, accepted=2, shipped=2, delivered=1)], Order.PARTLY_DELIVERED),
        ([line(2, accepted=2, shipped=2, delivered=1, returned=1)], Order.PARTLY_DELIVERED),
        ([line(2, accepted=2, shipped=2, delivered=1, lost=1)], Order.DELIVERED),
        ([line(2, accepted=2, shipped=2, lost=2)], Order.LOST),
        ([line(2, accepted=2, shipped=2, delivered=2, returned=1)], Order.DELIVERED),
        ([line(2, accepted=2, shipped=2, delivered=2, returned=2)], Order.RETURNED),
        ([line(2, cancelled=2, refused=2)], Order.CANCELLED),
    ],
)
def test_the_shopper_reads_one_word_for_all_lines(lines, state):
    assert header_state(lines) == state


def test_an_order_without_lines_or_with_more_shipped_than_accepted_is_refused():
    with pytest.raises(ValueError, match="at least one line"):
        header_state([])
    with pytest.raises(ValueError, match="shipped_within_accepted"):
        header_state([line(2, shipped=1)])
    assert broken_invariants(line(1, cancelled=1, accepted=1)) == ["promised_within_ordered"]


@st.composite
def sound_lines(draw):
    ordered = draw(st.integers(1, 4))
    cancelled = draw(st.integers(0, ordered))
    refused = draw(st.integers(0, 9))
    accepted = draw(st.integers(0, ordered - cancelled))
    shipped = draw(st.integers(0, accepted))
    delivered = draw(st.integers(0, shipped))
    lost = draw(st.integers(0, shipped - delivered))
    returned = draw(st.integers(0, delivered))
    return line(
        ordered,
        cancelled=cancelled,
        refused=refused,
        accepted=accepted,
        shipped=shipped,
        delivered=delivered,
        lost=lost,
        returned=returned,
    )


@given(st.lists(sound_lines(), min_size=1, max_size=4))
def test_a_state_that_promises_something_to_everyone_is_true_for_everyone(lines):
    state = header_state(lines)
    live = [q for q in lines if q.live]
    if state is Order.ACCEPTED:
        assert all(q.accepted == q.live for q in live)
    if state is Order.SHIPPED:
        assert all(q.shipped == q.live for q in live)
    if state is Order.DELIVERED:
        assert all(q.delivered + q.lost == q.live for q in live)
    assert (state is Order.CANCELLED) == (not live)


@given(sound_lines(), st.data())
def test_one_more_fact_never_asks_for_a_move_the_machine_lacks(before, data):
    step, room = data.draw(
        st.sampled_from(
            [
                ("accepted", before.unanswered),
                ("refused", 9),
                ("cancelled", before.unanswered),
                ("shipped", before.accepted - before.shipped),
                ("delivered", before.shipped - before.delivered - before.lost),
                ("lost", before.shipped - before.delivered - before.lost),
                ("returned", before.delivered - before.returned),
            ]
        )
    )
    parts = {f: getattr(before, f) for f in before.__struct_fields__}
    parts[step] += data.draw(st.integers(0, room))
    was, now = header_state([before]), header_state([LineQuantities(**parts)])
    assert was == now or ORDER.can(was, now)
