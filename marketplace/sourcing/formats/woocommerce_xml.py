"""WooCommerce as WordPress exports it (Tools → Export, "WXR"): products among posts and attachments, their numbers as post meta."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents, RowFilter
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Items with a post type and WooCommerce's meta."""
    found = sum(
        1
        for name in ("_sku", "_price", "_regular_price", "_stock_status", "_stock")
        if f"postmeta[{name}]" in look.columns
    )
    return 95 if "post_type" in look.columns and found else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Other posts are left out by a filter; variations name their product by its post."""
    mapping.filters = [RowFilter("post_type", "is", ["product", "product_variation"])]
    mapping.key_from = ["post_id"]
    if "post_parent" in look.columns and "product_variation" in look.values("post_type"):
        mapping.columns["group_key"] = "post_parent"
        mapping.columns["parent_key"] = "post_id"
        mapping.parents = Parents("post_type", ["product"])
    chosen = dict.fromkeys(c for c in look.columns if c.startswith("postmeta[attribute_"))
    mapping.options = {c[len("postmeta[attribute_") : -1].removeprefix("pa_").capitalize(): c for c in chosen}


FORMAT = Format(
    name="woocommerce-xml",
    label="WooCommerce (WordPress export)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("postmeta[_sku]",),
        "title": ("title",),
        "description": ("encoded",),
        "category": ("category",),
        "link": ("link",),
        "price": ("postmeta[_regular_price]", "postmeta[_price]"),
        "sale_price": ("postmeta[_sale_price]",),
        "quantity": ("postmeta[_stock]",),
        "availability": ("postmeta[_stock_status]",),
        "weight": ("postmeta[_weight]",),
        "gtin": ("postmeta[_global_unique_id]",),
    },
    settings={"price_means": "public"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
