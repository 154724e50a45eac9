"""BigCommerce's export: a Product row, then a row for each SKU (options as `[S]Color=Red,[RB]Size=M` in the name's place) and for
each Rule. A product with SKUs is sold as those; a rule changes prices in the shop and brings no offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tables import table_sections
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.values.text import fold

OPTIONS = "options"
_KIND = re.compile(r"\[[A-Z0-9]{1,4}\]")


def detect(look: Look) -> int:
    """`Item Type` beside its names."""
    found = look.has("Product Code/SKU", "Product Name", "Product Type", "Current Stock Level", "Product UPC/EAN", "Track Inventory",
                     "Product Visible?", "Brand Name", "Option Set", "Product ID")  # fmt: skip
    return min(50 + found * 8, 97) if look.has("Item Type") and found >= 3 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Products with SKU rows below them are parents."""
    mapping.parents = Parents(look.folded["item type"], ["product"])
    mapping.option_columns = [OPTIONS]
    images = [c for c in look.columns if c.startswith(("Product Image URL", "Product Image File"))]
    if images and "images" not in mapping.columns:
        mapping.columns["images"] = images


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """As any table; the options of SKU rows are moved out of the name."""
    for section in table_sections(path, mapping, tally):
        folded = {fold(name): place for place, name in enumerate(section.columns)}
        kind, name = folded.get("item type"), folded.get("product name")
        if kind is None or name is None:
            yield section
        else:
            yield Section([*section.columns, OPTIONS], _moved(section.records, kind, name), may_be_blank=True)


def _moved(records: Iterator[Record | Rejected], kind: int, name: int) -> Iterator[Record | Rejected]:
    for record in records:
        if isinstance(record, Rejected):
            yield record
            continue
        line, cells = record
        row: list[Any] = [*cells, ""]
        what = fold(cells[kind])
        if what in ("sku", "rule"):
            row[-1] = _KIND.sub("", cells[name]) if what == "sku" else ""
            row[name] = ""
        yield line, row


FORMAT = Format(
    name="bigcommerce-csv",
    label="BigCommerce (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("Product Code/SKU", "Product SKU"),
        "title": ("Product Name",),
        "description": ("Product Description",),
        "brand": ("Brand Name",),
        "gtin": ("Product UPC/EAN", "Global Trade Item Number"),
        "mpn": ("GPS Manufacturer Part Number", "Manufacturer Part Number"),
        "category": ("Category", "Category String", "Category Details"),
        "images": tuple(f"Product Image URL - {n}" for n in range(1, 6)),
        "price": ("Price", "Product Price"),
        "cost": ("Cost Price",),
        "msrp": ("Retail Price",),
        "sale_price": ("Sale Price",),
        "quantity": ("Current Stock Level", "Stock Level"),
        "weight": ("Product Weight",),
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
