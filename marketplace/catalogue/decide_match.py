"""A person says which offers serve a variant: confirms or rejects what was proposed, matches and parts by hand."""

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.offer_terms import LINKED
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_VARIANTS
from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Stale
from tenants.scope import acting_as

MOST_PACK = 10_000


async def confirm_match(merchant: int, match: int, *, pack_quantity: int = 1) -> None:
    """The offer serves the variant from now on; `pack_quantity` of its units make one. Raises NotFound, Invalid, and Stale when
    somebody decided before."""
    if not 0 < pack_quantity <= MOST_PACK:
        raise Invalid({"pack_quantity": "A pack holds at least one unit."})
    await _decide(merchant, match, "confirmed", pack_quantity)


async def reject_match(merchant: int, match: int) -> None:
    """The offer is something else; it is not proposed for this variant again. Raises NotFound, Stale."""
    await _decide(merchant, match, "rejected", 1)


async def _decide(merchant: int, match: int, state: str, pack_quantity: int) -> None:
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        row = await fetch_one(
            "SELECT variant, state FROM match WHERE id = $1 AND merchant = $2", match, merchant
        )
        if row is None:
            raise NotFound
        if row["state"] != "proposed":
            raise Stale("This match was decided already.")
        await execute(
            "UPDATE match SET state = $2, pack_quantity = $3 WHERE id = $1", match, state, pack_quantity
        )
        await price_listings(merchant, OF_VARIANTS, [row["variant"]])


async def match_by_hand(merchant: int, variant: int, offer: int, *, pack_quantity: int = 1) -> None:
    """A person knows that this offer serves this variant too. Raises NotFound, Invalid."""
    if not 0 < pack_quantity <= MOST_PACK:
        raise Invalid({"pack_quantity": "A pack holds at least one unit."})
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        made = await execute(
            "INSERT INTO match (merchant, variant, offer, supplier, pack_quantity, state, why)"
            " SELECT v.merchant, v.id, o.id, o.supplier, $4, 'confirmed', 'hand' FROM variant v, offer o"
            f" WHERE v.id = $2 AND v.merchant = $1 AND o.id = $3 AND o.retired_at IS NULL AND {LINKED}"
            " ON CONFLICT (variant, offer) DO UPDATE SET state = 'confirmed', pack_quantity = EXCLUDED.pack_quantity",
            merchant,
            variant,
            offer,
            pack_quantity,
        )
        if not made:
            raise NotFound
        await price_listings(merchant, OF_VARIANTS, [variant])


async def part_offer(merchant: int, variant: int, offer: int) -> None:
    """The offer no longer serves the variant. Orders that were routed to it stay. Raises NotFound."""
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        if not await execute(
            "UPDATE match SET state = 'rejected' WHERE variant = $1 AND offer = $2 AND merchant = $3",
            variant,
            offer,
            merchant,
        ):
            raise NotFound
        await price_listings(merchant, OF_VARIANTS, [variant])
