from enum import StrEnum

import pytest

from marketplace.catalogue.states import LISTING_WILL
from marketplace.claims.states import CLAIM, RECOVERY, RETURN, WITHDRAWAL, Claim
from marketplace.fulfilment.states import CANCELLATION, SHIPMENT, SUPPLIER_ORDER, Shipment
from marketplace.kernel.states import BrokenMachine, Machine, NoSuchMove
from marketplace.ledger.states import CHARGE, REFUND, Charge
from marketplace.ordering.states import ORDER, Order
from marketplace.sourcing.states import AGREEMENT, AGREEMENT_VERSION, FEED_RUN, FeedRun

MACHINES = [
    AGREEMENT,
    AGREEMENT_VERSION,
    CANCELLATION,
    CHARGE,
    CLAIM,
    FEED_RUN,
    LISTING_WILL,
    ORDER,
    RECOVERY,
    REFUND,
    RETURN,
    SHIPMENT,
    SUPPLIER_ORDER,
    WITHDRAWAL,
]


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


class Other(StrEnum):
    OFF = "off"


def test_a_machine_says_which_moves_exist():
    lamp = Machine(Lamp.OFF, {Lamp.OFF: {Lamp.ON}, Lamp.ON: {Lamp.OFF, Lamp.BROKEN}, Lamp.BROKEN: set()})
    assert lamp.can(Lamp.OFF, Lamp.ON)
    assert lamp.can("on", "broken")
    assert not lamp.can(Lamp.BROKEN, Lamp.ON)
    assert lamp.sources(Lamp.OFF) == {Lamp.ON}
    assert lamp.final == {Lamp.BROKEN}
    assert lamp.open == {Lamp.OFF, Lamp.ON}


def test_a_move_that_does_not_exist_is_refused_by_name():
    lamp = Machine(Lamp.OFF, {Lamp.OFF: {Lamp.ON}, Lamp.ON: {Lamp.OFF, Lamp.BROKEN}, Lamp.BROKEN: set()})
    with pytest.raises(NoSuchMove, match="Lamp: no move from broken to on"):
        lamp.require("broken", "on")
    with pytest.raises(ValueError, match="dimmed"):
        lamp.can("dimmed", "on")


@pytest.mark.parametrize(
    ("arrows", "complaint"),
    [
        ({Lamp.OFF: {Lamp.ON}, Lamp.ON: set()}, "needs its row"),
        ({Lamp.OFF: {Lamp.ON}, Lamp.ON: {Lamp.OFF}, Lamp.BROKEN: {Lamp.OFF}}, "never reached"),
    ],
)
def test_a_machine_with_a_hole_does_not_even_import(arrows, complaint):
    with pytest.raises(BrokenMachine, match=complaint):
        Machine(Lamp.OFF, arrows)


def test_nobody_rewires_a_machine_at_run_time():
    with pytest.raises(TypeError):
        CHARGE.arrows[Charge.VOIDED] = frozenset({Charge.CAPTURED})


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_no_state_is_a_trap_unless_it_is_meant_as_an_end(machine):
    # a retired listing can be drafted again, an ended agreement or a refused cancellation asked for anew
    assert machine.final or machine.name in ("ListingWill", "Agreement", "Cancellation")
    for state in machine.states:
        assert state not in machine.arrows[state]


@pytest.mark.parametrize("state", sorted(FEED_RUN.open - {FeedRun.APPLIED}))
def test_an_open_run_can_always_fail_or_be_dropped(state):
    assert FEED_RUN.can(state, FeedRun.FAILED)
    assert FEED_RUN.can(state, FeedRun.DROPPED)


def test_what_is_over_stays_over():
    assert not CHARGE.can(Charge.VOIDED, Charge.CAPTURED)
    assert not CLAIM.can(Claim.RESOLVED, Claim.RESOLVED)
    assert not ORDER.can(Order.CANCELLED, Order.PLACED)
    assert not SHIPMENT.can(Shipment.DELIVERED, Shipment.LOST)


def test_an_order_somebody_received_can_no_longer_become_cancelled_or_back_to_unpaid():
    assert not ORDER.can(Order.DELIVERED, Order.CANCELLED)
    assert not ORDER.sources(Order.AWAITING_PAYMENT)
