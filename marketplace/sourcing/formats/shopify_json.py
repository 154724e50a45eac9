"""Shopify's `products.json` and its Admin API's products: one record a product, its variants inside."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Products with a handle and variants."""
    if any(column.startswith("variants.") for column in look.columns) and "handle" in look.columns:
        return 95
    return 70 if {"handle", "variant_id", "product_id"} <= set(look.columns) else 0


def finish(mapping: Mapping, look: Look) -> None:
    """One offer for each variant; flat exports, of one variant a record, are left as they are."""
    if not any(column.startswith("variants.") for column in look.columns):
        mapping.columns["group_key"] = "product_id"
        mapping.key_from = ["variant_id"]
        return
    mapping.expand = "variants"
    mapping.option_pairs = [(f"options.{n - 1}.name", f"variants.option{n}") for n in (1, 2, 3)]
    mapping.key_from = ["variants.id"]
    mapping.columns["weight"] = "variants.grams"
    mapping.weight_unit = "g"
    mapping.option_columns = []


FORMAT = Format(
    name="shopify-json",
    label="Shopify (products.json)",
    shapes=("json", "jsonl"),
    detect=detect,
    columns={
        "sku": ("variants.sku", "sku"),
        "group_key": ("handle",),
        "title": ("title",),
        "description": ("body_html", "description"),
        "brand": ("vendor",),
        "category": ("product_type",),
        "images": ("images.src", "image_url", "images"),
        "variant_image": ("variants.featured_image.src",),
        "price": ("variants.price", "price"),
        "msrp": ("variants.compare_at_price", "compare_at_price"),
        "quantity": ("variants.inventory_quantity", "stock"),
        "availability": ("variants.available", "available"),
        "gtin": ("variants.barcode", "barcode"),
        "source_time": ("variants.updated_at", "updated_at"),
    },
    settings={"price_means": "public", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("json",),
)
