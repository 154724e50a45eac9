"""What changed between two values of a field, word by word; a document is read as its values on a line."""

from typing import Any

from marketplace.web.dashboard.listings_words import as_text
from marketplace.web.staff import text_diff
from marketplace.web.staff.text_diff import Piece


def pieces(before: Any, after: Any) -> list[Piece]:
    """`after` with what is new in it and what went."""
    return text_diff.pieces(as_text(before), as_text(after))
