"""Timestamps as feeds write them → UTC, and dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]
_DATE = re.compile(r"^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:\D?(\d{2})(\d{2})(\d{2})?)?\s*$")
_TIME = re.compile(r"[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(am|pm)?", re.IGNORECASE)
_ZONE = re.compile(r"(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)\s*$", re.IGNORECASE)


def read_date(text: str, order: Order = "dmy") -> date | None:
    """A calendar day, `order` settling `03/04/2026`; None when the text is no date."""
    compact = _COMPACT.match(text)
    parts = compact.groups()[:3] if compact else None
    if parts is None:
        found = _DATE.match(text)
        if found is None:
            return None
        parts = _ordered(found.groups(), order)
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def _ordered(parts: tuple[str, ...], order: Order) -> tuple[str, str, str]:
    first, second, third = parts
    if len(first) == 4:
        return first, second, third
    year = third if len(third) > 2 else f"20{third:0>2}"
    if int(first) > 12:
        return year, second, first
    if int(second) > 12:
        return year, first, second
    return (year, first, second) if order == "mdy" else (year, second, first)


def read_time(text: str, order: Order = "dmy") -> datetime | None:
    """A moment in UTC; a time without a zone is taken as UTC, a bare day as its midnight, 10 or 13 digits as Unix time.
    None when the text is no timestamp."""
    text = text.strip()
    if text.isdecimal() and text.isascii() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    day = read_date(text, order)
    if day is None:
        return None
    hour, minute, second = _clock(text)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(text))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _clock(text: str) -> tuple[int, int, int]:
    compact = _COMPACT.match(text)
    if compact:
        return int(compact[4] or 0), int(compact[5] or 0), int(compact[6] or 0)
    found = _TIME.search(text)
    if found is None:
        return 0, 0, 0
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour, int(found[2]), int(found[3] or 0)


def _zone(text: str) -> timezone:
    found = _ZONE.search(text)
    if found is None or found[1] or not _TIME.search(text):
        return UTC
    offset = timedelta(hours=int(found[3]), minutes=int(found[4] or 0))
    return timezone(-offset if found[2] == "-" else offset)


def read_span(text: str) -> tuple[datetime | None, datetime | None] | None:
    """Google's `2026-01-01T00:00+0100/2026-02-01T00:00+0100`: (from, until), either open; None when it is no span."""
    first, slash, last = text.strip().partition("/")
    if not slash:
        return None
    start, end = read_time(first), read_time(last)
    return None if start is None and end is None else (start, end)
