"""Photos a merchant arranged itself: what the feed lists beside them, and whether that is for a person to decide."""

from collections.abc import Sequence

from marketplace.catalogue.fields import photo_urls
from marketplace.kernel.database import execute, fetch


async def photos_listed(products: Sequence[int]) -> dict[int, str]:
    """Product → the lists of photos of the offers its variants are made of, a line each: what the field `photos` of the product
    says. In the open scope."""
    rows = await fetch(
        "SELECT f.product, string_agg(coalesce(f.feed_value, '[]'), chr(10) ORDER BY v.position, v.id) AS said FROM field_state f"
        " JOIN variant v ON v.id = f.variant WHERE f.product = ANY($1) AND f.field = 'photos' GROUP BY f.product",
        list(products),
    )
    return {row["product"]: row["said"] for row in rows}


def urls_said(said: str | None) -> list[str]:
    """The URLs in such a value, each once."""
    return list(dict.fromkeys(url for line in (said or "").splitlines() for url in photo_urls(line)))


async def note_photos(products: Sequence[int]) -> None:
    """Keep what is listed now of those that were arranged. What is new waits for a person, as `merge.feed_said` has it."""
    said = await photos_listed(products)
    await execute(
        "UPDATE field_state f SET feed_value = n.said, pending = n.waits, updated_at = now(),"
        " pending_since = CASE WHEN n.waits THEN coalesce(f.pending_since, now()) END"
        " FROM (SELECT g.id, s.said, g.own_value IS NOT NULL AND g.lock = 'none' AND s.said IS DISTINCT FROM g.taken_value"
        "   AND (g.pending OR s.said IS DISTINCT FROM g.feed_value) AS waits"
        "  FROM unnest($1::bigint[], $2::text[]) s (product, said) JOIN field_state g ON g.product = s.product AND g.variant IS NULL"
        "   AND g.field = 'photos') n WHERE f.id = n.id",
        list(said),
        list(said.values()),
    )
