"""Nokaut (PL): nokaut/offers/offer, with properties by name; `availability` is a code.

Source: Nokaut's offer file specification: 0 at once, 1 within a week, 2 later than that, 3 on order, 4 ask the shop.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Word
from marketplace.sourcing.reading.look import Look

_WORDS = {
    "0": Word("in_stock", lead_days=1),
    "1": Word("in_stock", lead_days=7),
    "2": Word("in_stock", lead_days=14),
    "3": Word("backorder"),
    "4": Word("unknown"),
}
_NAMED = {"gtin": ("EAN", "ean", "ISBN"), "mpn": ("Kod producenta", "producer_code", "Kod_producenta")}


def detect(look: Look) -> int:
    """Its root."""
    return 97 if look.root == "nokaut" else 0


def finish(mapping: Mapping, look: Look) -> None:
    """EAN and part number are properties called so. The code is no number: beside a stock it only says when."""
    mapping.record_path = mapping.record_path or "offers/offer"
    for field, names in _NAMED.items():
        found = next((f"property[{name}]" for name in names if f"property[{name}]" in look.columns), None)
        if found and field not in mapping.columns:
            mapping.columns[field] = found
    if any(column.startswith("property[") for column in look.columns):
        mapping.option_columns = ["property[*]"]
    if "availability" in look.columns:
        mapping.columns["lead_days"] = "availability"
        mapping.words, mapping.words_for = dict(_WORDS), "lead_days"


FORMAT = Format(
    name="nokaut-xml",
    label="Nokaut (XML)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("id",),
        "title": ("name",),
        "description": ("description",),
        "brand": ("producer",),
        "mpn": ("producer_code",),
        "category": ("category",),
        "images": ("image", "images/image"),
        "link": ("url",),
        "price": ("price",),
        "quantity": ("instock",),
        "weight": ("weight",),
    },
    settings={"price_means": "public", "price_vat": "included", "currency": "PLN", "weight_unit": "kg"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
