"""The lives of a complaint, of goods coming back, of a withdrawal, and of what a supplier owes for it."""

from enum import StrEnum

from marketplace.kernel.states import Machine


class Claim(StrEnum):
    OPEN = "open"  # waits for the merchant
    AWAITING_SHOPPER = "awaiting_shopper"  # a photo or an answer was asked for
    AWAITING_RETURN = "awaiting_return"  # settled once the goods are back
    RESOLVED = "resolved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by the shopper


CLAIM = Machine(
    Claim.OPEN,
    {
        Claim.OPEN: {
            Claim.AWAITING_SHOPPER,
            Claim.AWAITING_RETURN,
            Claim.RESOLVED,
            Claim.REJECTED,
            Claim.WITHDRAWN,
        },
        Claim.AWAITING_SHOPPER: {
            Claim.OPEN,
            Claim.AWAITING_RETURN,
            Claim.RESOLVED,
            Claim.REJECTED,
            Claim.WITHDRAWN,
        },
        Claim.AWAITING_RETURN: {Claim.OPEN, Claim.RESOLVED, Claim.REJECTED, Claim.WITHDRAWN},
        Claim.RESOLVED: set(),
        Claim.REJECTED: {Claim.OPEN},
        Claim.WITHDRAWN: set(),
    },
)


class Return(StrEnum):
    AUTHORISED = "authorised"  # has its rma number
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # not what was sold, or worn beyond trying it out
    CANCELLED = "cancelled"
    EXPIRED = "expired"  # never sent back in time


RETURN = Machine(
    Return.AUTHORISED,
    {
        Return.AUTHORISED: {Return.IN_TRANSIT, Return.RECEIVED, Return.CANCELLED, Return.EXPIRED},
        Return.IN_TRANSIT: {Return.RECEIVED, Return.EXPIRED},
        Return.RECEIVED: {Return.ACCEPTED, Return.REFUSED},
        Return.ACCEPTED: set(),
        Return.REFUSED: set(),
        Return.CANCELLED: set(),
        Return.EXPIRED: {Return.RECEIVED},
    },
)


class Withdrawal(StrEnum):
    DECLARED = "declared"  # its receipt goes out at once
    AWAITING_GOODS = "awaiting_goods"
    REFUND_DUE = "refund_due"  # the goods are back, proof of sending was shown, or nothing had left
    REFUNDED = "refunded"
    REFUSED = "refused"  # late, or an excluded product, with its legal reason


WITHDRAWAL = Machine(
    Withdrawal.DECLARED,
    {
        Withdrawal.DECLARED: {Withdrawal.AWAITING_GOODS, Withdrawal.REFUND_DUE, Withdrawal.REFUSED},
        Withdrawal.AWAITING_GOODS: {Withdrawal.REFUND_DUE, Withdrawal.REFUSED},
        Withdrawal.REFUND_DUE: {Withdrawal.REFUNDED},
        Withdrawal.REFUNDED: set(),
        Withdrawal.REFUSED: {Withdrawal.DECLARED},
    },
)


class Recovery(StrEnum):
    ISSUED = "issued"  # the debit note stands in the supplier's portal
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    SETTLED = "settled"  # paid, or netted in a statement
    WAIVED = "waived"  # the merchant gives it up


RECOVERY = Machine(
    Recovery.ISSUED,
    {
        Recovery.ISSUED: {Recovery.ACCEPTED, Recovery.DISPUTED, Recovery.WAIVED, Recovery.SETTLED},
        Recovery.ACCEPTED: {Recovery.SETTLED, Recovery.WAIVED},
        Recovery.DISPUTED: {Recovery.ACCEPTED, Recovery.ISSUED, Recovery.WAIVED},
        Recovery.SETTLED: set(),
        Recovery.WAIVED: set(),
    },
)
