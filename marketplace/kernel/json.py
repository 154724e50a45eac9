"""JSON as text: what jsonb columns and outbox payloads are written with."""

from datetime import date, datetime
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """UTF-8 JSON text; dates as ISO 8601. Raises TypeError on what has no JSON form."""
    return orjson.dumps(value, default=_other).decode()


def loads(value: str | bytes | None) -> Any:
    return orjson.loads(value) if value is not None else None


def _other(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
