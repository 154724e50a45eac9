"""Put on the product what its fields say now: the merchant's own value, else the feed's, made fit to show."""

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.categories import placed, shelves, sort_in
from marketplace.catalogue.fields import SHOWN
from marketplace.catalogue.grouping import common_title
from marketplace.catalogue.index_products import index_products
from marketplace.catalogue.photos.lay_photos import lay_photos
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_PRODUCTS
from marketplace.catalogue.show_options import show_options
from marketplace.catalogue.words import sort_key
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch

_COLUMNS = {
    "title": "text",
    "sort_title": "text",
    "description": "text",
    "brand": "text",
    "category": "bigint",
    "manufacturer": "jsonb",
    "responsible": "jsonb",
    "warnings": "text",
}


async def show_fields(merchant: int, fields: Sequence[tuple[int, str]]) -> None:
    """Write these (product, field) onto their products, with what hangs on them: search words, photos, prices.

    In the open scope, under the catalogue's lock."""
    if not fields:
        return
    products = sorted({product for product, _ in fields})
    rows = await fetch(
        "SELECT f.product, f.field, f.taken_value, f.own_value, o.supplier FROM field_state f"
        " LEFT JOIN offer o ON o.id = f.offer"
        " JOIN unnest($1::bigint[], $2::text[]) w (product, field) ON w.product = f.product AND w.field = f.field"
        " WHERE f.variant IS NULL ORDER BY f.product",
        [product for product, _ in fields],
        [field for _, field in fields],
    )
    await _write(await _values(merchant, rows))
    options = sorted({product for product, field in fields if field == "options"})
    if options:
        await show_options(merchant, options)
    photos = sorted({product for product, field in fields if field == "photos"})
    if photos:
        await lay_photos(merchant, photos)
    await index_products(merchant, products)
    repriced = sorted({product for product, field in fields if field in ("category", "brand")})
    if repriced:
        await price_listings(merchant, OF_PRODUCTS, repriced)


async def _values(merchant: int, rows: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Product → column → value."""
    theirs = [row for row in rows if row["own_value"] is None]
    categories = [row for row in theirs if row["field"] == "category"]
    into = await shelves(merchant) if categories else None
    if into is not None:
        await sort_in(into, [(row["supplier"], row["taken_value"]) for row in categories])
    titles = await _titles([row["product"] for row in theirs if row["field"] == "title"])
    values: dict[int, dict[str, Any]] = {}
    for row in rows:
        field, mine = row["field"], values.setdefault(row["product"], {})
        if row["own_value"] is not None:
            mine[field] = from_own(field, row["own_value"])
        elif field == "category" and into is not None:
            mine[field] = placed(into, row["supplier"], row["taken_value"])
        elif field == "title":
            mine[field] = titles.get(row["product"]) or row["taken_value"]
        elif field in SHOWN:
            mine[field] = SHOWN[field](row["taken_value"])
        if mine.get("title"):
            mine["title"] = " ".join(mine["title"].split())[:200]
            mine["sort_title"] = sort_key(mine["title"])
    return values


async def _titles(products: Sequence[int]) -> dict[int, str]:
    """What the offers behind a product's variants have in common in their titles."""
    rows = await fetch(
        "SELECT v.product, array_agg(o.title ORDER BY v.position, v.id) AS titles FROM variant v"
        " JOIN match m ON m.variant = v.id AND m.why = 'curated' AND m.state = 'confirmed' JOIN offer o ON o.id = m.offer"
        " WHERE v.product = ANY($1) GROUP BY v.product",
        list(products),
    )
    return {row["product"]: common_title(row["titles"]) for row in rows}


async def _write(values: dict[int, dict[str, Any]]) -> None:
    """Only the columns that are said: products are gathered by which those are."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for product, columns in values.items():
        names = tuple(name for name in _COLUMNS if name in columns and (columns[name] or name not in _NEEDED))
        if names:
            alike.setdefault(names, []).append({"id": product, **{n: columns[n] for n in names}})
    for names, rows in alike.items():
        sets = ", ".join(f"{n} = r.{n}" for n in names)
        record = ", ".join(f"{n} {_COLUMNS[n]}" for n in names)
        await execute(
            f"UPDATE product p SET {sets}, updated_at = now() FROM jsonb_to_recordset($1::jsonb) r (id bigint, {record})"
            " WHERE p.id = r.id",
            json.dumps(rows),
        )


_NEEDED = {"title", "sort_title"}


def own_text(value: Any) -> str:
    """A shown value as `field_state.own_value` keeps it: "" for none, documents as JSON."""
    if value is None:
        return ""
    return json.dumps(dict(sorted(value.items()))) if isinstance(value, dict) else str(value)


def from_own(field: str, own: str | None) -> Any:
    """The product's or variant's column from the merchant's own value."""
    if not own:
        return None
    if field in ("manufacturer", "responsible"):
        return json.loads(own)
    return int(own) if field in ("category", "weight_g") else own
