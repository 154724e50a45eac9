"""BMEcat 1.2 and 2005: the catalogue of German-speaking trade. T_NEW_CATALOG, T_UPDATE_PRODUCTS or T_UPDATE_PRICES.

`net_customer` is the merchant's price, `net_list` the public one without VAT, `nrp` the recommended retail price with VAT. A price
is for PRICE_QUANTITY units. Source: BMEcat 1.2 and 2005.1 specifications, bmecat.org.
"""

from __future__ import annotations

import re
from itertools import islice

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.bmecat_groups import has_map, map_column, sections
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, RowFilter
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.tally import Tally

_TRANSACTION = re.compile(r"<(?:\w+:)?(T_NEW_CATALOG|T_UPDATE_PRODUCTS|T_UPDATE_PRICES)\b")
_CURRENCY = re.compile(r"<(?:\w+:)?CURRENCY>\s*(?:<!\[CDATA\[)?\s*([A-Z]{3})")
_MIME_ROOT = re.compile(r"<(?:\w+:)?MIME_ROOT>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]+)")
_PRICE = re.compile(r"""\bprice_type\s*=\s*["']([\w.-]+)["'][^<>]*>[^<]{0,200}<(?:\w+:)?PRICE_AMOUNT\b""")
"""The type of a price that has an amount; some have nothing but a bound."""
_COST = ("net_customer", "net_customer_exp", "net_customer_single", "egp", "buyer_price")
_PUBLIC = ("net_list", "list", "uvp", "gros_list", "gross_list")


_PRICE_FIELDS = frozenset({"sku", "cost", "price", "msrp", "currency", "vat_rate", "price_quantity"})


def detect(look: Look) -> int:
    """Its root."""
    return 98 if look.root.upper() == "BMECAT" else 0


def finish(mapping: Mapping, look: Look) -> None:
    """Version, transaction, currency and the pictures' address are in the header. Raises FeedRefused when there is no catalogue."""
    text = look.head.text
    found = _TRANSACTION.search(text)
    if found is None:
        if look.head.complete:
            raise FeedRefused("not_products", N_("This BMEcat document holds no catalogue"), line=1, column=1)
        raise FeedRefused(
            "no_records",
            N_("No catalogue begins within the first megabyte of this BMEcat document"),
            line=1,
            column=1,
        )
    old = re.search(r"<(?:\w+:)?(?:ARTICLE|SUPPLIER_AID)\b", text) or re.search(
        r"<BMECAT[^>]*version\s*=\s*[\"']1\.", text
    )
    word = "ARTICLE" if old else "PRODUCT"
    number, international = (
        ("SUPPLIER_AID", "EAN") if word == "ARTICLE" else ("SUPPLIER_PID", "INTERNATIONAL_PID")
    )
    details, order, prices = f"{word}_DETAILS", f"{word}_ORDER_DETAILS", f"{word}_PRICE_DETAILS/{word}_PRICE"
    logistic, features, there = f"{word}_LOGISTIC_DETAILS", f"{word}_FEATURES", set(look.columns)
    mapping.record_path = f"{found[1]}/{word}"
    maker = "MANUFACTURER_AID" if word == "ARTICLE" else "MANUFACTURER_PID"
    mapping.columns = {
        "sku": number,
        "title": f"{details}/DESCRIPTION_SHORT",
        "description": f"{details}/DESCRIPTION_LONG",
        "gtin": [f"{details}/{international}", f"{details}/EAN"] if word == "PRODUCT" else f"{details}/EAN",
        "mpn": f"{details}/{maker}",
        "brand": f"{details}/MANUFACTURER_NAME",
        "lead_days": f"{details}/DELIVERY_TIME",
        "images": "MIME_INFO/MIME[image]",
        "currency": f"{prices}/PRICE_CURRENCY",
        "vat_rate": f"{prices}/TAX_DETAILS/TAX" if "TAX_DETAILS>" in text else f"{prices}/TAX",
        "price_quantity": f"{order}/PRICE_QUANTITY",
        "min_quantity": f"{order}/QUANTITY_MIN",
        "pack_quantity": f"{order}/QUANTITY_INTERVAL",
        "category": _there(
            there, f"{features}/REFERENCE_FEATURE_GROUP_NAME", f"{features}/REFERENCE_FEATURE_GROUP_ID"
        ),
        "weight": f"{logistic}/PRODUCT_DIMENSIONS/WEIGHT",
        "origin_country": f"{logistic}/COUNTRY_OF_ORIGIN",
        "hs_code": f"{logistic}/CUSTOMS_TARIFF_NUMBER/CUSTOMS_NUMBER",
    }
    for optional in ("weight", "origin_country", "hs_code"):
        if mapping.columns[optional] not in there:
            del mapping.columns[optional]
    _prices(mapping, prices, look)
    mapping.option_columns = [f"{features}/FEATURE[*]"]
    _groups(mapping, word, look)
    if (
        found[1] == "T_UPDATE_PRICES"
    ):  # it says nothing of texts, so it makes no offer: prices of known articles
        mapping.columns = {field: refs for field, refs in mapping.columns.items() if field in _PRICE_FIELDS}
        mapping.option_columns = []
    if "@mode" in there:
        mapping.filters = [RowFilter("@mode", "is_not", ["delete"])]
    currency, root = _CURRENCY.search(text), _MIME_ROOT.search(text)
    mapping.currency = currency[1] if currency else mapping.currency
    mapping.image_base = root[1] if root else ""


def _groups(mapping: Mapping, word: str, look: Look) -> None:
    """Where the document says in which catalogue groups its articles stand, these are their categories."""
    column = map_column(word)
    if not has_map(look.head.path, look.head.encoding):
        return
    mapping.columns["category"] = column
    reader = sections(look.head.path, mapping, Tally()) if look.head.complete else ()
    found = [
        record[1][section.columns.index(column)]
        for section in reader
        for record in islice(section.records, len(look.samples))
        if not isinstance(record, Rejected)
    ]
    look.add(column, found)


def _there(columns: set[str], *paths: str) -> str:
    """The first of the paths that the file has, else the first."""
    return next((path for path in paths if path in columns), paths[0])


def _prices(mapping: Mapping, prices: str, look: Look) -> None:
    """The price types of the file, each where it belongs; a file without any is read by its first price."""
    types = set(_PRICE.findall(look.head.text))
    cost = [f"{prices}[{kind}]" for kind in _COST if kind in types]
    public = [f"{prices}[{kind}]" for kind in _PUBLIC if kind in types]
    if cost:
        mapping.columns["cost"] = cost
    if public:
        mapping.columns["price"] = public
        mapping.price_means = "public"
    if "nrp" in types:
        mapping.columns["msrp"] = f"{prices}[nrp]"
    if not cost and not public:
        mapping.columns["price"] = f"{prices}/PRICE_AMOUNT"
        mapping.price_means = "cost"


FORMAT = Format(
    name="bmecat",
    label="BMEcat 1.2, 2005",
    shapes=("xml",),
    detect=detect,
    settings={"price_vat": "excluded", "decimal": "."},
    only=True,
    finish=finish,
    sections=sections,
    kinds=("xml",),
)
