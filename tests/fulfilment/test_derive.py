import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.fulfilment.derive import SupplierLineQuantities, answered_state
from marketplace.fulfilment.states import SUPPLIER_ORDER, SupplierOrder


def line(ordered, **parts):
    return SupplierLineQuantities(ordered=ordered, **parts)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([line(2)], None),
        ([line(2, accepted=2), line(1)], None),
        ([line(2, accepted=1, refused=1)], SupplierOrder.ANSWERED),
        ([line(2, refused=2)], SupplierOrder.REFUSED),
        ([line(2, refused=1, cancelled=1)], SupplierOrder.REFUSED),
        ([line(2, cancelled=2)], SupplierOrder.CANCELLED),
        ([line(2, accepted=2, shipped=1)], SupplierOrder.PARTLY_SHIPPED),
        ([line(2, accepted=2, shipped=2), line(1)], SupplierOrder.PARTLY_SHIPPED),
        ([line(2, accepted=2, shipped=2), line(1, refused=1)], SupplierOrder.SHIPPED),
        ([line(2, accepted=2, shipped=2, delivered=1)], SupplierOrder.SHIPPED),
        ([line(2, accepted=2, shipped=2, delivered=1, lost=1)], SupplierOrder.COMPLETED),
    ],
)
def test_the_supplier_reads_one_word_for_all_lines(lines, state):
    assert answered_state(lines) == state


def test_more_shipped_than_accepted_is_refused():
    with pytest.raises(ValueError, match="contradict"):
        answered_state([line(2, accepted=1, shipped=2)])
    with pytest.raises(ValueError, match="at least one line"):
        answered_state([])


@given(st.data())
def test_every_answer_can_be_reached_from_an_order_that_was_sent(data):
    ordered = data.draw(st.integers(1, 4))
    accepted = data.draw(st.integers(0, ordered))
    shipped = data.draw(st.integers(0, accepted))
    state = answered_state([line(ordered, accepted=accepted, refused=ordered - accepted, shipped=shipped)])
    assert SUPPLIER_ORDER.can(SupplierOrder.SENT, state)
