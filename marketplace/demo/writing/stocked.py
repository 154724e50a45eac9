"""What each demo supplier holds of the assortment: article numbers, prices, quantities. The same on every machine."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from marketplace.demo.assortment import Product, Variant, products

VAT_PERCENT = 20
PENCE_PER_EURO_CENT_BP = 8600
MADE_TO_ORDER = frozenset({"lamp", "planter"})
"""Kinds of which Maison Verrier says only whether it can supply them, never how many."""

Pricing = Callable[[Product, random.Random], tuple[int, int]]
"""(what the feed states in 1/10,000, the recommended retail price in minor units), in the supplier's currency."""


@dataclass(frozen=True)
class Stocked:
    """One variant in one supplier's warehouse.

    `price_e4`: what the feed states, in 1/10,000 of the supplier's currency: public with VAT at Maison Verrier, cost without
    VAT elsewhere. `retail`: the recommended price with VAT, minor units. `quantity`: None when the supplier does not say.
    """

    product: Product
    variant: Variant
    sku: str
    price_e4: int
    retail: int
    quantity: int | None
    lead_days: int


@cache
def stocked(supplier: str) -> tuple[Stocked, ...]:
    """Everything a supplier has, product by product. KeyError for a supplier that is not in the demo world."""
    numbering, pricing = NUMBERS[supplier], PRICES[supplier]
    rows = []
    for product in products():
        if supplier not in product.suppliers:
            continue
        for variant in product.variants:
            sku = numbering(product, variant)
            chance = random.Random(f"{supplier} {sku}")
            price_e4, retail = pricing(product, chance)
            rows.append(
                Stocked(
                    product,
                    variant,
                    sku,
                    price_e4,
                    retail,
                    _quantity(supplier, product, chance),
                    _lead(product, chance),
                )
            )
    return tuple(rows)


def _quantity(supplier: str, product: Product, chance: random.Random) -> int | None:
    """A few have none, some are nearly gone, most are there, a few are there by the pallet."""
    roll = chance.random()
    if supplier == "verrier" and product.kind in MADE_TO_ORDER:
        return 0 if roll < 0.05 else None
    if roll < 0.05:
        return 0
    if roll < 0.15:
        return chance.randint(1, 4)
    return chance.randint(6, 58) if roll < 0.85 else chance.randint(70, 320)


def _lead(product: Product, chance: random.Random) -> int:
    return chance.choice((3, 5, 7)) if product.kind in MADE_TO_ORDER else chance.choice((1, 1, 1, 2))


def _public(product: Product, chance: random.Random) -> tuple[int, int]:
    return product.price * 100, product.price


def _cost(low_bp: int, high_bp: int, per_euro_bp: int = 10_000) -> Pricing:
    """Cost as a share of the retail price without VAT: one share a brand, give or take a little for each article."""

    def price(product: Product, chance: random.Random) -> tuple[int, int]:
        share = random.Random(f"{low_bp} {product.brand.key}").randint(low_bp, high_bp)
        share += random.Random(f"{low_bp} {product.slug}").randint(-250, 250)
        net_e4 = product.price * 100 * 100 // (100 + VAT_PERCENT)
        cost_e4 = net_e4 * share // 10_000 * per_euro_bp // 10_000
        step = 25 if cost_e4 < 50_000 else 100 if cost_e4 < 200_000 else 500
        return cost_e4 // step * step, product.price * per_euro_bp // 10_000

    return price


PRICES: dict[str, Pricing] = {
    "verrier": _public,
    "nordhavn": _cost(4900, 5700),
    "gearline": _cost(4700, 5500, PENCE_PER_EURO_CENT_BP),
    "petit-bois": _cost(4600, 5300),
}
NUMBERS: dict[str, Callable[[Product, Variant], str]] = {
    "verrier": lambda product, variant: f"MV-{variant.gtin[5:12]}",
    "nordhavn": lambda product, variant: f"NH{variant.gtin[5:12]}",
    "gearline": lambda product, variant: f"GL-{product.kind[:3].upper()}-{variant.gtin[5:12]}",
    "petit-bois": lambda product, variant: f"PB{variant.gtin[5:12]}",
}
