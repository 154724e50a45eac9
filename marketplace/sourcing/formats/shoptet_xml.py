"""Shoptet (CZ, SK): SHOP/SHOPITEM as its shops export them for resellers, sizes and colours as VARIANTS/VARIANT inside.

Source: Shoptet's supplier feed and its "complete export". PRICE_VAT is what the shopper pays, PURCHASE_PRICE what the reseller does.
"""

from marketplace.sourcing.formats.shape import Format, own_or_shared
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.reading.look import Look

_VARIANTS = "VARIANTS/VARIANT"
_OWN = {
    "sku": "CODE",
    "gtin": "EAN",
    "quantity": "STOCK/AMOUNT",
    "price": "PRICE_VAT",
    "cost": "PURCHASE_PRICE",
    "msrp": "STANDARD_PRICE",
    "currency": "CURRENCY",
    "vat_rate": "VAT",
    "weight": "LOGISTIC/WEIGHT",
}
_ALONE = ("sku", "gtin", "quantity")
"""What a product says of these is not its variants'."""
_PRICES = ("price", "cost", "msrp")
"""Of these the product's stands in where a variant has none."""


def detect(look: Look) -> int:
    """SHOPITEMs that have a NAME, and Shoptet's ways of nesting."""
    if look.record != "SHOPITEM" or "NAME" not in look.columns:
        return 0
    nested = (
        "GUID",
        "IMAGES/IMAGE",
        "STOCK/AMOUNT",
        f"{_VARIANTS}/CODE",
        "CATEGORIES/DEFAULT_CATEGORY",
        "LOGISTIC/WEIGHT",
    )
    return 97 if sum(1 for name in nested if name in look.columns) > 1 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """A product with variants is sold as those; one without, as itself."""
    there = set(look.columns)
    parameters = "PARAMETERS/PARAMETER"
    if "category" in mapping.columns:  # the names of one shelf, the most telling first
        mapping.columns["category"] = as_list(mapping.columns["category"])[0]
    if any(column.startswith(_VARIANTS + "/") for column in there):
        mapping.expand = _VARIANTS
        for field, name in _OWN.items():
            found = own_or_shared(look, _VARIANTS, name)
            if found and field in _ALONE:
                mapping.columns[field] = f"{_VARIANTS}/{name}"
            elif found:
                mapping.columns[field] = found if field in _PRICES else as_list(found)[0]
        mapping.columns["group_key"] = "GUID" if "GUID" in there else "@id"
        parameters = f"{_VARIANTS}/{parameters}"
    mapping.option_columns = [f"{parameters}[*]"]
    if not {"price", "cost"} & mapping.columns.keys():
        mapping.columns["price"] = own_or_shared(look, mapping.expand, "PRICE") or "PRICE"
        mapping.price_vat = "excluded"
    mapping.currency = mapping.currency or "CZK"


FORMAT = Format(
    name="shoptet-xml",
    label="Shoptet (XML)",
    shapes=("xml",),
    detect=detect,
    columns={
        **{field: (name,) for field, name in _OWN.items()},
        "title": ("NAME",),
        "description": ("DESCRIPTION", "SHORT_DESCRIPTION"),
        "brand": ("MANUFACTURER",),
        "category": ("CATEGORIES/DEFAULT_CATEGORY", "CATEGORYTEXT", "CATEGORIES/CATEGORY"),
        "images": ("IMAGES/IMAGE",),
        "link": ("ORIG_URL", "URL"),
        "warnings": ("WARNINGS",),
    },
    settings={"price_means": "public", "price_vat": "included", "weight_unit": "kg"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
