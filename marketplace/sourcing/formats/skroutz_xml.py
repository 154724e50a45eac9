"""Skroutz and BestPrice (GR): products/product, sizes as variations inside. `instock` is Y or N, `availability` a delivery time.

Source: developer.skroutz.gr/products/xml_feed.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

_VARIATIONS = "variations/variation"
_OWN = {
    "sku": ("variationid", "variation_id", "id"),
    "quantity": ("quantity",),
    "lead_days": ("availability",),
    "price": ("price_with_vat",),
    "gtin": ("ean",),
    "mpn": ("mpn", "manufacturersku"),
}
_BESTPRICE = ("productId", "productURL", "imageURL", "category_path", "category_name")


def detect(look: Look) -> int:
    """Its name for the price, or its root."""
    found = look.has(
        "price_with_vat",
        "instock",
        "availability",
        "manufacturer",
        "mpn",
        "additional_imageurl",
        "uniqueid",
        "name",
        "link",
    )
    if look.has(*_BESTPRICE) > 2:
        return 80
    if look.root in ("mywebstore", "skroutz"):
        return max(min(40 + found * 8, 95), 50)
    return min(40 + found * 8, 95) if look.has("price_with_vat") and look.record.lower() == "product" else 0


def finish(mapping: Mapping, look: Look) -> None:
    """A product with variations is sold as those."""
    mapping.record_path = mapping.record_path or "products/product"
    if not any(column.startswith(_VARIATIONS + "/") for column in look.columns):
        return
    mapping.expand = _VARIATIONS
    mapping.columns["group_key"] = mapping.columns.get("sku", "id")
    for field, names in _OWN.items():
        own = next(
            (f"{_VARIATIONS}/{name}" for name in names if f"{_VARIATIONS}/{name}" in look.columns), None
        )
        if own:
            shared = mapping.columns.get(field)
            mapping.columns[field] = (
                [own, shared] if isinstance(shared, str) and field in ("price", "mpn", "lead_days") else own
            )
    mapping.key_from = [str(mapping.columns["group_key"])]
    if f"{_VARIATIONS}/size" in look.columns:
        mapping.options["Size"] = f"{_VARIATIONS}/size"
        mapping.key_from.append(f"{_VARIATIONS}/size")


FORMAT = Format(
    name="skroutz-xml",
    label="Skroutz, BestPrice (XML)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("id", "UniqueID", "uniqueid", "uid", "productId"),
        "title": ("name", "title"),
        "description": ("description",),
        "brand": ("manufacturer", "brand"),
        "mpn": ("mpn",),
        "gtin": ("ean", "barcode"),
        "category": ("category_path", "category_name", "category"),
        "images": (
            "image",
            "imageURL",
            "image_url",
            "additional_imageurl",
            "additionalimage",
            "additional_image",
            "additionalimageurl",
        ),
        "link": ("link", "productURL"),
        "price": ("price_with_vat", "price"),
        "vat_rate": ("vat",),
        "quantity": ("quantity", "stock"),
        "availability": ("instock", "in_stock"),
        "lead_days": ("availability",),
        "weight": ("weight",),
    },
    options={"Colour": "color", "Size": "size"},
    settings={"price_means": "public", "price_vat": "included", "currency": "EUR", "weight_unit": "g"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
