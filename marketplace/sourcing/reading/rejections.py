"""Why a record is no offer: code → English sentence, which a page translates and fills in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.values.text import shorten

REASONS: dict[str, str] = {
    "no_key": "It has no article number",
    "long_key": "Its article number is longer than {limit} characters",
    "no_title": "It has no title",
    "heading": "It is a heading: nothing but “{text}”",
    "filtered": "The filter on “{column}” ({test}) leaves it out",
    "wide_row": "It has {count} cells where the header has {columns}: a separator inside a text?",
    "cut": "The file ends in the middle of it",
    "above_header": "It stands above the header",
    "no_offers": "The sheet “{sheet}” holds no offers",
    "lonely_image": "It is a picture of “{group}”, which has no row above it",
    "not_an_offer": "It is no offer: {what}",
    "nothing": "It has neither title, price nor stock",
    "damaged": "It could not be read: {fault}",
    "deleted": "It is marked as deleted",
}


def reject(code: str, line: int, cells: Sequence[Any] = (), **params: object) -> Rejected:
    """A rejected record, with its first cells cut short for the run page."""
    raw = tuple(shorten(str(cell)) for cell in cells[:8])
    return Rejected(line, REASONS[code].format(**params), code, raw)
