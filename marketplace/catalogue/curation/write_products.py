"""Products, variants, matches, listings and what the feed said of them, written for many groups at once."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from marketplace.catalogue.bulk import insert_rows, new_ids
from marketplace.catalogue.categories import Shelves, placed, shelves, sort_in
from marketplace.catalogue.curation.names import free_skus, free_slugs
from marketplace.catalogue.curation.picks import Pick
from marketplace.catalogue.fields import FEED_FIELDS, SHOWN
from marketplace.catalogue.grouping import Group, common_title, grouped
from marketplace.catalogue.show_options import reference_name
from marketplace.catalogue.words import sort_key
from marketplace.kernel import json
from marketplace.kernel.database import fetch

_PRODUCT = {
    "id": "bigint", "merchant": "bigint", "title": "text", "sort_title": "text", "description": "text", "brand": "text",
    "category": "bigint", "option_names": "text[]", "manufacturer": "jsonb", "responsible": "jsonb", "warnings": "text",
}  # fmt: skip
_VARIANT = {
    "id": "bigint", "merchant": "bigint", "product": "bigint", "sku": "text", "gtin": "text", "options": "jsonb",
    "position": "bigint", "weight_g": "bigint",
}  # fmt: skip
_LISTING = {"merchant": "bigint", "product": "bigint", "slug": "text"}
_MATCH = {"merchant": "bigint", "variant": "bigint", "offer": "bigint", "supplier": "bigint", "why": "text"}
_FIELD = {
    "merchant": "bigint", "product": "bigint", "variant": "bigint", "field": "text", "feed_value": "text",
    "taken_value": "text", "offer": "bigint",
}  # fmt: skip


class Placed(NamedTuple):
    """A group and the product it goes into; `fresh` when that is made now."""

    group: Group
    product: int
    fresh: bool


ByOffer = Mapping[int, Pick]


async def write_products(merchant: int, picks: Sequence[Pick]) -> tuple[list[int], list[int]]:
    """(products, variants) made or added to, in the open scope, under the catalogue's lock."""
    if not picks:
        return [], []
    by_offer = {pick.piece.offer: pick for pick in picks}
    reference = await reference_name(merchant)
    into = await shelves(merchant)
    await sort_in(into, [(p.piece.supplier, p.says["category"]) for p in picks])
    placings = await _place(grouped([pick.piece for pick in picks], reference=reference))
    await _products(merchant, [p for p in placings if p.fresh], by_offer, into)
    variants = await _variants(merchant, placings, by_offer, reference)
    await _fields(merchant, placings, by_offer, variants)
    return sorted({p.product for p in placings}), list(variants.values())


async def _place(groups: Sequence[Group]) -> list[Placed]:
    homes = await _homes(groups)
    fresh = iter(await new_ids("product", sum(id(group) not in homes for group in groups)))
    return [
        Placed(group, homes[id(group)], False) if id(group) in homes else Placed(group, next(fresh), True)
        for group in groups
    ]


async def _homes(groups: Sequence[Group]) -> dict[int, int]:
    """Group (by identity) → the product its earlier variants were made into."""
    keyed = [g for g in groups if g.key]
    rows = await fetch(
        "SELECT DISTINCT ON (o.supplier, o.group_key) o.supplier, o.group_key, p.id, p.title"
        " FROM unnest($1::bigint[], $2::text[]) k (supplier, key)"
        " JOIN offer o ON o.supplier = k.supplier AND o.group_key = k.key"
        " JOIN match m ON m.offer = o.id AND m.why = 'curated' AND m.state = 'confirmed'"
        " JOIN variant v ON v.id = m.variant JOIN product p ON p.id = v.product JOIN listing l ON l.product = p.id"
        " WHERE l.will <> 'retired' ORDER BY o.supplier, o.group_key, p.id",
        [g.supplier for g in keyed],
        [g.key for g in keyed],
    )
    found = {(r["supplier"], r["group_key"]): r for r in rows}
    homes = {}
    for group in keyed:
        home = found.get((group.supplier, group.key or ""))
        if home and (any(o for _, o in group.variants) or common_title([home["title"], group.title])):
            homes[id(group)] = int(home["id"])
    return homes


