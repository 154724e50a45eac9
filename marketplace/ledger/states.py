"""The lives of money taken and of money given back."""

from enum import StrEnum

from marketplace.kernel.states import Machine


class Charge(StrEnum):
    INTENT = "intent"  # written before the gateway is called
    AUTHORISED = "authorised"
    PARTIALLY_CAPTURED = "partially_captured"  # only where the gateway can capture more than once
    CAPTURED = "captured"  # nothing more will be captured; the rest, if any, is released
    VOIDED = "voided"  # released, abandoned or run out; nobody was charged
    FAILED = "failed"  # declined, or the gateway gave a final error


CHARGE = Machine(
    Charge.INTENT,
    {
        Charge.INTENT: {Charge.AUTHORISED, Charge.CAPTURED, Charge.VOIDED, Charge.FAILED},
        Charge.AUTHORISED: {Charge.PARTIALLY_CAPTURED, Charge.CAPTURED, Charge.VOIDED, Charge.FAILED},
        Charge.PARTIALLY_CAPTURED: {Charge.CAPTURED},
        Charge.CAPTURED: set(),
        Charge.VOIDED: set(),
        Charge.FAILED: set(),
    },
)


class Refund(StrEnum):
    REQUESTED = "requested"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"  # the card was closed, for instance; a person tries again


REFUND = Machine(
    Refund.REQUESTED,
    {
        Refund.REQUESTED: {Refund.SENT, Refund.FAILED},
        Refund.SENT: {Refund.DONE, Refund.FAILED},
        Refund.DONE: set(),
        Refund.FAILED: {Refund.REQUESTED},
    },
)
