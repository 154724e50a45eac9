"""The offers somebody picked, as curation needs them, and those that cannot be taken up."""

from collections.abc import Sequence
from typing import Any

import msgspec

from marketplace.catalogue.fields import FEED_FIELDS
from marketplace.catalogue.grouping import Piece
from marketplace.catalogue.offer_terms import House, offer_terms, rates_cte
from marketplace.kernel import json
from marketplace.kernel.database import fetch

REFUSED = {"agreement_not_active", "offer_retired", "offer_hidden", "excluded"}
MOST_REPEATS = 3
"""A GTIN that a supplier gives to more of its articles than this tells nothing about any of them."""


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """One picked offer. `says` is field → the feed's words; `cost_e4` in the merchant's currency, None without a price; `repeats`:
    how many of its supplier's offers have its GTIN, counted to one more than `MOST_REPEATS`."""

    piece: Piece
    gtin: str | None
    repeats: int = 1
    weight_g: int | None
    cost_e4: int | None
    says: dict[str, str | None]


async def read_picks(at: House, offers: Sequence[int]) -> tuple[list[Pick], dict[int, str]]:
    """(what can be taken up, by id; offer → why not) in the open scope. What is not visible is not found."""
    rows = await fetch(_sql(at), list(dict.fromkeys(offers)))
    found = {row["id"]: row for row in rows}
    skipped = {offer: "not_found" for offer in offers if offer not in found}
    picks = []
    for offer, row in found.items():
        why = row["matched"] or (row["why"] if row["why"] in REFUSED else None)
        if why:
            skipped[offer] = why
        else:
            picks.append(_pick(row))
    return picks, skipped


def _sql(at: House) -> str:
    says = ", ".join(f"{field.says} AS says_{name}" for name, field in FEED_FIELDS.items())
    return (
        f"WITH {rates_cte(at)}, terms AS ({offer_terms('o.id = ANY($1::bigint[])')})"
        " SELECT o.id, o.supplier, o.sku, o.title, o.group_key, o.options, o.gtin_valid, o.weight_g, t.cost_e4, t.why,"
        f" {says}, (SELECT CASE m.state WHEN 'confirmed' THEN 'listed' WHEN 'proposed' THEN 'proposed' END"
        "   FROM match m WHERE m.offer = o.id AND m.state IN ('confirmed', 'proposed') ORDER BY m.state LIMIT 1) AS matched"
        ", (SELECT count(*) FROM (SELECT 1 FROM offer r WHERE r.gtin_valid = o.gtin_valid AND r.supplier = o.supplier"
        f"   AND r.retired_at IS NULL LIMIT {MOST_REPEATS + 1}) r) AS repeats"
        " FROM offer o JOIN terms t ON t.offer = o.id ORDER BY o.id"
    )


def _pick(row: dict[str, Any]) -> Pick:
    options = json.loads(row["options"]) or {}
    return Pick(
        piece=Piece(
            row["id"],
            row["supplier"],
            row["sku"],
            row["title"],
            row["group_key"],
            {str(k): str(v) for k, v in options.items() if v is not None},
        ),
        gtin=row["gtin_valid"],
        repeats=max(1, row["repeats"]),
        weight_g=row["weight_g"],
        cost_e4=row["cost_e4"] if row["cost_e4"] and row["cost_e4"] > 0 else None,
        says={name: row[f"says_{name}"] for name in FEED_FIELDS},
    )
