"""Which facts of a product follow a feed, where the feed states them, and how its words become what is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from marketplace.catalogue.descriptions import sanitised
from marketplace.kernel import json

MOST_PHOTOS = 20


@dataclass(frozen=True)
class FeedField:
    """`says` is SQL over the offer `o`, giving text. `keeps`: an empty value of the feed is not taken over. `noted`: its three
    values are kept from the curation on; else from the merchant's first edit on (see `facts`)."""

    says: str
    of: Literal["product", "variant"] = "product"
    keeps: bool = False
    noted: bool = True


FEED_FIELDS: dict[str, FeedField] = {
    "title": FeedField("o.title", keeps=True),
    "description": FeedField("o.description"),
    "brand": FeedField("o.brand"),
    "category": FeedField("coalesce(nullif(o.category, ''), o.google_category)", keeps=True),
    "manufacturer": FeedField("o.manufacturer::text", keeps=True),
    "responsible": FeedField("o.responsible::text", keeps=True),
    "warnings": FeedField("o.warnings"),
    "options": FeedField("o.options::text", of="variant", keeps=True),
    "photos": FeedField("array_to_json(o.images)::text", of="variant", keeps=True),
    "weight_g": FeedField("o.weight_g::text", of="variant", keeps=True, noted=False),
    "gtin": FeedField("o.gtin_valid", of="variant", keeps=True, noted=False),
}
FACTS = ("weight_g", "gtin")
"""Facts of a variant's goods, columns of its own, which a merchant may correct."""


def says_sql() -> str:
    """SQL: what the offer `o` says in the field named by `f.field`."""
    whens = " ".join(f"WHEN '{name}' THEN {field.says}" for name, field in FEED_FIELDS.items())
    return f"CASE f.field {whens} END"


def _plain(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _person(text: str | None) -> dict[str, str] | None:
    """A manufacturer or responsible person, without what is empty."""
    said = json.loads(text) if text else None
    if not isinstance(said, dict):
        return None
    return {k: str(v).strip() for k, v in said.items() if v and str(v).strip()} or None


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _lines(text: str | None) -> str | None:
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip() or None if text else None


SHOWN: dict[str, Callable[[str | None], Any]] = {
    "title": _plain,
    "description": sanitised,
    "brand": _plain,
    "manufacturer": _person,
    "responsible": _person,
    "warnings": _lines,
    "weight_g": _whole,
    "gtin": _plain,
}
"""From the feed's words to the product's column, or the variant's; `category` and `photos` need the database."""


def photo_urls(text: str | None) -> list[str]:
    """The URLs of a feed's list of images, each once, the first `MOST_PHOTOS`."""
    said = json.loads(text) if text else None
    return list(dict.fromkeys(u for u in said or [] if isinstance(u, str) and u))[:MOST_PHOTOS]
