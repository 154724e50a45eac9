"""Ceneo (PL): offers/o with attributes; `avail` is a code.

Source: Ceneo's offer file specification, version 2: 1 available, 3, 7, 14 within so many days, 90 on order, 99 check in the shop,
110 preorder.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, Word
from marketplace.sourcing.reading.look import Look

_WORDS = {
    "1": Word("in_stock", lead_days=1),
    "3": Word("in_stock", lead_days=3),
    "7": Word("in_stock", lead_days=7),
    "14": Word("in_stock", lead_days=14),
    "90": Word("backorder"),
    "99": Word("unknown"),
    "110": Word("preorder"),
}
_NAMED = {
    "brand": ("Producent", "Marka", "Wydawnictwo"),
    "mpn": ("Kod_producenta", "Kod producenta"),
    "gtin": ("EAN", "ISBN", "Ean"),
}


def detect(look: Look) -> int:
    """`o` with `avail` among attributes."""
    if look.root == "offers" and not look.record and look.head.complete:
        return 50  # no offer in it
    return 95 if look.record == "o" and {"@id", "@price"} <= set(look.columns) else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Brand, part number and EAN are attributes called so; a stock above zero goes before the code."""
    mapping.record_path = mapping.record_path or "o"
    for field, names in _NAMED.items():
        found = next((f"attrs/a[{name}]" for name in names if f"attrs/a[{name}]" in look.columns), None)
        if found:
            mapping.columns[field] = found
    mapping.option_columns = (
        ["attrs/a[*]"] if any(column.startswith("attrs/a[") for column in look.columns) else []
    )
    mapping.words = {} if "@stock" in look.columns and "@avail" not in look.columns else dict(_WORDS)
    if "@avail" in look.columns:
        mapping.columns["lead_days"] = "@avail"
        mapping.words_for = "lead_days"


FORMAT = Format(
    name="ceneo-xml",
    label="Ceneo (XML)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("@id",),
        "title": ("name",),
        "description": ("desc",),
        "category": ("cat",),
        "images": ("imgs/main/@url", "imgs/i/@url"),
        "link": ("@url",),
        "price": ("@price",),
        "quantity": ("@stock",),
        "weight": ("@weight",),
    },
    settings={
        "price_means": "public",
        "price_vat": "included",
        "currency": "PLN",
        "decimal": ".",
        "weight_unit": "kg",
    },
    only=True,
    finish=finish,
    kinds=("xml",),
)
