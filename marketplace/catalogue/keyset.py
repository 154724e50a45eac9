"""Pages by (sort value, id): the place after which a page begins, as a short opaque text for a URL."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from marketplace.kernel import json

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`after` opens the next page, None on the last one. `total` counts all pages' rows."""

    rows: list[T]
    after: str | None
    total: int


def place(value: Any, row_id: int) -> str:
    """The text for a row with this sort value (a string, a number, or None)."""
    return urlsafe_b64encode(json.dumps([value, row_id]).encode()).decode().rstrip("=")


def placed_after(text: str | None, kind: type) -> tuple[Any, int] | None:
    """(sort value, id) of `place`. None for no text, and for one that somebody made up: that is the first page again."""
    if not text:
        return None
    try:
        value, row_id = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError):
        return None
    if (
        not isinstance(value, kind)
        or isinstance(value, bool)
        or type(row_id) is not int
        or abs(row_id) > 2**62
    ):
        return None
    if isinstance(value, int) and abs(value) > 2**62:
        return None
    return value, row_id
