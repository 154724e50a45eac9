"""The breaker: may a feed's run be applied, or must a person look first? Pure.

A run is held when it would take away more than a share of what is known: offers that vanished, stocks that went to
nought, prices that were lost, prices that moved by more than a set size; or when it would put far more on sale than
there ever was, as a file does whose columns slipped: prices or codes read as quantities would be oversold. The first
run of a feed has nothing to lose. In a tiny feed shares say little (two offers of five may well sell out), so there
only "all of them" holds it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

ALL_OF_AT_LEAST = 3
"""In a tiny feed, losing all offers holds the run when there were at least this many."""

# A whole price list that moved alike has usually lost or gained a decimal point. New to old price, basis points.
DECIMAL_POINTS = {1_000_000: "hundredfold", 100_000: "tenfold", 1_000: "tenth", 100: "hundredth"}


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """A feed's own limits. A share above its limit holds the run; None switches that judge off. Basis points."""

    vanished_bp: int | None = 3_000
    zeroed_bp: int | None = 3_000
    unpriced_bp: int | None = 3_000
    moved_bp: int | None = 2_000
    move_size_bp: int = 5_000  # a price "moved" when it changed by more than this share of what it was
    surged_bp: int | None = 3_000
    surge_times: int = (
        10  # stock "surged" when there is more than so many times of it (fewer than ten count as ten)
    )
    min_rows: int = 20  # fewer known offers make a tiny feed


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What the diff found. `known` are the feed's offers before the run, retired ones not counted."""

    known: int
    in_stock: int = 0  # of the known: had stock
    priced: int = 0  # of the known: had a price
    vanished: int = 0  # known, not in the file (0 for a file that does not claim to be complete)
    zeroed: int = 0  # had stock, now none
    unpriced: int = 0  # had a price, now none
    moved: int = 0  # price changed by more than `move_size_bp`
    surged: int = (
        0  # stock grew to more than `surge_times` what it was, or out of nothing to what nobody stores
    )
    largest_rise_bp: int = 0
    largest_fall_bp: int = 0  # positive: 10,000 is "to nothing"
    median_ratio_bp: int | None = (
        None  # of new to old price, over all prices that changed; 10,000 is no change
    )


class Alarm(StrEnum):
    VANISHED = "vanished"
    ZEROED = "zeroed"
    UNPRICED = "unpriced"
    MOVED = "moved"
    SURGED = "surged"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """`count` of `of` offers (`share_bp`), more than `limit_bp` allows. `hint` names a usual cause."""

    alarm: Alarm
    count: int
    of: int
    share_bp: int
    limit_bp: int
    largest_rise_bp: int = 0
    largest_fall_bp: int = 0
    hint: str | None = None


class Verdict(msgspec.Struct, frozen=True):
    """`hold` with its reasons; `exempt` says why nothing was judged."""

    hold: bool
    reasons: list[Reason] = []
    exempt: str | None = None


def limits_of(doc: Mapping[str, Any]) -> Limits:
    """A feed's stored limits, defaults where it says nothing. Raises msgspec.ValidationError on a wrong type."""
    return msgspec.convert(dict(doc), Limits)


def judge(counts: Counts, limits: Limits | None = None, *, first_run: bool = False) -> Verdict:
    """Hold or let through. `first_run`: no run of this feed was ever applied."""
    limits = limits or Limits()
    if first_run or not counts.known:
        return Verdict(False, exempt="first_run")
    tiny = counts.known < limits.min_rows
    found = [
        _share(Alarm.VANISHED, counts.vanished, counts.known, limits.vanished_bp, tiny),
        _share(Alarm.ZEROED, counts.zeroed, counts.in_stock, limits.zeroed_bp, tiny),
        _share(Alarm.UNPRICED, counts.unpriced, counts.priced, limits.unpriced_bp, tiny),
        _moved(counts, limits, tiny),
        _share(Alarm.SURGED, counts.surged, max(counts.in_stock, counts.surged), limits.surged_bp, tiny),
    ]
    reasons = [reason for reason in found if reason]
    return Verdict(bool(reasons), reasons)


def _share(alarm: Alarm, count: int, of: int, limit_bp: int | None, tiny: bool) -> Reason | None:
    if limit_bp is None or not count or not of:
        return None
    share = count * 10_000 // of
    over = count >= of >= ALL_OF_AT_LEAST if tiny else count * 10_000 > limit_bp * of
    if not over:
        return None
    return Reason(alarm=alarm, count=count, of=of, share_bp=share, limit_bp=limit_bp)


def _moved(counts: Counts, limits: Limits, tiny: bool) -> Reason | None:
    reason = _share(Alarm.MOVED, counts.moved, counts.priced, limits.moved_bp, tiny)
    if reason is None:
        return None
    return msgspec.structs.replace(
        reason,
        largest_rise_bp=counts.largest_rise_bp,
        largest_fall_bp=counts.largest_fall_bp,
        hint=_decimal_point(counts.median_ratio_bp),
    )


def _decimal_point(ratio_bp: int | None) -> str | None:
    """Within a tenth of the exact factor."""
    if ratio_bp is None:
        return None
    return next((name for exact, name in DECIMAL_POINTS.items() if abs(ratio_bp - exact) * 10 <= exact), None)
