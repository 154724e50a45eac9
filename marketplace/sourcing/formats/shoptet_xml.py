"""Shoptet (CZ, SK): SHOP/SHOPITEM as its shops export them for resellers, sizes and colours as VARIANTS/VARIANT inside.

Source: Shoptet's supplier feed and its "complete export". PRICE_VAT is what the shopper pays, PURCHASE_PRICE what the reseller does.
"""

from marketplace.sourcing.formats.shape import Format
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
            own, shared = f"{_VARIANTS}/{name}", name
            mapping.columns.pop(field, None)
            if own in there or shared in there:
                mapping.columns[field] = (
                    [own, shared] if field in ("price", "cost", "msrp") and shared in there else own
                )
        mapping.columns["group_key"] = "GUID" if "GUID" in there else "@id"
        parameters = f"{_VARIANTS}/{parameters}"
    mapping.option_columns = [f"{parameters}[*]"]
    if not {"price", "cost"} & mapping.columns.keys():
        mapping.columns["price"], mapping.price_vat = "PRICE", "excluded"
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
