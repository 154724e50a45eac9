"""Amazon's flat files: three header rows (`TemplateType=…`, labels, API names), data from the fourth, tabs or a workbook.

A parent row (`parent_child` or `parentage_level` = parent) describes its variants, which name it in `parent_sku`.
"""

import re

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.plan_price import currency_in_name

_NAMES = (
    "item_sku", "item_name", "external_product_id", "external_product_id_type", "standard_price", "main_image_url", "parent_sku",
    "relationship_type", "variation_theme", "feed_product_type", "parent_child", "brand_name", "update_delete", "bullet_point1",
    "fulfillment_latency", "parentage_level", "recommended_browse_nodes",
)  # fmt: skip


def detect(look: Look) -> int:
    """Its API names."""
    if sum(1 for column in look.columns if _NEWER.search(column)) >= 3:
        return 96
    if (
        look.has("seller-sku")
        and look.has("item-name", "listing-id", "asin1", "open-date", "fulfillment-channel") >= 3
    ):
        return 90
    if look.has("minimum-seller-allowed-price", "maximum-seller-allowed-price") and look.has(
        "sku", "seller-sku"
    ):
        return 90
    found = look.has(*_NAMES)
    return min(50 + found * 8, 97) if look.has("item_sku") and found >= 3 else 0


_NEWER = re.compile(r"#\d+\.(?:value|\w+)")
_PLACES: tuple[tuple[str, str], ...] = (
    ("sku", "contribution_sku"), ("group_key", "child_parent_sku_relationship*parent_sku"), ("title", "item_name"), ("brand", "brand"),
    ("description", "product_description"), ("mpn", "part_number"), ("gtin", "externally_assigned_product_identifier*value"),
    ("category", "product_type"), ("condition", "condition_type"), ("price", "purchasable_offer*our_price*value_with_tax"),
    ("sale_price", "purchasable_offer*discounted_price*value_with_tax"), ("msrp", "list_price*value"), ("quantity", "fulfillment_availability*quantity"),
    ("lead_days", "fulfillment_availability*lead_time_to_ship_max_days"), ("weight", "item_weight*value"), ("weight_unit", "item_weight*unit"),
    ("origin_country", "country_of_origin"), ("pack_quantity", "item_package_quantity"), ("currency", "purchasable_offer*currency"),
    ("manufacturer_name", "manufacturer"), ("warnings", "safety_warning"),
)  # fmt: skip
_PICTURES = ("main_product_image_locator", "other_product_image_locator")


def _newer(mapping: Mapping, look: Look) -> None:
    """The templates of 2023 and later name their columns by attribute, market and place: `item_name[language_tag=en_GB]#1.value`."""
    for field, named in _PLACES:
        parts = named.split("*")
        columns = [
            c
            for c in look.columns
            if re.match(rf"{parts[0]}(?:\[|#)", c) and all(part in c for part in parts[1:])
        ]
        if columns:
            mapping.columns[field] = columns[0]
    images = [column for start in _PICTURES for column in look.columns if column.startswith(start)]
    if images:
        mapping.columns["images"] = images
    for label, start in (("Colour", "color"), ("Size", "size"), ("Material", "material")):
        column = next((c for c in look.columns if re.match(rf"{start}(?:\[|#).*value", c)), None)
        if column:
            mapping.options[label] = column
    labels = [cell for row in look.preamble for cell in row if "price" in cell.lower()]
    mapping.currency = mapping.currency or next(filter(None, map(currency_in_name, labels)), None)
    role = next((column for column in look.columns if column.startswith("parentage_level")), None)
    if role:
        mapping.parents = Parents(role, ["parent"])


def finish(mapping: Mapping, look: Look) -> None:
    """Parents are known by their role; the unit of weight has a column of its own."""
    if any(_NEWER.search(column) for column in look.columns):
        _newer(mapping, look)
        return
    role = next(
        (name for name in ("parent_child", "parentage", "parentage_level") if name in look.columns), None
    )
    if role:
        mapping.parents = Parents(role, ["parent"])
    bullets = [f"bullet_point{n}" for n in range(1, 6)]
    if "product_description" not in look.columns and bullets[0] in look.columns:
        mapping.columns["description"] = bullets[0]


FORMAT = Format(
    name="amazon-flat",
    label="Amazon flat file",
    shapes=("table", "workbook"),
    detect=detect,
    columns={
        "sku": ("item_sku", "seller-sku", "sku"),
        "group_key": ("parent_sku",),
        "title": ("item_name",),
        "description": ("product_description", "item_description"),
        "brand": ("brand_name", "brand"),
        "mpn": ("part_number", "manufacturer_part_number", "model"),
        "gtin": ("external_product_id",),
        "category": ("item_type", "feed_product_type", "product_subtype"),
        "images": ("main_image_url", "image-url", *(f"other_image_url{n}" for n in range(1, 9))),
        "condition": ("condition_type", "item-condition"),
        "price": ("standard_price", "price"),
        "sale_price": ("sale_price",),
        "msrp": ("list_price", "list_price_with_tax"),
        "map_price": ("map_price",),
        "currency": ("currency",),
        "quantity": ("quantity",),
        "lead_days": ("fulfillment_latency", "handling-time", "lead_time_to_ship_max_days"),
        "weight": ("item_weight", "website_shipping_weight", "package_weight"),
        "weight_unit": (
            "item_weight_unit_of_measure",
            "website_shipping_weight_unit_of_measure",
            "package_weight_unit_of_measure",
        ),
        "origin_country": ("country_of_origin",),
        "pack_quantity": ("item_package_quantity",),
        "warnings": ("safety_warning", "warnings"),
        "manufacturer_name": ("gpsr_manufacturer_reference", "manufacturer"),
    },
    options={"Colour": "color_name", "Size": "size_name", "Material": "material_type"},
    settings={"price_means": "public"},
    only=True,
    finish=finish,
    kinds=("txt", "tsv"),
)
