"""Find offers of linked suppliers, to choose from: search as you type, filters, keyset pages, "all that match"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from marketplace.catalogue.keyset import Page, place, placed_after
from marketplace.catalogue.offer_query import SORTS, OfferQuery, where
from marketplace.catalogue.offer_terms import House, house, offer_terms, rates_cte
from marketplace.catalogue.offers_priced import matching, priced
from marketplace.catalogue.price_rule import Rule
from marketplace.catalogue.reckoning import stored_rules
from marketplace.kernel import json
from marketplace.kernel.database import fetch
from tenants.scope import acting_as

PAGE = 50


@dataclass(frozen=True)
class FoundOffer:
    """One row. `cost_e4` (net, 1/10,000 of the merchant's currency), `price` (gross, minor units, by the current rules) and
    `margin_bp` are None until the merchant's identity is verified. `state` is None, "listed" or "proposed", and `product` the
    one it is in; `why` a code of `reasons.UNSELLABLE`; `group_size` counts the offers of its group, itself included."""

    id: int
    supplier: int
    supplier_name: str
    sku: str
    title: str
    brand: str | None
    category: str | None
    gtin: str | None
    options: dict[str, str]
    image: str | None
    image_sha: str | None
    cost_e4: int | None
    price: int | None
    margin_bp: int | None
    units: int
    quantity_kind: str
    stock_time: datetime | None
    why: str | None
    state: str | None
    product: int | None
    group_size: int


async def find_offers(
    merchant: int, query: OfferQuery, *, after: str | None = None, limit: int = PAGE
) -> Page[FoundOffer]:
    """A page of the offers that match, with the count of all. A place that nobody gave out is the first page."""
    async with acting_as(merchant):
        at, rules = await house(merchant), await stored_rules(merchant)
        condition, args = where(query, await linked_suppliers(merchant))
        found = matching(at, rules, query, condition)
        _, kind, down = SORTS[query.sort]
        order, begin = "DESC" if down else "ASC", placed_after(after, kind)
        further = ""
        if begin is not None:
            further = f"WHERE (value, id) {'<' if down else '>'} (${len(args) + 1}::{_SQL[kind]}, ${len(args) + 2}::bigint)"
            args += begin
        ids = await fetch(
            f"{found} SELECT t.total, p.* FROM (SELECT count(*) AS total FROM matching) t LEFT JOIN (SELECT * FROM matching"
            f" {further} ORDER BY value {order}, id {order} LIMIT {int(limit) + 1}) p ON true ORDER BY p.value {order}, p.id {order}",
            *args,
        )
        total, ids = int(ids[0]["total"]), [row for row in ids if row["id"] is not None]
        shown = ids[:limit]
        rows = await _detail(at, rules, [row["id"] for row in shown])
    following = place(shown[-1]["value"], shown[-1]["id"]) if len(ids) > limit else None
    return Page([rows[row["id"]] for row in shown], following, total)


_SQL = {int: "bigint", str: "text"}


async def offers_matching(
    merchant: int, query: OfferQuery, *, after: int = 0, up_to: int | None = None, limit: int = 500
) -> list[int]:
    """The next ids that match, ascending: how "all 12,340 that match" are walked in slices. `up_to` fixes the end."""
    async with acting_as(merchant):
        at, rules = await house(merchant), await stored_rules(merchant)
        condition, args = where(query, await linked_suppliers(merchant))
        rows = await fetch(
            f"{matching(at, rules, query, condition)} SELECT id FROM matching WHERE id > ${len(args) + 1}"
            f" AND (${len(args) + 2}::bigint IS NULL OR id <= ${len(args) + 2}) ORDER BY id LIMIT {int(limit)}",
            *args,
            after,
            up_to,
        )
        return [int(row["id"]) for row in rows]


async def count_offers(merchant: int, query: OfferQuery) -> tuple[int, int]:
    """(how many match, the newest of them)."""
    async with acting_as(merchant):
        at, rules = await house(merchant), await stored_rules(merchant)
        condition, args = where(query, await linked_suppliers(merchant))
        [row] = await fetch(
            f"{matching(at, rules, query, condition)} SELECT count(*) AS n, coalesce(max(id), 0) AS newest FROM matching",
            *args,
        )
        return int(row["n"]), int(row["newest"])


async def offer_facets(
    merchant: int, query: OfferQuery, *, at_most: int = 100
) -> dict[str, list[tuple[str, int]]]:
    """{"category": …, "brand": …}: (value, how many), most first, of what matches without that very filter."""
    async with acting_as(merchant):
        suppliers = await linked_suppliers(merchant)
        found: dict[str, list[tuple[str, int]]] = {}
        for facet in ("category", "brand"):
            condition, args = where(msgspec.structs.replace(query, **{facet: ""}), suppliers)
            rows = await fetch(
                f"SELECT o.{facet} AS value, count(*) AS n FROM offer o WHERE {condition} AND o.{facet} <> ''"
                f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {int(at_most)}",
                *args,
            )
            found[facet] = [(row["value"], row["n"]) for row in rows]
        return found


async def linked_suppliers(merchant: int) -> list[int]:
    """Those the merchant may buy from now, in the open scope."""
    rows = await fetch(
        "SELECT supplier FROM agreement WHERE merchant = $1 AND state = 'active' ORDER BY supplier", merchant
    )
    return [int(row["supplier"]) for row in rows]


async def _detail(at: House, rules: list[Rule], ids: list[int]) -> dict[int, FoundOffer]:
    rows = await fetch(
        f"WITH {rates_cte(at)}, terms AS MATERIALIZED ({offer_terms('o.id = ANY($1::bigint[])')}), {priced(at, rules)}"
        " SELECT o.id, o.supplier, c.name AS supplier_name, o.sku, o.title, o.brand, o.category, o.gtin, o.options,"
        " o.images[1] AS image, (SELECT p.media_sha FROM offer_photo p WHERE p.offer = o.id AND p.media_sha IS NOT NULL"
        "  ORDER BY p.position LIMIT 1) AS image_sha, t.cost_e4, t.price, t.margin_bp, t.units, o.quantity_kind, t.stock_time,"
        " t.why, m.state, m.product, CASE WHEN o.group_key IS NULL THEN 1 ELSE (SELECT count(*) FROM offer g"
        "  WHERE g.supplier = o.supplier AND g.group_key = o.group_key AND g.retired_at IS NULL) END AS group_size"
        " FROM offer o JOIN priced t ON t.offer = o.id LEFT JOIN tenant_card c ON c.tenant = o.supplier"
        " LEFT JOIN LATERAL (SELECT CASE m.state WHEN 'confirmed' THEN 'listed' ELSE 'proposed' END AS state, v.product"
        "  FROM match m JOIN variant v ON v.id = m.variant WHERE m.offer = o.id AND m.state IN ('confirmed', 'proposed')"
        "  ORDER BY m.state LIMIT 1) m ON true WHERE o.id = ANY($1::bigint[])",
        ids,
    )
    return {row["id"]: _found(row, at.verified) for row in rows}


def _found(row: dict[str, Any], verified: bool) -> FoundOffer:
    hidden = {} if verified else {"cost_e4": None, "price": None, "margin_bp": None}
    return FoundOffer(
        **{
            **row,
            **hidden,
            "supplier_name": row["supplier_name"] or "",
            "options": json.loads(row["options"]) or {},
        }
    )
