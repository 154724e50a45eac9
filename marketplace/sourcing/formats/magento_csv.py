"""Magento 2 / Adobe Commerce product export, and Magento 1's. Configurable products describe their simple ones, which are rows of their own.

A row with a `store_view_code` says only what that view calls a product of another row: a translation, not an offer.

Only the configurable product says which simple ones are its variants (`configurable_variations`), and it may stand below them: such a
file is gone through once for these before it is read.

In Magento 1 the rows below a product that have no number of their own go on with it: a further picture, category or variant, or what a
store calls it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents, RowFilter
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tables import table_sections
from marketplace.sourcing.reading.tally import Tally

VARIATIONS = "configurable_variations"
VARIANT, PICTURE = "_super_products_sku", "_media_image"
"""Magento 1's columns of which a product has one value a row."""
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
    owners = _owners_in(look.samples, look.columns) if PARENT not in look.columns else {}
    if owners:
        sku = look.columns.index("sku")
        look.add(PARENT, [owners.get(row[sku].strip(), "") for row in look.samples])
        mapping.columns["group_key"] = PARENT
    if "additional_attributes" in look.columns:
        mapping.option_columns = ["additional_attributes"]


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """As any table; each variant with the number of its configurable product, where that is wanted."""
    grouped = mapping.columns.get("group_key") == PARENT
    for section in table_sections(path, mapping, tally):
        if {"sku", "_type", "_attribute_set"} <= set(section.columns):
            section = _whole(section)
        if grouped and "sku" in section.columns:
            sku = section.columns.index("sku")
            section.records = _owned(section.records, sku, _owners(path, mapping))
            section.columns = [*section.columns, PARENT]
        yield section


def _whole(section: Section) -> Section:
    """Products with what the rows below them add."""
    whole = Section(section.columns, iter(()), section.name, may_be_blank=True)
    whole.records = _gathered(section, whole)
    return whole


def _gathered(section: Section, whole: Section) -> Iterator[Record | Rejected]:
    sku = section.columns.index("sku")
    picture = section.columns.index(PICTURE) if PICTURE in section.columns else None
    product: Record | None = None
    pictures: dict[str, None] = {}
    for record in section.records:
        if isinstance(record, Rejected):
            yield record
            continue
        _, cells = record
        if product is not None and not cells[sku].strip() and any(cells):
            whole.joined += 1
        elif any(cells):
            yield from _with(product, picture, pictures)
            product, pictures = record, {}
        if picture is not None and cells[picture]:
            pictures[cells[picture]] = None
    yield from _with(product, picture, pictures)


def _with(product: Record | None, picture: int | None, pictures: dict[str, None]) -> Iterator[Record]:
    if product is not None:
        if picture is not None and len(pictures) > 1:
            product[1][picture] = list(pictures)
        yield product


def _owners(path: Path, mapping: Mapping) -> dict[str, str]:
    """SKU of a variant → that of its configurable product."""
    owners: dict[str, str] = {}
    for section in table_sections(path, mapping, Tally()):
        rows = (record[1] for record in section.records if not isinstance(record, Rejected))
        owners |= _owners_in(rows, section.columns)
    return owners


def _owners_in(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    if "sku" not in columns:
        return owners
    sku, of = columns.index("sku"), ""
    said, variant = (columns.index(name) if name in columns else None for name in (VARIATIONS, VARIANT))
    for cells in rows:
        of = cells[sku].strip() or of
        named = _SKU.findall(cells[said]) if said is not None else []
        if variant is not None and cells[variant]:
            named.append(cells[variant])
        if of and len(owners) < MAX_VARIANTS:
            owners.update((child.strip(), of) for child in named)
    return owners


def _owned(
    records: Iterator[Record | Rejected], sku: int, owners: dict[str, str]
) -> Iterator[Record | Rejected]:
    for record in records:
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
        "images": ("base_image", "image", PICTURE, "additional_images", "small_image"),
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
