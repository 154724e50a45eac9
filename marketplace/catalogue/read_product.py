"""One product on the dashboard: its words and whose they are, its variants and their sources, what it lacks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.catalogue.facts import fact_rows
from marketplace.catalogue.fields import FACTS, SHOWN
from marketplace.catalogue.offer_terms import house
from marketplace.catalogue.publish import what_is_missing
from marketplace.catalogue.vat import rate_bp
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.money import E4, exponent
from tenants.scope import acting_as


@dataclass(frozen=True)
class FieldShown:
    """`value` is on the storefront; `theirs` what the feed says now, fit to show; `mine` None while it follows the feed."""

    name: str
    value: Any
    mine: str | None
    theirs: Any
    lock: str
    pending: bool
    pending_since: datetime | None
    supplier: int | None
    offer: int | None


@dataclass(frozen=True)
class VariantShown:
    """Prices gross, minor units; costs net, 1/10,000 (None until the merchant's identity is verified)."""

    id: int
    sku: str
    gtin: str | None
    options: dict[str, str]
    tax_category: str
    weight_g: int | None
    price: int | None
    own_price: int | None
    cost_e4: int | None
    margin_bp: int | None
    sellable: bool
    reasons: list[str]
    available: int
    stock_time: datetime | None
    sources: int
    facts: dict[str, FieldShown]  # weight_g and gtin: whose they are


@dataclass(frozen=True)
class PhotoShown:
    """`error` says why it could not be fetched."""

    id: int
    media_sha: str | None
    source_url: str | None
    alt: str | None
    variant: int | None
    error: str | None


@dataclass(frozen=True)
class ProductShown:
    """`missing` are codes of `reasons.UNPUBLISHABLE`."""

    product: int
    slug: str
    will: str
    sellable: bool
    published_at: datetime | None
    featured: bool
    seo_title: str | None
    seo_description: str | None
    withdrawal_excluded: str | None
    category: int | None
    option_names: list[str]
    fields: dict[str, FieldShown]
    variants: list[VariantShown]
    photos: list[PhotoShown]
    missing: list[str]
    currency: str


_WORDS = ("title", "description", "brand", "category", "manufacturer", "responsible", "warnings")


async def read_product(merchant: int, product: int) -> ProductShown:
    """Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT p.*, l.slug, l.will, l.sellable, l.published_at, l.featured, l.seo_title, l.seo_description"
            " FROM product p JOIN listing l ON l.product = p.id WHERE p.id = $1 AND p.merchant = $2",
            product,
            merchant,
        )
        if row is None:
            raise NotFound
        at = await house(merchant)
        states = await fetch(
            "SELECT f.*, o.supplier FROM field_state f LEFT JOIN offer o ON o.id = f.offer"
            " WHERE f.product = $1 AND f.variant IS NULL",
            product,
        )
        variants = await fetch(
            "SELECT v.*, (SELECT count(*) FROM match m WHERE m.variant = v.id AND m.state = 'confirmed') AS sources"
            " FROM variant v WHERE v.product = $1 ORDER BY v.position, v.id",
            product,
        )
        photos = await fetch(
            "SELECT f.id, f.media_sha, f.source_url, f.alt, f.variant, (SELECT o.error FROM offer_photo o JOIN match m ON m.offer = o.offer"
            "  JOIN variant v ON v.id = m.variant WHERE v.product = f.product AND o.url = f.source_url AND o.error IS NOT NULL LIMIT 1)"
            " AS error FROM listing_photo f WHERE f.product = $1 ORDER BY f.position, f.id",
            product,
        )
        facts = await fact_rows(product)
        missing = (await what_is_missing(merchant, [product]))[product]
    known = {state["field"]: state for state in states}
    names = (
        "slug",
        "will",
        "sellable",
        "published_at",
        "featured",
        "seo_title",
        "seo_description",
        "withdrawal_excluded",
    )
    return ProductShown(
        product=product,
        **{name: row[name] for name in names},
        category=row["category"],
        option_names=list(row["option_names"]),
        fields={name: _field(name, row[name], known.get(name)) for name in _WORDS},
        variants=[
            _variant(
                v,
                at.currency,
                at.verified,
                rate_bp(at.country, v["tax_category"], at.today),
                {name: _field(name, v[name], facts[v["id"], name]) for name in FACTS},
            )
            for v in variants
        ],
        photos=[PhotoShown(**photo) for photo in photos],
        missing=missing,
        currency=at.currency,
    )


def _field(name: str, value: Any, state: dict[str, Any] | None) -> FieldShown:
    shown = json.loads(value) if name in ("manufacturer", "responsible") else value
    if state is None:
        return FieldShown(name, shown, None, None, "none", False, None, None, None)
    says = state["feed_value"]
    return FieldShown(
        name,
        shown,
        state["own_value"],
        SHOWN[name](says) if name in SHOWN else says,
        state["lock"],
        state["pending"],
        state["pending_since"],
        state["supplier"],
        state["offer"],
    )


def _variant(
    v: dict[str, Any], currency: str, verified: bool, vat_bp: int, facts: dict[str, FieldShown]
) -> VariantShown:
    margin = None
    if v["price"] and v["cost_e4"] is not None:
        net = v["price"] * 10_000 * E4
        margin = (net - v["cost_e4"] * (10_000 + vat_bp) * 10 ** exponent(currency)) * 10_000 // net
    same = (
        "id",
        "sku",
        "gtin",
        "tax_category",
        "weight_g",
        "price",
        "own_price",
        "sellable",
        "available",
        "stock_time",
        "sources",
    )
    return VariantShown(
        **{name: v[name] for name in same},
        options=json.loads(v["options"]),
        reasons=json.loads(v["reasons"]),
        cost_e4=v["cost_e4"] if verified else None,
        margin_bp=margin if verified else None,
        facts=facts,
    )
