"""Which pictures a product shows, in which order: those of its variants' offers, as the feed lists them."""

from collections.abc import Iterable, Mapping, Sequence

from marketplace.catalogue.bulk import insert_rows
from marketplace.catalogue.fields import MOST_PHOTOS, photo_urls
from marketplace.kernel.database import execute, fetch

_PHOTO = {
    "merchant": "bigint",
    "product": "bigint",
    "variant": "bigint",
    "position": "bigint",
    "source_url": "text",
}


async def lay_photos(merchant: int, products: Sequence[int]) -> None:
    """Make the products' photos those of the feed values taken over, in the open scope. What a merchant uploaded, or a
    product whose photos it arranged itself, stays as it is."""
    rows = await fetch(
        "SELECT f.product, f.variant, f.taken_value FROM field_state f JOIN variant v ON v.id = f.variant"
        " WHERE f.product = ANY($1) AND f.field = 'photos' AND NOT EXISTS (SELECT 1 FROM field_state mine"
        " WHERE mine.product = f.product AND mine.variant IS NULL AND mine.field = 'photos' AND mine.own_value IS NOT NULL)"
        " ORDER BY f.product, v.position, v.id",
        list(products),
    )
    by_product: dict[int, list[tuple[int, list[str]]]] = {}
    for row in rows:
        by_product.setdefault(row["product"], []).append((row["variant"], photo_urls(row["taken_value"])))
    wanted = [
        {
            "merchant": merchant,
            "product": product,
            "variant": variant,
            "position": position,
            "source_url": url,
        }
        for product, of_variants in by_product.items()
        for position, (url, variant) in enumerate(arranged(of_variants))
    ]
    await _drop_others(list(by_product), wanted)
    await insert_rows(
        "listing_photo",
        _PHOTO,
        wanted,
        conflict="(product, source_url) DO UPDATE SET position = EXCLUDED.position, variant = EXCLUDED.variant",
    )
    await fill_photos(products)


def arranged(of_variants: Sequence[tuple[int, Sequence[str]]]) -> list[tuple[str, int | None]]:
    """(url, variant) in order: each variant's first picture, then the others; a picture of several variants is of none."""
    users: dict[str, set[int]] = {}
    for variant, urls in of_variants:
        for url in urls:
            users.setdefault(url, set()).add(variant)
    firsts = [urls[0] for _, urls in of_variants if urls]
    rest = [url for _, urls in of_variants for url in urls[1:]]
    shared = len(of_variants) > 1
    return [
        (url, next(iter(users[url])) if shared and len(users[url]) == 1 else None)
        for url in list(dict.fromkeys([*firsts, *rest]))[: _room(firsts)]
    ]


def _room(firsts: Iterable[str]) -> int:
    """Every variant shows at least one picture, however many variants there are."""
    return max(MOST_PHOTOS, len(set(firsts)))


async def _drop_others(products: list[int], wanted: Sequence[Mapping[str, object]]) -> None:
    await execute(
        "DELETE FROM listing_photo p WHERE p.product = ANY($1) AND p.source_url IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM unnest($2::bigint[], $3::text[]) w (product, url) WHERE w.product = p.product AND w.url = p.source_url)",
        products,
        [w["product"] for w in wanted],
        [w["source_url"] for w in wanted],
    )


async def fill_photos(products: Sequence[int]) -> int:
    """Take over what the media store has of these products' photos, and each listing's first picture. Answers how many
    photos changed."""
    changed = await execute(
        "UPDATE listing_photo p SET media_sha = r.sha, width = r.width, height = r.height, colour = r.colour"
        " FROM (SELECT DISTINCT ON (w.id) w.id, m.sha, m.width, m.height, m.colour"
        "  FROM listing_photo w JOIN variant v ON v.product = w.product JOIN match c ON c.variant = v.id"
        "  JOIN offer_photo o ON o.offer = c.offer AND o.url = w.source_url AND o.media_sha IS NOT NULL"
        "  JOIN media m ON m.sha = o.media_sha WHERE w.product = ANY($1) ORDER BY w.id, o.checked_at DESC) r"
        " WHERE p.id = r.id AND p.media_sha IS DISTINCT FROM r.sha",
        list(products),
    )
    await execute(
        "UPDATE listing l SET photo_sha = f.media_sha, photo_colour = f.colour, updated_at = now()"
        " FROM unnest($1::bigint[]) p (product) LEFT JOIN LATERAL (SELECT media_sha, colour FROM listing_photo"
        "  WHERE product = p.product AND media_sha IS NOT NULL ORDER BY position, id LIMIT 1) f ON true"
        " WHERE l.product = p.product AND (l.photo_sha, l.photo_colour) IS DISTINCT FROM (f.media_sha, f.colour)",
        list(products),
    )
    return changed
