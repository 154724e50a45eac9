"""The header state of a supplier's order once it was answered, from the quantities of its lines. Pure."""

from collections.abc import Iterable

import msgspec

from marketplace.fulfilment.states import SupplierOrder


class SupplierLineQuantities(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one line of a supplier's order: what we asked, what it answered, what it did."""

    ordered: int
    accepted: int = 0
    refused: int = 0
    cancelled: int = 0  # taken back by us, before its answer or with its consent
    shipped: int = 0
    delivered: int = 0
    lost: int = 0

    @property
    def unanswered(self) -> int:
        return self.ordered - self.accepted - self.refused - self.cancelled

    def sound(self) -> bool:
        """No count is negative or larger than what it is a part of."""
        parts = (self.accepted, self.refused, self.cancelled, self.shipped, self.delivered, self.lost)
        return (
            min(parts) >= 0
            and self.ordered > 0
            and self.unanswered >= 0
            and self.shipped <= self.accepted
            and self.delivered + self.lost <= self.shipped
        )


def answered_state(lines: Iterable[SupplierLineQuantities]) -> SupplierOrder | None:
    """State that the quantities prove, or None while a unit is unanswered and none has shipped.

    Raises ValueError for no lines, or for quantities that contradict each other.
    """
    lines = list(lines)
    if not lines:
        raise ValueError("a supplier's order has at least one line")
    for line in lines:
        if not line.sound():
            raise ValueError(f"quantities contradict each other: {line}")
    ordered, accepted, cancelled, unanswered, shipped = (
        sum(getattr(line, part) for line in lines)
        for part in ("ordered", "accepted", "cancelled", "unanswered", "shipped")
    )
    arrived = sum(line.delivered + line.lost for line in lines)
    if cancelled == ordered:
        return SupplierOrder.CANCELLED
    if shipped and (unanswered or shipped < accepted):
        return SupplierOrder.PARTLY_SHIPPED
    if shipped:
        return SupplierOrder.COMPLETED if arrived == shipped else SupplierOrder.SHIPPED
    if unanswered:
        return None
    return SupplierOrder.ANSWERED if accepted else SupplierOrder.REFUSED
