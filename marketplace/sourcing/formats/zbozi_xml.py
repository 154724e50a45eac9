"""Zboží.cz and the older Czech feeds of the same family (Jyxo, universal): SHOP/SHOPITEM, or ITEM."""

from marketplace.sourcing.formats import heureka_xml
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.reading.look import Look

_MARKS = ("zbozi.cz", "feed:zbozi", "feed:jyxo", "feed:universal")


def detect(look: Look) -> int:
    """The namespace says so; else names that only Zboží has."""
    if look.record not in ("SHOPITEM", "ITEM") or look.root != "SHOP":
        return 0
    if any(mark in look.head.text[:3_000] for mark in _MARKS) or look.record == "ITEM":
        return 90
    return (
        62
        + look.has(
            "EXTRA_MESSAGE", "BRAND", "PRODUCT_LINE", "CUSTOM_LABEL_0", "MAX_CPC", "LIST_PRICE", "SHOP_DEPOTS"
        )
        * 8
    )


FORMAT = Format(
    name="zbozi-xml",
    label="Zboží.cz (XML)",
    shapes=("xml",),
    detect=detect,
    columns={**heureka_xml.COLUMNS, "msrp": ("LIST_PRICE",)},
    settings={"price_means": "public"},
    only=True,
    finish=heureka_xml.finish,
    kinds=("xml",),
)
