"""The time, in one place: UTC, and never naive."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
