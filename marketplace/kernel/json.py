"""JSON as text: what jsonb columns and outbox payloads are written with."""

from datetime import date, datetime
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """UTF-8 JSON text; dates as ISO 8601. Raises TypeError on what has no JSON form."""
    return orjson.dumps(value, default=_other).decode()


def loads(value: str | bytes | None) -> Any:
    return orjson.loads(value) if value is not None else None


def storable(value: Any) -> Any:
    """The same data without what PostgreSQL's jsonb refuses: NUL, and halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(str(k)): storable(v) for k, v in value.items()}
    return [storable(v) for v in value] if isinstance(value, list | tuple) else value


def _other(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
