"""The merchant's catalogue as its staff see it: what it costs, sells for and earns, how fresh its stock is, whose words it has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec

from marketplace.catalogue.keyset import Page, place, placed_after
from marketplace.catalogue.offer_terms import House, house
from marketplace.catalogue.vat import rate_sql
from marketplace.catalogue.words import prefix_query, search_terms
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one, fetch_value
from marketplace.kernel.money import E4, exponent
from tenants.scope import acting_as

PAGE = 50
MOST_FOUND = 10_000
Sort = Literal["title", "newest", "price", "-price", "margin", "stock", "oldest_stock"]


class CatalogueQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Filters go together with "and". `problem` is a code of `reasons.UNSELLABLE`; `owned`: with words or a price of the
    merchant's own; `pending`: with a decision waiting; `attention`: live and not for sale, or with a decision waiting;
    `products`: only these, retired ones too."""

    words: str = ""
    will: str = ""  # draft | live | paused | retired; "" = all but retired
    sellable: bool | None = None
    problem: str = ""
    category: int | None = None
    supplier: int | None = None
    brand: str = ""
    owned: bool = False
    pending: bool = False
    attention: bool = False
    products: tuple[int, ...] = ()
    sort: Sort = "title"


@dataclass(frozen=True)
class CatalogueRow:
    """One product. Prices gross, minor units; costs net, 1/10,000 (None until the merchant's identity is verified); `margin_bp`
    the least of its variants'. `stock_time` is the oldest confirmation among its matched offers. `owned` and `pending` are field
    names, "price" among them; `reasons` the codes of its variants."""

    product: int
    slug: str
    title: str
    brand: str | None
    category: int | None
    category_title: str | None
    photo_sha: str | None
    will: str
    sellable: bool
    variants: int
    variant: int | None  # the only one: price and stock can be edited in the row
    sku: str | None
    least_price: int | None
    most_price: int | None
    least_cost_e4: int | None
    most_cost_e4: int | None
    margin_bp: int | None
    available: int
    stock_time: datetime | None
    sources: int
    suppliers: list[str]
    reasons: list[str]
    owned: list[str]
    pending: list[str]


async def read_catalogue(
    merchant: int, query: CatalogueQuery, *, after: str | None = None, limit: int = PAGE
) -> Page[CatalogueRow]:
    """A page of products with the count of all that match."""
    async with acting_as(merchant):
        at = await house(merchant)
        condition, args = _where(query)
        value, kind, down = _sorts(at)[query.sort]
        order, begin = "DESC" if down else "ASC", placed_after(after, kind)
        total = await fetch_value(f"SELECT count(*) {_FROM} WHERE {condition}", *args)
        further = ""
        if begin is not None:
            cast = "text" if kind is str else "bigint"
            further = f" WHERE (value, id) {'<' if down else '>'} (${len(args) + 1}::{cast}, ${len(args) + 2}::bigint)"
            args += begin
        ids = await fetch(
            f"SELECT * FROM (SELECT p.id, {value} AS value {_FROM} WHERE {condition}) m{further}"
            f" ORDER BY value {order}, id {order} LIMIT {int(limit) + 1}",
            *args,
        )
        shown = [row["id"] for row in ids[:limit]]
        rows = {row["product"]: _row(row, at.verified) for row in await fetch(_detail(at), shown)}
    following = place(ids[limit - 1]["value"], ids[limit - 1]["id"]) if len(ids) > limit else None
    return Page([rows[product] for product in shown], following, int(total))


async def products_matching(merchant: int, query: CatalogueQuery) -> list[int]:
    """All of them, up to `MOST_FOUND`: for "select all that match" with publish, pause, retire."""
    async with acting_as(merchant):
        condition, args = _where(query)
        rows = await fetch(f"SELECT p.id {_FROM} WHERE {condition} ORDER BY p.id LIMIT {MOST_FOUND}", *args)
        return [int(row["id"]) for row in rows]


