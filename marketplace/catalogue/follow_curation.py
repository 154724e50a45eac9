"""What became of the products of one curation: what is live, what may be published now, what still lacks something."""

from collections import Counter
from dataclasses import dataclass

from marketplace.catalogue.publish import what_is_missing
from marketplace.kernel import json
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from tenants.scope import acting_as


@dataclass(frozen=True)
class CuratedProduct:
    """`missing` are codes of `reasons.UNPUBLISHABLE`, empty when it may be published. `price` gross, minor units."""

    product: int
    title: str
    photo_sha: str | None
    will: str
    price: int | None
    variants: int
    missing: list[str]


@dataclass(frozen=True)
class Outcome:
    """`ready` are drafts that may be published; `lacking` counts the drafts that lack something, by code."""

    products: list[CuratedProduct]
    live: int
    ready: list[int]
    lacking: dict[str, int]


async def follow_curation(merchant: int, curation: int) -> Outcome:
    """The products this curation made or gave variants to, as they are now. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT selection, created_at, finished_at FROM curation WHERE id = $1 AND merchant = $2",
            curation,
            merchant,
        )
        if row is None:
            raise NotFound
        chosen = json.loads(row["selection"])
        rows = await fetch(
            "SELECT p.id AS product, p.title, l.photo_sha, l.will, l.from_price AS price,"
            " (SELECT count(*) FROM variant v WHERE v.product = p.id) AS variants FROM product p JOIN listing l ON l.product = p.id"
            " WHERE p.merchant = $1 AND l.will <> 'retired' AND p.id IN (SELECT v.product FROM match m JOIN variant v ON v.id = m.variant"
            "  WHERE m.merchant = $1 AND m.why = 'curated' AND m.created_at >= $2 AND ($3::timestamptz IS NULL OR m.created_at <= $3)"
            "  AND ($4::bigint[] IS NULL OR m.offer = ANY($4))) ORDER BY p.sort_title, p.id",
            merchant,
            row["created_at"],
            row["finished_at"],
            chosen.get("offers"),
        )
        missing = await what_is_missing(merchant, [r["product"] for r in rows])
    products = [CuratedProduct(**r, missing=missing[r["product"]]) for r in rows]
    drafts = [p for p in products if p.will == "draft"]
    return Outcome(
        products,
        sum(p.will == "live" for p in products),
        [p.product for p in drafts if not p.missing],
        dict(Counter(code for p in drafts for code in p.missing).most_common()),
    )
