"""Heureka (CZ, SK): SHOP/SHOPITEM. DELIVERY_DATE is days to dispatch, a date, or empty for "not known".

Source: sluzby.heureka.cz/napoveda/xml-feed. Prices are what the shopper pays; PRICE alone, of the older form, is without VAT.
"""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

COLUMNS: dict[str, tuple[str, ...]] = {
    "sku": ("ITEM_ID", "CODE", "PRODUCTNO", "ID"),
    "group_key": ("ITEMGROUP_ID",),
    "title": ("PRODUCTNAME", "PRODUCT", "PRODUCT_NAME", "NAME"),
    "description": ("DESCRIPTION",),
    "brand": ("MANUFACTURER", "BRAND"),
    "mpn": ("PRODUCTNO", "PART_NUMBER"),
    "gtin": ("EAN", "ISBN"),
    "category": ("CATEGORYTEXT", "CATEGORIES/CATEGORY"),
    "images": ("IMGURL", "IMGURL_ALTERNATIVE", "IMAGES/IMGURL"),
    "link": ("URL",),
    "condition": ("ITEM_TYPE",),
    "price": ("PRICE_VAT", "PRICE"),
    "cost": ("PURCHASE_PRICE", "PRICE_PURCHASE"),
    "vat_rate": ("VAT",),
    "quantity": ("STOCK_AMOUNT", "STOCK_QUANTITY", "STOCK", "AMOUNT"),
    "availability": ("AVAILABILITY",),
    "lead_days": ("DELIVERY_DATE",),
    "weight": ("WEIGHT",),
    "warnings": ("WARNINGS",),
}
_PARAMS = ("PARAM", "PARAMETERS/PARAMETER", "PARAMS/PARAM")


def detect(look: Look) -> int:
    """SHOPITEMs with Heureka's names."""
    if look.root == "SHOP" and not look.record:
        return 50  # a shop without a product
    if look.record not in ("SHOPITEM", "ITEM") or look.root not in ("SHOP", "shop", "SHOPS"):
        return 0
    own = look.has(
        "ITEM_ID",
        "PRICE_VAT",
        "IMGURL_ALTERNATIVE",
        "ITEMGROUP_ID",
        "DELIVERY/DELIVERY_ID",
        "HEUREKA_CPC",
        "VIDEO_URL",
    )
    return 60 + own * 4


def finish(mapping: Mapping, look: Look) -> None:
    """Which price it is decides on VAT; the shop's country on the currency."""
    columns = set(look.columns)
    mapping.record_path = mapping.record_path or "SHOPITEM"
    mapping.columns["price"] = next((name for name in ("PRICE_VAT", "PRICE") if name in columns), "PRICE_VAT")
    mapping.price_vat = "included" if "PRICE_VAT" in columns else "excluded"
    if mapping.columns.get("mpn") == mapping.columns.get("sku"):
        mapping.columns.pop("mpn", None)
    slovak = "heureka.sk" in look.head.text[:200_000].lower() or ".sk/" in look.head.text[:20_000]
    mapping.currency = mapping.currency or ("EUR" if slovak else "CZK")
    found = {path for path in _PARAMS if any(column.startswith(path + "[") for column in columns)}
    mapping.option_columns = [f"{path}[*]" for path in _PARAMS if path in found]


FORMAT = Format(
    name="heureka-xml",
    label="Heureka (XML)",
    shapes=("xml",),
    detect=detect,
    columns=COLUMNS,
    settings={"price_means": "public"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
