"""Vendure's import: the first row of a product has its name, the variants below leave it blank; options are parted by pipes."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Its camel-case names."""
    found = look.has(
        "optionGroups",
        "optionValues",
        "variantAssets",
        "stockOnHand",
        "trackInventory",
        "taxCategory",
        "variantFacets",
    )
    return min(40 + found * 12, 95) if found >= 3 else 0


FORMAT = Format(
    name="vendure-csv",
    label="Vendure (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("sku",),
        "title": ("name",),
        "description": ("description",),
        "images": ("assets",),
        "variant_image": ("variantAssets",),
        "price": ("price",),
        "quantity": ("stockOnHand",),
        "weight": ("variant:weight",),
    },
    settings={
        "inherit": "previous",
        "option_pairs": [("optionGroups", "optionValues")],
        "price_means": "public",
    },
    only=True,
    kinds=("csv",),
)
