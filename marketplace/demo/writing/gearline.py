"""Gearline Wholesale: a Shopify product export in pounds, variants by handle, further pictures on rows of their own.

Its oddities: image-only rows, four variants without a SKU, a negative stock, one price missing, one barcode wrong, a
product without a title, and texts only on the first row of each handle.
"""

import csv
import io
from collections.abc import Iterator
from itertools import groupby

from marketplace.demo.writing.common import amount, broken_gtin, picture_urls
from marketplace.demo.writing.stocked import Stocked, stocked

MAKER = "Manufacturer {} (product.metafields.gpsr.manufacturer_{})"
COLUMNS = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Option1 Name",
    "Option1 Value", "Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Tracker",
    "Variant Inventory Qty", "Variant Inventory Policy", "Variant Fulfillment Service", "Variant Price",
    "Variant Compare At Price", "Variant Requires Shipping", "Variant Taxable", "Variant Barcode", "Image Src",
    "Image Position", "Image Alt Text", "Gift Card", "SEO Title", "Google Shopping / MPN", "Variant Image",
    "Variant Weight Unit", "Cost per item", "Variant HS Code", "Variant Country of Origin",
    MAKER.format("name", "name"), MAKER.format("address", "address"), MAKER.format("email", "email"), "Status",
)  # fmt: skip
QUANTITY_COLUMN = COLUMNS.index("Variant Inventory Qty")


def render() -> bytes:
    """The whole feed, UTF-8 with LF, as Shopify exports it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    place = 0
    for _, group in groupby(stocked("gearline"), key=lambda row: row.product.slug):
        rows = list(group)
        writer.writerows(_product(rows, place))
        place += len(rows)
    return out.getvalue().encode()


def _product(rows: list[Stocked], place: int) -> Iterator[dict[str, str]]:
    product = rows[0].product
    for offset, row in enumerate(rows):
        line = _variant(row, place + offset)
        if offset == 0:
            line |= _texts(row)
        yield line
    extra = [url for colour in product.colours for url in picture_urls(product, colour)][1:]
    for position, url in enumerate(extra, start=2):
        yield {
            "Handle": product.slug,
            "Image Src": url,
            "Image Position": str(position),
            "Image Alt Text": product.title[0],
        }


def _texts(row: Stocked) -> dict[str, str]:
    product = row.product
    return {
        "Title": "" if product.slug == "cap-panel" else product.title[0],
        "Body (HTML)": product.description[0],
        "Vendor": product.brand.name,
        "Product Category": str(product.google),
        "Type": product.noun[0].capitalize(),
        "Tags": f"{product.shelf.label[0]}, {product.material.label[0]}",
        "Published": "true",
        "Image Src": picture_urls(product, row.variant.colour)[0],
        "Image Position": "1",
        "Image Alt Text": product.title[0],
        "Gift Card": "false",
        "SEO Title": product.title[0],
        "Status": "active",
    }


def _variant(row: Stocked, place: int) -> dict[str, str]:
    product, variant = row.product, row.variant
    quantity = -3 if place == 61 else row.quantity or 0
    return {
        "Handle": product.slug,
        "Option1 Name": "Colour",
        "Option1 Value": variant.colour.label[0],
        "Option2 Name": "Size" if variant.size else "",
        "Option2 Value": variant.size,
        "Variant SKU": "" if place in (24, 25, 140, 222) else row.sku,
        "Variant Grams": str(product.weight_g),
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": str(quantity),
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": "" if place == 183 else amount(row.price_e4),
        "Variant Compare At Price": amount(row.retail * 100),
        "Variant Requires Shipping": "true",
        "Variant Taxable": "true",
        "Variant Barcode": broken_gtin(variant.gtin) if place == 101 else variant.gtin,
        "Google Shopping / MPN": variant.mpn,
        "Variant Image": picture_urls(product, variant.colour)[0],
        "Variant Weight Unit": "g",
        "Variant HS Code": product.hs,
        "Variant Country of Origin": product.brand.origin,
        MAKER.format("name", "name"): product.brand.company,
        MAKER.format("address", "address"): product.brand.address,
        MAKER.format("email", "email"): product.brand.email,
    }
