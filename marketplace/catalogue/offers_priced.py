"""Offers with what they would sell for: the terms, the price under the current rules and its margin, as SQL."""

from collections.abc import Sequence

from marketplace.catalogue.categories import SOURCE_KEY
from marketplace.catalogue.offer_query import SORTS, OfferQuery
from marketplace.catalogue.offer_terms import House, offer_terms, rates_cte
from marketplace.catalogue.price_rule import Rule
from marketplace.catalogue.price_sql import Columns, compile_rules
from marketplace.catalogue.vat import rate_bp
from marketplace.catalogue.vat_rates import TaxCategory
from marketplace.kernel.money import E4, exponent


def matching(at: House, rules: Sequence[Rule], query: OfferQuery, condition: str) -> str:
    """`WITH … matching (id, value)`: the offers that meet `condition`, with the value they are sorted by."""
    value, _, _ = SORTS[query.sort]
    if not query.needs_terms:
        return f"WITH matching AS MATERIALIZED (SELECT o.id AS id, {value} AS value FROM offer o WHERE {condition}) "
    least = ""
    if query.margin_from_bp is not None:
        least = f" WHERE t.margin_bp >= {int(query.margin_from_bp)}"
    return (
        f"WITH {rates_cte(at)}, terms AS MATERIALIZED ({offer_terms(condition)}), {priced(at, rules)},"
        f" matching AS MATERIALIZED (SELECT o.id AS id, {value} AS value FROM priced t JOIN offer o ON o.id = t.offer{least}) "
    )


def priced(at: House, rules: Sequence[Rule]) -> str:
    """The CTE `priced`: the rows of `terms` with `price` (gross) and `margin_bp`, at the standard VAT of the merchant's country."""
    vat = rate_bp(at.country, TaxCategory.STANDARD, at.today)
    scale = 10 ** exponent(at.currency)
    columns = Columns(
        cost_e4="k.cost_e4",
        vat_bp="k.vat_bp",
        supplier="k.supplier",
        category="k.category",
        brand="k.brand",
        freight_e4="k.freight_e4",
        map_e4="k.map_gross",
        msrp_e4="k.msrp_gross",
    )
    price = compile_rules(rules, at.currency, columns).price
    with_vat = "div(2 * t.{0}::numeric * (10000 + {1}) + 10000, 20000)::bigint"
    net, costs = f"(p.price::numeric * {10_000 * E4})", f"(p.cost_e4::numeric * {(10_000 + vat) * scale})"
    return f"""sold_at AS MATERIALIZED (
    SELECT k.*, {price} AS price
      FROM (SELECT t.*, o.brand, c.category, {vat} AS vat_bp, {with_vat.format("map_e4", vat)} AS map_gross,
                   {with_vat.format("msrp_e4", vat)} AS msrp_gross
              FROM terms t JOIN offer o ON o.id = t.offer
              LEFT JOIN category_mapping c ON c.supplier = o.supplier AND c.source = {SOURCE_KEY}) k),
priced AS (
    SELECT p.*, CASE WHEN p.price > 0 AND p.cost_e4 IS NOT NULL THEN floor(({net} - {costs}) * 10000 / {net})::bigint END
                AS margin_bp
      FROM sold_at p)"""
