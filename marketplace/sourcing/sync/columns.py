"""Which columns of `offer` a feed states, and which fields of OfferRow they come from.

A field that a run does not send changes nothing. Quantity and price keep their own source times; the rest has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Group = Literal["text", "price", "stock"]


class Column(NamedTuple):
    """`type` is PostgreSQL's; `default` is what a new offer gets when the field is not sent, as SQL."""

    name: str
    group: Group
    fields: frozenset[str]
    type: str
    default: str


_TYPES = {
    "jsonb": "options manufacturer responsible",
    "text[]": "images",
    "boolean": "excluded",
    "bigint": "msrp_e4 map_e4 weight_g min_quantity pack_quantity price_e4 sale_price_e4 quantity sells_up_to lead_days",
}


def _column(name: str, group: Group, fields: str = "", default: str = "NULL") -> Column:
    kind = next((kind for kind, names in _TYPES.items() if name in names.split()), "text")
    return Column(name, group, frozenset((fields or name).split()), kind, f"{default}::{kind}")


_STOCK = "quantity"
_PRICE = "price_e4"

COLUMNS: tuple[Column, ...] = (
    _column("title", "text"),
    _column("description", "text"),
    _column("group_key", "text"),
    _column("brand", "text"),
    _column("mpn", "text"),
    _column("gtin", "text"),
    _column("gtin_valid", "text", "gtin"),
    _column("category", "text"),
    _column("google_category", "text"),
    _column("options", "text"),
    _column("images", "text", default="'{}'"),
    _column("link", "text"),
    _column("condition", "text"),
    _column("msrp_e4", "text"),
    _column("map_e4", "text"),
    _column("weight_g", "text"),
    _column("origin_country", "text"),
    _column("hs_code", "text"),
    _column("manufacturer", "text"),
    _column("responsible", "text"),
    _column("warnings", "text"),
    _column("min_quantity", "text", default="1"),
    _column("pack_quantity", "text", default="1"),
    _column("excluded", "text", default="false"),
    _column("price_means", "price", _PRICE, "'cost'"),
    _column("price_e4", "price", _PRICE),
    _column("currency", "price", _PRICE),
    _column("sale_price_e4", "price", "sale_price_e4 price_e4"),
    _column("quantity", "stock", _STOCK),
    _column("quantity_kind", "stock", _STOCK, "'unknown'"),
    _column("quantity_raw", "stock", _STOCK),
    _column("sells_up_to", "stock", _STOCK, "0"),
    _column("availability", "stock", _STOCK),
    _column("lead_days", "stock", "lead_days quantity"),
)
NAMES: tuple[str, ...] = tuple(c.name for c in COLUMNS)
JSON_COLUMNS = frozenset(c.name for c in COLUMNS if c.type == "jsonb")

#: what a person's undo never brings back: goods were sold since
NEVER_UNDONE = frozenset(c.name for c in COLUMNS if c.group == "stock")
SPEED_FIELDS = frozenset({"quantity", "lead_days", "price_e4", "sale_price_e4"})


class Sent(NamedTuple):
    """What a run states. `fields` are OfferRow's names, as the reader tells them once it has read everything."""

    columns: tuple[Column, ...]
    fields: frozenset[str]

    @property
    def price(self) -> bool:
        return any(c.group == "price" for c in self.columns)

    @property
    def stock(self) -> bool:
        return any(c.group == "stock" for c in self.columns)


def sent(fields: Iterable[str], *, speed: str = "full") -> Sent:
    """The columns that `fields` write. A feed of speed "stock" writes stock and price only."""
    told = frozenset(fields)
    if speed == "stock":
        told &= SPEED_FIELDS
    return Sent(tuple(c for c in COLUMNS if c.fields & told), told)


#: a new offer is all that its row says
EVERYTHING = Sent(COLUMNS, frozenset().union(*(c.fields for c in COLUMNS)))
