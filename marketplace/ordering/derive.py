"""The header state of an order, from the quantities of its lines. Pure.

What a line counts, in units:

- `ordered`    what the shopper bought; never changes.
- `cancelled`  taken off the order: by the shopper, by the merchant, or because no supplier is left to serve it.
- `refused`    by suppliers, over all attempts: history. A refusal that found another source costs nothing, and one
               that found none is `cancelled`, so it takes part in no sum.
- `accepted`   promised by a supplier, and still standing. A supplier who takes its word back lowers it.
- `shipped`, `delivered`, `lost`, `returned`  facts about parcels, each a part of the one before.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from marketplace.ordering.states import Order


class LineQuantities(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one line. See the module for what each counts."""

    ordered: int
    cancelled: int = 0
    refused: int = 0
    accepted: int = 0
    shipped: int = 0
    delivered: int = 0
    lost: int = 0
    returned: int = 0

    @property
    def live(self) -> int:
        """Units the shopper still expects, or has."""
        return self.ordered - self.cancelled

    @property
    def unanswered(self) -> int:
        """Live units that no supplier has promised yet."""
        return self.live - self.accepted


# Each as SQL over the columns of the same names: what the table's CHECKs say, by name.
INVARIANTS = {
    "nothing_negative": "LEAST(ordered, cancelled, refused, accepted, shipped, delivered, lost, returned) >= 0",
    "something_ordered": "ordered > 0",
    "promised_within_ordered": "accepted + cancelled <= ordered",
    "shipped_within_accepted": "shipped <= accepted",
    "arrived_within_shipped": "delivered + lost <= shipped",
    "returned_within_delivered": "returned <= delivered",
}


def broken_invariants(line: LineQuantities | Any) -> list[str]:
    """Names of the INVARIANTS that the line's quantities break; empty for a sound line."""
    q = line
    holds = {
        "nothing_negative": min(
            q.ordered, q.cancelled, q.refused, q.accepted, q.shipped, q.delivered, q.lost, q.returned
        )
        >= 0,
        "something_ordered": q.ordered > 0,
        "promised_within_ordered": q.accepted + q.cancelled <= q.ordered,
        "shipped_within_accepted": q.shipped <= q.accepted,
        "arrived_within_shipped": q.delivered + q.lost <= q.shipped,
        "returned_within_delivered": q.returned <= q.delivered,
    }
    return [name for name, ok in holds.items() if not ok]


def header_state(lines: Iterable[LineQuantities]) -> Order:
    """State of a paid order. The furthest stage reached by every live unit, or "partly" when only some reached it.

    Raises ValueError for an order without lines or with quantities that contradict each other.
    """
    lines = list(lines)
    if not lines:
        raise ValueError("an order has at least one line")
    for line in lines:
        if broken := broken_invariants(line):
            raise ValueError(f"quantities contradict each other ({', '.join(broken)}): {line}")
    live, accepted, shipped, delivered, lost, returned = (
        sum(getattr(line, part) for line in lines)
        for part in ("live", "accepted", "shipped", "delivered", "lost", "returned")
    )
    if not live:
        return Order.CANCELLED
    if delivered:
        if delivered + lost < live:
            return Order.PARTLY_DELIVERED
        return Order.RETURNED if returned == delivered else Order.DELIVERED
    if lost == live:
        return Order.LOST
    if shipped:
        return Order.SHIPPED if shipped == live else Order.PARTLY_SHIPPED
    if accepted:
        return Order.ACCEPTED if accepted == live else Order.PARTLY_ACCEPTED
    return Order.PLACED
