"""One record of a feed as we read it, normalised: what the reader gives and the sync stages.

Names and units are those of the `offer` table. None means "sent empty" or "not sent at all": which of the two is a
property of the run, not of the row, and is told by `Reader.sent`. A field that is not in `Reader.sent` changes nothing.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from marketplace.kernel.fetching import N_


class OfferRow(Struct, gc=False):
    """One offer. Prices in 1/10,000 of the currency's unit, weights in grams, lead in working days."""

    sku: str
    title: str | None = None
    description: str | None = None  # raw, with its HTML: sanitised when shown
    group_key: str | None = None
    brand: str | None = None
    mpn: str | None = None
    gtin: str | None = None  # as the feed has it
    gtin_valid: str | None = None  # 8, 12, 13 or 14 digits with a right check digit and no internal prefix
    category: str | None = None
    google_category: str | None = None
    options: dict[str, str] | None = None  # {"Colour": "blue", "Size": "M"}
    images: tuple[str, ...] = ()  # absolute URLs, first is the main one
    link: str | None = None
    condition: str | None = None  # new | refurbished | used

    price_means: str = "cost"  # cost | public, of this row's price
    price_e4: int | None = None  # without VAT where the rate is known
    currency: str | None = None  # ISO 4217
    sale_price_e4: int | None = None  # lower than the price, valid at the time of reading; without VAT
    msrp_e4: int | None = None  # public price, without VAT
    map_e4: int | None = None  # minimum advertised price, without VAT
    stated_e4: int | None = None  # price_e4 as the file states it
    vat_rate_bp: int | None = None

    quantity: int | None = None  # clamped at 0; None = unknown
    quantity_kind: str = "exact"  # exact | at_least | unknown
    quantity_raw: str | None = None
    sells_up_to: int = 0
    availability: str | None = None  # in_stock | out_of_stock | preorder | backorder | discontinued
    lead_days: int | None = None

    weight_g: int | None = None
    origin_country: str | None = None  # ISO 3166-1 alpha-2
    hs_code: str | None = None
    manufacturer: dict[str, str] | None = None  # name, address, email (GPSR)
    responsible: dict[str, str] | None = None  # the responsible person in the EU: name, address, email
    warnings: str | None = None  # safety warnings, as text
    min_quantity: int = 1
    pack_quantity: int = 1
    excluded: bool = False  # not to be dropshipped
    not_sellable: str | None = None  # None, or why not: a code of `NOT_SELLABLE`

    # what follows is about the reading, not the offer: it does not count for `content_hash`
    line: int = (
        0  # physical line of the record (CSV, XML), its index from 1 (JSON), its row (sheets), its item (EDI)
    )
    source_time: datetime | None = None  # the row's own timestamp, UTC
    keep_quantity: bool = False  # the stock could not be read: keep the one we hold, with its age
    hash: int | None = (
        0  # set by the reader: differs when what the feed says of it, or the mapping, differs; a signed 64-bit integer
    )
    issues: tuple[str, ...] = ()  # what was odd about it, as sentences


NOT_SELLABLE: dict[str, str] = {
    "excluded": N_("The supplier excludes it from dropshipping"),
    "no_price": N_("It has no price"),
    "price_unreadable": N_("Its price could not be read"),
    "no_currency": N_("Its price has no currency"),
    "no_stock": N_("It has neither a quantity nor an availability"),
    "stock_unreadable": N_("Its stock could not be read"),
    "part_unknown": N_("It is a set, and the stock of one of its parts is not known"),
    "out_of_stock": N_("It is out of stock"),
    "discontinued": N_("It is no longer made"),
    "preorder": N_("It is not released yet"),
}
"""Why the feed alone does not let an offer be sold: code → English sentence."""


class Rejected(Struct, gc=False):
    """A record that is no offer. `code` with `params` is for translation, `reason` the English sentence."""

    line: int
    reason: str
    code: str
    raw: tuple[str, ...] = ()  # the first cells, cut short, for the run page


class Unchanged(Struct, gc=False):
    """A record whose hash was in `known`: it is there and says what it said. Only with `read(…, known=…)`."""

    sku: str
    line: int
    hash: int


_CONTENT = OfferRow.__struct_fields__.index("line")
CONTENT_FIELDS: tuple[str, ...] = OfferRow.__struct_fields__[:_CONTENT]
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_values = msgspec.structs.astuple


def content_hash(row: OfferRow) -> int:
    """A signed 64-bit hash of all that the feed says of the offer, fit for a bigint column.

    Stable across processes and versions of Python. Neither the line, nor the row's time, nor our remarks count.
    """
    packed = _encode(_values(row)[:_CONTENT])
    return int.from_bytes(hashlib.sha256(packed).digest()[:8], "big", signed=True)


def as_plain(row: OfferRow) -> dict[str, Any]:
    """The row as plain data (for screens and JSON), without what is empty."""
    data = msgspec.structs.asdict(row)
    return {name: value for name, value in data.items() if value not in (None, (), [], {}, False, "")}
