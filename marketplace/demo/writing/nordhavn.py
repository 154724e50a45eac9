"""Nordhavn Supply: semicolons, Windows letters, decimal commas, stock in words and numbers, as its ERP writes it.

Its oddities: a trailing semicolon on every row, "50+" where there is more, two articles without a price, one twice, a GTIN of
seven digits and one with a wrong check digit, one without an article number, and two stock words of its own that nobody has
explained yet.
"""

import csv
import io

from marketplace.demo.writing.common import amount, broken_gtin, picture_urls
from marketplace.demo.writing.stocked import Stocked, stocked

COLUMNS = (
    "Varenr", "EAN", "Variantgruppe", "Mærke", "Producentens varenr", "Titel EN", "Titel FR", "Beskrivelse EN",
    "Beskrivelse FR", "Farve EN", "Farve FR", "Størrelse", "Kategori", "Google kategori", "Indkøbspris", "Valuta",
    "Vejl. pris", "Lagerstatus", "Antal", "Leveringsdage", "Vægt g", "Oprindelsesland", "HS-kode", "Billede 1",
    "Billede 2", "Producent", "Producent adresse", "Producent e-mail",
)  # fmt: skip
CAP = 50
STATUS_COLUMN, QUANTITY_COLUMN = COLUMNS.index("Lagerstatus"), COLUMNS.index("Antal")


def render() -> bytes:
    """The whole feed, Windows-1252, CRLF."""
    rows = [_row(row, place) for place, row in enumerate(stocked("nordhavn"))]
    again = list(rows[40])
    again[QUANTITY_COLUMN], again[STATUS_COLUMN] = "9", status(9)
    rows.insert(410, again)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*COLUMNS, ""])
    writer.writerows([*row, ""] for row in rows)
    return out.getvalue().encode("cp1252")


def status(quantity: int) -> str:
    """The word that goes with a quantity."""
    if quantity <= 0:
        return "Udsolgt"
    return "Få på lager" if quantity < 5 else "På lager"


def shown(quantity: int) -> str:
    """The quantity as the feed writes it: capped."""
    return f"{CAP}+" if quantity > CAP else str(max(quantity, 0))


def _row(row: Stocked, place: int) -> list[str]:
    product, variant, brand = row.product, row.variant, row.product.brand
    pictures = picture_urls(product, variant.colour)
    quantity = row.quantity or 0
    word = {222: "Spørg Jens", 477: "Kontakt lager"}.get(place, status(quantity))
    return [
        "" if place == 305 else row.sku,
        _gtin(variant.gtin, place),
        product.slug,
        brand.name,
        variant.mpn,
        product.title[0],
        product.title[1],
        product.description[0],
        product.description[1],
        variant.colour.label[0],
        variant.colour.label[1],
        variant.size,
        f"{product.family.capitalize()} > {product.shelf.label[0]}",
        str(product.google),
        "" if place in (77, 350) else amount(row.price_e4, sign=","),
        "EUR",
        amount(row.retail * 100, sign=","),
        word,
        "" if place in (222, 477) else shown(quantity),
        str(row.lead_days),
        str(product.weight_g),
        brand.origin,
        product.hs,
        pictures[0],
        pictures[1] if len(pictures) > 1 else "",
        brand.company,
        brand.address,
        brand.email,
    ]


def _gtin(gtin: str, place: int) -> str:
    return {18: gtin[5:12], 260: broken_gtin(gtin)}.get(place, gtin)
