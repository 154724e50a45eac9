"""What waits for a person: fields where feed and merchant part, and pictures that cannot be had."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.catalogue.fields import SHOWN
from marketplace.catalogue.keyset import Page, place, placed_after
from marketplace.catalogue.show_fields import from_own
from marketplace.kernel.database import fetch, fetch_value
from tenants.scope import acting_as

PAGE = 50


@dataclass(frozen=True)
class Decision:
    """`mine` is on the storefront, `theirs` what the feed says now, `before` what it said when it was last taken over; all fit
    to show. A category's `mine` is its title."""

    id: int
    product: int
    title: str
    photo_sha: str | None
    field: str
    mine: Any
    theirs: Any
    before: Any
    supplier: int | None
    supplier_name: str | None
    since: datetime | None


async def pending_decisions(
    merchant: int, *, after: str | None = None, limit: int = PAGE, product: int | None = None
) -> Page[Decision]:
    """The queue, by product; of one product when it is named."""
    begin = placed_after(after, int) or (0, 0)
    async with acting_as(merchant):
        total = await fetch_value(
            "SELECT count(*) FROM field_state WHERE merchant = $1 AND pending AND ($2::bigint IS NULL OR product = $2)",
            merchant,
            product,
        )
        rows = await fetch(
            "SELECT f.id, f.product, p.title, l.photo_sha, f.field, f.own_value, f.feed_value, f.taken_value, o.supplier,"
            " t.name AS supplier_name, f.pending_since, c.title AS category FROM field_state f JOIN product p ON p.id = f.product"
            " JOIN listing l ON l.product = p.id LEFT JOIN offer o ON o.id = f.offer LEFT JOIN tenant_card t ON t.tenant = o.supplier"
            " LEFT JOIN category c ON c.id = p.category WHERE f.merchant = $1 AND f.pending AND (f.product, f.id) > ($2, $3)"
            " AND ($4::bigint IS NULL OR f.product = $4) ORDER BY f.product, f.id LIMIT $5",
            merchant,
            *begin,
            product,
            limit + 1,
        )
    found = [_decision(row) for row in rows[:limit]]
    following = place(found[-1].product, found[-1].id) if len(rows) > limit else None
    return Page(found, following, int(total))


def _decision(row: dict[str, Any]) -> Decision:
    name = row["field"]
    made = SHOWN.get(name, lambda said: said)
    mine = row["category"] if name == "category" else from_own(name, row["own_value"])
    return Decision(
        row["id"],
        row["product"],
        row["title"],
        row["photo_sha"],
        name,
        mine,
        made(row["feed_value"]),
        made(row["taken_value"]),
        row["supplier"],
        row["supplier_name"],
        row["pending_since"],
    )


@dataclass(frozen=True)
class BrokenPhoto:
    """`error` begins with a stable code and a colon."""

    product: int
    title: str
    url: str
    error: str
    supplier_name: str | None
    checked_at: datetime | None


async def broken_photos(merchant: int, *, after: str | None = None, limit: int = PAGE) -> Page[BrokenPhoto]:
    """Pictures of what is not retired that could not be had, with the reason."""
    begin = placed_after(after, int) or (0, 0)
    source = (
        " FROM listing_photo f JOIN listing l ON l.product = f.product AND l.will <> 'retired' JOIN product p ON p.id = f.product"
        " CROSS JOIN LATERAL (SELECT o.* FROM variant v JOIN match m ON m.variant = v.id JOIN offer_photo o ON o.offer = m.offer"
        "  WHERE v.product = f.product AND o.url = f.source_url AND o.state = 'broken' LIMIT 1) o"
        " LEFT JOIN tenant_card t ON t.tenant = o.supplier WHERE f.merchant = $1 AND f.media_sha IS NULL"
    )
    async with acting_as(merchant):
        total = await fetch_value(f"SELECT count(*){source}", merchant)
        rows = await fetch(
            "SELECT f.id, f.product, p.title, f.source_url AS url, o.error, t.name AS supplier_name, o.checked_at"
            f"{source} AND (f.product, f.id) > ($2, $3) ORDER BY f.product, f.id LIMIT $4",
            merchant,
            *begin,
            limit + 1,
        )
    following = place(rows[limit - 1]["product"], rows[limit - 1]["id"]) if len(rows) > limit else None
    return Page(
        [BrokenPhoto(**{k: v for k, v in row.items() if k != "id"}) for row in rows[:limit]],
        following,
        int(total),
    )
