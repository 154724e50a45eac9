"""What each shop sells: its categories, its price rule, its range out of its suppliers' offers, published."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from marketplace.catalogue.categories import source_key
from marketplace.catalogue.curate import AT_ONCE, curate
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.photos.keep_picture import keep_picture
from marketplace.catalogue.price_rule import Rule, Step
from marketplace.catalogue.publish import publish
from marketplace.catalogue.rounding import Rounding
from marketplace.demo.assortment import Product
from marketplace.demo.assortment.model import say
from marketplace.demo.illustrations import render_png, shelf_picture
from marketplace.demo.nouns import Merchant
from marketplace.demo.world import WORLD, by_gtin, category_of, range_of
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.images import render
from tenants.scope import acting_as

ENDINGS = {90: Rounding.END_90, 0: Rounding.WHOLE, 99: Rounding.END_99, 95: Rounding.END_95}
DRAFTS = 8  # left unpublished, so that there is something to publish
FEATURED = 8


async def stock_shelves(merchant: Merchant, tenants: dict[str, int]) -> int:
    """Answers how many products are live."""
    tenant = tenants[merchant.slug]
    await _price_rule(tenant, merchant)
    categories = await _categories(tenant, merchant)
    picks = await _picks(tenant, merchant, tenants)
    await _file(tenant, picks, categories, merchant)
    offers = [offer["id"] for offer, _ in picks]
    for start in range(0, len(offers), AT_ONCE):
        await curate(tenant, offers[start : start + AT_ONCE])
    products = await _in_its_language(tenant, merchant)
    done = await publish(tenant, products[:-DRAFTS])
    async with acting_as(tenant):
        await execute(
            "UPDATE listing SET featured = true WHERE product = ANY($1)",
            list(done.products)[:: max(1, len(products) // FEATURED)],
        )
    return len(done.products)


async def _price_rule(tenant: int, merchant: Merchant) -> None:
    rule = Rule(
        name="Markup",
        steps=[Step(markup_bp=merchant.markup_bp)],
        rounding=ENDINGS[merchant.price_ending],
        margin_floor_bp=1_500,
    )
    async with acting_as(tenant):
        await execute(
            "INSERT INTO price_rule (merchant, position, name, rule) VALUES ($1, 1, $2, $3::jsonb)",
            tenant,
            "Prix de vente" if merchant.locale == "fr" else "Selling price",
            json.dumps(msgspec.to_builtins(rule)),
        )


async def _categories(tenant: int, merchant: Merchant) -> dict[str, int]:
    made = {}
    for position, category in enumerate(merchant.categories):
        picture = await keep_picture(await render(render_png(shelf_picture(category.picture), 1200)))
        async with acting_as(tenant):
            made[category.slug] = await fetch_value(
                "INSERT INTO category (merchant, slug, title, intro, picture_sha, position) VALUES ($1, $2, $3, $4, $5, $6)"
                " RETURNING id",
                tenant,
                category.slug,
                category.title,
                category.intro,
                picture,
                position,
            )
    return made


Pick = tuple[dict[str, Any], Product]


async def _picks(tenant: int, merchant: Merchant, tenants: dict[str, int]) -> list[Pick]:
    """Offers of linked suppliers whose product belongs on this shop's shelves; the first supplier named leads."""
    order = {tenants[slug]: i for i, slug in enumerate(WORLD.suppliers_of(merchant.slug))}
    carried = {product.slug for product in range_of(merchant.slug)}
    async with acting_as(tenant):
        offers = await fetch(
            "SELECT id, supplier, category, gtin_valid FROM offer WHERE supplier = ANY($1) AND gtin_valid IS NOT NULL"
            " AND retired_at IS NULL AND NOT excluded",
            list(order),
        )
    found = [
        (offer, product)
        for offer in offers
        if (product := _product(offer["gtin_valid"])) and product.slug in carried
    ]
    return sorted(found, key=lambda pick: (order[pick[0]["supplier"]], pick[0]["id"]))


def _product(gtin: str) -> Product | None:
    for form in (gtin, gtin.lstrip("0"), gtin.lstrip("0").rjust(13, "0")):
        try:
            return by_gtin(form)[0]
        except KeyError:
            continue
    return None


async def _file(tenant: int, picks: Iterable[Pick], categories: dict[str, int], merchant: Merchant) -> None:
    """Decide beforehand which of the shop's categories the suppliers' own words mean."""
    said = {
        (offer["supplier"], source_key(offer["category"])): categories[
            category_of(merchant.slug, product).slug
        ]
        for offer, product in picks
        if offer["category"]
    }
    async with acting_as(tenant):
        for (supplier, source), category in said.items():
            await execute(
                "INSERT INTO category_mapping (merchant, supplier, source, category, decided_by) VALUES ($1, $2, $3, $4, 'demo')"
                " ON CONFLICT DO NOTHING",
                tenant,
                supplier,
                source,
                category,
            )


async def _in_its_language(tenant: int, merchant: Merchant) -> Sequence[int]:
    """A French shop's own words for what its Danish supplier describes in Danish. Answers every product, oldest first."""
    async with acting_as(tenant):
        rows = await fetch(
            "SELECT p.id, p.title, min(v.gtin) AS gtin FROM product p JOIN variant v ON v.product = p.id"
            " WHERE p.merchant = $1 GROUP BY p.id ORDER BY p.id",
            tenant,
        )
    for row in rows:
        product = _product(row["gtin"]) if row["gtin"] else None
        if product is None or row["title"] in (title := say(product.title, merchant.locale)):
            continue
        if not row["title"].startswith(title[:12]):
            body = f"<p>{say(product.hook, merchant.locale)}</p><p>{say(product.description, merchant.locale)}</p>"
            await edit_product(tenant, row["id"], {"title": title, "description": body}, who="demo")
    return [row["id"] for row in rows]
