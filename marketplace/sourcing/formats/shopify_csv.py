"""Shopify's product export, from 7 to 81 columns, and files made for its import.

Rows of one product share the Handle; only the first has its title and texts. A row with nothing but a picture belongs to the
product above. SKUs are often empty or repeated: the key is then the handle with the chosen options. "Cost per item" is the shop's
own cost, and where a supplier sends it, the merchant's. Source: help.shopify.com/manual/products/import-export/using-csv.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.values.text import fold

_OPTIONS = [(f"Option{n} Name", f"Option{n} Value") for n in (1, 2, 3)]
_GRAMS = ("Variant Grams", "Weight value (grams)")
_CATEGORIES = (
    "Type",
    "Custom Product Type",
    "Product Category",
    "Product category",
    "Standard Product Type",
    "Standardized Product Type",
    "Tags",
)


def detect(look: Look) -> int:
    """A handle beside variants or options."""
    if not look.has("Handle"):
        return _newer(look)
    found = look.has("Variant SKU", "Variant Price", "Variant Inventory Qty", "Variant Barcode", "Body (HTML)", "Option1 Name",
                     "Option1 Value", "Image Src", "On hand (current)", "Available (not editable)", "Location", "Variant Grams", "Vendor", "Published", "Gift Card")  # fmt: skip
    variants = sum(1 for column in look.columns if column.startswith("Variant "))
    return min(50 + found * 5, 98) if variants or look.has("Option1 Value") else 0


def _newer(look: Look) -> int:
    """The template of 2024, which says `URL handle` and leaves the `Variant` out."""
    found = look.has("Option1 value", "Product image URL", "Variant image URL", "Compare-at price", "Cost per item", "Inventory quantity",
                     "Weight value (grams)", "Continue selling when out of stock", "Published on online store", "Product category")  # fmt: skip
    return min(50 + found * 5, 98) if look.has("URL handle") and found > 2 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """The category is in one of several columns, whichever is filled; the key in the sku, else handle and options."""
    for column in _CATEGORIES:
        if column in look.columns and look.values(column):
            mapping.columns["category"] = column
            break
    pairs = [tuple(look.folded.get(fold(name), name) for name in pair) for pair in _OPTIONS]
    mapping.option_pairs = [(name, value) for name, value in pairs if value in look.columns]
    handle = look.folded.get("handle") or look.folded.get("url handle", "Handle")
    mapping.key_from = [handle, *(value for _, value in mapping.option_pairs)]
    if mapping.columns.get("weight") in _GRAMS:  # whatever the unit shown to shoppers
        mapping.weight_unit = "g"
        mapping.columns.pop("weight_unit", None)


FORMAT = Format(
    name="shopify-csv",
    label="Shopify (CSV)",
    shapes=("table",),
    detect=detect,
    columns={
        "sku": ("Variant SKU", "SKU"),
        "group_key": ("Handle", "URL handle"),
        "title": ("Title",),
        "description": ("Body (HTML)", "Description"),
        "brand": ("Vendor",),
        "google_category": ("Google Shopping / Google Product Category",),
        "mpn": ("Google Shopping / MPN",),
        "condition": ("Google Shopping / Condition",),
        "gtin": ("Variant Barcode", "Barcode"),
        "images": ("Image Src", "Product image URL"),
        "variant_image": ("Variant Image", "Variant image URL"),
        "price": ("Variant Price", "Price"),
        "msrp": ("Variant Compare At Price", "Compare-at price"),
        "cost": ("Cost per item", "Variant Cost", "Procure WholeSale Price"),
        "quantity": (
            "Variant Inventory Qty",
            "Inventory quantity",
            "Quantity",
            "Available (not editable)",
            "Available",
            "On hand (current)",
            "On hand",
        ),
        "weight": (*_GRAMS, "Variant Weight"),
        "weight_unit": ("Variant Weight Unit",),
        "hs_code": ("Variant HS Code", "HS Code", "Variant Tariff Code"),
        "origin_country": ("Variant Country of Origin", "Country of origin", "COO"),
    },
    settings={"price_means": "public", "inherit": "group", "attach_images": True, "decimal": "."},
    only=True,
    finish=finish,
    kinds=("csv",),
)
