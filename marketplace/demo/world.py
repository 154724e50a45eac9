"""The demo world in one place: who there is, who links whom, and which products each shop could carry.

`WORLD.merchants`, `.suppliers`, `.agreements`; pictures come from `marketplace.demo.illustrations`, products from
`marketplace.demo.assortment`, feeds from `marketplace.demo.feed_server`.
"""

from functools import cache

from marketplace.demo.agreements import AGREEMENTS
from marketplace.demo.assortment import Product, Variant, products
from marketplace.demo.merchants import MERCHANTS
from marketplace.demo.nouns import Category, World
from marketplace.demo.suppliers import SUPPLIERS

WORLD = World(MERCHANTS, SUPPLIERS, AGREEMENTS)


@cache
def range_of(merchant: str) -> tuple[Product, ...]:
    """The products that a merchant's active suppliers have and that belong on its shelves."""
    suppliers = set(WORLD.suppliers_of(merchant))
    shelves = {shelf for category in WORLD.merchant(merchant).categories for shelf in category.shelves}
    return tuple(
        p
        for p in products()
        if p.shelf.key in shelves and suppliers & set(p.suppliers) and _fits(merchant, p)
    )


def category_of(merchant: str, product: Product) -> Category:
    """The category of a merchant's shop that a product goes to. LookupError when it has none for it."""
    for category in WORLD.merchant(merchant).categories:
        if product.shelf.key in category.shelves:
            return category
    raise LookupError(f"{merchant} has no shelf for {product.slug}")


@cache
def _gtins() -> dict[str, tuple[Product, Variant]]:
    return {variant.gtin: (product, variant) for product in products() for variant in product.variants}


def by_gtin(gtin: str) -> tuple[Product, Variant]:
    """The product and variant of a GTIN: where a French shop finds the French of a Danish feed. KeyError when unknown."""
    return _gtins()[gtin]


def _fits(merchant: str, product: Product) -> bool:
    """What belongs where beyond the shelf: a gear shop's kitchen is enamel and wool, a gift corner holds what is small."""
    if merchant == "northpeak":
        return product.family == "gear" or "gearline" in product.suppliers
    if merchant == "fabrique":
        return product.family == "toys" or "petit-bois" in product.suppliers
    return product.family == "home"
