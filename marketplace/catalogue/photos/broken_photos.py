"""Pictures of what is sold that could not be had, with the reason."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.catalogue.keyset import Page, place, placed_after
from marketplace.kernel.database import fetch, fetch_value
from tenants.scope import acting_as

PAGE = 50


@dataclass(frozen=True)
class BrokenPhoto:
    """`error` begins with a stable code and a colon."""

    product: int
    title: str
    url: str
    error: str
    supplier_name: str | None
    checked_at: datetime | None


_BROKEN = (
    " FROM listing_photo f JOIN listing l ON l.product = f.product AND l.will <> 'retired' JOIN product p ON p.id = f.product"
    " CROSS JOIN LATERAL (SELECT o.* FROM variant v JOIN match m ON m.variant = v.id JOIN offer_photo o ON o.offer = m.offer"
    "  WHERE v.product = f.product AND o.url = f.source_url AND o.state = 'broken' LIMIT 1) o"
    " LEFT JOIN tenant_card t ON t.tenant = o.supplier WHERE f.merchant = $1 AND f.media_sha IS NULL"
)


async def count_broken_photos(merchant: int) -> int:
    """How many `broken_photos` there are."""
    async with acting_as(merchant):
        return int(await fetch_value(f"SELECT count(*){_BROKEN}", merchant))


async def broken_photos(merchant: int, *, after: str | None = None, limit: int = PAGE) -> Page[BrokenPhoto]:
    """Pictures of what is not retired that could not be had, with the reason."""
    begin = placed_after(after, int) or (0, 0)
    async with acting_as(merchant):
        total = await fetch_value(f"SELECT count(*){_BROKEN}", merchant)
        rows = await fetch(
            "SELECT f.id, f.product, p.title, f.source_url AS url, o.error, t.name AS supplier_name, o.checked_at"
            f"{_BROKEN} AND (f.product, f.id) > ($2, $3) ORDER BY f.product, f.id LIMIT $4",
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
