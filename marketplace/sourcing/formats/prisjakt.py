"""Prisjakt, PriceSpy: its own names as text or XML, or Google's with its name in the channel."""

from marketplace.sourcing.formats.google_names import COLUMNS, OPTIONS, PUBLIC, likeness, with_vat
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look

_OWN = (
    "Product-name",
    "Your-item-number",
    "Manufacturer-SKU",
    "Product-URL",
    "Stock-status",
    "Shipping-cost",
    "Delivery-time",
    "Image-URL",
)
_NAMES: dict[str, tuple[str, ...]] = {
    "sku": ("Your-item-number", "id"),
    "title": ("Product-name", "Product name", "title"),
    "brand": ("Manufacturer", "brand"),
    "mpn": ("Manufacturer-SKU", "Manufacturer SKU", "mpn"),
    "gtin": ("EAN", "EAN or UPC", "EAN-code", "gtin"),
    "price": ("Price", "Price-including-VAT", "price"),
    "availability": ("Stock-status", "Stock status", "availability"),
    "quantity": ("Stock-level", "Stock level", "quantity"),
    "lead_days": ("Delivery-time", "Delivery time"),
    "link": ("Product-URL", "Product URL", "link"),
    "images": ("Image-URL", "Image URL", "image_link", "additional_image_link"),
    "category": ("Category", "product_type"),
    "condition": ("Condition", "condition"),
}


def detect(look: Look) -> int:
    """Its own names, its namespace, or its name at the top of a feed of Google's kind."""
    if look.has(*_OWN) >= 4:
        return 93
    named = any(mark in look.head.text[:2_000].lower() for mark in ("prisjakt", "pricespy"))
    return 92 if named and likeness(look) >= 4 else 0


FORMAT = Format(
    name="prisjakt",
    label="Prisjakt, PriceSpy",
    shapes=("xml", "table"),
    detect=detect,
    columns={**COLUMNS, **_NAMES},
    options=OPTIONS,
    settings=PUBLIC,
    finish=with_vat,
    kinds=("xml", "txt", "csv"),
)
