"""The prices of many products changed at once by a share, or given back to the rules; looked at before they apply."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.edit_variant import MOST_PRICE
from marketplace.catalogue.offer_terms import house
from marketplace.catalogue.price_listings import price_listings
from marketplace.catalogue.reckoning import OF_VARIANTS, reckoned, stored_rules
from marketplace.catalogue.rounding import Rounding, ending
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import Invalid, Stale
from marketplace.kernel.money import round_div
from tenants.scope import acting_as

MOST_BP = 100_000
EXAMPLES = 20


class PriceChange(msgspec.Struct, frozen=True, kw_only=True):
    """`to_rules` takes own prices back. Else every price × (1 + by_bp), to the ending, becomes the merchant's own."""

    to_rules: bool = False
    by_bp: int = 0
    rounding: Rounding = Rounding.NONE


@dataclass(frozen=True)
class PriceMove:
    """One variant; prices gross, minor units."""

    variant: int
    product: int
    title: str
    sku: str
    price: int | None
    new_price: int | None


@dataclass(frozen=True)
class PricePreview:
    """`without` have no price to begin with. `seen` stands for the prices that were looked at; examples: the largest moves first."""

    variants: int
    up: int
    down: int
    same: int
    without: int
    examples: list[PriceMove]
    seen: str


async def preview_price_change(merchant: int, products: Sequence[int], change: PriceChange) -> PricePreview:
    """Nothing is written. Raises Invalid."""
    _check(change)
    async with acting_as(merchant):
        moves = await _moves(merchant, products, change)
    known = [(m.price, m.new_price) for m in moves if m.price is not None and m.new_price is not None]
    return PricePreview(
        variants=len(moves),
        up=sum(new > old for old, new in known),
        down=sum(new < old for old, new in known),
        same=sum(new == old for old, new in known),
        without=len(moves) - len(known),
        examples=sorted(moves, key=_size)[:EXAMPLES],
        seen=_seen(moves),
    )


async def change_prices(merchant: int, products: Sequence[int], change: PriceChange, *, seen: str) -> int:
    """Answers how many variants got another price. Raises Invalid, and Stale when the prices are not those looked at any more:
    sent twice, a raise of ten per cent is one raise."""
    _check(change)
    async with acting_as(merchant):
        await lock_catalogue(merchant)
        moves = await _moves(merchant, products, change)
        if _seen(moves) != seen:
            raise Stale("The prices have changed since you looked.")
        touched = [m for m in moves if change.to_rules or m.new_price is not None]
        await execute(
            "UPDATE variant v SET own_price = n.price, updated_at = now() FROM unnest($1::bigint[], $2::bigint[]) n (id, price)"
            " WHERE v.id = n.id",
            [m.variant for m in touched],
            [None if change.to_rules else m.new_price for m in touched],
        )
        done = await price_listings(merchant, OF_VARIANTS, [m.variant for m in touched])
        return done.repriced


async def _moves(merchant: int, products: Sequence[int], change: PriceChange) -> list[PriceMove]:
    at = await house(merchant)
    rows = await fetch(
        "SELECT v.id AS variant, v.product, p.title, v.sku, v.price FROM variant v JOIN product p ON p.id = v.product"
        " WHERE v.merchant = $1 AND v.product = ANY($2) ORDER BY v.id",
        merchant,
        list(products),
    )
    ruled: dict[int, Any] = {}
    if change.to_rules and rows:
        by_rule = await fetch(
            reckoned(at, await stored_rules(merchant), OF_VARIANTS)
            + "SELECT variant, CASE WHEN coalesce(cost_e4, 0) > 0 THEN rule_price ELSE was_price END AS price FROM final",
            [row["variant"] for row in rows],
        )
        ruled = {row["variant"]: row["price"] for row in by_rule}
    return [
        PriceMove(
            **row,
            new_price=ruled.get(row["variant"])
            if change.to_rules
            else _moved(row["price"], change, at.currency),
        )
        for row in rows
    ]


def _moved(price: int | None, change: PriceChange, currency: str) -> int | None:
    """The new price, gross; the one rounding rule, then the ending."""
    if price is None:
        return None
    exact = round_div(price * (10_000 + change.by_bp), 10_000)
    return min(max(1, ending(change.rounding, currency).nearest(exact)), MOST_PRICE)


def _check(change: PriceChange) -> None:
    if not change.to_rules and not -9_900 <= change.by_bp <= MOST_BP:
        raise Invalid({"by": "A change lies between -99 % and 1,000 %."})


def _size(move: PriceMove) -> tuple[int, int]:
    if move.price is None or move.new_price is None:
        return 0, move.variant
    return -abs(move.new_price - move.price) * 10_000 // move.price, move.variant


def _seen(moves: Sequence[PriceMove]) -> str:
    said = ",".join(f"{m.variant}:{m.price}" for m in moves)
    return hashlib.sha256(said.encode()).hexdigest()[:24]
