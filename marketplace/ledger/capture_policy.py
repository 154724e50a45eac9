"""When to take the money, and how much. Pure.

The default takes it once, when every line is accepted by a supplier or finally given up. A merchant may take it
with the order, or when goods ship. Whatever the policy, the day before the authorisation ends something is done:
what is still open is captured (and refunded if it is refused later) or released and cancelled, as the merchant chose.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

BEFORE_THE_END = timedelta(hours=24)


class CapturePolicy(StrEnum):
    ACCEPTANCE = "acceptance"
    SHIPMENT = "shipment"
    ORDER = "order"


class OpenLines(StrEnum):
    """What becomes of lines nobody has answered when the authorisation is about to end."""

    CAPTURE = "capture"  # and refund what is refused later
    RELEASE = "release"  # and cancel them


class Action(StrEnum):
    WAIT = "wait"
    CAPTURE = "capture"
    VOID = "void"  # release what is left: all of it, when nothing was captured
    EXPIRED = "expired"  # too late: the authorisation has ended, the shopper must be asked
    NOTHING = "nothing"  # nothing is authorised, or all of it was taken


class Why(StrEnum):
    ORDERED = "ordered"
    ALL_ANSWERED = "all_answered"
    ALL_SHIPPED = "all_shipped"
    SOME_SHIPPED = "some_shipped"
    AUTHORISATION_ENDS = "authorisation_ends"
    ALL_GIVEN_UP = "all_given_up"
    OPEN_LINES = "open_lines"
    NOT_SHIPPED = "not_shipped"
    NOT_AUTHORISED = "not_authorised"
    AUTHORISATION_ENDED = "authorisation_ended"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One order line: units, gross unit price, and the money already captured for it. Minor units."""

    line_id: int
    unit_price: int
    ordered: int
    cancelled: int = 0
    accepted: int = 0
    shipped: int = 0
    captured: int = 0

    @property
    def live(self) -> int:
        return self.ordered - self.cancelled

    def due(self, units: int) -> int:
        """Money for so many units, less what was captured already."""
        return max(0, units * self.unit_price - self.captured)


class Authorisation(msgspec.Struct, frozen=True, kw_only=True):
    """What the shopper's bank promised. `left` may still be captured; `ends_at` None = does not end."""

    left: int
    ends_at: datetime | None = None
    several_captures: bool = False  # what the gateway says it can do


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """`lines` and `shipping` to capture; `final`: the rest of the authorisation is released with it.

    `cancel` are lines whose open units are to be cancelled with it; `look_again_at` is when to decide again at the
    latest, if nothing else happens.
    """

    action: Action
    why: Why
    lines: dict[int, int] = {}
    shipping: int = 0
    final: bool = True
    cancel: list[int] = []
    look_again_at: datetime | None = None

    @property
    def amount(self) -> int:
        return sum(self.lines.values()) + self.shipping


def decide(
    policy: CapturePolicy,
    authorisation: Authorisation | None,
    lines: Sequence[Line],
    *,
    shipping: int,
    shipping_captured: int = 0,
    now: datetime,
    open_lines: OpenLines = OpenLines.CAPTURE,
) -> Decision:
    """What to do now. `shipping` is what the shopper owes for it in all; it goes with the first capture.

    Raises ValueError when more would be taken than was authorised: prices never rise after the order.
    """
    if authorisation is None or authorisation.left <= 0:
        return Decision(action=Action.NOTHING, why=Why.NOT_AUTHORISED)
    if authorisation.ends_at and now >= authorisation.ends_at:
        return Decision(action=Action.EXPIRED, why=Why.AUTHORISATION_ENDED)
    decision = _by_policy(policy, authorisation, lines)
    due_by = authorisation.ends_at - BEFORE_THE_END if authorisation.ends_at else None
    if decision.action is Action.WAIT and due_by and now >= due_by:
        decision = _before_the_end(lines, open_lines)
    if decision.action is Action.WAIT:
        return msgspec.structs.replace(decision, look_again_at=due_by)
    return _priced(decision, authorisation, lines, max(0, shipping - shipping_captured))


def _by_policy(policy: CapturePolicy, authorisation: Authorisation, lines: Sequence[Line]) -> Decision:
    if not any(line.live for line in lines):
        return Decision(action=Action.VOID, why=Why.ALL_GIVEN_UP)
    if policy is CapturePolicy.ORDER:
        return _take(lines, Why.ORDERED, {line.line_id: line.live for line in lines})
    if policy is CapturePolicy.ACCEPTANCE:
        if any(line.accepted < line.live for line in lines):
            return Decision(action=Action.WAIT, why=Why.OPEN_LINES)
        return _take(lines, Why.ALL_ANSWERED, {line.line_id: line.accepted for line in lines})
    shipped = {line.line_id: line.shipped for line in lines}
    if all(line.shipped >= line.live for line in lines):
        return _take(lines, Why.ALL_SHIPPED, shipped)
    fresh = any(line.due(line.shipped) for line in lines)
    if authorisation.several_captures and fresh:
        return _take(lines, Why.SOME_SHIPPED, shipped, final=False)
    return Decision(action=Action.WAIT, why=Why.NOT_SHIPPED)


def _before_the_end(lines: Sequence[Line], open_lines: OpenLines) -> Decision:
    if open_lines is OpenLines.CAPTURE:
        return _take(lines, Why.AUTHORISATION_ENDS, {line.line_id: line.live for line in lines})
    kept = _take(lines, Why.AUTHORISATION_ENDS, {line.line_id: line.accepted for line in lines})
    return msgspec.structs.replace(kept, cancel=[line.line_id for line in lines if line.accepted < line.live])


def _take(lines: Sequence[Line], why: Why, units: dict[int, int], final: bool = True) -> Decision:
    due = {line.line_id: amount for line in lines if (amount := line.due(units[line.line_id]))}
    return Decision(action=Action.CAPTURE, why=why, lines=due, final=final)


def _priced(
    decision: Decision, authorisation: Authorisation, lines: Sequence[Line], shipping: int
) -> Decision:
    """Shipping goes with goods. Where nothing is left to take, what is left of the promise is given back."""
    if decision.action is not Action.CAPTURE:
        return decision
    goods = any(line.live and (line.line_id in decision.lines or not line.unit_price) for line in lines)
    decision = msgspec.structs.replace(decision, shipping=shipping if goods else 0)
    if not decision.amount:
        return msgspec.structs.replace(decision, action=Action.VOID)
    if decision.amount > authorisation.left:
        raise ValueError(f"{decision.amount} to capture, {authorisation.left} authorised")
    return decision
