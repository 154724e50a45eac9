"""BigBuy-style JSON: one list a subject (products, information, variations, images, stock), joined by `id` and `sku`.

Each list is a feed of its own: information brings texts, products and variations prices and codes, stock the quantities. Lists
of other things (manufacturers, attributes, categories) hold no offers. Source: api.bigbuy.eu/rest/doc.
"""

from collections.abc import Iterator
from pathlib import Path

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.json_records import json_sections
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tally import Tally

_OTHER = {
    "a manufacturer": {"id", "name", "urlImage", "reference"},
    "an attribute": {"id", "attributeGroup", "name", "isoCode"},
    "a product's category": {"id", "product", "category", "position"},
    "an attribute group": {"id", "name", "isoCode"},
    "a category": {"id", "name", "url", "parentCategory", "dateUpd", "isoCode"},
}


def _subject(columns: list[str]) -> str:
    """What the records are about, if not offers."""
    names = set(columns)
    return next(
        (
            what
            for what, keys in _OTHER.items()
            if names and names <= keys and len(names & keys) >= len(keys) - 1
        ),
        "",
    )


def detect(look: Look) -> int:
    """Its camel-case names beside `sku`, or one of its lists."""
    found = look.has(
        "wholesalePrice",
        "retailPrice",
        "inShopsPrice",
        "ean13",
        "dateUpdDescription",
        "priceLargeQuantities",
        "logisticClass",
    )
    if found >= 2 or {"id", "name", "description", "url", "isoCode", "sku"} <= set(look.columns):
        return 90
    if _subject(look.columns):
        return 80
    pictures = {"id", "images.url", "images.isCover"} <= set(look.columns)
    stocks = {"sku", "stocks.quantity"} <= set(look.columns)
    return 85 if pictures or stocks else 0


def finish(mapping: Mapping, look: Look) -> None:
    """A list without skus is keyed by BigBuy's own id; one about something else is marked as such."""
    subject = _subject(look.columns)
    if subject:
        mapping.columns.clear()
        mapping.fixed["subject"] = subject
        mapping.columns["sku"] = "id"
    elif "sku" not in look.columns and "id" in look.columns:
        mapping.columns["sku"] = "id"
    if "product" in look.columns and not subject:
        mapping.columns["group_key"] = "product"


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """As any JSON; each record of a list about something else is rejected as what it is."""
    subject = mapping.fixed.get("subject")
    for section in json_sections(path, mapping, tally):
        if subject:
            yield Section(section.columns, _rejected(section, subject))
        else:
            yield section


def _rejected(section: Section, subject: str) -> Iterator[Record | Rejected]:
    for item in section.records:
        yield item if isinstance(item, Rejected) else reject("not_an_offer", item[0], item[1], what=subject)


FORMAT = Format(
    name="bigbuy",
    label="BigBuy (JSON)",
    shapes=("json", "jsonl"),
    detect=detect,
    columns={
        "sku": ("sku",),
        "title": ("name",),
        "description": ("description",),
        "gtin": ("ean13",),
        "images": ("images.url",),
        "cost": ("wholesalePrice",),
        "price": ("retailPrice", "wholesalePrice"),
        "msrp": ("inShopsPrice",),
        "vat_rate": ("taxRate",),
        "quantity": ("stocks.quantity", "quantity"),
        "lead_days": ("stocks.maxHandlingDays", "stocks.minHandlingDays"),
        "weight": ("weight",),
        "condition": ("condition",),
        "category": ("taxonomy", "category"),
    },
    settings={"currency": "EUR", "price_means": "public", "decimal": ".", "weight_unit": "kg"},
    only=True,
    finish=finish,
    sections=sections,
    kinds=("json", "txt"),
)
