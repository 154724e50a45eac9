"""Google's product data specification, on which half of the trade's formats are built (Google, Meta, Prisjakt, many shops).

Source: support.google.com/merchants/answer/7052112. Prices include VAT but in the United States, Canada and India.
"""

from __future__ import annotations

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

COLUMNS: dict[str, tuple[str, ...]] = {
    "sku": ("id", "offer_id"),
    "title": ("title", "structured_title/content"),
    "description": ("description", "structured_description/content"),
    "group_key": ("item_group_id",),
    "brand": ("brand",),
    "mpn": ("mpn",),
    "gtin": ("gtin", "ean"),
    "category": ("product_type",),
    "google_category": ("google_product_category",),
    "images": ("image_link", "additional_image_link"),
    "link": ("link", "canonical_link", "link/@href"),
    "condition": ("condition",),
    "price": ("price",),
    "sale_price": ("sale_price",),
    "sale_dates": ("sale_price_effective_date",),
    "quantity": (
        "quantity",
        "inventory",
        "sell_on_google_quantity",
        "quantity_to_sell_on_facebook",
        "stock",
        "stock_quantity",
    ),
    "availability": ("availability",),
    "lead_days": ("max_handling_time", "min_handling_time"),
    "weight": ("shipping_weight", "product_weight"),
    "pack_quantity": ("multipack",),
}
OPTIONS = {
    "Colour": "color",
    "Size": "size",
    "Material": "material",
    "Pattern": "pattern",
    "Gender": "gender",
    "Age group": "age_group",
}
_NAMES = (
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "availability",
    "price",
    "condition",
    "brand",
    "gtin",
    "mpn",
)
_WITHOUT_VAT = frozenset({"USD", "CAD", "INR"})


def likeness(look: Look) -> int:
    """How many of Google's telling names are there; the price and one of two more must be."""
    if not look.has("id", "offer_id") or not look.has("title", "structured_title/content"):
        return 0
    if not look.has("image_link", "availability", "google_product_category"):
        return 0
    return look.has(*_NAMES)


def with_vat(mapping: Mapping, look: Look) -> None:
    """A consumer's price: with VAT, but where shops show it without."""
    mapping.price_vat = "excluded" if mapping.currency in _WITHOUT_VAT else "included"


PUBLIC = {"price_means": "public"}
"""A price for shoppers: the merchant's cost is this less the agreement's discount."""
