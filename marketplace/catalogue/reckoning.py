"""Cost, price, availability and the reasons against a sale, of many variants in one SQL statement.

`reckoned(...)` gives the text of a query: `result`, one row a variant of `touched`. Propagation writes it, a preview of price
rules only counts it. The price is `price.py`'s, through its compiled twin; the cost is that of the cheapest offer that can be
sold, else of the cheapest at all, so that what is out of stock keeps its price on the page.
"""

from collections.abc import Sequence

import msgspec

from marketplace.catalogue.offer_terms import House, offer_terms, rates_cte
from marketplace.catalogue.price_rule import Rule
from marketplace.catalogue.price_sql import Columns, compile_rules
from marketplace.catalogue.vat import rate_sql
from marketplace.kernel import json
from marketplace.kernel.database import fetch
from marketplace.kernel.money import E4, exponent

_COLUMNS = Columns(
    cost_e4="k.cost_e4",
    vat_bp="k.vat_bp",
    supplier="k.supplier",
    category="k.category",
    brand="k.brand",
    freight_e4="k.freight_e4",
    map_e4="k.map_e4",
    msrp_e4="k.msrp_e4",
)

ALL = "SELECT v.id AS variant FROM variant v WHERE v.merchant = current_setting('app.tenant_id')::bigint"
OF_VARIANTS = "SELECT unnest($1::bigint[]) AS variant"
OF_PRODUCTS = "SELECT v.id AS variant FROM variant v WHERE v.product = ANY($1::bigint[])"


async def stored_rules(merchant: int) -> list[Rule]:
    """The merchant's enabled rules in their order, in the open scope."""
    rows = await fetch(
        "SELECT id, name, rule FROM price_rule WHERE merchant = $1 AND enabled ORDER BY position, id",
        merchant,
    )
    return [
        msgspec.structs.replace(
            msgspec.convert(json.loads(r["rule"]), type=Rule), rule_id=r["id"], name=r["name"]
        )
        for r in rows
    ]


FEW = 300


def reckoned(at: House, rules: Sequence[Rule], touched: str, *, few: bool = False) -> str:
    """`WITH touched …, result …`: to be followed by the statement that uses `result`. `touched` is a SELECT of `variant`.

    `few`: at most `FEW` of them, so their offers are looked up one by one however many offers there are.

    result: variant, product, was_price, own_price, rule_price, rule, price, cost_e4, cost_offer, vat_bp, sellable, reasons,
    available, stock_time, lead_days, paused_why, matched.
    """
    price, rule = compile_rules(rules, at.currency, _COLUMNS)
    served = "SELECT served.offer FROM served"
    theirs = f"o.id = ANY (ARRAY({served}))" if few else f"o.id IN ({served})"
    return f"""
WITH touched AS MATERIALIZED ({touched}), {rates_cte(at)},
served AS MATERIALIZED (
    SELECT m.variant, m.offer, m.pack_quantity AS pack
      FROM touched JOIN match m ON m.variant = touched.variant AND m.state = 'confirmed'),
terms AS MATERIALIZED ({offer_terms(theirs)}),
candidates AS MATERIALIZED (
    SELECT s.variant, s.offer, t.supplier, t.cost_e4 * s.pack AS cost_e4, t.map_e4 * s.pack AS map_e4,
           t.msrp_e4 * s.pack AS msrp_e4, t.freight_e4, t.currency, t.units / s.pack AS units, t.stock_time, t.lead_days,
           coalesce(t.why, CASE WHEN s.pack < t.min_quantity THEN 'sold_in_lots'
                                WHEN t.units < s.pack THEN 'out_of_stock' END) AS why
      FROM served s JOIN terms t ON t.offer = s.offer),
best AS (
    SELECT DISTINCT ON (variant) * FROM candidates
     ORDER BY variant, why IS NOT NULL, cost_e4 <= 0, cost_e4, offer),
sums AS (
    SELECT variant, coalesce(sum(units) FILTER (WHERE why IS NULL), 0)::bigint AS available,
           max(stock_time) FILTER (WHERE why IS NULL) AS stock_time, min(lead_days) FILTER (WHERE why IS NULL) AS lead_days,
           jsonb_agg(DISTINCT why) FILTER (WHERE why IS NOT NULL) AS whys, count(*) AS matched
      FROM candidates GROUP BY variant),
known AS (
    SELECT v.id AS variant, v.product, v.price AS was_price, v.own_price, p.category, p.brand,
           b.cost_e4, b.offer, b.supplier, b.freight_e4, b.why, {_vat(at)} AS vat_bp, b.map_e4 AS map_net, b.msrp_e4 AS msrp_net,
           b.currency, coalesce(s.available, 0) AS available, s.whys, coalesce(s.stock_time, b.stock_time) AS stock_time,
           coalesce(s.lead_days, b.lead_days) AS lead_days, coalesce(s.matched, 0) AS matched
      FROM touched JOIN variant v ON v.id = touched.variant JOIN product p ON p.id = v.product
      LEFT JOIN best b ON b.variant = v.id LEFT JOIN sums s ON s.variant = v.id),
priced AS MATERIALIZED (
    SELECT k.*, {price} AS rule_price, {rule} AS rule
      FROM (SELECT n.*, {_with_vat("n.map_net")} AS map_e4, {_with_vat("n.msrp_net")} AS msrp_e4 FROM known n) k),
final AS (
    SELECT q.*, coalesce(q.own_price, CASE WHEN coalesce(q.cost_e4, 0) > 0 THEN q.rule_price ELSE q.was_price END) AS price
      FROM priced q),
result AS MATERIALIZED (
    SELECT r.variant, r.product, r.was_price, r.own_price, r.rule_price, r.rule, r.price, r.cost_e4, r.offer AS cost_offer,
           r.vat_bp, r.supplier, r.currency, r.stock_time, r.lead_days, r.matched, r.brand, r.category,
           (r.available > 0 AND r.price IS NOT NULL AND NOT r.below) AS sellable, r.available,
           CASE WHEN r.below THEN 'below_floor' END AS paused_why,
           CASE WHEN r.matched = 0 THEN '["no_offer"]'::jsonb
                WHEN r.available = 0 THEN coalesce(r.whys, '["out_of_stock"]'::jsonb)
                WHEN r.price IS NULL THEN '["no_rule"]'::jsonb
                WHEN r.below THEN '["below_floor"]'::jsonb ELSE '[]'::jsonb END AS reasons
      FROM (SELECT f.*, ({_below_floor(at)}) AS below FROM final f) r)
"""


def _vat(at: House) -> str:
    return rate_sql("v.tax_category", at.country, at.today)


def _with_vat(net_e4: str) -> str:
    return f"div({net_e4}::numeric * (10000 + n.vat_bp) * 2 + 10000, 20000)::bigint"


def _below_floor(at: House) -> str:
    """`price.floor_gross` of the merchant's own floor, for a cost that is being paid: never a loss unnoticed."""
    over = (10_000 - at.floor_bp) * E4
    scale = 10 ** exponent(at.currency)
    least = f"div(f.cost_e4::numeric * (10000 + f.vat_bp) * {scale} + {over - 1}, {over})"
    return f"f.why IS NULL AND f.cost_e4 > 0 AND f.price IS NOT NULL AND f.price < {least}"
