"""Slugs and SKUs that nobody in this shop has yet, many at once."""

from collections.abc import Sequence

from marketplace.catalogue.words import MAX_SLUG, free_slug, slug
from marketplace.kernel.database import fetch


async def free_slugs(merchant: int, titles: Sequence[str]) -> list[str]:
    """A slug for each title, in the open scope, under the catalogue's lock. An address that redirects is not taken again."""
    wanted = [slug(title) for title in titles]
    rows = await fetch(
        "SELECT s.slug FROM (SELECT slug FROM listing WHERE merchant = $1 UNION ALL"
        " SELECT from_slug FROM redirect WHERE merchant = $1) s"
        " WHERE s.slug = ANY($2) OR regexp_replace(s.slug, '-[0-9]+$', '') = ANY($2)"
        f" OR left(s.slug, {MAX_SLUG - 6}) = ANY($3)",
        merchant,
        sorted(set(wanted)),
        sorted({one[: MAX_SLUG - 6] for one in wanted}),
    )
    taken = {row["slug"] for row in rows}
    return [free_slug(one, taken) for one in wanted]


async def free_skus(merchant: int, wanted: Sequence[tuple[int, str]]) -> list[str]:
    """The supplier's SKU where it is free, else with the supplier's name before it, else numbered. (supplier, sku) in."""
    skus = sorted({sku for _, sku in wanted})
    rows = await fetch("SELECT tenant, slug FROM tenant_card WHERE tenant = ANY($1)", [s for s, _ in wanted])
    cards = {row["tenant"]: row["slug"] for row in rows}
    used = await fetch(
        "SELECT sku FROM variant WHERE merchant = $1 AND (sku = ANY($2) OR EXISTS (SELECT 1 FROM unnest($3::text[]) c (name)"
        " WHERE starts_with(sku, c.name || '-')))",
        merchant,
        skus,
        sorted(cards.values()),
    )
    taken = {row["sku"] for row in used}
    made = []
    for supplier, sku in wanted:
        named = sku if sku not in taken else f"{cards.get(supplier, supplier)}-{sku}"
        number = 1
        one = named
        while one in taken:
            number += 1
            one = f"{named}-{number}"
        taken.add(one)
        made.append(one)
    return made