async def catalogue_counts(merchant: int) -> dict[str, dict[str, int]]:
    """{"will": {draft: …}, "problem": {code: variants…}, "todo": {decisions, matches, attention, unmapped}} for tabs and badges."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT (SELECT coalesce(jsonb_object_agg(will, n), '{}') FROM (SELECT will, count(*) AS n FROM listing"
            "  WHERE merchant = $1 GROUP BY 1) w) AS will,"
            " (SELECT coalesce(jsonb_object_agg(code, n), '{}') FROM (SELECT r.code, count(*) AS n FROM variant v"
            "  JOIN listing l ON l.product = v.product, jsonb_array_elements_text(v.reasons) r (code)"
            "  WHERE v.merchant = $1 AND l.will = 'live' GROUP BY 1) r) AS problem,"
            " jsonb_build_object('decisions', (SELECT count(*) FROM field_state WHERE merchant = $1 AND pending),"
            "  'matches', (SELECT count(*) FROM match WHERE merchant = $1 AND state = 'proposed'),"
            f"  'attention', (SELECT count(*) {_FROM} WHERE p.merchant = $1 AND {_ATTENTION}),"
            "  'unmapped', (SELECT count(*) FROM product p JOIN listing l ON l.product = p.id"
            "   WHERE p.merchant = $1 AND p.category IS NULL AND l.will <> 'retired')) AS todo",
            merchant,
        )
    assert row is not None
    return {name: json.loads(row[name]) for name in ("will", "problem", "todo")}


_FROM = "FROM product p JOIN listing l ON l.product = p.id"
_VARIANTS = "SELECT 1 FROM variant v WHERE v.product = p.id"
_WAITS = "SELECT 1 FROM field_state f WHERE f.product = p.id AND f.pending"
_ATTENTION = f"l.will <> 'retired' AND ((l.will = 'live' AND NOT l.sellable) OR EXISTS ({_WAITS}))"


def _where(query: CatalogueQuery) -> tuple[str, list[Any]]:
    args: list[Any] = []

    def arg(value: Any) -> str:
        args.append(value)
        return f"${len(args)}"

    parts = ["p.merchant = current_setting('app.tenant_id')::bigint"]
    if query.products:
        parts.append(f"p.id = ANY({arg(list(query.products))}::bigint[])")
    else:
        parts.append(f"l.will = {arg(query.will)}" if query.will else "l.will <> 'retired'")
    if terms := search_terms(query.words):
        parts.append(
            f"p.id IN (SELECT s.product FROM search_products({arg(prefix_query(terms))}, {MOST_FOUND}) s)"
        )
    if query.sellable is not None:
        parts.append(f"l.sellable = {arg(query.sellable)}")
    if query.problem:
        parts.append(f"EXISTS ({_VARIANTS} AND v.reasons @> {arg(json.dumps([query.problem]))}::jsonb)")
    if query.category is not None:
        parts.append(
            f"p.category IN (WITH RECURSIVE down AS (SELECT {arg(query.category)}::bigint AS id UNION"
            " SELECT c.id FROM down JOIN category c ON c.parent = down.id) SELECT id FROM down)"
        )
    if query.supplier is not None:
        parts.append(
            f"EXISTS ({_VARIANTS} AND EXISTS (SELECT 1 FROM match m WHERE m.variant = v.id AND m.state = 'confirmed'"
            f" AND m.supplier = {arg(query.supplier)}))"
        )
    if query.brand:
        parts.append(f"p.brand = {arg(query.brand)}")
    if query.owned:
        parts.append(
            f"(EXISTS ({_VARIANTS} AND v.own_price IS NOT NULL) OR EXISTS (SELECT 1 FROM field_state f"
            " WHERE f.product = p.id AND f.own_value IS NOT NULL))"
        )
    if query.pending:
        parts.append(f"EXISTS ({_WAITS})")
    if query.attention:
        parts.append(_ATTENTION)
    return " AND ".join(parts), args


def _margin(at: House) -> str:
    """Of a variant `v`, basis points of its net price, rounded towards loss: `price.margin_bp`."""
    vat, scale = rate_sql("v.tax_category", at.country, at.today), 10 ** exponent(at.currency)
    net, costs = f"(v.price::numeric * {10_000 * E4})", f"(v.cost_e4::numeric * (10000 + {vat}) * {scale})"
    return f"floor(({net} - {costs}) * 10000 / {net})::bigint"


def _sorts(at: House) -> dict[str, tuple[str, type, bool]]:
    of = "(SELECT {} FROM variant v WHERE v.product = p.id)"
    return {
        "title": ("p.sort_title", str, False),
        "newest": ("p.id", int, True),
        "price": ("coalesce(l.from_price, 9000000000000000)", int, False),
        "-price": ("coalesce(l.from_price, -1)", int, True),
        "margin": (f"coalesce({of.format(f'min({_margin(at)})')}, 9000000000000000)", int, False),
        "stock": (f"coalesce({of.format('sum(v.available)')}, 0)::bigint", int, False),
        "oldest_stock": (
            f"coalesce({of.format('(extract(epoch FROM min(v.stock_time)) * 1000)::bigint')}, 0)",
            int,
            False,
        ),
    }


def _detail(at: House) -> str:
    return f"""
    SELECT p.id AS product, l.slug, p.title, p.brand, p.category, c.title AS category_title, l.photo_sha, l.will, l.sellable,
           x.n AS variants, CASE WHEN x.n = 1 THEN x.one END AS variant, CASE WHEN x.n = 1 THEN x.sku END AS sku,
           x.least_price, x.most_price, x.least_cost_e4, x.most_cost_e4, x.margin_bp, x.available, s.stock_time,
           s.sources, s.suppliers, x.reasons, x.own_price, f.owned, f.pending
      FROM product p JOIN listing l ON l.product = p.id LEFT JOIN category c ON c.id = p.category
      CROSS JOIN LATERAL (
        SELECT count(*) AS n, min(v.id) AS one, min(v.sku) AS sku, min(v.price) AS least_price, max(v.price) AS most_price,
               min(v.cost_e4) AS least_cost_e4, max(v.cost_e4) AS most_cost_e4, min({_margin(at)}) AS margin_bp,
               coalesce(sum(v.available), 0)::bigint AS available, bool_or(v.own_price IS NOT NULL) AS own_price,
               (SELECT coalesce(jsonb_agg(DISTINCT r), '[]') FROM variant w, jsonb_array_elements_text(w.reasons) r
                 WHERE w.product = p.id) AS reasons
          FROM variant v WHERE v.product = p.id) x
      CROSS JOIN LATERAL (
        SELECT count(*) AS sources, min(e.stock_time) AS stock_time,
               coalesce(jsonb_agg(DISTINCT t.name) FILTER (WHERE t.name IS NOT NULL), '[]') AS suppliers
          FROM variant v JOIN match m ON m.variant = v.id AND m.state = 'confirmed' JOIN offer_lease e ON e.offer = m.offer
          LEFT JOIN tenant_card t ON t.tenant = m.supplier WHERE v.product = p.id) s
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(DISTINCT field) FILTER (WHERE own_value IS NOT NULL), '[]') AS owned,
               coalesce(jsonb_agg(DISTINCT field) FILTER (WHERE pending), '[]') AS pending
          FROM field_state WHERE product = p.id) f
     WHERE p.id = ANY($1::bigint[])"""


def _row(row: dict[str, Any], verified: bool) -> CatalogueRow:
    lists = {name: json.loads(row[name]) for name in ("suppliers", "reasons", "owned", "pending")}
    if row.pop("own_price"):
        lists["owned"].append("price")
    hidden = {} if verified else {"least_cost_e4": None, "most_cost_e4": None, "margin_bp": None}
    return CatalogueRow(**{**row, **lists, **hidden})
