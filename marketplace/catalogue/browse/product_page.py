"""One product's page: variants, pictures, prices, the facts the law wants on it, and what is near it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.catalogue.browse.cards import CARD, CARD_JOIN, Card, card
from marketplace.catalogue.browse.reference_price import REFERENCE
from marketplace.kernel import json
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from tenants.scope import shop_scope


@dataclass(frozen=True)
class Photo:
    """`variant` when it shows that one only. Served at `/media/{sha}-{width}`; `width` and `height` are the source's."""

    sha: str
    width: int
    height: int
    colour: str | None
    alt: str | None
    variant: int | None


@dataclass(frozen=True)
class PageVariant:
    """`price` gross, minor units; `was_price` the lowest of 30 days when it is reduced; `available` units that could be sold now.
    `lead_days` working days until it leaves the supplier."""

    id: int
    sku: str
    gtin: str | None
    options: dict[str, str]
    price: int | None
    was_price: int | None
    sellable: bool
    available: int
    lead_days: int | None
    weight_g: int | None


@dataclass(frozen=True)
class ProductPage:
    """What the page shows, and what JSON-LD, canonical and Open Graph need. `on_sale` is False for a paused listing, whose page
    says so. `manufacturer` and `responsible` are {name, address, email} (GPSR)."""

    product: int
    slug: str
    title: str
    brand: str | None
    description: str | None
    seo_title: str | None
    seo_description: str | None
    on_sale: bool
    sellable: bool
    from_price: int | None
    currency: str
    option_names: list[str]
    variants: list[PageVariant]
    photos: list[Photo]
    trail: list[tuple[str, str]]
    manufacturer: dict[str, str] | None
    responsible: dict[str, str] | None
    warnings: str | None
    withdrawal_excluded: str | None
    near: list[Card]
    updated_at: datetime


@dataclass(frozen=True)
class Moved:
    """The address changed: answer 301 to this slug."""

    slug: str


async def show_product(merchant: int, slug: str) -> ProductPage | Moved:
    """The page of a live or paused listing. Raises NotFound."""
    async with shop_scope(merchant):
        row = await fetch_one(_PAGE, merchant, slug)
        if row is None:
            moved = await fetch_value(
                "SELECT r.to_slug FROM redirect r JOIN listing l ON l.merchant = r.merchant AND l.slug = r.to_slug"
                " WHERE r.merchant = $1 AND r.from_slug = $2 AND l.will IN ('live', 'paused')",
                merchant,
                slug,
            )
            if moved is None:
                raise NotFound
            return Moved(moved)
    return _page(row)


def _page(row: dict[str, Any]) -> ProductPage:
    on_sale = row["will"] == "live"
    variants = [PageVariant(**v) for v in json.loads(row["variants"])]
    return ProductPage(
        product=row["product"],
        slug=row["slug"],
        title=row["title"],
        brand=row["brand"],
        description=row["description"],
        seo_title=row["seo_title"],
        seo_description=row["seo_description"],
        on_sale=on_sale,
        sellable=on_sale and row["sellable"],
        from_price=row["from_price"],
        currency=row["currency"],
        option_names=list(row["option_names"]),
        variants=variants,
        photos=[Photo(**p) for p in json.loads(row["photos"])],
        trail=[(slug, title) for slug, title in json.loads(row["trail"])],
        manufacturer=json.loads(row["manufacturer"]),
        responsible=json.loads(row["responsible"]),
        warnings=row["warnings"],
        withdrawal_excluded=row["withdrawal_excluded"],
        near=[card(c) for c in json.loads(row["near"])],
        updated_at=row["updated_at"],
    )


_PAGE = f"""
SELECT p.id AS product, l.slug, p.title, p.brand, p.description, l.seo_title, l.seo_description, l.will, l.sellable, l.from_price,
       t.currency, p.option_names, p.manufacturer, p.responsible, p.warnings, p.withdrawal_excluded,
       greatest(p.updated_at, l.updated_at) AS updated_at,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'gtin', v.gtin, 'options', v.options, 'price', v.price,
               'was_price', CASE WHEN v.sellable THEN {REFERENCE} END, 'sellable', v.sellable AND l.will = 'live',
               'available', CASE WHEN v.sellable AND l.will = 'live' THEN v.available ELSE 0 END, 'lead_days', v.lead_days,
               'weight_g', v.weight_g) ORDER BY v.position, v.id), '[]')
          FROM variant v WHERE v.product = p.id) AS variants,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('sha', f.media_sha, 'width', f.width, 'height', f.height, 'colour', f.colour,
               'alt', f.alt, 'variant', f.variant) ORDER BY f.position, f.id), '[]')
          FROM listing_photo f WHERE f.product = p.id AND f.media_sha IS NOT NULL) AS photos,
       (WITH RECURSIVE up AS (SELECT c.id, c.parent, c.slug, c.title, 0 AS depth FROM category c WHERE c.id = p.category
          UNION ALL SELECT c.id, c.parent, c.slug, c.title, depth + 1 FROM up JOIN category c ON c.id = up.parent WHERE depth < 8)
        SELECT coalesce(jsonb_agg(jsonb_build_array(slug, title) ORDER BY depth DESC), '[]') FROM up) AS trail,
       (SELECT coalesce(jsonb_agg({CARD.replace("p.", "n.")} ORDER BY l.place), '[]')
          FROM (SELECT o.*, row_number() OVER () AS place FROM (SELECT o.* FROM listing o JOIN product q ON q.id = o.product
                 WHERE o.merchant = $1 AND o.will = 'live' AND o.sellable AND q.category = p.category AND q.id <> p.id
                 ORDER BY abs(o.from_price - l.from_price), o.id LIMIT 4) o) l
          JOIN product n ON n.id = l.product {CARD_JOIN.replace("p.id", "n.id")}) AS near
  FROM listing l JOIN product p ON p.id = l.product JOIN tenant t ON t.id = l.merchant
 WHERE l.merchant = $1 AND l.slug = $2 AND l.will IN ('live', 'paused')"""
