"""How a file's columns become our fields, and what the numbers in it mean. Stored with the feed as JSON.

A column of theirs is named by its header (`"Prix HT"`), by its path in XML (`"imgs/main/@url"`, local names) or JSON
(`"price.amount"`), or by its place when it has no usable name (`"#3"`, counted from 1). `param[Colour]` is the value of
the repeated element called Colour; `param[*]` is all of them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import Struct, field

StockState = Literal["in_stock", "out_of_stock", "preorder", "backorder", "discontinued", "unknown"]
QuantityKind = Literal["exact", "at_least", "unknown"]
FilterTest = Literal[
    "is", "is_not", "contains", "does_not_contain", "is_empty", "is_not_empty", "less_than", "at_least"
]


class Word(Struct, frozen=True, omit_defaults=True):
    """What one token of a stock column means: a state, and what is known of quantity and working days to departure."""

    state: StockState
    quantity: int | None = None
    lead_days: int | None = None
    quantity_kind: QuantityKind | None = None


class RowFilter(Struct, frozen=True):
    """Only rows that pass every filter are read; the others are rejected with the filter as reason.

    `values` are compared without regard to case and outer spaces; the two order tests read both sides as numbers.
    """

    column: str
    test: FilterTest = "is"
    values: list[str] = field(default_factory=list)


class Parents(Struct, frozen=True):
    """Rows that only describe the variants that follow (`configurable`, `variable`, `parent`): how to know them.

    A parent is sold itself when no row of the file refers to it.
    """

    column: str
    values: list[str]


class Mapping(Struct, kw_only=True):
    """Every setting with which a file is read. `comptoir feed check` and the sync read with the same one."""

    format: str = "csv"
    encoding: str = "utf-8"
    delimiter: str | None = None
    quote: str = '"'
    escape: str | None = None
    header_row: int | None = (
        None  # record number of the header, from 1; 0 = there is none; None = not a table
    )
    data_row: int | None = None  # first record of data when it does not follow the header
    sheets: list[str] = field(default_factory=list)  # of a workbook; empty = every sheet
    record_path: str = ""  # XML "channel/item", JSON "data.products"; "" = the document itself
    expand: str = ""  # path, within a record, of its variants: one offer each

    columns: dict[str, str | list[str]] = field(default_factory=dict)  # our field → theirs
    options: dict[str, str] = field(default_factory=dict)  # our option's name → their column
    option_pairs: list[tuple[str, str]] = field(default_factory=list)  # (column of the name, of the value)
    option_columns: list[str] = field(default_factory=list)  # "param[*]": name and value from the element
    fixed: dict[str, str] = field(default_factory=dict)  # our field → the value of every row
    words: dict[str, Word] = field(default_factory=dict)  # this feed's stock words, before the common ones
    #: the one field whose cells the numbers in the vocabulary are codes of, where others hold plain numbers; "" = all of them
    words_for: Literal["", "quantity", "availability", "lead_days"] = ""
    filters: list[RowFilter] = field(default_factory=list)
    excluded_words: list[str] = field(
        default_factory=list
    )  # values of the "exclude" column; empty = any true word

    quantity_kind: QuantityKind = "exact"
    assumed_quantity: int = 1  # sold open at a time when only "in stock" is known
    price_means: Literal["cost", "public"] = "cost"
    price_vat: Literal["included", "excluded"] = "excluded"
    vat_rate_bp: int | None = None  # basis points: 20 % is 2000
    currency: str | None = None  # when neither cell nor column names one
    decimal: Literal["auto", ".", ","] = "auto"
    date_order: Literal["dmy", "mdy", "ymd"] = "dmy"
    weight_unit: Literal["g", "kg", "lb", "oz"] = "kg"
    image_base: str = ""  # URL before image names without a host
    image_split: str = "auto"  # what parts a list of images in one cell; auto = where a URL begins

    key_from: list[str] = field(default_factory=list)  # columns that make the key where the sku is empty
    inherit: Literal["", "group", "previous"] = (
        ""  # blank texts come from the group's first row, or the row above
    )
    attach_images: bool = False  # a row with nothing but an image belongs to its group
    parents: Parents | None = None
    #: when this supplier's stock counts a sale: goes before the agreements, unless it leaves it to them
    net_of: Literal["agreement", "acceptance", "shipment", "never"] = "agreement"


def to_json(mapping: Mapping) -> dict[str, Any]:
    """Plain data, fit for a jsonb column."""
    return msgspec.to_builtins(mapping)


def from_json(data: dict[str, Any] | str | bytes) -> Mapping:
    """The mapping back from what `to_json` gave, or from its text. Raises msgspec.ValidationError, whose text names
    the setting that is wrong."""
    if isinstance(data, str | bytes):
        return msgspec.json.decode(data, type=Mapping)
    return msgspec.convert(data, type=Mapping)


def fingerprint(mapping: Mapping) -> bytes:
    """Sixteen bytes that differ when any setting differs: goes into every hash of a row."""
    import hashlib

    return hashlib.blake2b(msgspec.json.encode(mapping, order="sorted"), digest_size=16).digest()
