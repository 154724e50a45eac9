"""The same goods from several suppliers: proposed by valid GTIN, or by brand and manufacturer's number; a person decides.

Never on an invalid or internal code, never by number at a price that makes no sense, never twice after a refusal.
"""

from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.curation.same_goods import sane_ratio
from marketplace.catalogue.offer_terms import LINKED, house, offer_terms, rates_cte
from marketplace.catalogue.words import fold
from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as


async def propose_matches(merchant: int) -> int:
    """Look through the offers of linked suppliers that serve nothing yet. Answers how many proposals are new.

    By GTIN: whatever the price, a person sees it; by brand and number: only within half and double of the variant's cost.
    """
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        by_gtin = await execute(_BY_GTIN)
        return by_gtin + await _by_number(merchant)


_FREE = (
    "o.retired_at IS NULL AND NOT o.excluded AND NOT EXISTS (SELECT 1 FROM match f WHERE f.offer = o.id"
    " AND f.state IN ('confirmed', 'proposed'))"
)
_SERVED_BY_OTHERS = "NOT EXISTS (SELECT 1 FROM match s WHERE s.variant = v.id AND (s.supplier = o.supplier OR s.offer = o.id))"
_BY_GTIN = f"""
INSERT INTO match (merchant, variant, offer, supplier, state, why)
SELECT DISTINCT ON (o.id) v.merchant, v.id, o.id, o.supplier, 'proposed', 'gtin'
  FROM variant v JOIN listing l ON l.product = v.product JOIN offer o ON o.gtin_valid = v.gtin
 WHERE v.merchant = current_setting('app.tenant_id')::bigint AND l.will <> 'retired' AND {LINKED} AND {_FREE}
   AND {_SERVED_BY_OTHERS}
 ORDER BY o.id, v.id ON CONFLICT (variant, offer) DO NOTHING"""


async def _by_number(merchant: int) -> int:
    """Brand and number, compared without accents, case and punctuation. A number several goods share proves nothing."""
    sold = await fetch(
        "SELECT DISTINCT ON (v.id) v.id, v.cost_e4, o.brand, o.mpn FROM variant v JOIN listing l ON l.product = v.product"
        " JOIN match m ON m.variant = v.id AND m.state = 'confirmed' JOIN offer o ON o.id = m.offer"
        " WHERE v.merchant = $1 AND l.will <> 'retired' AND length(o.mpn) >= 3 AND o.brand <> '' ORDER BY v.id, m.id",
        merchant,
    )
    known: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in sold:
        known.setdefault(_number(row), []).append(row)
    if not known:
        return 0
    at = await house(merchant)
    free = await fetch(
        f"WITH {rates_cte(at)} SELECT o.id, o.brand, o.mpn, t.cost_e4 FROM offer o"
        f" JOIN ({offer_terms(LINKED + ' AND ' + _FREE + ' AND length(o.mpn) >= 3 AND lower(o.brand) = ANY($1)')}) t ON t.offer = o.id",
        sorted({row["brand"].lower() for row in sold}),
    )
    pairs = [(row["id"], twins[0]["id"]) for row in free if (twins := _twins(known, row))]
    return await execute(
        "INSERT INTO match (merchant, variant, offer, supplier, state, why)"
        " SELECT v.merchant, v.id, o.id, o.supplier, 'proposed', 'brand_mpn' FROM unnest($1::bigint[], $2::bigint[]) p (offer, variant)"
        f" JOIN offer o ON o.id = p.offer JOIN variant v ON v.id = p.variant WHERE {_SERVED_BY_OTHERS}"
        " ON CONFLICT (variant, offer) DO NOTHING",
        [offer for offer, _ in pairs],
        [variant for _, variant in pairs],
    )


def _number(row: dict[str, Any]) -> tuple[str, str]:
    return fold(row["brand"]), fold(row["mpn"]).replace(" ", "")


def _twins(known: dict[tuple[str, str], list[dict[str, Any]]], row: dict[str, Any]) -> list[dict[str, Any]]:
    found = known.get(_number(row), [])
    return found if len(found) == 1 and sane_ratio(row["cost_e4"], found[0]["cost_e4"]) else []
