"""WooCommerce's REST interface: products as JSON; and its Store API, which shops leave open and which counts prices in minor units."""

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
    open_to_all = look.has("prices.currency_minor_unit", "prices.regular_price", "is_in_stock", "permalink")
    return 85 if found >= 5 or open_to_all >= 3 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Attributes are options; a variable product is sold as its variations, where they are in the file."""
    mapping.option_columns = (
        ["attributes[*]"] if any(c.startswith("attributes[") for c in look.columns) else []
    )
    mapping.parents = Parents("type", ["variable", "grouped"])
    mapping.columns["parent_key"] = "id"
    mapping.key_from = ["id"]
    unit = next(iter(look.values("prices.currency_minor_unit")), "")
    if unit.isdecimal() and 0 < int(unit) < 5:
        mapping.fixed["price_quantity"] = str(10 ** int(unit))


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
        "price": ("regular_price", "prices.regular_price", "price"),
        "sale_price": ("sale_price", "prices.sale_price"),
        "currency": ("prices.currency_code",),
        "quantity": ("stock_quantity",),
        "availability": ("stock_status", "in_stock", "is_in_stock"),
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
