"""Who can serve a product's variants, at what cost, with how much, how soon; and what its variants cost before."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.catalogue.offer_terms import house, offer_terms, rates_cte
from marketplace.kernel.database import fetch
from tenants.scope import acting_as

MOST_PRICES = 200


@dataclass(frozen=True)
class ProductSource:
    """One matched offer as it stands now. Costs net, 1/10,000 of the merchant's currency, of one variant (pack included), None
    until the merchant's identity is verified. `why` is a code of `reasons.UNSELLABLE`, None when it can serve a sale; `chosen`:
    the variant's cost is its own; `how` is curated, gtin, brand_mpn or hand."""

    variant: int
    offer: int
    supplier: int
    supplier_name: str
    sku: str
    title: str
    gtin: str | None
    cost_e4: int | None
    units: int
    pack_quantity: int
    stock_time: datetime | None
    lead_days: int | None
    why: str | None
    how: str | None
    chosen: bool


async def read_sources(merchant: int, product: int) -> list[ProductSource]:
    """By variant, what sets the cost first; nothing for a product that is not the merchant's."""
    ours = (
        "o.id IN (SELECT m.offer FROM match m JOIN variant v ON v.id = m.variant"
        " WHERE v.product = $1 AND m.state = 'confirmed')"
    )
    async with acting_as(merchant):
        at = await house(merchant)
        rows = await fetch(
            f"WITH {rates_cte(at)}, terms AS MATERIALIZED ({offer_terms(ours)})"
            " SELECT m.variant, m.offer, m.supplier, coalesce(c.name, '') AS supplier_name, o.sku, o.title, o.gtin_valid AS gtin,"
            " t.cost_e4 * m.pack_quantity AS cost_e4, t.units / m.pack_quantity AS units, m.pack_quantity, t.stock_time,"
            " t.lead_days, t.why, m.why AS how, v.cost_offer IS NOT DISTINCT FROM m.offer AS chosen"
            " FROM match m JOIN variant v ON v.id = m.variant JOIN offer o ON o.id = m.offer JOIN terms t ON t.offer = m.offer"
            " LEFT JOIN tenant_card c ON c.tenant = m.supplier WHERE v.product = $1 AND v.merchant = $2 AND m.state = 'confirmed'"
            " ORDER BY v.position, v.id, m.offer <> coalesce(v.cost_offer, 0), t.why IS NOT NULL, t.cost_e4, m.offer",
            product,
            merchant,
        )
    hidden = {} if at.verified else {"cost_e4": None}
    return [ProductSource(**{**row, **hidden}) for row in rows]


@dataclass(frozen=True)
class PastPrice:
    """From `at` on it was sold at `price` (gross, minor units), None when it could not be bought."""

    variant: int
    sku: str
    price: int | None
    at: datetime


async def price_trail(merchant: int, product: int) -> list[PastPrice]:
    """The latest `MOST_PRICES` changes of the prices as they were practised, newest first."""
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT h.variant, v.sku, h.price, h.at FROM price_history h JOIN variant v ON v.id = h.variant"
            " WHERE v.product = $1 AND v.merchant = $2 ORDER BY h.at DESC, h.id DESC LIMIT $3",
            product,
            merchant,
            MOST_PRICES,
        )
    return [PastPrice(**row) for row in rows]
