"""What a feed would give, without a database: the JSON object of `comptoir feed check`."""

from __future__ import annotations

import sys
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Any

from marketplace.kernel.money import EXPONENTS, minor_from_e4
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.propose_mapping import Proposal, propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected, as_plain
from marketplace.sourcing.values.links import NOBODY

SAMPLE = 5
_PRICES = {
    "price": "stated_e4",
    "net_price": "price_e4",
    "sale_price": "sale_price_e4",
    "msrp": "msrp_e4",
    "map_price": "map_e4",
}
_INNER = frozenset({*_PRICES.values(), "hash", "currency", "gtin_valid"})


def check_feed(
    path: Path,
    name: str = "",
    content_type: str = "",
    *,
    mapping: Mapping | None = None,
    now: datetime | None = None,
    allowed: frozenset[str] = NOBODY,
    known: Container[int] | None = None,
) -> dict[str, Any]:
    """Read the file at `path` as the sync would and say what is in it; `name` and `content_type` are hints.

    Without a mapping the proposed one is used. Gives format, encoding, delimiter, header_row, rows, accepted, merged,
    attached, rejected (`{line, reason}` each), warnings, mapping (our field → their column), sample (the first five offers,
    prices as `{amount_minor, currency}`), and further offers, sellable, stock_only, columns and settings (the whole
    mapping's name). accepted + merged + attached + len(rejected) = rows. Raises FeedRefused.
    """
    proposal = propose(path, name, content_type, format=mapping.format if mapping else None)
    used = mapping or proposal.mapping
    reader = read(path, used, now=now, allowed=allowed, known=known)
    rejected: list[dict[str, Any]] = []
    sample: list[dict[str, Any]] = []
    for item in reader:
        if isinstance(item, Rejected):
            rejected.append({"line": item.line, "reason": sys.intern(item.reason)})
        elif isinstance(item, OfferRow) and len(sample) < SAMPLE:
            sample.append(shown(item))
    told = {warned.sentence: None for warned in reader.warnings}
    return {
        "format": used.format,
        "label": proposal.label,
        "encoding": used.encoding,
        "delimiter": used.delimiter,
        "header_row": used.header_row,
        "rows": reader.rows,
        "accepted": reader.accepted,
        "merged": reader.merged,
        "attached": reader.attached,
        "rejected": rejected,
        "offers": reader.standing,
        "sellable": reader.sellable,
        "stock_only": reader.stock_only,
        "warnings": list(dict.fromkeys([*proposal.warnings, *told])),
        "mapping": flat(used),
        "sample": sample,
        "columns": _columns(proposal),
    }


def _columns(proposal: Proposal) -> list[dict[str, Any]]:
    return [{"name": c.name, "samples": c.samples, "fields": c.fields} for c in proposal.columns]


def flat(mapping: Mapping) -> dict[str, str | list[str]]:
    """Our field → their column, options as `options.Colour`, fixed values as `=value`."""
    found: dict[str, str | list[str]] = dict(mapping.columns)
    found.update({f"options.{label}": column for label, column in mapping.options.items()})
    if mapping.option_pairs:
        found["options"] = [column for pair in mapping.option_pairs for column in pair]
    if mapping.option_columns:
        found["options"] = [*as_list(found.get("options", ())), *mapping.option_columns]
    if mapping.key_from:
        found["key"] = list(mapping.key_from)
    found.update({field: f"={value}" for field, value in mapping.fixed.items()})
    return found


def shown(row: OfferRow) -> dict[str, Any]:
    """An offer as people read it: prices in minor units of their currency, without what is empty."""
    plain = {name: value for name, value in as_plain(row).items() if name not in _INNER}
    for name, slot in _PRICES.items():
        amount = getattr(row, slot)
        if amount is not None and not (name == "net_price" and row.price_e4 == row.stated_e4):
            plain[name] = {"amount_minor": _minor(amount, row.currency), "currency": row.currency}
    if row.gtin is not None:
        plain["gtin_valid"] = row.gtin_valid
    if row.source_time is not None:
        plain["source_time"] = row.source_time.isoformat()
    if "images" in plain:
        plain["images"] = list(row.images)
    if "issues" in plain:
        plain["issues"] = list(row.issues)
    return plain


def _minor(amount_e4: int, currency: str | None) -> int:
    """Two decimals where the currency is not known."""
    return minor_from_e4(amount_e4, currency if currency in EXPONENTS else "EUR")