async def _products(merchant: int, placings: Sequence[Placed], by_offer: ByOffer, into: Shelves) -> None:
    rows = []
    for group, product, _ in placings:
        says = by_offer[group.variants[0][0].offer].says
        shown: dict[str, Any] = {name: make(says[name]) for name, make in SHOWN.items()}
        title = " ".join(group.title.split())[:200]
        rows.append(
            {
                **shown,
                "id": product,
                "merchant": merchant,
                "title": title,
                "sort_title": sort_key(title),
                "category": placed(into, group.supplier, says["category"]),
                "option_names": group.option_names,
            }
        )
    await insert_rows("product", _PRODUCT, rows)
    slugs = await free_slugs(merchant, [row["title"] for row in rows])
    await insert_rows(
        "listing",
        _LISTING,
        [{"merchant": merchant, "product": r["id"], "slug": s} for r, s in zip(rows, slugs, strict=True)],
    )


async def _variants(
    merchant: int, placings: Sequence[Placed], by_offer: ByOffer, reference: str
) -> dict[int, int]:
    """Offer → its variant."""
    members = [(p.product, piece, options) for p in placings for piece, options in p.group.variants]
    taken = await _options_in_use(sorted({product for product, _, _ in members}))
    ids = await new_ids("variant", len(members))
    skus = await free_skus(merchant, [(piece.supplier, piece.sku) for _, piece, _ in members])
    rows, matches = [], []
    variants: dict[int, int] = {}
    for made, sku, (product, piece, options) in zip(ids, skus, members, strict=True):
        mine = taken.setdefault(product, [])
        told = {**options, reference: piece.sku} if options in mine else options
        rows.append(
            {
                "id": made,
                "merchant": merchant,
                "product": product,
                "sku": sku,
                "gtin": by_offer[piece.offer].gtin,
                "options": told,
                "position": len(mine),
                "weight_g": by_offer[piece.offer].weight_g,
            }
        )
        mine.append(told)
        variants[piece.offer] = made
        matches.append(
            {
                "merchant": merchant,
                "variant": made,
                "offer": piece.offer,
                "supplier": piece.supplier,
                "why": "curated",
            }
        )
    await insert_rows("variant", _VARIANT, rows)
    await insert_rows("match", _MATCH, matches)
    return variants


async def _options_in_use(products: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    rows = await fetch(
        "SELECT product, options FROM variant WHERE product = ANY($1) ORDER BY position, id", list(products)
    )
    found: dict[int, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row["product"], []).append(json.loads(row["options"]))
    return found


async def _fields(
    merchant: int, placings: Sequence[Placed], by_offer: ByOffer, variants: Mapping[int, int]
) -> None:
    """What the feed said when it was taken over: of the product by its first offer, of each variant by its own."""
    rows = []
    for group, product, fresh in placings:
        offers = [piece.offer for piece, _ in group.variants]
        if fresh:
            rows += [_field(product, None, name, by_offer[offers[0]]) for name in _OF_PRODUCT]
        rows += [_field(product, variants[o], name, by_offer[o]) for o in offers for name in _OF_VARIANT]
    await insert_rows("field_state", _FIELD, [{"merchant": merchant, **row} for row in rows])


_OF_PRODUCT = [name for name, field in FEED_FIELDS.items() if field.of == "product"]
_OF_VARIANT = [name for name, field in FEED_FIELDS.items() if field.of == "variant" and field.noted]


def _field(product: int, variant: int | None, name: str, pick: Pick) -> dict[str, Any]:
    said = pick.says[name]
    return {
        "product": product,
        "variant": variant,
        "field": name,
        "feed_value": said,
        "taken_value": said,
        "offer": pick.piece.offer,
    }
