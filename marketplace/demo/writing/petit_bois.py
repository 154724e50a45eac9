"""Petit Bois: JSON, written by a small workshop's own script and sent to the one merchant that manages it.

Its oddities: two prices that are null, one article without a name, one listed twice, a GTIN of the shop's own (prefix 2), and
a stock of "?" where somebody meant to count.
"""

import json
from typing import Any

from marketplace.demo.writing.common import EXPORTED_AT, picture_urls
from marketplace.demo.writing.stocked import Stocked, stocked


def render() -> bytes:
    """The whole feed, UTF-8, one article a line so that changes can be read."""
    rows = stocked("petit-bois")
    articles = [_article(row, place) for place, row in enumerate(rows)]
    articles.insert(95, {**articles[7], "stock": 12})
    head = {"fournisseur": "Petit Bois", "genere_le": EXPORTED_AT, "devise": "EUR", "articles": []}
    lines = ",\n".join("  " + json.dumps(article, ensure_ascii=False) for article in articles)
    text = json.dumps(head, ensure_ascii=False, indent=1).replace(
        '"articles": []', f'"articles": [\n{lines}\n ]'
    )
    return (text + "\n").encode()


def _article(row: Stocked, place: int) -> dict[str, Any]:
    product, variant, brand = row.product, row.variant, row.product.brand
    return {
        "ref": row.sku,
        "ean": f"200{variant.gtin[3:]}" if place == 31 else variant.gtin,
        "groupe": f"PB-{product.slug}",
        "nom": None if place == 66 else product.title[1],
        "description": product.description[1],
        "marque": brand.name,
        "ref_fabricant": variant.mpn,
        "categorie": f"Jouets > {product.shelf.label[1]}",
        "couleur": variant.colour.label[1],
        "taille": variant.size or None,
        "prix_achat_ht": None if place in (14, 102) else row.price_e4 / 10_000,
        "prix_conseille_ttc": row.retail / 100,
        "stock": "?" if place == 50 else row.quantity,
        "delai_jours": row.lead_days,
        "age_minimum": product.age,
        "poids_g": product.weight_g,
        "pays_origine": brand.origin,
        "code_douanier": product.hs,
        "photos": picture_urls(product, variant.colour),
        "fabricant": {"nom": brand.company, "adresse": brand.address, "email": brand.email},
    }
