"""Write what was reckoned: prices, availability, the listings' first price, and the price history. Set-based."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.offer_terms import House, house
from marketplace.catalogue.reckoning import FEW, OF_VARIANTS, reckoned, stored_rules
from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as


@dataclass(frozen=True)
class Reckoned:
    """How many variants were written, how many of them changed their price, and which products they are of."""

    variants: int
    repriced: int
    products: list[int]

    def __add__(self, more: "Reckoned") -> "Reckoned":
        both = sorted({*self.products, *more.products})
        return Reckoned(self.variants + more.variants, self.repriced + more.repriced, both)


async def price_listings(merchant: int, touched: str = OF_VARIANTS, *args: object) -> Reckoned:
    """Reckon the variants of `touched` (a SELECT of `variant` over `args`, see `reckoning`) and write what differs."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        variants = [row["variant"] for row in await fetch(touched, *args)]
        if not variants:
            return Reckoned(0, 0, [])
        at = await house(merchant)
        few = len(variants) <= FEW
        rows = await fetch(
            reckoned(at, await stored_rules(merchant), OF_VARIANTS, few=few) + _write(at), variants
        )
        products = sorted({int(row["product"]) for row in rows})
        await sum_up_listings(products)
        return Reckoned(len(rows), sum(row["repriced"] for row in rows), products)


_WRITTEN = (
    "price",
    "cost_e4",
    "cost_offer",
    "sellable",
    "reasons",
    "available",
    "stock_time",
    "lead_days",
    "paused_why",
)


def _write(at: House) -> str:
    sets = ", ".join(f"{c} = r.{c}" for c in _WRITTEN)
    old, new = (", ".join(f"{side}.{c}" for c in _WRITTEN) for side in ("v", "r"))
    days = ", ".join(f"('{c}', '{rate.day.isoformat()}')" for c, rate in sorted(at.rates.items()))
    why = (
        "jsonb_strip_nulls(jsonb_build_object('offer', r.cost_offer, 'cost_e4', r.cost_e4, 'vat_bp', r.vat_bp, 'rule', r.rule,"
        " 'own', r.own_price IS NOT NULL, 'rule_price', r.rule_price, 'currency', r.currency, 'rate',"
        " (SELECT jsonb_build_array(rates.up, rates.down, d.day) FROM rates JOIN (VALUES "
        f"{days}) d (currency, day) USING (currency) WHERE rates.currency = r.currency)))"
    )
    return f"""
UPDATE variant v SET {sets}, price_rule = r.rule, price_why = {why}, updated_at = now()
  FROM result r JOIN variant was ON was.id = r.variant
 WHERE v.id = r.variant
   AND ({old}, v.price_rule, (v.price_why->'rule_price')::text) IS DISTINCT FROM ({new}, r.rule, r.rule_price::text)
RETURNING v.product, was.price IS DISTINCT FROM v.price AS repriced"""


async def refresh_availability(merchant: int, offers: Sequence[int]) -> int:
    """Stock was taken or given back: what can be sold of the variants these offers serve. Prices stay as they are, so that a
    reservation does not change what another shopper pays. Answers how many variants changed."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        variants = [row["variant"] for row in await fetch(_SERVED_BY, list(offers))]
        if not variants:
            return 0
        at = await house(merchant)
        rows = await fetch(reckoned(at, [], OF_VARIANTS, few=len(variants) <= FEW) + _AVAILABILITY, variants)
        await sum_up_listings(sorted({int(row["product"]) for row in rows}))
        return len(rows)


_SERVED_BY = (
    "SELECT DISTINCT m.variant FROM match m WHERE m.offer = ANY($1::bigint[]) AND m.state = 'confirmed'"
)
_AVAILABILITY = """
UPDATE variant v SET available = n.available, sellable = n.sellable, reasons = n.reasons, updated_at = now()
  FROM (SELECT r.variant, r.available,
               r.available > 0 AND w.price IS NOT NULL AND w.paused_why IS NULL AS sellable,
               CASE WHEN r.available = 0 THEN r.reasons WHEN w.price IS NULL THEN '["no_rule"]'::jsonb
                    WHEN w.paused_why IS NOT NULL THEN jsonb_build_array(w.paused_why) ELSE '[]'::jsonb END AS reasons
          FROM result r JOIN variant w ON w.id = r.variant) n
 WHERE v.id = n.variant
   AND (v.available, v.sellable, v.reasons) IS DISTINCT FROM (n.available, n.sellable, n.reasons)
RETURNING v.product"""


async def sum_up_listings(products: Sequence[int]) -> None:
    """What lists show of these products (first price, on sale or not), and the prices as they were practised."""
    if not products:
        return
    await execute(
        "UPDATE listing l SET from_price = s.price, sellable = s.sellable, updated_at = now()"
        " FROM (SELECT v.product, coalesce(min(v.price) FILTER (WHERE v.sellable), min(v.price)) AS price,"
        " bool_or(v.sellable) AS sellable FROM variant v WHERE v.product = ANY($1) GROUP BY v.product) s"
        " WHERE l.product = s.product AND (l.from_price, l.sellable) IS DISTINCT FROM (s.price, s.sellable)",
        list(products),
    )
    await note_prices(products)


async def note_prices(products: Sequence[int]) -> int:
    """Append to the price history where the price practised (live and on sale; null otherwise) is another than the last.

    A price nobody could buy at is no reference for a reduction, so drafts and what is out of stock leave no trace."""
    return await execute(
        "INSERT INTO price_history (merchant, variant, price, at) SELECT v.merchant, v.id, p.price, now()"
        " FROM variant v JOIN listing l ON l.product = v.product"
        " CROSS JOIN LATERAL (SELECT CASE WHEN l.will = 'live' AND v.sellable THEN v.price END AS price) p"
        " LEFT JOIN LATERAL (SELECT h.price FROM price_history h WHERE h.variant = v.id ORDER BY h.at DESC, h.id DESC LIMIT 1)"
        " last ON true WHERE v.product = ANY($1) AND p.price IS DISTINCT FROM last.price"
        # all are found before the first is written: the history of a new shop would be read again for each of its rows
        " ORDER BY v.id + 0",
        list(products),
    )
