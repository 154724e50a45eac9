"""Where a supplier's goods go in the merchant's own categories: as it decided, else as the supplier's words suggest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.catalogue.bulk import insert_rows
from marketplace.catalogue.words import fold, free_slug, slug
from marketplace.kernel.database import fetch, fetch_value

_PARTS = re.compile(r"\s*(?:>|»|\||/|\\|::)\s*")
MOST = 80  # characters of a title


@dataclass
class Shelves:
    """A merchant's categories while offers are sorted into them: what is there, by title, and what was decided."""

    merchant: int
    by_title: dict[str, int]
    slugs: set[str]
    decided: dict[tuple[int, str], int]


async def shelves(merchant: int) -> Shelves:
    rows = await fetch("SELECT id, title, slug FROM category WHERE merchant = $1 ORDER BY id DESC", merchant)
    said = await fetch(
        "SELECT supplier, source, category FROM category_mapping WHERE merchant = $1", merchant
    )
    return Shelves(
        merchant,
        {fold(row["title"]): row["id"] for row in rows},
        {row["slug"] for row in rows},
        {(row["supplier"], row["source"]): row["category"] for row in said},
    )


async def sort_in(into: Shelves, said: Iterable[tuple[int, str | None]]) -> None:
    """Make a category and a mapping for each (supplier, its words) that has none yet, in the open scope."""
    fresh: dict[tuple[int, str], int] = {}
    for supplier, words in said:
        key = (supplier, source_key(words))
        parts = category_path(words)
        if parts and key not in into.decided and key not in fresh:
            fresh[key] = await _shelf(into, parts)
    into.decided |= fresh
    await insert_rows(
        "category_mapping",
        {"merchant": "bigint", "supplier": "bigint", "source": "text", "category": "bigint"},
        [
            {"merchant": into.merchant, "supplier": supplier, "source": source, "category": category}
            for (supplier, source), category in fresh.items()
        ],
        conflict="DO NOTHING",
    )


def placed(into: Shelves, supplier: int, words: str | None) -> int | None:
    """The category for these words of this supplier, None when they say nothing."""
    return into.decided.get((supplier, source_key(words)))


def source_key(words: str | None) -> str:
    """What a mapping is kept under: the supplier's words, as `SOURCE_KEY` says them in SQL of an offer `o`."""
    return (words or "")[:200]


SOURCE_KEY = "left(coalesce(nullif(o.category, ''), o.google_category, ''), 200)"


def category_path(words: str | None) -> list[str]:
    """["Furniture", "Chairs"] of "Home > Furniture > Chairs": the last two parts. A bare number says nothing."""
    parts = [part.strip()[:MOST] for part in _PARTS.split(words or "")]
    return [part for part in parts if fold(part) and not fold(part).replace(" ", "").isdigit()][-2:]


async def _shelf(into: Shelves, parts: list[str]) -> int:
    """The category of the last part; made, under the one of the first, when there is none of that title."""
    found = into.by_title.get(fold(parts[-1]))
    if found is not None:
        return found
    parent = await _shelf(into, parts[:1]) if len(parts) > 1 and fold(parts[0]) != fold(parts[1]) else None
    made = int(
        await fetch_value(
            "INSERT INTO category (merchant, parent, slug, title, position) VALUES ($1, $2, $3, $4,"
            " (SELECT coalesce(max(position), 0) + 1 FROM category WHERE merchant = $1)) RETURNING id",
            into.merchant,
            parent,
            free_slug(slug(parts[-1], "category"), into.slugs),
            parts[-1][0].upper() + parts[-1][1:],
        )
    )
    into.by_title[fold(parts[-1])] = made
    return made
