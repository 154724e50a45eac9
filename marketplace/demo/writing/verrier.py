"""Maison Verrier: a Google shopping feed, public prices with VAT, as its web shop exports it.

Its oddities: three articles without a price, one without a title, one without a number, one twice (the second newer), two GTINs with a wrong check
digit, a sale price above the price, an availability in words of its own, and lamps and planters without a quantity.
"""

from xml.sax.saxutils import escape

from marketplace.demo.writing.common import EXPORTED_AT, amount, broken_gtin, picture_urls, variant_title
from marketplace.demo.writing.stocked import Stocked, stocked

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
    "<title>Maison Verrier – catalogue professionnel</title>\n<link>https://www.maisonverrier.example</link>\n"
    "<description>Tarif public TTC. Remise selon convention.</description>\n"
    f"<lastBuildDate>{EXPORTED_AT}</lastBuildDate>\n"
)
TAIL = "</channel>\n</rss>\n"


def render() -> bytes:
    """The whole feed, UTF-8."""
    rows = stocked("verrier")
    items = [_item(row, place) for place, row in enumerate(rows)]
    items.insert(240, _item(rows[12], 12, price_cents=rows[12].retail - 100))
    return (HEAD + "".join(items) + TAIL).encode()


def _item(row: Stocked, place: int, price_cents: int | None = None) -> str:
    product, variant = row.product, row.variant
    pictures = picture_urls(product, variant.colour)
    price = f"{amount((price_cents or row.retail) * 100)} EUR"
    fields = [
        ("g:id", "" if place == 300 else row.sku),
        ("g:item_group_id", f"MV-{product.slug}"),
        ("title", "" if place == 171 else variant_title(product, variant, 1)),
        ("description", product.description[1]),
        ("link", f"https://www.maisonverrier.example/p/{product.slug}?v={variant.colour.key}"),
        ("g:image_link", pictures[0]),
        *(("g:additional_image_link", url) for url in pictures[1:]),
        ("g:price", "" if place in (33, 118, 260) else price),
        *_sale(row, place),
        ("g:availability", _availability(row, place)),
        *((("g:quantity", str(row.quantity)),) if row.quantity is not None else ()),
        ("g:max_handling_time", str(row.lead_days)),
        ("g:brand", product.brand.name),
        ("g:gtin", broken_gtin(variant.gtin) if place in (57, 199) else variant.gtin),
        ("g:mpn", variant.mpn),
        ("g:condition", "new"),
        ("g:google_product_category", str(product.google)),
        ("g:product_type", f"Maison > {product.shelf.label[1]} > {product.noun[1].capitalize()}"),
        ("g:color", variant.colour.label[1]),
        *((("g:size", variant.size),) if variant.size else ()),
        ("g:material", product.material.label[1]),
        ("g:shipping_weight", f"{product.weight_g} g"),
        ("origin_country", product.brand.origin),
        ("hs_code", product.hs),
        ("manufacturer_name", product.brand.company),
        ("manufacturer_address", product.brand.address),
        ("manufacturer_email", product.brand.email),
    ]
    return (
        "<item>\n"
        + "".join(f"  <{name}>{_text(name, value)}</{name}>\n" for name, value in fields)
        + "</item>\n"
    )


def _text(name: str, value: str) -> str:
    return f"<![CDATA[{value}]]>" if name == "description" else escape(value)


def _sale(row: Stocked, place: int) -> list[tuple[str, str]]:
    """One in fourteen is reduced; one is "reduced" upwards."""
    if place == 90:
        return [("g:sale_price", f"{amount((row.retail + 500) * 100)} EUR")]
    if place % 14 == 5 and row.retail > 2000:
        return [("g:sale_price", f"{amount(row.retail * 88 // 1000 * 1000)} EUR")]
    return []


def _availability(row: Stocked, place: int) -> str:
    if place == 145:
        return "voir avec l’atelier"
    return "out_of_stock" if row.quantity == 0 else "in_stock"
