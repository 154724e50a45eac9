"""Amazon's flat files: three header rows (`TemplateType=…`, labels, API names), data from the fourth, tabs or a workbook.

A parent row (`parent_child` or `parentage_level` = parent) describes its variants, which name it in `parent_sku`.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.reading.look import Look

_NAMES = (
    "item_sku", "item_name", "external_product_id", "external_product_id_type", "standard_price", "main_image_url", "parent_sku",
    "relationship_type", "variation_theme", "feed_product_type", "parent_child", "brand_name", "update_delete", "bullet_point1",
    "fulfillment_latency", "parentage_level", "recommended_browse_nodes",
)  # fmt: skip


def detect(look: Look) -> int:
    """Its API names."""
    found = look.has(*_NAMES)
    return min(50 + found * 8, 97) if look.has("item_sku") and found >= 3 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Parents are known by their role; the unit of weight has a column of its own."""
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
        "sku": ("item_sku",),
        "group_key": ("parent_sku",),
        "title": ("item_name",),
        "description": ("product_description", "item_description"),
        "brand": ("brand_name", "brand"),
        "mpn": ("part_number", "manufacturer_part_number", "model"),
        "gtin": ("external_product_id",),
        "category": ("item_type", "feed_product_type", "product_subtype"),
        "images": ("main_image_url", *(f"other_image_url{n}" for n in range(1, 9))),
        "condition": ("condition_type",),
        "price": ("standard_price",),
        "sale_price": ("sale_price",),
        "msrp": ("list_price", "list_price_with_tax"),
        "map_price": ("map_price",),
        "currency": ("currency",),
        "quantity": ("quantity",),
        "lead_days": ("fulfillment_latency", "lead_time_to_ship_max_days"),
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
