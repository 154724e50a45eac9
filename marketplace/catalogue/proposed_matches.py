"""The queue of offers that may serve a variant that is sold already."""

from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.keyset import Page, place, placed_after
from marketplace.catalogue.offer_terms import house, offer_terms, rates_cte
from marketplace.kernel.database import fetch, fetch_value
from tenants.scope import acting_as

PAGE = 50
MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class Proposal:
    """An offer that may serve a variant. Costs net, 1/10,000 of the merchant's currency, None until its identity is verified;
    `ratio_percent` is the offer's cost to the variant's."""

    match: int
    variant: int
    product: int
    title: str
    sku: str
    gtin: str | None
    photo_sha: str | None
    cost_e4: int | None
    offer: int
    supplier: int
    supplier_name: str
    offer_title: str
    offer_sku: str
    offer_gtin: str | None
    offer_photo_sha: str | None
    offer_cost_e4: int | None
    ratio_percent: int | None
    why: str  # gtin | brand_mpn | gtin_changed: it served the variant until its GTIN, or the variant's, became another
    pack_quantity: int
    repeats: int  # offers of this supplier with this GTIN


async def proposed_matches(merchant: int, *, after: str | None = None, limit: int = PAGE) -> Page[Proposal]:
    """The queue, oldest first."""
    begin = placed_after(after, int)
    async with acting_as(merchant):
        at = await house(merchant)
        total = await fetch_value(
            "SELECT count(*) FROM match WHERE merchant = $1 AND state = 'proposed'", merchant
        )
        rows = await fetch(
            f"WITH {rates_cte(at)}, page AS MATERIALIZED (SELECT * FROM match WHERE merchant = $1 AND state = 'proposed' AND id > $2"
            " ORDER BY id LIMIT $3) SELECT m.id AS match, m.variant, v.product, p.title, v.sku, v.gtin, l.photo_sha, v.cost_e4, m.offer,"
            " m.supplier, coalesce(c.name, '') AS supplier_name, o.title AS offer_title, o.sku AS offer_sku,"
            " o.gtin_valid AS offer_gtin, (SELECT s.media_sha FROM offer_photo s WHERE s.offer = o.id AND s.media_sha IS NOT NULL"
            "  ORDER BY s.position LIMIT 1) AS offer_photo_sha, t.cost_e4 * m.pack_quantity AS offer_cost_e4, m.why,"
            " m.pack_quantity, (SELECT count(*) FROM offer r WHERE r.gtin_valid = o.gtin_valid AND r.supplier = o.supplier"
            "  AND r.retired_at IS NULL) AS repeats FROM page m JOIN variant v ON v.id = m.variant JOIN product p ON p.id = v.product JOIN listing l ON l.product = p.id"
            " JOIN offer o ON o.id = m.offer LEFT JOIN tenant_card c ON c.tenant = m.supplier"
            f" JOIN ({offer_terms(_PROPOSED)}) t ON t.offer = m.offer ORDER BY m.id",
            merchant,
            begin[1] if begin else 0,
            limit + 1,
        )
    found = [_proposal(row, at.verified) for row in rows[:limit]]
    return Page(found, place(0, found[-1].match) if len(rows) > limit else None, int(total))


async def all_proposed(merchant: int) -> list[int]:
    """The ids of the whole queue, up to `MOST_AT_ONCE`."""
    async with acting_as(merchant):
        rows = await fetch(
            f"SELECT id FROM match WHERE merchant = $1 AND state = 'proposed' ORDER BY id LIMIT {MOST_AT_ONCE}",
            merchant,
        )
    return [int(row["id"]) for row in rows]


_PROPOSED = "o.id = ANY (ARRAY(SELECT offer FROM page))"


def _proposal(row: dict[str, Any], verified: bool) -> Proposal:
    mine, theirs = row["cost_e4"], row["offer_cost_e4"]
    ratio = int(theirs * 100 // mine) if mine and theirs else None
    shown = row if verified else {**row, "cost_e4": None, "offer_cost_e4": None}
    return Proposal(**{**shown, "why": row["why"] or "hand", "ratio_percent": ratio if verified else None})
