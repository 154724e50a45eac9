"""WooCommerce's REST interface: products as JSON."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Its own names for prices and stock."""
    found = look.has(
        "regular_price",
        "sale_price",
        "stock_quantity",
        "stock_status",
        "short_description",
        "permalink",
        "type",
        "name",
    )
    return 85 if found >= 5 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Attributes are options; a variable product is sold as its variations, where they are in the file."""
    mapping.option_columns = (
        ["attributes[*]"] if any(c.startswith("attributes[") for c in look.columns) else []
    )
    mapping.parents = Parents("type", ["variable", "grouped"])
    mapping.columns["parent_key"] = "id"
    mapping.key_from = ["id"]


FORMAT = Format(
    name="woocommerce-json",
    label="WooCommerce (JSON)",
    shapes=("json", "jsonl"),
    detect=detect,
    columns={
        "sku": ("sku",),
        "group_key": ("parent_id",),
        "title": ("name",),
        "description": ("description", "short_description"),
        "category": ("categories.name", "categories"),
        "images": ("images.src", "all_images", "main_image", "images"),
        "price": ("regular_price", "price"),
        "sale_price": ("sale_price",),
        "quantity": ("stock_quantity",),
        "availability": ("stock_status", "in_stock"),
        "gtin": ("global_unique_id",),
        "weight": ("weight",),
        "link": ("permalink",),
        "brand": ("brands.name",),
        "source_time": ("date_modified_gmt",),
    },
    settings={"price_means": "public", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("json",),
)
