"""IOF, the offer file of IdoSell (IAI), in which most Polish wholesalers give their goods: offer/products/product, a size an offer.

Source: idosell.com/developers, IOF 2.x and 3.0. `price` is what this receiver pays, `srp` the recommended retail price; both come
with and without VAT, of which the one without is taken.
"""

from marketplace.sourcing.formats.shape import Format, own_or_shared
from marketplace.sourcing.formats.xml import of_the_whole
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.look import Look

_SIZES = "sizes/size"


def detect(look: Look) -> int:
    """Its root and its prices; the light file has sizes alone."""
    own = look.has(
        "price/@net",
        "price/@gross",
        f"{_SIZES}/stock/@quantity",
        f"{_SIZES}/@code",
        "producer/@name",
        "card/@url",
    )
    return 95 if look.root == "offer" and look.record == "product" and own > 2 else 0


def finish(mapping: Mapping, look: Look) -> None:
    """A size is what is sold: its code is the number, its producer's code the EAN."""
    mapping.currency = mapping.currency or of_the_whole(look) or "PLN"
    if not any(column.startswith(_SIZES + "/") for column in look.columns):
        return
    mapping.expand = _SIZES
    mapping.columns.update(
        {"sku": f"{_SIZES}/@code", "quantity": f"{_SIZES}/stock/@quantity", "group_key": "@id"}
    )
    mapping.key_from = ["@id"]
    for field, name in (("price", "price/@net"), ("msrp", "srp/@net")):
        if found := own_or_shared(look, _SIZES, name):
            mapping.columns[field] = found
    for field, name in (("gtin", "@code_producer"), ("weight", "@weight")):
        if f"{_SIZES}/{name}" in look.columns:
            mapping.columns[field] = f"{_SIZES}/{name}"
    if look.varies(f"{_SIZES}/@name"):
        mapping.options["Size"] = f"{_SIZES}/@name"


FORMAT = Format(
    name="iof-xml",
    label="IOF (IdoSell)",
    shapes=("xml",),
    detect=detect,
    columns={
        "sku": ("@code_on_card", "@id"),
        "title": ("description/name",),
        "description": ("description/long_desc", "description/short_desc"),
        "brand": ("producer/@name",),
        "category": ("category/@name",),
        "images": ("images/large/image/@url",),
        "link": ("card/@url",),
        "price": ("price/@net",),
        "msrp": ("srp/@net",),
        "vat_rate": ("price/@vat", "@vat"),
    },
    settings={"price_means": "cost", "price_vat": "excluded", "decimal": ".", "weight_unit": "g"},
    only=True,
    finish=finish,
    kinds=("xml",),
)
