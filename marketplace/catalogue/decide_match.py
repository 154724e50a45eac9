"""A person says which offers serve a variant: confirms or rejects what was proposed, matches and parts by hand."""

from collections.abc import Sequence

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.offer_terms import LINKED
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_VARIANTS
from marketplace.catalogue.tables import MatchState
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Stale
from tenants.scope import acting_as

MOST_PACK = 10_000
SLICE = 1_000  # matches decided in one transaction


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
        await _settle(merchant, [match])


async def decide_matches(merchant: int, matches: Sequence[int], state: MatchState) -> int:
    """The same answer, confirmed or rejected, to many proposals, each with the pack it was proposed with. What somebody decided
    meanwhile, or was withdrawn, stays as it is. Of two offers of one supplier for one variant only the first is confirmed.
    In slices, a transaction each. Answers how many were decided."""
    done = 0
    for begin in range(0, len(matches), SLICE):
        async with acting_as(merchant):
            await lock_catalogue(merchant)
            alone = f" AND id IN ({_FIRST_OF_SUPPLIER})" if state is MatchState.CONFIRMED else ""
            rows = await fetch(
                "UPDATE match SET state = $3 WHERE merchant = $1 AND id = ANY($2::bigint[]) AND state = 'proposed'"
                f"{alone} RETURNING id",
                merchant,
                list(matches[begin : begin + SLICE]),
                state.value,
            )
            await _settle(merchant, [row["id"] for row in rows])
            done += len(rows)
    return done


_FIRST_OF_SUPPLIER = "SELECT min(id) FROM match WHERE merchant = $1 AND id = ANY($2::bigint[]) AND state = 'proposed' GROUP BY variant, supplier"


async def _settle(merchant: int, decided: Sequence[int]) -> None:
    """What a decision answers beside: a supplier that serves a variant is not asked about for it again, an offer that serves one
    not for another; and who confirms a match whose GTIN changed knows better than the code."""
    await execute(
        "DELETE FROM match p USING match d WHERE d.id = ANY($1::bigint[]) AND d.state = 'confirmed' AND p.merchant = d.merchant"
        " AND p.state = 'proposed' AND ((p.variant = d.variant AND p.supplier = d.supplier) OR p.offer = d.offer)",
        list(decided),
    )
    rows = await fetch(
        "UPDATE match SET why = CASE WHEN why = 'gtin_changed' AND state = 'confirmed' THEN 'hand' ELSE why END"
        " WHERE id = ANY($1::bigint[]) RETURNING variant",
        list(decided),
    )
    await price_listings(merchant, OF_VARIANTS, sorted({int(row["variant"]) for row in rows}))


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
            " ON CONFLICT (variant, offer) DO UPDATE SET state = 'confirmed', pack_quantity = EXCLUDED.pack_quantity, why = 'hand'",
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
