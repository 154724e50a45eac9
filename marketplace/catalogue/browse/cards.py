"""A product as lists show it."""

from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.browse.reference_price import REFERENCE


@dataclass(frozen=True)
class Card:
    """Prices gross, minor units of the shop's currency. `was_price` is the lowest of 30 days, when the price is reduced."""

    product: int
    slug: str
    title: str
    brand: str | None
    price: int | None
    from_price: bool  # variants cost differently: "from"
    was_price: int | None
    sellable: bool
    photo_sha: str | None
    photo_colour: str | None
    photo_alt: str | None
    variants: int
    options: dict[str, list[str]]  # name → values, for swatches


CARD = """
    jsonb_build_object('product', p.id, 'slug', l.slug, 'title', p.title, 'brand', p.brand, 'price', l.from_price,
        'from_price', x.dearest > l.from_price, 'was_price', x.was, 'sellable', l.sellable, 'photo_sha', l.photo_sha,
        'photo_colour', l.photo_colour, 'photo_alt', (SELECT f.alt FROM listing_photo f WHERE f.product = p.id
            AND f.media_sha = l.photo_sha ORDER BY f.position LIMIT 1), 'variants', x.n, 'options', coalesce(x.options, '{}'))"""

CARD_JOIN = f"""
    CROSS JOIN LATERAL (
        SELECT count(*) AS n, max(v.price) FILTER (WHERE v.sellable OR NOT l.sellable) AS dearest,
               (SELECT max({REFERENCE}) FROM variant v WHERE v.product = p.id AND v.price = l.from_price AND v.sellable) AS was,
               (SELECT jsonb_object_agg(o.key, o.vals) FROM (SELECT key, jsonb_agg(DISTINCT value) AS vals
                  FROM variant w, jsonb_each_text(w.options) WHERE w.product = p.id GROUP BY key) o) AS options
          FROM variant v WHERE v.product = p.id) x"""
"""SQL: `CARD` over a listing `l` and its product `p`, with `CARD_JOIN` after them."""


def card(row: dict[str, Any]) -> Card:
    return Card(**{**row, "from_price": bool(row["from_price"])})
