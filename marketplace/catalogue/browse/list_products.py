"""Lists of products: a category, everything, or what a search finds; filtered, sorted, counted, by keyset pages."""

from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from marketplace.catalogue.browse.cards import CARD, CARD_JOIN, Card, card
from marketplace.catalogue.browse.find import MOST, Wanted, wanted
from marketplace.catalogue.keyset import place, placed_after
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import shop_scope

PAGE = 24
Sort = Literal["best", "newest", "price", "-price", "title"]

#: sort → (SQL of the value, type, descending). "best": what can be bought first, then the merchant's order, or the search's
SORTS: dict[str, tuple[str, type, bool]] = {
    "best": (
        "(CASE WHEN sellable THEN 0 ELSE 1000000000000 END + CASE WHEN featured THEN 0 ELSE 100000000000 END + position)",
        int,
        False,
    ),
    "rank": ("(CASE WHEN sellable THEN 0 ELSE -1000000000 END + (rank * 1000000)::bigint)", int, True),
    "newest": ("coalesce((extract(epoch FROM published_at) * 1000)::bigint, 0)", int, True),
    "price": ("coalesce(from_price, 9000000000000000)", int, False),
    "-price": ("coalesce(from_price, -1)", int, True),
    "title": ("sort_title", str, False),
}


class ListQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Prices gross, minor units, both ends included. `options` is name → values, any of which will do."""

    category: str = ""  # slug
    words: str = ""
    brands: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    in_stock: bool = False
    reduced: bool = False
    options: dict[str, tuple[str, ...]] = {}
    sort: Sort = "best"


@dataclass(frozen=True)
class Listed:
    """A page. Facets count what the category or the search holds before the filters: (value, how many). `trail` leads from the
    top category to this one; `below` are its children that have something. `instead`: see `find.Wanted`."""

    cards: list[Card]
    after: str | None
    total: int
    brands: list[tuple[str, int]]
    options: dict[str, list[tuple[str, int]]]
    prices: tuple[int, int] | None
    in_stock: int
    category: dict[str, Any] | None = None
    trail: list[tuple[str, str]] = field(default_factory=list)
    below: list[tuple[str, str, int]] = field(default_factory=list)
    instead: str | None = None


async def list_products(
    merchant: int, query: ListQuery, *, after: str | None = None, limit: int = PAGE
) -> Listed:
    """Raises NotFound for a category the shop does not have. An empty search lists everything."""
    async with shop_scope(merchant):
        category = await _category(merchant, query.category) if query.category else None
        words = await wanted(merchant, query.words)
        sql, args = _sql(merchant, query, category, words, after, limit)
        row = await fetch_one(sql, *args)
        below = await _below(merchant, category["id"] if category else None) if category else []
    assert row is not None
    cards = json.loads(row["cards"])
    following = place(cards[limit - 1]["value"], cards[limit - 1]["listing"]) if len(cards) > limit else None
    facets = json.loads(row["facets"])
    return Listed(
        [card(c["card"]) for c in cards[:limit]],
        following,
        row["total"],
        [(value, n) for value, n in facets["brands"]],
        {name: [(value, n) for value, n in values] for name, values in facets["options"].items()},
        (facets["least"], facets["most"]) if facets["least"] is not None else None,
        facets["in_stock"],
        category,
        category["trail"] if category else [],
        below,
        words.instead if words else None,
    )


async def _category(merchant: int, slug: str) -> dict[str, Any]:
    rows = await fetch(
        "WITH RECURSIVE up AS (SELECT id, parent, slug, title, intro, picture_sha, 0 AS depth FROM category"
        "  WHERE merchant = $1 AND slug = $2 UNION ALL SELECT c.id, c.parent, c.slug, c.title, c.intro, c.picture_sha, depth + 1"
        "  FROM up JOIN category c ON c.id = up.parent WHERE depth < 8) SELECT * FROM up ORDER BY depth DESC",
        merchant,
        slug,
    )
    if not rows:
        raise NotFound
    own = {name: rows[-1][name] for name in ("id", "slug", "title", "intro", "picture_sha")}
    return {**own, "trail": [(row["slug"], row["title"]) for row in rows]}


async def _below(merchant: int, category: int | None) -> list[tuple[str, str, int]]:
    rows = await fetch(
        "SELECT c.slug, c.title, count(*) AS n FROM category c JOIN product p ON p.category = c.id"
        " JOIN listing l ON l.product = p.id AND l.will = 'live' WHERE c.merchant = $1 AND c.parent = $2"
        " GROUP BY c.id ORDER BY c.position, c.id",
        merchant,
        category,
    )
    return [(row["slug"], row["title"], row["n"]) for row in rows]


def _sql(
    merchant: int,
    query: ListQuery,
    category: dict[str, Any] | None,
    words: Wanted | None,
    after: str | None,
    limit: int,
) -> tuple[str, list[Any]]:
    args: list[Any] = [merchant]

    def arg(value: Any) -> str:
        args.append(value)
        return f"${len(args)}"

    base = _base(category, words, arg)
    hits = " AND ".join(_filters(query, arg)) or "true"
    value, kind, down = SORTS["rank" if words and query.sort == "best" else query.sort]
    order, begin = "DESC" if down else "ASC", placed_after(after, kind)
    further = ""
    if begin is not None:
        cast = "text" if kind is str else "bigint"
        further = (
            f"WHERE (value, id) {'<' if down else '>'} ({arg(begin[0])}::{cast}, {arg(begin[1])}::bigint)"
        )
    sql = f"""
    WITH base AS MATERIALIZED ({base}), hits AS MATERIALIZED (SELECT b.*, {value} AS value FROM base b WHERE {hits})
    SELECT (SELECT count(*) FROM hits) AS total, {_facets(bool(category or words))} AS facets,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('value', l.value, 'listing', l.id, 'card', {CARD})
                   ORDER BY l.value {order}, l.id {order}), '[]')
              FROM (SELECT * FROM hits {further} ORDER BY value {order}, id {order} LIMIT {int(limit) + 1}) l
              JOIN product p ON p.id = l.product {CARD_JOIN}) AS cards"""
    return sql, args


def _base(category: dict[str, Any] | None, words: Wanted | None, arg: Any) -> str:
    found = f" JOIN search_products({arg(words.query)}, {MOST}) s ON s.product = l.product" if words else ""
    within = ""
    if category:
        within = (
            f" AND p.category IN (WITH RECURSIVE down AS (SELECT {arg(category['id'])}::bigint AS id UNION"
            " SELECT c.id FROM down JOIN category c ON c.parent = down.id) SELECT id FROM down)"
        )
    return (
        "SELECT l.id, l.product, l.slug, l.from_price, l.sellable, l.featured, l.position, l.published_at, l.photo_sha,"
        f" l.photo_colour, p.brand, p.sort_title, {'s.rank' if words else '0 AS rank'}"
        f" FROM listing l JOIN product p ON p.id = l.product{found} WHERE l.merchant = $1 AND l.will = 'live'{within}"
    )


def _filters(query: ListQuery, arg: Any) -> list[str]:
    parts = []
    if query.brands:
        parts.append(f"b.brand = ANY({arg(list(query.brands))}::text[])")
    if query.price_from is not None:
        parts.append(f"b.from_price >= {arg(query.price_from)}")
    if query.price_to is not None:
        parts.append(f"b.from_price <= {arg(query.price_to)}")
    if query.in_stock:
        parts.append("b.sellable")
    if query.reduced:
        parts.append(
            "EXISTS (SELECT 1 FROM listing l JOIN product p ON p.id = l.product"
            f" {CARD_JOIN} WHERE l.id = b.id AND x.was IS NOT NULL)"
        )
    for name, values in query.options.items():
        parts.append(
            "EXISTS (SELECT 1 FROM variant v WHERE v.product = b.product"
            f" AND v.options->>{arg(name)}::text = ANY({arg(list(values))}::text[]){' AND v.sellable' if query.in_stock else ''})"
        )
    return parts


def _facets(narrow: bool) -> str:
    """Counts over `base`; options only within a category or a search, where they mean something together."""
    options = (
        "(SELECT coalesce(jsonb_object_agg(o.name, o.vals), '{}') FROM (SELECT n.name, jsonb_agg(jsonb_build_array(n.value, n.n)"
        " ORDER BY n.n DESC, n.value) AS vals FROM (SELECT o.key AS name, o.value, count(DISTINCT v.product) AS n,"
        " row_number() OVER (PARTITION BY o.key ORDER BY count(DISTINCT v.product) DESC, o.value) AS place"
        " FROM base b JOIN variant v ON v.product = b.product, jsonb_each_text(v.options) o GROUP BY 1, 2) n"
        " WHERE n.place <= 30 GROUP BY n.name HAVING count(*) > 1) o)"
        if narrow
        else "'{}'::jsonb"
    )
    return (
        "jsonb_build_object('brands', (SELECT coalesce(jsonb_agg(jsonb_build_array(f.brand, f.n) ORDER BY f.n DESC, f.brand), '[]')"
        "  FROM (SELECT brand, count(*) AS n FROM base WHERE brand <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 40) f),"
        f" 'options', {options}, 'least', (SELECT min(from_price) FROM base), 'most', (SELECT max(from_price) FROM base),"
        " 'in_stock', (SELECT count(*) FROM base WHERE sellable))"
    )
