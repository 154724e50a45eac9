"""Árukereső (HU), Compari (RO), Pazaruvaj (BG): products/product, one shape in three countries. Prices are what the shopper pays.

Source: arukereso.hu, "XML adatállomány". `Identifier` is the shop's own number; `NetPrice` is optional and left aside where it is not
said of every product.
"""

import re

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.values.text import fold

_OWN = ("Identifier", "ProductUrl", "Product_Url", "ImageUrl", "Image_Url", "EanCode", "Ean_Code", "DeliveryTime", "Delivery_Time",
        "DeliveryCost", "Delivery_Cost", "ProductNumber", "Product_Number")  # fmt: skip
_CURRENCIES = {"hu": "HUF", "ro": "RON"}
_HOST = re.compile(r"https?://[\w.-]+\.(hu|ro)\b", re.IGNORECASE)


def detect(look: Look) -> int:
    """Most of its names."""
    own = look.has(*_OWN)
    return (
        80 + own
        if own > 3 and look.record.lower() == "product" and look.has("Identifier", "EanCode", "Ean_Code")
        else 0
    )


def finish(mapping: Mapping, look: Look) -> None:
    """The currency is said, or the country's in which the shop is."""
    if mapping.currency is None and "currency" not in mapping.columns:
        hosts = {found.lower() for found in _HOST.findall(" ".join(look.values(_link(mapping))))}
        mapping.currency = _CURRENCIES[hosts.pop()] if len(hosts) == 1 else None
    for field in ("quantity", "availability"):
        column = mapping.columns.get(field)
        if (
            isinstance(column, str)
            and field == "quantity"
            and not any(map(str.isdecimal, look.values(column)))
        ):
            mapping.columns["availability"] = mapping.columns.pop(field)
    named = [c.partition("[")[0] for c in look.columns if c.endswith("]") and fold(c).startswith("attribute")]
    mapping.option_columns = [f"{name}[*]" for name in dict.fromkeys(named)]


def _link(mapping: Mapping) -> str:
    return str(mapping.columns.get("link", ""))


FORMAT = Format(
    name="arukereso-xml",
    label="Árukereső, Compari, Pazaruvaj (XML)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("Identifier", "Product_Id", "ProductId"),
        "title": ("Name",),
        "description": ("Description",),
        "brand": ("Manufacturer",),
        "mpn": ("ProductNumber", "Product_Number"),
        "gtin": ("EanCode", "Ean_Code", "Ean"),
        "category": ("Category",),
        "images": ("ImageUrl", "Image_Url", "ImageUrl2", "Image_Url_2", "ImageUrl3", "Image_Url_3"),
        "link": ("ProductUrl", "Product_Url"),
        "price": ("Price",),
        "currency": ("Currency",),
        "quantity": ("Stock", "Stock_Quantity", "StockQuantity"),
        "lead_days": ("DeliveryTime", "Delivery_Time"),
        "group_key": ("GroupId", "Group_Id"),
        "condition": ("Condition",),
    },
    settings={"price_means": "public", "price_vat": "included"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
