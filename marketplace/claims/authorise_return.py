"""The merchant lets goods come back: the shopper gets a return number, and whoever receives them knows what to expect."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.claims.clocks import POST, SEND_BACK
from marketplace.claims.find import find_claim
from marketplace.claims.states import CLAIM, Claim
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from tenants.numbers import next_number
from tenants.scope import acting_as

#: units of each supplier order line that left and are not on their way back already
_LEFT = """
SELECT l.id, l.order_line, l.pack_quantity, l.merchant, l.supplier, l.supplier_order, so.order_id,
       l.shipped - coalesce((SELECT sum(rl.quantity) FROM goods_return_line rl JOIN goods_return r ON r.id = rl.goods_return
                              WHERE rl.supplier_order_line = l.id AND r.state NOT IN ('cancelled','expired','refused')), 0)
         AS returnable
  FROM supplier_order_line l JOIN supplier_order so ON so.id = l.supplier_order
 WHERE l.order_line = ANY($1) AND l.merchant = $2 AND l.shipped > 0 ORDER BY l.id
"""


async def authorise_return(
    merchant: int,
    *,
    lines: Mapping[int, int],
    reason: str,
    by: str,
    claim: int | None = None,
    withdrawal: int | None = None,
    return_by: datetime | None = None,
    tell: bool = True,
) -> list[int]:
    """One return a supplier order that the units came from; answers their ids. `lines` is order line -> units of it.

    A complaint then waits for the goods. `tell` False leaves the shopper to be told otherwise. Raises NotFound, and Refused when fewer units have left, or are not on their
    way back already, than `lines` says; Stale when the complaint was closed.
    """
    async with acting_as(merchant):
        if claim is not None:
            await find_claim(claim, lock=True)
        shares = await _share(merchant, lines)
        made = [
            await _authorise(merchant, order, parts, reason, claim, withdrawal, return_by or _deadline())
            for order, parts in shares.items()
        ]
        if claim is not None:
            was = await move(CLAIM, "claim", claim, Claim.AWAITING_RETURN, answer_by=None, alerted_at=None)
            await note_step(merchant, claim, "return_authorised", who=by, was=was, now=Claim.AWAITING_RETURN)
        for goods_return in made if tell else []:
            await emit("return.authorised", merchant=merchant, goods_return=goods_return)
        return made


def _deadline() -> datetime:
    return now() + SEND_BACK + POST


async def _share(merchant: int, lines: Mapping[int, int]) -> dict[int, list[tuple[dict[str, Any], int]]]:
    """Which supplier order each unit came from: supplier order -> [(its line, units in the supplier's own count)]."""
    if not lines or min(lines.values()) <= 0:
        raise Refused("Please choose what comes back.", field="lines")
    await execute("SELECT 1 FROM order_line WHERE id = ANY($1) FOR UPDATE", sorted(lines))
    left = dict(lines)
    shares: dict[int, list[tuple[dict[str, Any], int]]] = {}
    for row in await fetch(_LEFT, sorted(lines), merchant):
        units = min(left[row["order_line"]], row["returnable"] // row["pack_quantity"])
        if units > 0:
            left[row["order_line"]] -= units
            shares.setdefault(row["supplier_order"], []).append((row, units * row["pack_quantity"]))
    if any(left.values()):
        raise Refused("More would come back than has left, or it is on its way back already.", field="lines")
    return shares


async def _authorise(
    merchant: int,
    supplier_order: int,
    parts: list[tuple[dict[str, Any], int]],
    reason: str,
    claim: int | None,
    withdrawal: int | None,
    return_by: datetime,
) -> int:
    supplier = parts[0][0]["supplier"]
    year = now().year
    number = f"RMA-{year}-{await next_number(merchant, 'return', year=year):04d}"
    made: int | None = await fetch_value(
        "INSERT INTO goods_return (merchant, supplier, supplier_order, rma_number, reason, return_by, claim_id, withdrawal_id)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        merchant,
        supplier,
        supplier_order,
        number,
        reason,
        return_by,
        claim,
        withdrawal,
    )
    if made is None:
        raise NotFound(f"supplier order {supplier_order}")
    for line, units in parts:
        await execute(
            "INSERT INTO goods_return_line (merchant, supplier, goods_return, supplier_order_line, quantity)"
            " VALUES ($1, $2, $3, $4, $5)",
            merchant,
            supplier,
            made,
            line["id"],
            units,
        )
    return made
