"""A minute of the past, as a browser's field of date and time says it, in the desk's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from marketplace.kernel.clock import now

STEPS = 60  # of an offer's trail that a page shows


def local_moment(at: str, zone: str) -> datetime | None:
    """A browser's local time as UTC; None when it is none."""
    try:
        typed = datetime.fromisoformat(at)
        return (typed if typed.tzinfo else typed.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):  # of the first and the last day of all one side is out of range
        return None


def local_text(moment: datetime | None, zone: str) -> str:
    """What the field shows; now when nothing was asked."""
    return (moment or now()).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
