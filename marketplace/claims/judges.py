"""The judges of a complaint about one order line: each says nothing, or why these units cannot be complained about."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from marketplace.claims.cause import CONFORMITY, Cause, Code, Reason


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One order line. `spoken_for` units are in another claim, a withdrawal or a return, each counted once.

    `paid` is what was captured for the whole line and `left` what of it may still go back, gross minor units.
    """

    order_line: int
    ordered: int
    cancelled: int = 0
    shipped: int = 0
    delivered: int = 0
    lost: int = 0
    spoken_for: int = 0
    paid: int = 0
    left: int = 0
    ordered_on: date
    promise_date: date | None = None
    delivered_on: date | None = None  # of the last parcel with units of it
    replaceable: int = 0  # units an offer could serve today


class ClaimPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """A merchant's own rules, where the law leaves room. Amounts gross minor units."""

    goodwill_days: int = 30  # for what no guarantee covers (cause "other")
    return_from: int = 1_500  # goods worth less need not come back
    photo_for: frozenset[Cause] = frozenset({Cause.DAMAGED, Cause.WRONG_ITEM, Cause.DEFECTIVE})


class Case(msgspec.Struct, frozen=True):
    """What a judge may look at."""

    line: LineFacts
    cause: Cause
    units: int
    today: date
    policy: ClaimPolicy


def judge(case: Case) -> list[Reason]:
    """Every reason why these units cannot be complained about; empty when they can."""
    if not case.units:
        return []
    return [reason for rule in JUDGES if (reason := rule(case))]


def units_left(line: LineFacts, cause: Cause) -> int:
    """Units a complaint of this cause may still name. What was not delivered need not have been shipped."""
    had = line.ordered - line.cancelled if cause is Cause.NOT_DELIVERED else line.shipped - line.lost
    return max(0, had - line.spoken_for)


def guarantee_until(delivered_on: date) -> date:
    """Last day of the two-year guarantee of conformity (directive (EU) 2019/771 art. 10; L217-3)."""
    try:
        return delivered_on.replace(year=delivered_on.year + 2)
    except ValueError:  # the 29th of February: the last day of that month (regulation 1182/71 art. 3(2)(c))
        return date(delivered_on.year + 2, 2, 28)


def undelivered_from(line: LineFacts) -> date:
    """First day on which "not delivered" may be said: after the promise, else 30 days after the order (L216-1)."""
    return (line.promise_date or line.ordered_on + timedelta(days=30)) + timedelta(days=1)


def _has_shipped(case: Case) -> Reason | None:
    if case.cause is Cause.NOT_DELIVERED or case.line.shipped:
        return None
    return Reason(Code.NOT_SHIPPED)


def _enough_left(case: Case) -> Reason | None:
    left = units_left(case.line, case.cause)
    if 0 < case.units <= left or (not case.line.shipped and case.cause is not Cause.NOT_DELIVERED):
        return None
    return Reason(Code.TOO_MANY, {"left": left})


def _is_due(case: Case) -> Reason | None:
    line = case.line
    if case.cause is not Cause.NOT_DELIVERED or line.lost >= case.units or line.delivered >= case.units:
        return None
    since = undelivered_from(line)
    return Reason(Code.NOT_YET_DUE, {"from": since.isoformat()}) if case.today < since else None


def _in_guarantee(case: Case) -> Reason | None:
    if case.cause not in CONFORMITY or case.line.delivered_on is None:
        return None
    until = guarantee_until(case.line.delivered_on)
    return Reason(Code.GUARANTEE_OVER, {"until": until.isoformat()}) if case.today > until else None


def _in_goodwill(case: Case) -> Reason | None:
    if case.cause is not Cause.OTHER or case.line.delivered_on is None:
        return None
    until = case.line.delivered_on + timedelta(days=case.policy.goodwill_days)
    return Reason(Code.WINDOW_OVER, {"until": until.isoformat()}) if case.today > until else None


JUDGES: tuple[Callable[[Case], Reason | None], ...] = (
    _has_shipped,
    _enough_left,
    _is_due,
    _in_guarantee,
    _in_goodwill,
)
