"""cXML catalogues: an Index of IndexItemAdd, IndexItemDelete and IndexItemPunchout. Other cXML documents are no catalogues.

Source: cXML reference guide 1.2, chapter "Catalogs".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Section
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.xml_records import elements, xml_sections

_DOCUMENT = re.compile(r"<(\w+(?:Request|Message|Response))[\s>/]")
_ADD = "IndexItemAdd"
_PICTURE = re.compile(r"Extrinsic\[[^\]]*(?:image|picture|photo|thumbnail)", re.IGNORECASE)


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
    mapping.record_path = f"{start}IndexItem/{_ADD}"
    detail, more = "ItemDetail", "IndexItemDetail"
    images = [f"{detail}/AttachmentReference/URL"] + [
        column for column in look.columns if _PICTURE.search(column)
    ]
    leads = [path for path in (f"{detail}/LeadTime", f"{more}/LeadTime") if path in look.columns]
    mapping.columns = {
        "sku": "ItemID/SupplierPartID",
        "title": [f"{detail}/Description/ShortName", f"{detail}/Description"],
        "description": f"{detail}/Description",
        "price": f"{detail}/UnitPrice/Money",
        "currency": f"{detail}/UnitPrice/Money/@currency",
        "mpn": f"{detail}/ManufacturerPartID",
        "brand": f"{detail}/ManufacturerName",
        "category": f"{detail}/Classification",
        "link": f"{detail}/URL",
        "images": images,
        "lead_days": leads[:1] or f"{detail}/LeadTime",
        "gtin": [f"{detail}/ItemDetailIndustry/ItemDetailRetail/EANID", f"{detail}/EANID"],
    }
    mapping.option_columns = [f"{detail}/Extrinsic[*]"]
    mapping.option_pairs = [
        (
            f"{detail}/ItemDetailIndustry/ItemDetailRetail/Characteristic/@domain",
            f"{detail}/ItemDetailIndustry/ItemDetailRetail/Characteristic/@value",
        )
    ]


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """What is offered; then what is deleted or only to be had in the supplier's own shop, each with that as its reason."""
    yield from xml_sections(path, mapping, tally)
    if mapping.record_path.endswith(_ADD):
        for kind in ("IndexItemDelete", "IndexItemPunchout"):
            yield Section([], _left_out(path, mapping, kind))


def _left_out(path: Path, mapping: Mapping, kind: str) -> Iterator[Rejected]:
    for line, element in elements(path, mapping.encoding, mapping.record_path.removesuffix(_ADD) + kind):
        number = (element.findtext("{*}ItemID/{*}SupplierPartID") or "").strip()
        if kind == "IndexItemDelete":
            yield reject("deleted", line, [number])
        else:
            yield reject("not_an_offer", line, [number], what="PunchOut")


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
    sections=sections,
    kinds=("xml", "cxml"),
)
