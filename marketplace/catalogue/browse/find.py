"""Products by words, through the search door: as one types, and with a mistake in it."""

from dataclasses import dataclass

from marketplace.catalogue.browse.spelling import corrected
from marketplace.catalogue.words import prefix_query, search_terms
from marketplace.kernel.database import fetch_value

MOST = 2000


@dataclass(frozen=True)
class Wanted:
    """A tsquery for the search door. `instead` is what we searched for, when nothing had the words that were typed."""

    query: str
    instead: str | None = None


async def wanted(merchant: int, words: str) -> Wanted | None:
    """How to find these words, in the open scope; None when they hold nothing to search for.

    Every word begins a word of the product; else with the misspelt ones corrected; else any of the words.
    """
    terms = search_terms(words)
    if not terms:
        return None
    exact = prefix_query(terms)
    if await _finds(exact):
        return Wanted(exact)
    better = await corrected(merchant, terms)
    if better and await _finds(prefix_query(better)):
        return Wanted(prefix_query(better), " ".join(better))
    some = exact.replace(" & ", " | ") if len(terms) > 1 else exact
    return Wanted(some)


async def _finds(query: str) -> bool:
    return bool(
        await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM search_products($1, 50) s JOIN listing l ON l.product = s.product WHERE l.will = 'live')",
            query,
        )
    )
