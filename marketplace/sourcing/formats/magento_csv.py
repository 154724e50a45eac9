"""Magento 2 / Adobe Commerce product export. Configurable products describe their simple ones, which are rows of their own.

A row with a `store_view_code` says only what that view calls a product of another row: a translation, not an offer.

Only the configurable product says which simple ones are its variants (`configurable_variations`), and it may stand below them: such a
file is gone through once for these before it is read.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents, RowFilter
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tables import table_sections
from marketplace.sourcing.reading.tally import Tally

VARIATIONS = "configurable_variations"
PARENT = "configurable_sku"
"""The column that is made of it: the configurable product a simple one belongs to."""
MAX_VARIANTS = 500_000
_SKU = re.compile(r"(?:^|\|)\s*sku=([^,|]+)")


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
    if {"sku", VARIATIONS} <= set(look.columns) and PARENT not in look.columns and "sku=" in look.head.text:
        sku, said = look.columns.index("sku"), look.columns.index(VARIATIONS)
        owners = {child: row[sku].strip() for row in look.samples for child in _SKU.findall(row[said])}
        look.add(PARENT, [owners.get(row[sku].strip(), "") for row in look.samples])
        mapping.columns["group_key"] = PARENT
    if "additional_attributes" in look.columns:
        mapping.option_columns = ["additional_attributes"]


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """As any table; each variant with the number of its configurable product, where that is wanted."""
    grouped = mapping.columns.get("group_key") == PARENT
    for section in table_sections(path, mapping, tally):
        if grouped and {"sku", VARIATIONS} <= set(section.columns):
            records = _owned(section, _owners(path, mapping))
            yield Section([*section.columns, PARENT], records, section.name, may_be_blank=True)
        else:
            yield section


def _owners(path: Path, mapping: Mapping) -> dict[str, str]:
    """SKU of a variant → that of its configurable product."""
    owners: dict[str, str] = {}
    for section in table_sections(path, mapping, Tally()):
        sku, said = section.columns.index("sku"), section.columns.index(VARIATIONS)
        for record in section.records:
            if not isinstance(record, Rejected) and record[1][said] and len(owners) < MAX_VARIANTS:
                owners.update(
                    (child.strip(), record[1][sku].strip()) for child in _SKU.findall(record[1][said])
                )
    return owners


def _owned(section: Section, owners: dict[str, str]) -> Iterator[Record | Rejected]:
    sku = section.columns.index("sku")
    for record in section.records:
        if isinstance(record, Rejected):
            yield record
        else:
            yield record[0], [*record[1], owners.get(record[1][sku].strip(), "")]


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
    sections=sections,
    kinds=("csv",),
)
