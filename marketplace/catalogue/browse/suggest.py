"""Search as you type: a handful of products and categories."""

from dataclasses import dataclass

from marketplace.catalogue.browse.cards import CARD, CARD_JOIN, Card, card
from marketplace.catalogue.browse.find import wanted
from marketplace.catalogue.words import fold, search_terms
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_value
from tenants.scope import shop_scope


@dataclass(frozen=True)
class Suggestions:
    """`categories` are (slug, title). `instead` as in a search."""

    products: list[Card]
    categories: list[tuple[str, str]]
    instead: str | None = None


async def suggest(merchant: int, words: str, *, at_most: int = 6) -> Suggestions:
    """What to show under the search field while somebody types."""
    async with shop_scope(merchant):
        query = await wanted(merchant, words)
        if query is None:
            return Suggestions([], [])
        found = await fetch_value(
            f"SELECT coalesce(jsonb_agg({CARD} ORDER BY l.sellable DESC, s.rank DESC, l.id), '[]') FROM"
            " (SELECT l.*, s.rank FROM search_products($1, 200) s JOIN listing l ON l.product = s.product WHERE l.will = 'live'"
            f"  ORDER BY l.sellable DESC, s.rank DESC, l.id LIMIT {int(at_most)}) l JOIN product p ON p.id = l.product"
            f" CROSS JOIN LATERAL (SELECT l.rank) s {CARD_JOIN}",
            query.query,
        )
        titles = await fetch(
            "SELECT c.slug, c.title FROM category c WHERE c.merchant = $1 AND EXISTS (SELECT 1 FROM product p"
            " JOIN listing l ON l.product = p.id WHERE p.category = c.id AND l.will = 'live') ORDER BY c.position, c.id",
            merchant,
        )
    terms = search_terms(words)
    named = [(r["slug"], r["title"]) for r in titles if all(term in fold(r["title"]) for term in terms)]
    return Suggestions([card(c) for c in json.loads(found)], named[:3], query.instead)
