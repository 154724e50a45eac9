"""Trovaprezzi (IT): Products/Offer; `Stock` is a word or a number."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Offers with its capitalised names."""
    found = len(
        {
            "Name",
            "Code",
            "Link",
            "Image",
            "ShippingCost",
            "Categories",
            "PartNumber",
            "EanCode",
            "OriginalPrice",
            "Price",
        }
        & set(look.columns)
    )
    return 40 + found * 6 if look.record == "Offer" and found >= 5 else 0


FORMAT = Format(
    name="trovaprezzi-xml",
    label="Trovaprezzi (XML)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("Code", "Id"),
        "title": ("Name",),
        "description": ("Description",),
        "brand": ("Brand",),
        "mpn": ("PartNumber",),
        "gtin": ("EanCode", "Ean"),
        "category": ("Categories", "Category"),
        "images": ("Image", "Image2", "Image3", "Image4", "Image5"),
        "link": ("Link",),
        "price": ("OriginalPrice", "Price"),
        "sale_price": ("Price",),
        "availability": ("Stock",),
        "weight": ("Weight",),
    },
    settings={"price_means": "public", "price_vat": "included", "currency": "EUR"},
    only=True,
    kinds=("xml",),
)
