"""What an offer costs one merchant: the price agreed with it, else the feed's; a public price is less the agreement's discount.

Unit costs are integers of 1/10,000 of the currency's unit, rounded once. A reduced price goes before the price: the reader only
gives one that is lower and valid now.
"""

from __future__ import annotations

from typing import NamedTuple

from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.money import round_div
from tenants.scope import acting_as

#: over an offer `o`, its agreement `a` and, LEFT JOINed, the merchant's own price `ao`; numeric
COST_E4_SQL = (
    "coalesce(ao.cost_e4, CASE WHEN o.price_means = 'public'"
    " THEN div(2 * coalesce(o.sale_price_e4, o.price_e4)::numeric * (10000 - a.discount_bp) + 10000, 20000)"
    " ELSE coalesce(o.sale_price_e4, o.price_e4)::numeric END)"
)
CURRENCY_SQL = "CASE WHEN ao.cost_e4 IS NOT NULL THEN coalesce(ao.currency, o.currency) ELSE o.currency END"


class Cost(NamedTuple):
    """`cost_e4` of `currency`; None when the feed states no price. `hidden`: not offered to this merchant."""

    cost_e4: int | None
    currency: str | None
    hidden: bool


def cost_e4(
    price_e4: int | None,
    *,
    price_means: str = "cost",
    sale_price_e4: int | None = None,
    discount_bp: int = 0,
    own_e4: int | None = None,
) -> int | None:
    """The rule; `COST_E4_SQL` is its twin."""
    if own_e4 is not None:
        return own_e4
    stated = sale_price_e4 if sale_price_e4 is not None else price_e4
    if stated is None or price_means != "public":
        return stated
    return round_div(stated * (10_000 - discount_bp), 10_000)


async def effective_cost(merchant: int, offer: int) -> Cost:
    """What one unit of the offer costs the merchant. Raises NotFound without an agreement."""
    async with acting_as(merchant):
        row = await fetch_one(
            f"SELECT {COST_E4_SQL}::bigint AS cost_e4, {CURRENCY_SQL} AS currency, coalesce(ao.hidden, false) AS hidden"
            " FROM offer o JOIN agreement a ON a.supplier = o.supplier AND a.merchant = $2 AND a.active_since IS NOT NULL"
            " LEFT JOIN agreement_offer ao ON ao.agreement = a.id AND ao.offer = o.id WHERE o.id = $1",
            offer,
            merchant,
        )
    if row is None:
        raise NotFound
    return Cost(**row)
