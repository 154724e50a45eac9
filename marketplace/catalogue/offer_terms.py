"""What offers cost this merchant and whether they can serve a sale, as SQL over many offers at once.

Runs in the merchant's scope. One row an offer asked for: cost in the merchant's currency, units that could be sold, and `why`
not (null = it can). The codes and their sentences are in `reasons.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.money import EXPONENTS, exponent
from marketplace.ledger.fx import Rate, rates_into
from marketplace.sourcing.effective_cost import COST_E4_SQL, CURRENCY_SQL
from marketplace.sourcing.lease import extra_buffer_sql
from marketplace.stock.parts import taken


@dataclass(frozen=True)
class House:
    """What reckoning needs to know of the merchant. `floor_bp`: least share of the net price left after the cost."""

    merchant: int
    currency: str
    country: str
    locale: str
    floor_bp: int
    verified: bool  # its professional identity is: suppliers' costs may be shown
    rates: Mapping[str, Rate]
    today: date


async def house(merchant: int) -> House:
    """Read the merchant and today's rates, in the open scope. Raises NotFound."""
    row = await fetch_one(
        # one variant or a hundred thousand: a plan made for the one is no plan for the other
        "SELECT set_config('work_mem', '64MB', true), set_config('plan_cache_mode', 'force_custom_plan', true), t.currency, t.country, t.locale, t.identity_verified_at IS NOT NULL AS verified,"
        " coalesce(s.margin_floor_bp, 0) AS floor_bp"
        " FROM tenant t LEFT JOIN storefront s ON s.merchant = t.id WHERE t.id = $1",
        merchant,
    )
    if row is None:
        raise NotFound
    today = now().date()
    rates = await rates_into(row["currency"], EXPONENTS, today)
    facts = {k: row[k] for k in ("currency", "country", "locale", "verified", "floor_bp")}
    return House(merchant=merchant, rates=rates, today=today, **facts)


def rates_cte(at: House) -> str:
    """`rates(currency, up, down, e4)`: one unit of `currency` is up / down of the merchant's; `e4` is what one of its minor
    units is in 1/10,000."""
    rows = ", ".join(
        f"('{c}', {int(r.numerator)}::numeric, {int(r.denominator)}::numeric, {10_000 // 10 ** exponent(c)})"
        for c, r in sorted(at.rates.items())
        if c in EXPONENTS
    )
    return f"rates (currency, up, down, e4) AS (VALUES {rows})"


COST_E4, CURRENCY = COST_E4_SQL, CURRENCY_SQL

#: the offer `o` is of a supplier this merchant may buy from now
LINKED = (
    "o.supplier = ANY (ARRAY(SELECT a.supplier FROM agreement a WHERE a.merchant = current_setting('app.tenant_id')::bigint"
    " AND a.state = 'active'))"
)

#: units kept back because the quantity is old
AGED = extra_buffer_sql("o.sells_up_to", "l.stock_time", "l.stale_after_hours", "l.stop_after_hours")


def offer_terms(where: str) -> str:
    """A SELECT over the offers `o` that meet `where`; needs `rates_cte` before it.

    offer, supplier, currency (the feed's), cost_e4, map_e4, msrp_e4 (net), freight_e4 (of an order of one), units, stock_time, lead_days, why.
    """
    return f"""
    SELECT t.offer, t.supplier, t.currency, t.stock_time, t.lead_days, t.min_quantity,
           div(2 * t.their_cost * r.up + r.down, 2 * r.down)::bigint AS cost_e4,
           div(2 * t.map_e4 * r.up + r.down, 2 * r.down)::bigint AS map_e4,
           div(2 * t.msrp_e4 * r.up + r.down, 2 * r.down)::bigint AS msrp_e4,
           div(2 * t.shipping_fee * f.e4 * f.up + f.down, 2 * f.down)::bigint AS freight_e4,
           greatest(0, t.units) AS units,
           CASE WHEN t.state IS DISTINCT FROM 'active' THEN 'agreement_not_active'
                WHEN t.retired_at IS NOT NULL THEN 'offer_retired'
                WHEN t.hidden THEN 'offer_hidden'
                WHEN t.excluded THEN 'excluded'
                WHEN t.not_sellable IS NOT NULL THEN t.not_sellable
                WHEN coalesce(t.their_cost, 0) <= 0 THEN 'no_price'
                WHEN t.currency IS NULL THEN 'no_currency'
                WHEN r.currency IS NULL THEN 'no_rate'
                WHEN t.stock_time IS NULL OR now() - t.stock_time >= make_interval(hours => t.stop_after_hours::int)
                    THEN 'stock_too_old'
                WHEN t.sells_up_to = 0 THEN 'out_of_stock'
                WHEN t.units <= 0 THEN 'sold_out' END AS why
      FROM (SELECT o.id AS offer, o.supplier, o.retired_at, o.excluded, o.not_sellable, o.sells_up_to, o.min_quantity,
                   o.map_e4::numeric AS map_e4, o.msrp_e4::numeric AS msrp_e4,
                   greatest(a.lead_days, coalesce(o.lead_days, 0)) AS lead_days,
                   a.state, a.shipping_fee::numeric AS shipping_fee, a.currency AS their_currency,
                   coalesce(ao.hidden, false) AS hidden, l.stock_time, l.stop_after_hours,
                   {COST_E4} AS their_cost, {CURRENCY} AS currency,
                   o.sells_up_to - {taken(many=True)} - a.safety_stock - {AGED} AS units
              FROM offer o
              JOIN offer_lease l ON l.offer = o.id
              LEFT JOIN agreement a ON a.supplier = o.supplier AND a.merchant = current_setting('app.tenant_id')::bigint
              LEFT JOIN agreement_offer ao ON ao.agreement = a.id AND ao.offer = o.id
              LEFT JOIN stock s ON s.offer = o.id
             WHERE {where}) t
      LEFT JOIN rates r ON r.currency = t.currency
      LEFT JOIN rates f ON f.currency = t.their_currency"""
