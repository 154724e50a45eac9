"""The same goods from several suppliers: proposed by valid GTIN, or by brand and manufacturer's number; a person decides.

Never on an invalid or internal code, nor on one its supplier gives to many articles; never by number at a price that makes no
sense; never twice after a refusal.
"""

from typing import Any

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.curation.picks import MOST_REPEATS
from marketplace.catalogue.offer_terms import LINKED, House, house, offer_terms, rates_cte
from marketplace.catalogue.words import folded_sql
from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as

SLICE = 1_000  # proposals written in one transaction: what waits for the catalogue's lock waits for one


async def propose_matches(merchant: int) -> int:
    """Look through the offers of linked suppliers that serve nothing yet. Answers how many proposals are new.

    By GTIN: whatever the price, a person sees it; by brand and number, compared without accents, case and punctuation: only within
    half and double of the variant's cost, and not by a number that several goods sold share.
    """
    made = 0
    for why, find in (("gtin", _by_gtin), ("brand_mpn", _by_number)):
        async with acting_as(merchant):
            pairs = await find(merchant)
        for begin in range(0, len(pairs), SLICE):
            made += await _propose(merchant, pairs[begin : begin + SLICE], why)
    return made


_OFFERED = "o.retired_at IS NULL AND NOT o.excluded"
_SOLD = "FROM variant v JOIN listing l ON l.product = v.product"
_SOLD_HERE = "v.merchant = current_setting('app.tenant_id')::bigint AND l.will <> 'retired'"
#: the offer serves nothing and waits for nothing; neither was it refused for this variant, nor is its supplier a source of it
_FREE = "NOT EXISTS (SELECT 1 FROM match f WHERE f.offer = o.id AND f.state IN ('confirmed', 'proposed'))"
_FIT = (
    "NOT EXISTS (SELECT 1 FROM match s WHERE s.variant = v.id"
    " AND (s.offer = o.id OR (s.supplier = o.supplier AND s.state = 'confirmed')))"
)


async def _propose(merchant: int, pairs: list[dict[str, Any]], why: str) -> int:
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        sql = _proposal(await house(merchant), guarded=why == "brand_mpn")
        return await execute(sql, [p["offer"] for p in pairs], [p["variant"] for p in pairs], why)


def _proposal(at: House, *, guarded: bool) -> str:
    """`guarded`: only where the two costs make sense together (`same_goods.sane_ratio`)."""
    sane = "t.cost_e4 > 0 AND v.cost_e4 > 0 AND t.cost_e4 <= 2 * v.cost_e4 AND v.cost_e4 <= 2 * t.cost_e4"
    return f"""
WITH {rates_cte(at)}, terms AS MATERIALIZED ({offer_terms("o.id = ANY($1::bigint[])")})
INSERT INTO match (merchant, variant, offer, supplier, state, why)
SELECT v.merchant, v.id, o.id, o.supplier, 'proposed', $3 FROM unnest($1::bigint[], $2::bigint[]) p (offer, variant)
  JOIN offer o ON o.id = p.offer JOIN variant v ON v.id = p.variant JOIN terms t ON t.offer = o.id
 WHERE {_FREE} AND {_FIT} AND {sane if guarded else "true"}
ON CONFLICT (variant, offer) DO NOTHING"""


async def _by_gtin(merchant: int) -> list[dict[str, Any]]:
    return await fetch(
        f"""
WITH coded AS MATERIALIZED (
    SELECT o.id, o.supplier, v.id AS variant, count(*) OVER (PARTITION BY o.supplier, o.gtin_valid, v.id) AS repeats
      {_SOLD} JOIN offer o ON o.gtin_valid = v.gtin WHERE {_SOLD_HERE} AND {LINKED} AND {_OFFERED})
SELECT DISTINCT ON (o.id) o.id AS offer, v.id AS variant FROM coded o JOIN variant v ON v.id = o.variant
 WHERE o.repeats <= {MOST_REPEATS} AND {_FREE} AND {_FIT} ORDER BY o.id, v.id"""
    )


async def _by_number(merchant: int) -> list[dict[str, Any]]:
    await house(merchant)  # for its settings: a list of brands known to the planner is looked up by hash
    brands = [row["brand"] for row in await fetch(f"SELECT DISTINCT brand FROM ({_SOLD_BY_NUMBER}) s")]
    return await fetch(_ALIKE, brands) if brands else []


_BRAND, _NUMBER = folded_sql("o.brand"), folded_sql("o.mpn")
_SOLD_BY_NUMBER = f"""
    SELECT DISTINCT ON (v.id) v.id AS variant, {_BRAND} AS brand, {_NUMBER} AS number
      {_SOLD} JOIN match m ON m.variant = v.id AND m.state = 'confirmed' JOIN offer o ON o.id = m.offer
     WHERE {_SOLD_HERE} AND length(o.mpn) >= 3 AND o.brand <> '' ORDER BY v.id, m.id"""
#: a number that several goods sold share proves nothing, nor one a supplier gives to many. Gathered, not joined: the planner knows nothing of such keys
_ALIKE = f"""
WITH offered AS MATERIALIZED (
    SELECT o.id, o.supplier, {_BRAND} AS brand, {_NUMBER} AS number FROM offer o
     WHERE {LINKED} AND {_OFFERED} AND length(o.mpn) >= 3 AND {_FREE} AND {_BRAND} = ANY($1::text[])),
alike AS MATERIALIZED (
    SELECT min(variant) AS variant, array_agg(id) FILTER (WHERE id IS NOT NULL) AS offers,
           array_agg(supplier) FILTER (WHERE id IS NOT NULL) AS suppliers
      FROM (SELECT variant, NULL::bigint AS id, NULL::bigint AS supplier, brand, number FROM ({_SOLD_BY_NUMBER}) s
            UNION ALL SELECT NULL, id, supplier, brand, number FROM offered) both_sides
     GROUP BY brand, number HAVING count(variant) = 1 AND count(id) > 0),
pairs AS MATERIALIZED (
    SELECT u.offer, a.variant, count(*) OVER (PARTITION BY u.supplier, a.variant) AS repeats
      FROM alike a, unnest(a.offers, a.suppliers) u (offer, supplier))
SELECT o.id AS offer, v.id AS variant FROM pairs p JOIN offer o ON o.id = p.offer JOIN variant v ON v.id = p.variant
 WHERE p.repeats <= {MOST_REPEATS} AND {_FIT} ORDER BY o.id"""
