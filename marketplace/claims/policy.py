"""May this complaint be made, and what may the merchant offer? Pure; the judges are in `judges.py`.

The seller answers for the whole sale (L221-15 code de la consommation): nothing here looks at the supplier. What a
supplier owes for it afterwards is `recovery.py`; the 14-day right of withdrawal is `withdrawal_period.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from marketplace.claims.cause import Cause, Code, Reason
from marketplace.claims.judges import Case, ClaimPolicy, LineFacts, judge


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """`units` by order line, as the shopper asks."""

    cause: Cause
    units: Mapping[int, int]
    wish: str = "refund"  # refund | replacement | advice
    photos: int = 0


class Kind(StrEnum):
    """What a merchant may offer."""

    ASK_FOR_PHOTO = "ask_for_photo"
    REPLACEMENT = "replacement"
    REFUND = "refund"
    PART_REFUND = "part_refund"
    REJECTION = "rejected"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to offer. `most` is the highest amount of a refund; `return_needed`: the goods come back first."""

    kind: Kind
    most: int = 0
    shipping: int = 0  # of `most`: the outward shipping, given back when all of the order failed
    return_needed: bool = False
    recommended: bool = False


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """`refused` by order line, empty when the complaint may be made; `notes` for the merchant's eyes."""

    refused: dict[int, list[Reason]]
    notes: list[Reason]
    outcomes: list[Outcome]

    @property
    def admissible(self) -> bool:
        return not self.refused


def assess(
    complaint: Complaint,
    lines: Sequence[LineFacts],
    *,
    today: date,
    policy: ClaimPolicy | None = None,
    shipping_left: int = 0,
    withdrawal_open: bool = False,
) -> Assessment:
    """Judge a complaint about lines of one order. `lines` are all lines of the order, claimed or not.

    `shipping_left` is what may go back of the order's shipping. Raises KeyError for a line that is not of the order.
    """
    policy = policy or ClaimPolicy()
    by_id = {line.order_line: line for line in lines}
    cases = [Case(by_id[n], complaint.cause, units, today, policy) for n, units in complaint.units.items()]
    refused = {case.line.order_line: found for case in cases if (found := judge(case))}
    if not any(complaint.units.values()):
        refused = {0: [Reason(Code.NOTHING_CHOSEN)]}
    return Assessment(
        refused=refused,
        notes=_notes(cases, withdrawal_open),
        outcomes=_outcomes(complaint, cases, lines, policy, shipping_left, bool(refused)),
    )


def _notes(cases: Sequence[Case], withdrawal_open: bool) -> list[Reason]:
    found = []
    for case in cases:
        line = case.line
        where: dict[str, int | str] = {"order_line": line.order_line}
        if not case.units:
            continue
        if case.cause is Cause.NOT_DELIVERED and line.delivered >= case.units:
            found.append(Reason(Code.CARRIER_SAYS_DELIVERED, where))
        if case.cause is not Cause.NOT_DELIVERED and line.delivered < case.units:
            found.append(Reason(Code.NOT_SEEN_DELIVERED, where))
        if line.lost:
            found.append(Reason(Code.PARCEL_LOST, {**where, "units": line.lost}))
        if case.cause is Cause.DEFECTIVE:
            found.append(Reason(Code.PRESUMED_DEFECT, where))
    if withdrawal_open and any(case.cause is Cause.OTHER for case in cases):
        found.append(Reason(Code.MAY_WITHDRAW))
    return found


def _outcomes(
    complaint: Complaint,
    cases: Sequence[Case],
    lines: Sequence[LineFacts],
    policy: ClaimPolicy,
    shipping_left: int,
    refused: bool,
) -> list[Outcome]:
    """What may be offered, one of it recommended. A merchant may be kinder than the judges, never stricter."""
    goods = sum(_worth(case) for case in cases)
    back = _must_return(complaint, goods, policy)
    shipping = shipping_left if _all_failed(complaint, lines) else 0
    wants_photo = complaint.cause in policy.photo_for and not complaint.photos
    can_replace = bool(cases) and all(case.line.replaceable >= case.units for case in cases)
    best = _recommended(complaint, refused, wants_photo, can_replace)
    offered = [
        (wants_photo, Outcome(kind=Kind.ASK_FOR_PHOTO)),
        (can_replace, Outcome(kind=Kind.REPLACEMENT, return_needed=back)),
        (goods > 0, Outcome(kind=Kind.REFUND, most=goods + shipping, shipping=shipping, return_needed=back)),
        (goods > 1, Outcome(kind=Kind.PART_REFUND, most=goods + shipping, shipping=shipping)),
        (refused or complaint.cause is Cause.OTHER or wants_photo, Outcome(kind=Kind.REJECTION)),
    ]
    return [
        msgspec.structs.replace(outcome, recommended=outcome.kind is best)
        for possible, outcome in offered
        if possible
    ]


def _recommended(complaint: Complaint, refused: bool, wants_photo: bool, can_replace: bool) -> Kind:
    if refused:
        return Kind.REJECTION
    if wants_photo:
        return Kind.ASK_FOR_PHOTO
    if complaint.wish == "replacement" and can_replace:
        return Kind.REPLACEMENT
    return Kind.PART_REFUND if complaint.cause is Cause.OTHER else Kind.REFUND


def _worth(case: Case) -> int:
    """What the units were paid, as far as it may still go back; the last units get the last cent."""
    live = max(1, case.line.ordered - case.line.cancelled)
    if case.units + case.line.spoken_for >= live:
        return case.line.left
    return min(case.line.left, case.line.paid * case.units // live)


def _must_return(complaint: Complaint, goods: int, policy: ClaimPolicy) -> bool:
    """Nothing comes back that never arrived, that is cheap, or whose damage the photos show."""
    if complaint.cause in (Cause.NOT_DELIVERED, Cause.MISSING) or goods < policy.return_from:
        return False
    return not (complaint.cause is Cause.DAMAGED and complaint.photos)


def _all_failed(complaint: Complaint, lines: Sequence[LineFacts]) -> bool:
    """The seller's fault, and every unit the shopper still expected or has: the outward shipping goes back too."""
    return complaint.cause is not Cause.OTHER and all(
        complaint.units.get(line.order_line, 0) >= line.ordered - line.cancelled for line in lines
    )
