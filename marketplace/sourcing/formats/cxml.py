"""cXML catalogues: an Index of IndexItemAdd, IndexItemDelete and IndexItemPunchout. Other cXML documents are no catalogues.

Source: cXML reference guide 1.2, chapter "Catalogs".
"""

from __future__ import annotations

import re

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look

_DOCUMENT = re.compile(r"<(\w+(?:Request|Message|Response))[\s>/]")
_ITEM = "IndexItemAdd"


def detect(look: Look) -> int:
    """cXML of any kind, or a bare Index."""
    return (
        98
        if look.root in ("cXML", "Index") and ("SupplierPartID" in look.head.text or look.root == "cXML")
        else 0
    )


def finish(mapping: Mapping, look: Look) -> None:
    """Raises FeedRefused for orders, ship notices and other messages."""
    text = look.head.text
    if "<IndexItem" not in text:
        kind = _DOCUMENT.search(text[text.find("</Header>") :] if "</Header>" in text else text)
        raise FeedRefused(
            "not_products",
            N_("This is a cXML {kind}, not a catalogue"),
            line=1,
            column=1,
            kind=kind[1] if kind else "document",
        )
    start = "" if look.root == "Index" else _path_to_index(text)
    mapping.record_path = f"{start}IndexItem"
    item, detail = f"{_ITEM}/ItemID", f"{_ITEM}/ItemDetail"
    mapping.columns = {
        "sku": f"{item}/SupplierPartID",
        "title": [f"{detail}/Description/ShortName", f"{detail}/Description"],
        "description": f"{detail}/Description",
        "price": f"{detail}/UnitPrice/Money",
        "currency": f"{detail}/UnitPrice/Money/@currency",
        "mpn": f"{detail}/ManufacturerPartID",
        "brand": f"{detail}/ManufacturerName",
        "category": f"{detail}/Classification",
        "link": f"{detail}/URL",
        "images": f"{detail}/AttachmentReference/URL",
        "lead_days": [f"{detail}/LeadTime", f"{_ITEM}/IndexItemDetail/LeadTime"],
        "gtin": [f"{detail}/ItemDetailIndustry/ItemDetailRetail/EANID", f"{detail}/EANID"],
    }
    mapping.option_columns = [f"{detail}/Extrinsic[*]"]
    mapping.option_pairs = [
        (
            f"{detail}/ItemDetailIndustry/ItemDetailRetail/Characteristic/@domain",
            f"{detail}/ItemDetailIndustry/ItemDetailRetail/Characteristic/@value",
        )
    ]


def _path_to_index(text: str) -> str:
    return (
        "Message/IndexMessage/Index/"
        if "<IndexMessage" in text
        else "Message/Index/"
        if "<Message" in text
        else "Index/"
    )


FORMAT = Format(
    name="cxml",
    label="cXML catalogue",
    shapes=("xml",),
    detect=detect,
    settings={"price_means": "cost", "price_vat": "excluded", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("xml", "cxml"),
)
