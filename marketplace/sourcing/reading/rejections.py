"""Why a record is no offer: code → English sentence, which a page translates and fills in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.kernel.fetching import N_
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.values.text import shorten

REASONS: dict[str, str] = {
    "no_key": N_("It has no article number"),
    "long_key": N_("Its article number is longer than {limit} characters"),
    "no_title": N_("It has no title"),
    "heading": N_("It is a heading: nothing but “{text}”"),
    "header_again": N_("It repeats the names of the columns"),
    "filtered": N_("The filter on “{column}” ({test}) leaves it out"),
    "wide_row": N_("It has {count} cells where the header has {columns}: a separator inside a text?"),
    "cut": N_("The file ends in the middle of it"),
    "above_header": N_("It stands above the header"),
    "no_offers": N_("The sheet “{sheet}” holds no offers"),
    "lonely_image": N_("It is a picture of “{group}”, which has no row above it"),
    "not_an_offer": N_("It is no offer: {what}"),
    "nothing": N_("It has neither title, price nor stock"),
    "damaged": N_("It could not be read: {fault}"),
    "deleted": N_("It is marked as deleted"),
}


CELLS = 8
"""Of a rejected record, how many are kept to be looked at."""


def reject(code: str, line: int, cells: Sequence[Any] = (), **params: object) -> Rejected:
    """A rejected record, with its first cells cut short for the run page."""
    raw = tuple(shorten(str(cell)) for cell in cells[:CELLS])
    return Rejected(line, REASONS[code].format(**params), code, raw)
