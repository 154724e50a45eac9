"""Which suppliers owe what for a settled complaint or withdrawal: the facts for `recovery.owed`, read and shared out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.claims.cause import Cause, Reason
from marketplace.claims.issue_recovery import RecoveryLine, issue_recovery
from marketplace.claims.recovery import BilledLine, ReturnTerms, Settled, owed
from marketplace.claims.serving import Served, served_by
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.money import allocate, minor_from_e4


@dataclass(frozen=True)
class Loss:
    """What the merchant gave for one order line: `units` of it, `refunded` of the `paid` they had cost (gross)."""

    units: int
    refunded: int
    paid: int


@dataclass(frozen=True)
class PlannedRecovery:
    """What one supplier owes, with every reason; `amount` 0 when it owes nothing. Minor units, without VAT."""

    supplier_order: int
    supplier_order_number: str
    supplier: int
    supplier_name: str
    currency: str
    lines: list[RecoveryLine]
    freight: int
    amount: int
    after_return: bool
    why: list[Reason]


@dataclass(frozen=True)
class Occasion:
    """`replaced`: the goods are sent again instead of paid back. `returning`: they are still on their way back."""

    cause: Cause
    reported_on: date
    delivered_on: date | None = None
    returning: bool = False
    replaced: bool = False


async def plan_recoveries(losses: Mapping[int, Loss], occasion: Occasion) -> list[PlannedRecovery]:
    """One for each supplier order that served the lines, in the merchant's open scope. `losses` is by order line."""
    served = await served_by({line: loss.units for line, loss in losses.items()})
    shares = _shares(losses, served)
    orders: dict[int, list[Served]] = {}
    for one in served:
        orders.setdefault(one.row["supplier_order"], []).append(one)
    return [await _plan(order, parts, shares, occasion) for order, parts in orders.items()]


async def issue_planned(
    merchant: int,
    planned: Sequence[PlannedRecovery],
    *,
    cause: Cause,
    claim: int | None = None,
    withdrawal: int | None = None,
) -> list[int]:
    """Debit notes for those that owe something; answers their ids."""
    return [
        await issue_recovery(
            merchant,
            one.supplier_order,
            lines=one.lines,
            freight=one.freight,
            reason=cause.value,
            why=one.why,
            claim=claim,
            withdrawal=withdrawal,
        )
        for one in planned
        if one.amount > 0
    ]


def _shares(losses: Mapping[int, Loss], served: Sequence[Served]) -> dict[int, Loss]:
    """By supplier order line: a line that two suppliers served shares what was given for it by their units."""
    found: dict[int, Loss] = {}
    for line, loss in losses.items():
        parts = [one for one in served if one.row["order_line"] == line]
        if not parts:
            continue
        weights = [one.units for one in parts]
        refunded, paid = allocate(loss.refunded, weights), allocate(loss.paid, weights)
        for place, one in enumerate(parts):
            found[one.row["id"]] = Loss(one.units, refunded[place], paid[place])
    return found


async def _plan(
    order: int, parts: Sequence[Served], shares: Mapping[int, Loss], occasion: Occasion
) -> PlannedRecovery:
    head = parts[0].row
    given = [shares[one.row["id"]] for one in parts]
    found = owed(
        Settled(
            cause=occasion.cause,
            refunded=0 if occasion.replaced else sum(loss.refunded for loss in given),
            paid=0 if occasion.replaced else sum(loss.paid for loss in given),
            delivered_on=occasion.delivered_on,
            reported_on=occasion.reported_on,
            return_expected=occasion.returning,
        ),
        await _billed(parts),
        await _terms(head["agreement"]),
        goods_billed=await _goods_billed(order, head["currency"]),
        freight_billed=head["freight"],
    )
    rows = {one.row["id"]: one for one in parts}
    return PlannedRecovery(
        supplier_order=order,
        supplier_order_number=head["number"],
        supplier=head["supplier"],
        supplier_name=head["supplier_name"] or "",
        currency=head["currency"],
        lines=[_line(rows[line], amount) for line, amount in sorted(found.lines.items())],
        freight=found.freight,
        amount=found.total,
        after_return=found.after_return,
        why=found.why,
    )


def _line(served: Served, amount: int) -> RecoveryLine:
    row = served.row
    return RecoveryLine(row["id"], row["sku"], row["title"], served.units * row["pack_quantity"], amount)


_RECOVERED = """
SELECT (item->>'supplier_order_line')::bigint AS line, sum((item->>'quantity')::bigint)::bigint AS units
  FROM recovery r, jsonb_array_elements(r.lines) item
 WHERE r.supplier_order = $1 AND r.state <> 'waived' GROUP BY 1
"""


async def _billed(parts: Sequence[Served]) -> list[BilledLine]:
    head = parts[0].row
    recovered = {r["line"]: r["units"] for r in await fetch(_RECOVERED, head["supplier_order"])}
    return [
        BilledLine(
            supplier_order_line=one.row["id"],
            units=one.units * one.row["pack_quantity"],
            accepted=one.row["accepted"],
            billed=minor_from_e4(one.row["unit_cost_e4"] * one.row["accepted"], head["currency"]),
            recovered_units=min(one.row["accepted"], recovered.get(one.row["id"], 0)),
        )
        for one in parts
    ]


async def _goods_billed(order: int, currency: str) -> int:
    rows: list[dict[str, Any]] = await fetch(
        "SELECT unit_cost_e4, accepted FROM supplier_order_line WHERE supplier_order = $1", order
    )
    return sum(minor_from_e4(r["unit_cost_e4"] * r["accepted"], currency) for r in rows)


async def _terms(agreement: int) -> ReturnTerms:
    row = await fetch_one(
        "SELECT pays_damage, return_days, returns_to FROM agreement WHERE id = $1", agreement
    )
    return ReturnTerms(**row) if row else ReturnTerms()
