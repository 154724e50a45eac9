"""The header state of a shopper's order. After payment it is derived from its lines (`derive.py`), never chosen."""

from enum import StrEnum

from marketplace.kernel.states import Machine


class Order(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    ABANDONED = "abandoned"  # the payment failed or never came
    PLACED = "placed"  # paid for; no supplier has answered yet
    PARTLY_ACCEPTED = "partly_accepted"
    ACCEPTED = "accepted"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    PARTLY_DELIVERED = "partly_delivered"
    DELIVERED = "delivered"
    LOST = "lost"  # every parcel of it was lost
    RETURNED = "returned"  # all that was delivered went back
    CANCELLED = "cancelled"  # nothing of it is left to deliver


_ALIVE = frozenset(
    {
        Order.PLACED,
        Order.PARTLY_ACCEPTED,
        Order.ACCEPTED,
        Order.PARTLY_SHIPPED,
        Order.SHIPPED,
        Order.PARTLY_DELIVERED,
        Order.DELIVERED,
        Order.LOST,
    }
)

# One answer can carry an order over several stages (a file that says "shipped" before anyone acknowledged), and a
# supplier who gives up an accepted line carries it back: among living states every move exists.
ORDER = Machine(
    Order.AWAITING_PAYMENT,
    {
        Order.AWAITING_PAYMENT: {Order.PLACED, Order.ABANDONED, Order.CANCELLED},
        Order.ABANDONED: set(),
        **{s: (_ALIVE - {s}) | {Order.CANCELLED} for s in _ALIVE - {Order.DELIVERED, Order.PARTLY_DELIVERED}},
        Order.PARTLY_DELIVERED: (_ALIVE - {Order.PARTLY_DELIVERED}) | {Order.RETURNED},
        Order.DELIVERED: {Order.PARTLY_DELIVERED, Order.RETURNED},
        Order.RETURNED: {Order.DELIVERED, Order.PARTLY_DELIVERED},
        Order.CANCELLED: set(),
    },
)
