"""Awin product data: `aw_product_id`, `search_price`, `in_stock` as 1, 0 or yes, no."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Its own prefixes, or an advertiser's upload with a deep link."""
    own = sum(1 for column in look.columns if column.lower().startswith(("aw_", "merchant_")))
    upload = look.has("product_id", "product_name", "deep_link", "image_url", "in_stock", "price")
    return min(60 + own * 6, 95) if own >= 2 else 75 if upload >= 5 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Of the paths it gives, the merchant's own: Awin's is another tree."""
    paths = as_list(mapping.columns.get("category", ()))
    filled = [path for path in paths if look.values(path)]
    if filled:
        mapping.columns["category"] = filled[0]


FORMAT = Format(
    name="awin-csv",
    label="Awin (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("merchant_product_id", "aw_product_id", "product_id"),
        "group_key": ("parent_product_id",),
        "title": ("product_name",),
        "description": ("description", "product_short_description"),
        "brand": ("brand_name", "brand"),
        "mpn": ("mpn", "product_model"),
        "gtin": ("ean", "product_GTIN", "upc", "isbn"),
        "category": ("merchant_product_category_path", "merchant_category", "category_name", "product_type"),
        "images": (
            "merchant_image_url",
            "large_image",
            "aw_image_url",
            "image_url",
            "alternate_image",
            "alternate_image_two",
        ),
        "link": ("merchant_deep_link", "aw_deep_link", "deep_link"),
        "price": ("store_price", "search_price", "price"),
        "msrp": ("rrp_price", "product_price_old"),
        "currency": ("currency",),
        "quantity": ("stock_quantity",),
        "availability": ("in_stock", "stock_status", "is_for_sale"),
        "lead_days": ("delivery_time",),
        "weight": ("delivery_weight",),
        "condition": ("condition",),
        "source_time": ("last_updated",),
    },
    options={"Colour": "colour", "Size": "Fashion:size"},
    settings={"price_means": "public", "decimal": "."},
    finish=finish,
    kinds=("csv",),
)
