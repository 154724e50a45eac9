"""Turn suppliers' offers into the merchant's products: grouped, described, priced, ready to be published."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.curation.picks import Pick, read_picks
from marketplace.catalogue.curation.same_goods import (
    Further,
    judge,
    leaders,
    sold_by_gtin,
    write_matches,
)
from marketplace.catalogue.curation.write_products import write_products
from marketplace.catalogue.index_products import index_products
from marketplace.catalogue.offer_terms import house
from marketplace.catalogue.photos.lay_photos import lay_photos
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_VARIANTS
from marketplace.catalogue.tables import MatchState
from marketplace.kernel.errors import Refused
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as

AT_ONCE = 1000


@dataclass(frozen=True)
class Curated:
    """What became of the picked offers. `skipped`: offer → code (listed, proposed, not_found, offer_retired, excluded, …)."""

    products: list[int] = field(default_factory=list)  # made, or given further variants
    variants: list[int] = field(default_factory=list)
    matched: dict[int, int] = field(default_factory=dict)  # offer → the variant it serves as a further source
    proposed: dict[int, int] = field(default_factory=dict)  # offer → the variant it may serve: in the queue
    skipped: dict[int, str] = field(default_factory=dict)

    def report(self) -> dict[str, object]:
        """Counts, for a long curation's row."""
        return {
            "products": len(self.products),
            "variants": len(self.variants),
            "matched": len(self.matched),
            "proposed": len(self.proposed),
            "skipped": dict(Counter(self.skipped.values())),
        }


async def curate(merchant: int, offers: Sequence[int]) -> Curated:
    """Make drafts of up to `AT_ONCE` offers in one transaction; an offer that was taken up before is skipped.

    One product a group key, with variants; an offer whose valid GTIN is sold already becomes a further source of that variant
    (certain when the price makes sense, else proposed). Raises Refused for more at once: use `start_curation`.
    """
    if len(offers) > AT_ONCE:
        raise Refused("At most {most} offers at once.", most=AT_ONCE)
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        at = await house(merchant)
        picks, skipped = await read_picks(at, offers)
        further, rest = judge(picks, await sold_by_gtin(p.gtin for p in picks if p.gtin))
        await write_matches(merchant, further)
        first, waiting = leaders(rest)
        products, variants = await _make(merchant, first)
        if waiting:  # their twins exist now
            later, left = judge(waiting, await sold_by_gtin(p.gtin for p in waiting if p.gtin))
            await write_matches(merchant, later)
            more = await _make(merchant, left)
            further, products, variants = further + later, products + more[0], variants + more[1]
        confirmed = {f.pick.piece.offer: f.variant for f in further if f.state is MatchState.CONFIRMED}
        if confirmed:
            await price_listings(merchant, OF_VARIANTS, sorted(set(confirmed.values())))
        await _ask_for_photos(merchant, picks, further)
        return Curated(
            sorted(set(products)),
            variants,
            confirmed,
            {f.pick.piece.offer: f.variant for f in further if f.state is MatchState.PROPOSED},
            skipped,
        )


async def _make(merchant: int, picks: Sequence[Pick]) -> tuple[list[int], list[int]]:
    products, variants = await write_products(merchant, picks)
    if products:
        await price_listings(merchant, OF_VARIANTS, variants)
        await lay_photos(merchant, products)
        await index_products(merchant, products)
    return products, variants


async def _ask_for_photos(merchant: int, picks: Sequence[Pick], further: Sequence[Further]) -> None:
    """Pictures belong to the supplier's offers and are fetched once for all its merchants."""
    elsewhere = {f.pick.piece.offer for f in further}
    by_supplier: dict[int, list[int]] = {}
    for pick in picks:
        if pick.piece.offer not in elsewhere:
            by_supplier.setdefault(pick.piece.supplier, []).append(pick.piece.offer)
    for supplier, offers in by_supplier.items():
        await emit("photos.wanted", merchant=merchant, supplier=supplier, offers=offers)
