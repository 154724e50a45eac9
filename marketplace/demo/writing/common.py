"""What all four writers share: placeholders that the server fills, picture addresses, plain amounts."""

from marketplace.demo.assortment import Product, Variant
from marketplace.demo.assortment.model import Colour
from marketplace.demo.illustrations import pictures_of

BASE = "http://localhost:{port}"
"""Stands before every picture's path in the committed files; the server puts its own address there."""
EXPORTED_AT = "2026-11-02T05:30:00Z"
"""The time of export in the committed files; the server puts the time of the export it pretends to have made."""


def picture_urls(product: Product, colour: Colour) -> list[str]:
    return [BASE + picture.path for picture in pictures_of(product, colour)]


def amount(e4: int, places: int = 2, sign: str = ".") -> str:
    """1/10,000 as a decimal: 124500 is 12.45. More places are written when the amount has them."""
    whole, rest = divmod(e4, 10_000)
    digits = f"{rest:04d}".rstrip("0").ljust(places, "0")
    return f"{whole}{sign}{digits}" if digits else str(whole)


def variant_title(product: Product, variant: Variant, language: int) -> str:
    """ "Galet mug in stoneware – Chalk", as feeds without option columns write it."""
    parts = [variant.colour.label[language]] if len(product.colours) > 1 else []
    parts += [variant.size] if variant.size else []
    return f"{product.title[language]} – {', '.join(parts)}" if parts else product.title[language]


def broken_gtin(gtin: str) -> str:
    """The same number with its check digit wrong, as a hand copies it."""
    return gtin[:-1] + str((int(gtin[-1]) + 3) % 10)
