"""The front page, and the categories that every page names."""

from dataclasses import dataclass

from marketplace.catalogue.browse.cards import CARD, CARD_JOIN, Card, card
from marketplace.catalogue.browse.reference_price import REFERENCE
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from tenants.scope import shop_scope


@dataclass(frozen=True)
class Shelf:
    """A category with how many live products it holds, its children's included. `picture_sha` is its own or its first product's."""

    id: int
    slug: str
    title: str
    intro: str | None
    parent: int | None
    products: int
    picture_sha: str | None


@dataclass(frozen=True)
class Home:
    """`featured` is the merchant's choice, `newest` what came last; both only what can be bought. `shelves` top level."""

    featured: list[Card]
    newest: list[Card]
    reduced: list[Card]
    shelves: list[Shelf]
    total: int


async def shelves(merchant: int) -> list[Shelf]:
    """Every category that has something live in it, parents before children, in the merchant's order."""
    async with shop_scope(merchant):
        return await _shelves(merchant)


async def home(merchant: int, *, cards: int = 8) -> Home:
    """What the front page shows."""
    async with shop_scope(merchant):
        row = await fetch_one(_home(cards), merchant)
        all_shelves = await _shelves(merchant)
    assert row is not None
    featured, newest, reduced = (
        [card(c) for c in json.loads(row[name])] for name in ("featured", "newest", "reduced")
    )
    return Home(featured, newest, reduced, [s for s in all_shelves if s.parent is None], int(row["total"]))


def _home(cards: int) -> str:
    on_sale = "l.merchant = $1 AND l.will = 'live' AND l.sellable"

    def section(condition: str, order: str) -> str:
        return (
            f"(SELECT coalesce(jsonb_agg({CARD} ORDER BY l.place), '[]') FROM"
            f" (SELECT l.*, row_number() OVER (ORDER BY {order}) AS place FROM listing l WHERE {on_sale} AND {condition}"
            f" ORDER BY {order} LIMIT {int(cards)}) l JOIN product p ON p.id = l.product {CARD_JOIN})"
        )

    dropped = (
        "l.product IN (SELECT v.product FROM (SELECT DISTINCT variant FROM (SELECT variant FROM price_history WHERE merchant = $1"
        "  AND price IS NOT NULL AND at > now() - interval '30 days' ORDER BY at DESC LIMIT 500) h) h"
        f" JOIN variant v ON v.id = h.variant WHERE v.sellable AND {REFERENCE} IS NOT NULL)"
    )
    return (
        f"SELECT {section('l.featured', 'l.position, l.id')} AS featured,"
        f" {section('true', 'l.published_at DESC, l.id DESC')} AS newest,"
        f" (SELECT coalesce(jsonb_agg(r.c), '[]') FROM (SELECT c FROM jsonb_array_elements({section(dropped, 'l.id DESC')}) c"
        "  WHERE c->>'was_price' IS NOT NULL) r) AS reduced,"
        " (SELECT count(*) FROM listing l WHERE l.merchant = $1 AND l.will = 'live') AS total"
    )


async def _shelves(merchant: int) -> list[Shelf]:
    rows = await fetch(
        """
        WITH RECURSIVE counted AS (
            SELECT p.category, count(*) AS n, (array_agg(l.photo_sha ORDER BY l.sellable DESC, l.position, l.id)
                   FILTER (WHERE l.photo_sha IS NOT NULL))[1] AS sha
              FROM listing l JOIN product p ON p.id = l.product WHERE l.merchant = $1 AND l.will = 'live' GROUP BY p.category),
        up AS (
            SELECT c.id, c.parent, n.n, n.sha, 0 AS depth FROM category c JOIN counted n ON n.category = c.id
            UNION ALL
            SELECT c.id, c.parent, up.n, up.sha, up.depth + 1 FROM up JOIN category c ON c.id = up.parent WHERE up.depth < 8)
        SELECT c.id, c.slug, c.title, c.intro, c.parent, sum(up.n)::bigint AS products,
               coalesce(c.picture_sha, (array_agg(up.sha ORDER BY up.depth, up.n DESC) FILTER (WHERE up.sha IS NOT NULL))[1])
               AS picture_sha
          FROM up JOIN category c ON c.id = up.id WHERE c.merchant = $1
         GROUP BY c.id ORDER BY c.parent NULLS FIRST, c.position, c.id""",
        merchant,
    )
    return [Shelf(**row) for row in rows]
