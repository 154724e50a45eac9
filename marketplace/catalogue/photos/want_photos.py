"""A merchant took up an offer: the supplier's pictures of it are wanted from now on."""

from collections.abc import Sequence

from marketplace.catalogue.photos.tell_ready import tell_ready
from marketplace.kernel.database import execute, fetch
from tenants.scope import acting_as


async def want_photos(supplier: int, offers: Sequence[int]) -> int:
    """One row a picture of these offers, wanted when it is new; a picture the feed no longer lists is forgotten.

    Acts as the supplier, whose rows they are. A URL this supplier uses for another offer too is not fetched again. Answers how
    many are wanted.
    """
    async with acting_as(supplier):
        await execute(
            "DELETE FROM offer_photo p USING offer o WHERE o.id = p.offer AND p.offer = ANY($1) AND p.url <> ALL (o.images)",
            list(offers),
        )
        rows = await fetch(
            "INSERT INTO offer_photo (supplier, offer, position, url, media_sha, state, etag, checked_at)"
            " SELECT o.supplier, o.id, i.place, i.url, known.media_sha, CASE WHEN known.id IS NULL THEN 'wanted' ELSE 'ready' END,"
            "  known.etag, known.checked_at FROM offer o CROSS JOIN LATERAL (SELECT url, min(place) AS place FROM"
            "  unnest(o.images) WITH ORDINALITY u (url, place) WHERE url <> '' GROUP BY url ORDER BY 2 LIMIT 20) i"
            " LEFT JOIN LATERAL (SELECT k.id, k.media_sha, k.etag, k.checked_at FROM offer_photo k WHERE k.supplier = o.supplier"
            "  AND k.url = i.url AND k.state = 'ready' LIMIT 1) known ON true WHERE o.id = ANY($1)"
            " ON CONFLICT (offer, url) DO UPDATE SET position = EXCLUDED.position"
            " WHERE offer_photo.position <> EXCLUDED.position RETURNING offer, state",
            list(offers),
        )
        if known := sorted({row["offer"] for row in rows if row["state"] == "ready"}):
            await tell_ready(supplier, known)
        return sum(row["state"] == "wanted" for row in rows)
