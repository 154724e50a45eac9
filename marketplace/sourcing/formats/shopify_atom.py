"""Shopify's public Atom feed (`/collections/all.atom`): entries with their variants inside. It says nothing of stock."""

from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look


def detect(look: Look) -> int:
    """Entries that hold Shopify's variants."""
    return 95 if look.root == "feed" and look.has("variant/price", "variant/id", "variant/sku") > 1 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """One offer a variant; a variant without a number of its own is known by its address."""
    mapping.expand = "variant"
    mapping.key_from = ["variant/id"]
    if look.varies("variant/title"):
        mapping.options = {"Option": "variant/title"}


FORMAT = Format(
    name="shopify-atom",
    label="Shopify (Atom)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("variant/sku",),
        "group_key": ("id",),
        "title": ("title",),
        "description": ("summary", "content"),
        "brand": ("vendor",),
        "category": ("type",),
        "images": ("summary",),
        "link": ("link/@href",),
        "price": ("variant/price",),
        "currency": ("variant/price/@currency",),
        "weight": ("variant/grams",),
    },
    settings={"price_means": "public", "price_vat": "included", "weight_unit": "g", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("atom", "xml"),
)
