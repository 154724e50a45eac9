"""Magento 2 / Adobe Commerce product export. Configurable products describe their simple ones, which are rows of their own.

A row with a `store_view_code` says only what that view calls a product of another row: a translation, not an offer.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents, RowFilter
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Its own snake-case names."""
    found = look.has("attribute_set_code", "product_websites", "tax_class_name", "url_key", "visibility", "special_price", "base_image",
                     "product_type", "store_view_code", "is_in_stock", "additional_attributes", "_attribute_set", "_type")  # fmt: skip
    return min(30 + found * 10, 97) if found >= 3 and look.has("sku") else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Configurable and grouped rows are described, not sold, when others refer to them."""
    kind = next((column for column in ("product_type", "_type") if column in look.columns), None)
    if kind:
        mapping.parents = Parents(kind, ["configurable", "grouped", "bundle"])
    if 0 < len(look.values("store_view_code")) < len(look.samples):
        mapping.filters = [RowFilter("store_view_code", "is_empty")]
    if "additional_attributes" in look.columns:
        mapping.option_columns = ["additional_attributes"]


FORMAT = Format(
    name="magento-csv",
    label="Magento, Adobe Commerce (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("sku",),
        "title": ("name",),
        "description": ("description", "short_description"),
        "brand": ("brand", "manufacturer"),
        "gtin": ("ean", "gtin", "barcode", "upc"),
        "mpn": ("mpn",),
        "category": ("categories", "_category"),
        "images": ("base_image", "image", "additional_images", "small_image"),
        "price": ("price",),
        "sale_price": ("special_price",),
        "cost": ("cost",),
        "msrp": ("msrp_price", "msrp"),
        "map_price": ("map_price",),
        "quantity": ("qty",),
        "availability": ("is_in_stock",),
        "weight": ("weight",),
        "min_quantity": ("min_cart_qty", "min_sale_qty"),
        "pack_quantity": ("qty_increments",),
        "origin_country": ("country_of_manufacture",),
    },
    options={"Colour": "color", "Size": "size"},
    settings={"price_means": "public", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("csv",),
)
