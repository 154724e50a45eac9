"""BigCommerce's export: a Product row, then a row for each SKU (options as `[S]Color=Red,[RB]Size=M` in the name's place) and for
each Rule. A product with SKUs is sold as those; a rule changes prices in the shop and brings no offer.

The newer one (v3) calls its rows Product, Variant, Image, Custom Field and the like in a column `Item`, and writes the options of a
variant as `Type=Swatch|Name=Color|Value=Red`, several parted by semicolons or line breaks. Source: support.bigcommerce.com.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tables import table_sections
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.values.text import fold

OPTIONS = "options"
_IMAGES = ("Product Image URL", "Product Image File", "Image URL (Import)", "Internal Image URL (Export)")
_SHOWN = (*_IMAGES, "Images")
_KIND = re.compile(r"\[[A-Z0-9]{1,4}\]")


def detect(look: Look) -> int:
    """`Item Type` beside its names."""
    found = look.has("Product Code/SKU", "Product Name", "Product Type", "Current Stock Level", "Product UPC/EAN", "Track Inventory",
                     "Product Visible?", "Brand Name", "Option Set", "Product ID")  # fmt: skip
    newer = look.has("Inventory Tracking", "Current Stock", "Low Stock", "Brand ID", "Channels", "Custom Fields", "Options", "ID",
                     "Variant Image URL", "Product URL")  # fmt: skip
    if look.has("Item") and newer >= 4:
        return min(50 + newer * 8, 97)
    return min(50 + found * 8, 97) if look.has("Item Type") and found >= 3 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Products with SKU rows below them are parents."""
    kind = look.folded.get("item type") or look.folded.get("item", "Item")
    mapping.parents = Parents(kind, ["product"])
    mapping.option_columns = [OPTIONS]
    images = [c for c in look.columns if c.startswith(_IMAGES)]
    codes = [c for c in ("Product UPC/EAN", "GTIN") if c in look.columns]
    if len(codes) > 1:
        mapping.columns["gtin"] = list[str](codes)
    if images and "images" not in mapping.columns:
        mapping.columns["images"] = images


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """As any table; the options of SKU rows are moved out of the name."""
    for section in table_sections(path, mapping, tally):
        folded = {fold(name): place for place, name in enumerate(section.columns)}
        kind, name = folded.get("item type"), folded.get("product name")
        if "item" in folded and kind is None:
            shown = {place for place, column in enumerate(section.columns) if column.startswith(_SHOWN)}
            keys = [folded[name] for name in ("sku", "product sku", "id") if name in folded]
            records = _newer(section.records, folded["item"], folded.get("options"), shown, keys)
        elif kind is None or name is None:
            yield section
            continue
        else:
            records = _moved(section.records, kind, name)
        yield Section([*section.columns, OPTIONS], records, may_be_blank=True)


def _moved(records: Iterator[Record | Rejected], kind: int, name: int) -> Iterator[Record | Rejected]:
    for record in records:
        if isinstance(record, Rejected):
            yield record
            continue
        line, cells = record
        row: list[Any] = [*cells, ""]
        what = fold(cells[kind])
        if what == "rule":
            yield reject("not_an_offer", line, cells, what="a rule of the shop")
            continue
        if what == "sku":
            row[-1] = _KIND.sub("", cells[name])
            row[name] = ""
        yield line, row


_NEWER_OPTION = re.compile(r"(?:Type=[^|]*\|)?Name=([^|]*)\|Value=([^|;\n]*)", re.IGNORECASE)


def _newer(
    records: Iterator[Record | Rejected], kind: int, options: int | None, shown: set[int], keys: list[int]
) -> Iterator[Record | Rejected]:
    """Products, their variants and further pictures; rows of fields and files of a product are no offers. A row with a picture
    names no product: it goes by the numbers of the one above."""
    above: dict[int, Any] = {}
    for record in records:
        if isinstance(record, Rejected):
            yield record
            continue
        line, cells = record
        what = fold(cells[kind])
        if what == "image":
            yield (
                line,
                [*(cell if place in shown else above.get(place, "") for place, cell in enumerate(cells)), ""],
            )
            continue
        if what not in ("product", "variant"):
            yield reject("not_an_offer", line, cells, what=f"a row of kind “{cells[kind].strip()}”")
            continue
        if what == "product":
            above = {place: cells[place] for place in keys}
        told = _NEWER_OPTION.findall(cells[options]) if options is not None and what == "variant" else []
        yield line, [*cells, [(name.strip(), value.split("[")[0].strip()) for name, value in told]]


FORMAT = Format(
    name="bigcommerce-csv",
    label="BigCommerce (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("Product Code/SKU", "Product SKU", "SKU"),
        "title": ("Product Name", "Name"),
        "description": ("Product Description", "Description"),
        "brand": ("Brand Name",),
        "gtin": ("Product UPC/EAN", "Global Trade Item Number", "GTIN", "UPC/EAN"),
        "mpn": ("GPS Manufacturer Part Number", "Manufacturer Part Number", "MPN"),
        "category": ("Category", "Category String", "Category Details", "Categories"),
        "images": (*(f"Product Image URL - {n}" for n in range(1, 6)), "Images"),
        "price": ("Price", "Product Price"),
        "cost": ("Cost Price",),
        "msrp": ("Retail Price",),
        "sale_price": ("Sale Price",),
        "quantity": ("Current Stock Level", "Stock Level", "Current Stock"),
        "weight": ("Product Weight", "Weight"),
        "condition": ("Product Condition",),
        "min_quantity": ("Minimum Purchase Quantity",),
        "link": ("Product URL",),
    },
    settings={"price_means": "public", "inherit": "previous", "attach_images": True, "decimal": "."},
    only=True,
    finish=finish,
    sections=sections,
    kinds=("csv",),
)
