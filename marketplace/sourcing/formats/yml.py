"""Yandex Market Language, as Yandex, Rozetka, Prom, Hotline, Kaspi and hundreds of shops write it.

Categories are numbers explained before the offers; parameters are options. `available="false"` means on order, not gone.
Source: yandex.ru/support/merchants/elements/offer.html.
"""

from typing import Any

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.xml_pairs import local


def detect(look: Look) -> int:
    """Its root, or offers with its names."""
    if look.root in ("yml_catalog", "kaspi_catalog"):
        return 98
    if (
        look.record == "item"
        and look.has("categoryId")
        and look.has("@id", "id")
        and look.has("vendor", "vendorCode", "priceRUAH")
    ):
        return 85  # Hotline's and Prom's own
    return (
        85
        if look.record == "offer" and look.has("@id", "currencyId", "categoryId", "picture", "price") >= 4
        else 0
    )


def categories(root: Any) -> dict[str, dict[str, str]]:
    """categoryId → the path of names, from the document's list."""
    names: dict[str, tuple[str, str]] = {}
    for element in root.iter("{*}category"):
        number = element.get("id") or (element.findtext("{*}id") or "").strip()
        if local(element.tag) == "category" and number and len(names) < 200_000:
            name = (element.text or "").strip() or (element.findtext("{*}name") or "").strip()
            parent = (
                element.get("parentId")
                or element.get("parentID")
                or (element.findtext("{*}parentId") or "").strip()
            )
            names[number] = name, parent
    paths = {number: _path(number, names) for number in names}
    return {"categoryId": paths}


def _path(number: str, names: dict[str, tuple[str, str]]) -> str:
    path: list[str] = []
    while number in names and len(path) < 10:
        name, number = names[number]
        path.append(name)
    return " > ".join(reversed(path))


def finish(mapping: Mapping, look: Look) -> None:
    """Whatever the shop calls its stock; all params are options."""
    mapping.record_path = mapping.record_path or "shop/offers/offer"
    priced = str(mapping.columns.get("price", ""))
    if mapping.currency is None and (priced[-3:] in ("UAH", "uah") or look.root == "kaspi_catalog"):
        mapping.currency = "KZT" if look.root == "kaspi_catalog" else "UAH"
    mapping.option_columns = ["param[*]"] if any(c.startswith("param[") for c in look.columns) else []
    if "typePrefix" in look.columns and "name" not in look.columns:
        mapping.columns["title"] = "model"


FORMAT = Format(
    name="yml",
    label="YML (Yandex, Rozetka, Prom)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("@id", "@sku", "id"),
        "group_key": ("@group_id",),
        "title": ("name", "name_ua", "model", "title"),
        "description": ("description", "description_ua"),
        "brand": ("vendor", "brand", "publisher"),
        "mpn": ("vendorCode", "article", "code"),
        "gtin": ("barcode", "ean", "ISBN"),
        "category": ("categoryId",),
        "images": ("picture", "image"),
        "link": ("url",),
        "price": ("price", "priceuah", "priceRUAH", "price_promo"),
        "msrp": ("oldprice", "price_old", "old_price"),
        "cost": ("purchase_price", "price_opt", "dealer_price"),
        "currency": ("currencyId", "currency"),
        "vat_rate": ("vat",),
        "quantity": (
            "stock_quantity",
            "quantity_in_stock",
            "quantity",
            "count",
            "stock",
            "amount",
            "outlets/outlet/@instock",
            "availabilities/availability/@stockCount",
        ),
        "availability": ("@available", "available", "stock", "availabilities/availability/@available"),
        "weight": ("weight",),
        "origin_country": ("country_of_origin", "country"),
        "min_quantity": ("min-quantity", "minimum_order_quantity"),
        "pack_quantity": ("step-quantity",),
        "warnings": ("sales_notes",),
        "condition": ("condition/@type", "condition"),
    },
    settings={"price_means": "public", "price_vat": "included", "decimal": "."},
    only=True,
    finish=finish,
    context=categories,
    kinds=("xml", "yml"),
)
