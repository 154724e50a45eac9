"""How a variant's price came about, step by step, by the same rules that set it."""

from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.offer_terms import house
from marketplace.catalogue.price import Item, Priced, price
from marketplace.catalogue.reckoning import OF_VARIANTS, reckoned, stored_rules
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


@dataclass(frozen=True)
class Source:
    """One matched offer as it stands now. `why` is a code of `reasons.UNSELLABLE`, None when it can serve a sale."""

    offer: int
    supplier: int
    supplier_name: str
    sku: str
    cost_e4: int | None
    units: int
    pack_quantity: int
    stock_time: Any
    why: str | None
    chosen: bool  # it sets the cost


@dataclass(frozen=True)
class PriceExplained:
    """`priced` is what the rules say now; the merchant's own price goes before it. `why` is what was stored with the price."""

    price: int | None
    own_price: int | None
    priced: Priced
    sources: list[Source]
    why: dict[str, Any]


async def explain_price(merchant: int, variant: int) -> PriceExplained:
    """Raises NotFound."""
    async with acting_as(merchant):
        stored = await fetch_one(
            "SELECT price, own_price, price_why FROM variant WHERE id = $1 AND merchant = $2",
            variant,
            merchant,
        )
        if stored is None:
            raise NotFound
        at, rules = await house(merchant), await stored_rules(merchant)
        [row] = await fetch(
            reckoned(at, rules, OF_VARIANTS, few=True) + "SELECT f.* FROM final f",
            [variant],
        )
        sources = await fetch(reckoned(at, rules, OF_VARIANTS, few=True) + _SOURCES, [variant])
    item = Item(
        cost_e4=row["cost_e4"],
        currency=at.currency,
        vat_bp=row["vat_bp"],
        supplier=row["supplier"],
        category=row["category"],
        brand=row["brand"],
        freight_e4=row["freight_e4"] or 0,
        map_e4=row["map_e4"],
        msrp_e4=row["msrp_e4"],
    )
    return PriceExplained(
        stored["price"],
        stored["own_price"],
        price(rules, item),
        [Source(**s) for s in sources],
        json.loads(stored["price_why"]),
    )


_SOURCES = """
SELECT c.offer, c.supplier, coalesce(t.name, '') AS supplier_name, o.sku, c.cost_e4, greatest(c.units, 0) AS units,
       s.pack AS pack_quantity, c.stock_time, c.why, c.offer = b.offer AS chosen
  FROM candidates c JOIN served s ON s.variant = c.variant AND s.offer = c.offer JOIN offer o ON o.id = c.offer
  LEFT JOIN best b ON b.variant = c.variant LEFT JOIN tenant_card t ON t.tenant = c.supplier
 ORDER BY c.offer <> b.offer, c.why IS NOT NULL, c.cost_e4, c.offer"""
