"""The decision queue: fields where feed and merchant part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from marketplace.catalogue.fields import SHOWN
from marketplace.catalogue.keyset import Page, place, placed_after
from marketplace.catalogue.photos.note_photos import urls_said
from marketplace.catalogue.show_fields import from_own
from marketplace.kernel.database import fetch, fetch_value
from tenants.scope import acting_as

PAGE = 50


MOST_AT_ONCE = 10_000
MARK = "left(md5(coalesce(f.feed_value, '')), 12)"
"""SQL over a `field_state` f: tells whether its feed still says what a person saw."""


@dataclass(frozen=True)
class Decision:
    """`mine` is on the storefront, `theirs` what the feed says now, `before` what it said when it was last taken over; all fit
    to show. A category's `mine` is its title; photos are lists of URLs. `sku` names the variant of a fact."""

    id: int
    product: int
    title: str
    photo_sha: str | None
    variant: int | None
    sku: str | None
    field: str
    mine: Any
    theirs: Any
    before: Any
    supplier: int | None
    supplier_name: str | None
    since: datetime | None
    mark: str


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Which decisions: of one product, of one field, of one supplier's feeds; None for any."""

    product: int | None = None
    field: str | None = None
    supplier: int | None = None


_OF = (
    "f.merchant = $1 AND f.pending AND ($2::bigint IS NULL OR f.product = $2) AND ($3::text IS NULL OR f.field = $3)"
    " AND ($4::bigint IS NULL OR coalesce(o.supplier, v.supplier) = $4)"
)
#: a product's photos come from the offers of its variants
_OFFERED = (
    " LEFT JOIN offer o ON o.id = f.offer LEFT JOIN LATERAL (SELECT w.supplier FROM field_state p JOIN offer w ON w.id = p.offer"
    "  WHERE f.offer IS NULL AND p.product = f.product AND p.field = f.field AND p.variant IS NOT NULL ORDER BY p.id LIMIT 1) v ON true"
)


async def pending_decisions(
    merchant: int, *, after: str | None = None, limit: int = PAGE, of: Waiting | None = None
) -> Page[Decision]:
    """The queue, by product."""
    begin = placed_after(after, int) or (0, 0)
    asked = of or Waiting()
    which = (asked.product, asked.field, asked.supplier)
    async with acting_as(merchant):
        total = await fetch_value(
            f"SELECT count(*) FROM field_state f{_OFFERED} WHERE {_OF}", merchant, *which
        )
        rows = await fetch(
            f"SELECT f.id, f.product, p.title, l.photo_sha, f.variant, i.sku, f.field, f.own_value, f.feed_value, f.taken_value,"
            f" coalesce(o.supplier, v.supplier) AS supplier, t.name AS supplier_name, f.pending_since, c.title AS category, {MARK} AS mark"
            " FROM field_state f JOIN product p ON p.id = f.product JOIN listing l ON l.product = p.id"
            f" LEFT JOIN variant i ON i.id = f.variant{_OFFERED} LEFT JOIN tenant_card t ON t.tenant = coalesce(o.supplier, v.supplier)"
            f" LEFT JOIN category c ON c.id = p.category WHERE {_OF} AND (f.product, f.id) > ($5, $6)"
            " ORDER BY f.product, f.id LIMIT $7",
            merchant,
            *which,
            *begin,
            limit + 1,
        )
    found = [_decision(row) for row in rows[:limit]]
    following = place(found[-1].product, found[-1].id) if len(rows) > limit else None
    return Page(found, following, int(total))


async def all_pending(merchant: int, of: Waiting) -> list[int]:
    """The ids of all that match, up to `MOST_AT_ONCE`."""
    async with acting_as(merchant):
        rows = await fetch(
            f"SELECT f.id FROM field_state f{_OFFERED} WHERE {_OF} ORDER BY f.product, f.id LIMIT {MOST_AT_ONCE}",
            merchant,
            of.product,
            of.field,
            of.supplier,
        )
    return [int(row["id"]) for row in rows]


@dataclass(frozen=True)
class Kind:
    """How many decisions wait of one field, and of one supplier's feeds."""

    field: str
    supplier: int | None
    supplier_name: str | None
    waiting: int


async def kinds_pending(merchant: int) -> list[Kind]:
    """What the queue can be narrowed to, the most first."""
    async with acting_as(merchant):
        rows = await fetch(
            "SELECT f.field, coalesce(o.supplier, v.supplier) AS supplier, t.name AS supplier_name, count(*) AS waiting FROM field_state f"
            f"{_OFFERED} LEFT JOIN tenant_card t ON t.tenant = coalesce(o.supplier, v.supplier) WHERE f.merchant = $1 AND f.pending"
            " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2",
            merchant,
        )
    return [Kind(**row) for row in rows]


def _decision(row: dict[str, Any]) -> Decision:
    name = row["field"]
    made = urls_said if name == "photos" else SHOWN.get(name, lambda said: said)
    mine = row["category"] if name == "category" else from_own(name, row["own_value"])
    return Decision(
        row["id"],
        row["product"],
        row["title"],
        row["photo_sha"],
        row["variant"],
        row["sku"],
        name,
        mine,
        made(row["feed_value"]),
        made(row["taken_value"]),
        row["supplier"],
        row["supplier_name"],
        row["pending_since"],
        row["mark"],
    )
